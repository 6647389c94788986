"""A list of GP practices: CSV with the columns of `COLUMNS` in any order, and any others, which stay unread.

    practice_code,name,authority,phone,postcode,opened,closed
    Z00012,Vale Road Surgery,999,0161 496 0112,ZA4 7QD,01-04-1998,

`practice_code` is the organisation code that the NHS gives; `authority` the three digits of the local authority at the
Department for Education; `opened` and `closed` are days like 31-08-2024, or empty. No address is kept of an
organisation, so the postcode may stand there and is not read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from cp.feeds.registers.table import Line, Register, Standing, gather, lines
from cp.terms import OrganisationKind

COLUMNS = ("practice_code", "name", "authority", "phone", "opened", "closed")


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice as the list states it. Telephone as E.164; None where nothing, or nothing right, is stated."""

    practice_code: str
    authority: str
    name: str
    phone: str | None
    opened_on: date | None
    closed_on: date | None
    """The last day on which it was or will be open."""

    @property
    def kind(self) -> OrganisationKind:
        return OrganisationKind.GP_PRACTICE

    @property
    def standing(self) -> Standing:
        return "closed" if self.closed_on else "open"


def practices(data: bytes, authorities: Collection[str]) -> Register[Practice]:
    """The practices of these authorities; the others' are left out. Raises Unreadable where this is no such list."""
    return gather(
        lines(data, COLUMNS),
        lambda line: line.text("authority") in authorities, _one, attrgetter("practice_code"),
    )  # fmt: skip


def _one(line: Line) -> Practice:
    opened_on, closed_on = line.period("opened", "closed")
    return Practice(
        practice_code=line.matching("practice_code", "[A-Z0-9]{3,10}", "a practice code, like Z00012"),
        authority=line.text("authority"),
        name=line.name("name"),
        phone=line.phone("phone"),
        opened_on=opened_on,
        closed_on=closed_on,
    )
