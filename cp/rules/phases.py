"""In which order an authority comes in: data, then shields, then practitioners; and who has to wait for what."""

from dataclasses import dataclass, fields
from datetime import date

from cp.terms import Role, Stage


@dataclass(frozen=True, slots=True)
class Days:
    """First days: suppliers may send, the management team works with records, practitioners do. None while not set."""

    data_from: date | None = None
    shields_from: date | None = None
    access_from: date | None = None


def stage(days: Days, opened_on: date | None, today: date) -> Stage:
    """How far an authority is today. It is open from the day on which it opened, which no day that is set does alone.

    Commons Hansard 28 January 2009 (access for shielding only comes first). Policy: the implementation issue.
    """
    if opened_on is not None and _come(days.access_from, today) and opened_on <= today:
        return Stage.OPEN
    if _come(days.shields_from, today):
        return Stage.SHIELDS
    return Stage.DATA if _come(days.data_from, today) else Stage.NOTHING


def opens(days: Days, able: bool, today: date) -> bool:
    """Whether it opens today: its day has come, shields came before, and somebody of its management team is `able` to
    shield. It stays open from then on: a colleague whose training lapses locks out nobody else.

    Commons Hansard 28 January 2009. Policy: the implementation issue.
    """
    shields_first = days.shields_from is not None and days.access_from is not None and (
        days.shields_from < days.access_from
    )  # fmt: skip
    return able and shields_first and _come(days.access_from, today)


def in_the_way(days: Days, opened_on: date | None, able: bool, today: date) -> list[str]:
    """What keeps an authority from opening, in the order in which it is done: the names of the days not set, and `team`
    while nobody of its management team could shield. Empty where it has opened, or opens by itself on its day.

    Policy: the implementation issue.
    """
    if stage(days, opened_on, today) is Stage.OPEN:
        return []
    missing = [field.name for field in fields(Days) if getattr(days, field.name) is None]
    return [*missing, *([] if able else ["team"])]


def phase_refusal(role: Role, days: Days, opened_on: date | None, today: date) -> str | None:
    """`not_open` for practitioners and assistants until their authority has opened, `no_shields_yet` for the management
    team before its day; None for whoever sees no child, and may get ready at any time.

    Commons Hansard 28 January 2009; Lords Hansard 4 June 2009. Policy: the implementation issue.
    """
    at = stage(days, opened_on, today)
    if role in (Role.PRACTITIONER, Role.ASSISTANT):
        return None if at is Stage.OPEN else "not_open"
    if role is Role.MANAGEMENT_TEAM:
        return None if at in (Stage.SHIELDS, Stage.OPEN) else "no_shields_yet"
    return None


def shieldable(shields_from: date | None, today: date) -> bool:
    """Whether an authority's records can be shielded yet. Before that nobody anywhere finds or opens them, but for
    whoever already works with the child: a child in danger is shielded before the first practitioner looks.

    Commons Hansard 28 January 2009. Policy: the implementation issue.
    """
    return _come(shields_from, today)


def day_problems(wanted: Days, held: Days, today: date) -> dict[str, str]:
    """By the day, why it cannot be set: `has_come` (people have worked by it, so it stays), `past`, `data_first` or
    `shields_first`. Empty where all three can.

    A day is set for today or later; once it has come it is not moved, whoever did or did not act on it: whether
    somebody has acted is not to be argued about afterwards.

    Commons Hansard 28 January 2009. Policy: the implementation issue.
    """
    names = [field.name for field in fields(Days)]
    found = {name: _moved(getattr(wanted, name), getattr(held, name), today) for name in names}
    if not _in_order(wanted.data_from, wanted.shields_from):
        found["shields_from"] = found["shields_from"] or "data_first"
    strictly = wanted.shields_from is None or wanted.shields_from != wanted.access_from
    if not (_in_order(wanted.shields_from, wanted.access_from) and strictly):
        found["access_from"] = found["access_from"] or "shields_first"
    return {name: code for name, code in found.items() if code}


def _moved(wanted: date | None, held: date | None, today: date) -> str:
    if wanted == held:
        return ""
    if _come(held, today):
        return "has_come"
    return "past" if wanted is not None and wanted < today else ""


def _in_order(first: date | None, then: date | None) -> bool:
    return then is None or (first is not None and first <= then)


def _come(day: date | None, today: date) -> bool:
    return day is not None and day <= today
