"""What a row of a register states of an organisation, in the columns that keep it."""

from datetime import date, timedelta

from cp.feeds.registers import Establishment, Practice
from cp.models import Organisation

AS_STATED = (
    "urn", "dfe_number", "practice_code", "name", "kind", "phone", "school_type", "boards", "pupils", "head_name",
    "address", "postcode",
)  # fmt: skip


def concerns(one: Establishment | Practice, today: date) -> bool:
    """Whether it is, was or will be open: what is only proposed may never open, unless a day is set."""
    return one.standing != "proposed" or (one.opened_on is not None and one.opened_on > today)


def facts(
    one: Establishment | Practice, authority_id: int, held: Organisation | None, today: date
) -> dict[str, object]:
    """What the columns should hold. Of what the register does not state, whatever they hold stays."""
    stated: dict[str, object] = {"authority_id": authority_id, "valid_from": one.opened_on}
    stated |= {name: getattr(one, name, None) for name in AS_STATED}
    known = {name: value for name, value in stated.items() if value is not None}
    return known | {"valid_to": ends_on(one, held.valid_to if held else None, today)}


def ends_on(one: Establishment | Practice, held: date | None, today: date) -> date | None:
    """The first day without it, which is the day after its last; None while no end is known.

    What is closed without a day was closed by the first day on which we heard of it. A day for closing that has passed
    while the register still says open was put off.
    """
    end = one.closed_on and one.closed_on + timedelta(days=1)
    if one.standing == "closed":
        return end or min(held or today, today)
    return end if end and end > today else None
