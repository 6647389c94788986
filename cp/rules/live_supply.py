"""When an organisation's rows may be applied, and which test file may be accepted before that."""

from dataclasses import dataclass
from datetime import date

from cp.terms import FileForm, Lack, Means

READY_OF_100 = 90
"""Rows of a test file that must be ready to be sent, of each hundred."""
_SHEETS = frozenset({FileForm.CSV, FileForm.XLSX, FileForm.ODS})
FORMS = {
    Means.SYSTEM: frozenset({FileForm.MACHINE}), Means.FOLDER: _SHEETS | {FileForm.CTF},
    Means.TRANSFER_FILE: frozenset({FileForm.CTF}), Means.SPREADSHEET: _SHEETS,
    Means.BY_HAND: frozenset({FileForm.HAND}),
}  # fmt: skip
"""What comes by each means."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one organisation and its authority. Days; None where it is not yet.

    `own`: it is a service of the authority itself. `agreement_ends_on`: the first day without the agreement.
    """

    own: bool = False
    data_from: date | None = None
    means_agreed_on: date | None = None
    test_accepted_on: date | None = None
    agreement_signed_on: date | None = None
    agreement_ends_on: date | None = None


def lacking(facts: Facts, today: date) -> tuple[Lack, ...]:
    """All that keeps an organisation's rows from being applied to any record, in the order in which it is got; nothing
    where it supplies live.

    The authority takes in data, the means are agreed, a test file was accepted, the agreement is signed and in date. A
    service of the authority itself signs with nobody and sends as the authority answers for: of it only the first.

    Policy: the implementation issue; domain 5.1 and 6.2.
    """
    found = {Lack.OPENING: _come(facts.data_from, today)}
    if not facts.own:
        found |= {
            Lack.MEANS: _come(facts.means_agreed_on, today),
            Lack.TEST: _come(facts.test_accepted_on, today),
            Lack.SIGNATURE: _come(facts.agreement_signed_on, today),
            Lack.AGREEMENT: facts.agreement_ends_on is None or today < facts.agreement_ends_on,
        }
    missing = [lack for lack, there in found.items() if not there]
    return tuple(one for one in missing if one is not Lack.AGREEMENT or Lack.SIGNATURE not in missing)


def may_be_accepted(means: Means | None, form: FileForm, total: int, ready: int) -> bool:
    """Whether a test file may be accepted: it came in a form that the agreed means brings, and nine of ten of its rows
    are ready. One that was refused as a whole is not kept, so that nobody is asked.

    Policy: the implementation issue; the share is proposed.
    """
    return means is not None and form in FORMS[means] and total > 0 and ready * 100 >= total * READY_OF_100


def accepted_file_stands(before: Means | None, after: Means, form: FileForm | None) -> bool:
    """Whether the file that was accepted before the means changed speaks for what will come now. `form`: its form; None
    where that is not known any more.

    Policy: the implementation issue.
    """
    return form in FORMS[after] if form else before is after


def _come(day: date | None, today: date) -> bool:
    return day is not None and day <= today
