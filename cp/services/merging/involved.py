"""Who works with the child, when two records become one: nobody twice, one lead professional, and nobody lost."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement

CHANGED = ("started_on", "confirmed_on", "lead", "assessment", "lead_passed_to_id", "lead_passed_on")
DAYS = frozenset({"started_on", "confirmed_on", "lead_passed_on"})
Before = dict[str, dict[str, Any]]
"""By the involvement's id: what was changed of it, as it stood, and the `version` that the change made."""


def move(session: Session, kept_id: int, gone_id: int) -> tuple[list[int], Before]:
    """What was moved, and what was changed. Whoever runs on both stays where they were, and the two count as one."""
    running = {_who(one): one for one in _of(session, kept_id) if _runs(one)}
    lead = next((one for one in running.values() if one.lead), None)
    moved: list[int] = []
    before: Before = {}
    for held in _of(session, gone_id):
        twin = running.get(_who(held)) if _runs(held) else None
        if twin is not None:
            before[str(twin.id)] = _as_it_was(twin)
            _both(twin, held)
        else:
            moved.append(held.id)
        if _runs(held) and held.lead:
            one = twin or held
            before.setdefault(str(one.id), _as_it_was(one))
            lead = _led(one, lead)
    session.flush()
    for held in session.scalars(select(Involvement).where(Involvement.id.in_(moved))):
        held.child_id = kept_id
    session.flush()
    return moved, {key: was | {"version": session.get_one(Involvement, int(key)).version}
                   for key, was in before.items()}  # fmt: skip


def back(session: Session, kept_id: int, gone_id: int, moved: Collection[int], before: Before) -> None:
    """Where they came from, each as it was; what somebody has changed since stays as they left it."""
    for key, was in before.items():
        one = session.get(Involvement, int(key))
        if one is not None and one.version == was["version"]:
            _restore(one, was)
    leads = any(one.lead for one in _of(session, gone_id) if _runs(one))
    theirs = select(Involvement).where(Involvement.id.in_(moved), Involvement.child_id == kept_id)
    for one in session.scalars(theirs).all():
        one.lead = one.lead and not leads
        one.child_id = gone_id
    session.flush()


def _of(session: Session, child_id: int) -> list[Involvement]:
    """What people recorded: where a child is on a roll follows from what its sources say, of either record."""
    recorded = Involvement.child_id == child_id, Involvement.source_id.is_(None)
    query = select(Involvement).where(*recorded).order_by(Involvement.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _runs(one: Involvement) -> bool:
    return one.ended_on is None and not one.in_error


def _who(one: Involvement) -> tuple[int | None, int | None]:
    """The practitioner; an organisation where nobody is named."""
    return one.practitioner_id, None if one.practitioner_id else one.organisation_id


def _both(twin: Involvement, held: Involvement) -> None:
    """One of the two runs: since the earlier day, confirmed at the later, and whatever either of them holds."""
    twin.started_on = min(twin.started_on, held.started_on)
    twin.confirmed_on = max((day for day in (twin.confirmed_on, held.confirmed_on) if day), default=None)
    twin.assessment = twin.assessment or held.assessment
    twin.version += 1


def _led(one: Involvement, lead: Involvement | None) -> Involvement:
    """Whoever led the record that goes on leads; the other is told under My involvements who does."""
    if lead is None or lead is one:
        one.lead = True
        return one
    one.lead, one.lead_passed_to_id, one.lead_passed_on = False, lead.practitioner_id, clock.today()
    one.version += 1
    return lead


def _as_it_was(one: Involvement) -> dict[str, Any]:
    was = {name: getattr(one, name) for name in CHANGED} | {"was": one.version}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in was.items()}


def _restore(one: Involvement, was: dict[str, Any]) -> None:
    """As it was, and so of the version that it was: what was joined before finds what it had changed itself."""
    for name in CHANGED:
        value = was[name]
        setattr(one, name, date.fromisoformat(value) if name in DAYS and value else value)
    one.version = was.get("was", one.version + 1)
