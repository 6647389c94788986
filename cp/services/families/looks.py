"""Who looked at a record: only what this person is to be told of, and in an order that says no more.

Each entry is judged by itself: none that is withheld bears upon one that is shown, upon how many there are, where they
stand or how they are put together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Shield
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.rules.families import look_kind, place_hidden, shown_to_family
from cp.services.families import entries
from cp.services.families.asking import Known
from cp.services.families.entries import Entry
from cp.services.record_row import Row
from cp.services.shielding import others
from cp.terms import Act, Reason

DAY_BY_DAY = 10
"""Rows; more than these are put together by who, where and why, so that the letter keeps to its sheet."""


@dataclass(frozen=True, slots=True)
class Look:
    """A row of the letter: by somebody of this trade, from `first` to `last`, on so many days."""

    first: date
    last: date
    days: int
    role: str
    """In the trade's own word; empty where it is not known any longer."""
    assists: bool
    organisation: str
    reason: Reason
    printed: bool

    @property
    def by(self) -> tuple[str, bool, str, str]:
        return self.role, self.assists, self.organisation, self.reason.value


@dataclass(frozen=True, slots=True)
class Told:
    """What is told, and of which entries of the audit it was made."""

    looks: tuple[Look, ...]
    entries: tuple[int, ...]
    names: tuple[tuple[date, str, str], ...]
    """The day, who it was and where, for whoever asks for a name."""


@dataclass(frozen=True, slots=True)
class _Shields:
    """When the record was shielded; whether a brother or sister is; who openly works with the child."""

    times: tuple[tuple[datetime, datetime | None], ...]
    beside: bool
    known: frozenset[int]

    def over(self, at: datetime) -> bool:
        return any(since <= at and (until is None or at < until) for since, until in self.times)


def told(session: Session, actor: Actor, row: Row, known: Known, days: tuple[date, date]) -> Told | None:
    """For this person, of these days; None where no letter is made."""
    if shown_to_family(known.counts_as, known.identity_checked, None) == "no_letter":
        return None
    shields = _shields(session, actor, row)
    shown = [one for one in entries.of_child(session, row, *days) if _shown(one, known, shields)]
    names = {(london_day(one.at), one.name, one.organisation) for one in shown}
    by_name = sorted(sorted(names, key=lambda one: one[1:]), key=lambda one: one[0], reverse=True)
    return Told(put_together([_look(one) for one in shown]), tuple(one.id for one in shown), tuple(by_name))


def _shields(session: Session, actor: Actor, row: Row) -> _Shields:
    query = select(Shield.set_at, Shield.lifted_at).where(Shield.child_id == row.id)
    times = [(since, until) for since, until in session.execute(query)]
    if row.shielded_at is not None:
        times.append((row.shielded_at, None))
    beside = others.beside_a_shield(session, actor, row.id)
    return _Shields(tuple(times), beside, entries.open_organisations(session, row))


def _shown(one: Entry, known: Known, shields: _Shields) -> bool:
    over = shields.over(one.at)
    openly = one.organisation_id in shields.known
    hides = place_hidden(known.counts_as, known.safe, shields.beside, openly)
    looked = replace(one.looked, through_shield=over and one.more_than_four_facts)
    kind = look_kind(looked, hides) if one.reason in list(Reason) else None
    return shown_to_family(known.counts_as, known.identity_checked, kind) == "shown"


def _look(one: Entry) -> Look:
    day = london_day(one.at)
    return Look(day, day, 1, one.title, one.principal, one.organisation, Reason(str(one.reason)),
                one.looked.act is Act.PRINT_RECORD)  # fmt: skip


def put_together(looks: Sequence[Look]) -> tuple[Look, ...]:
    """One row for each day, trade, place and reason, the newest first; with more rows than fit, for each of these
    without the day. Within a day by the words themselves, for the order of the day is nobody's to read."""
    days = _by(looks, lambda one: (one.last, *one.by))
    return _sorted(days) if len(days) <= DAY_BY_DAY else _sorted(_by(days, lambda one: one.by))


def _by(looks: Iterable[Look], key: Callable[[Look], object]) -> list[Look]:
    groups: dict[object, list[Look]] = defaultdict(list)
    for one in looks:
        groups[key(one)].append(one)
    return [
        replace(
            group[0], first=min(one.first for one in group), last=max(one.last for one in group),
            days=len({one.last for one in group}), printed=any(one.printed for one in group),
        )
        for group in groups.values()
    ]  # fmt: skip


def _sorted(looks: Iterable[Look]) -> tuple[Look, ...]:
    by_words = sorted(looks, key=lambda one: one.by)
    return tuple(sorted(by_words, key=lambda one: one.last, reverse=True))
