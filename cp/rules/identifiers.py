"""Numbers that other bodies give a child: the pupil number and the NHS number."""

import re
from typing import Literal

from stdnum.gb import nhs, upn

from cp.rules.typed import compact

UpnVerdict = Literal["ok", "shape", "check", "unknown_authority"]
NhsVerdict = Literal["ok", "shape", "check", "same_digits"]

_UPN = re.compile("[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")  # no I, O or S; a last letter makes it a temporary one
_NHS = re.compile("[0-9]{10}")


def upn_verdict(text: str | None, authority_known: bool) -> UpnVerdict:
    """A check letter, then 12 digits, or 11 and a letter. An unknown authority code only warns: new ones are made.

    The library is asked for the check letter alone, since it refuses authorities made after 2011.

    Sch. 1 para 18. Policy: the guide to submitting data on unique pupil numbers; warning instead of refusing.
    """
    typed = compact(text)
    if not _UPN.fullmatch(typed):
        return "shape"
    if upn.calc_check_digit(typed[1:]) != typed[0]:
        return "check"
    return "ok" if authority_known else "unknown_authority"


def upn_normal(text: str | None) -> str | None:
    """A pupil number as it is kept, `H801200001001`; None if its shape or check letter is wrong.

    Sch. 1 para 18. Policy: kept without spaces, upper case.
    """
    return compact(text) if upn_verdict(text, authority_known=True) == "ok" else None


def nhs_verdict(text: str | None) -> NhsVerdict:
    """Ten digits, weighted 10 to 1, that come to a multiple of 11. Ten equal digits pass that, and are refused.

    Sch. 1 para 18. Policy: the NHS number's published check; ten equal digits are what people type to get past it.
    """
    typed = compact(text)
    if not _NHS.fullmatch(typed):
        return "shape"
    if len(set(typed)) == 1:
        return "same_digits"
    return "ok" if nhs.checksum(typed) == 0 else "check"


def nhs_normal(text: str | None) -> str | None:
    """An NHS number as it is kept, `9434765919`; None if it is not one.

    Sch. 1 para 18. Policy: kept as ten digits.
    """
    return compact(text) if nhs_verdict(text) == "ok" else None


def nhs_shown(number: str) -> str:
    """A kept NHS number as health staff read it: `943 476 5919`.

    Policy: shown 3-3-4, as the NHS prints it.
    """
    return nhs.format(number)
