"""UK postcodes: warned about, never refused for being unusual, for only an address file knows which exist."""

import re
from typing import Literal

from cp.rules.typed import compact, plain

PostcodeVerdict = Literal["ok", "unusual", "forces", "no_fixed_place", "shape"]

_FORCES = "BFPO[0-9]{1,4}"
_SHAPE = re.compile("[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}|GIR0AA")
_FIRST_HALF = re.compile("([A-Z] ?[A-Z]? ?[0-9][A-Z0-9]?)( [0-9])?|BFPO")
_REGULAR = re.compile(
    "("
    "[A-PR-UWYZ][0-9]"  # A9
    "|[A-PR-UWYZ][1-9][0-9]"  # A99; nothing begins with a nought, so P01 is a PO1 mistyped
    "|[A-PR-UWYZ][A-HK-Y][0-9]"  # AA9
    "|[A-PR-UWYZ][A-HK-Y][1-9][0-9]"  # AA99
    "|[A-PR-UWYZ][0-9][A-HJKSTUW]"  # A9A
    "|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]"  # AA9A
    ")[0-9][ABD-HJLNP-UW-Z]{2}|GIR0AA"
)


def postcode_verdict(text: str | None) -> PostcodeVerdict:
    """`unusual` looks like a postcode but breaks a pattern that real ones mostly keep: warn, accept.

    `no_fixed_place` is ZZ99, by which the NHS says there is no address; `forces` is a BFPO number.

    Sch. 1 para 2. Policy: the published postcode pattern warns and never blocks.
    """
    typed = compact(text)
    if re.fullmatch(_FORCES, typed):
        return "forces"
    if not _SHAPE.fullmatch(typed):
        return "shape"
    if typed.startswith("ZZ99"):
        return "no_fixed_place"
    return "ok" if _REGULAR.fullmatch(typed) else "unusual"


def normalise(text: str | None) -> str | None:
    """A whole postcode as it is kept, `SW1H 9NA` or `BFPO 1`; None if it is not shaped like one.

    Sch. 1 para 2. Policy: upper case, a space before the last three.
    """
    typed = compact(text)
    match postcode_verdict(typed):
        case "shape":
            return None
        case "forces":
            return f"BFPO {typed[4:]}"
    return f"{typed[:-3]} {typed[-3:]}"


def is_first_half(text: str | None) -> bool:
    """Whether only the first half was typed: `NV4`, not `NV4 7QD`. A digit more, apart, as in `NV4 7`, is let go.

    Policy: contract, the least a search may ask: "a postcode or its first half".
    """
    return _first_half(text) is not None


def outward(text: str | None) -> str | None:
    """The first half of a whole postcode, or of what is already only that; None for anything else.

    Policy: contract, the least a search may ask; the first half is all of an address that a result shows.
    """
    whole = normalise(text)
    return whole.split()[0] if whole is not None else _first_half(text)


def _first_half(text: str | None) -> str | None:
    found = _FIRST_HALF.fullmatch(plain(text).upper())
    return compact(found[1] or found[0]) if found else None
