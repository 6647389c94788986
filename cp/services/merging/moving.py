"""What belongs to one record becomes another's, and goes back: in one transaction, whatever it is."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock, lodging
from cp.models import (
    Change,
    ContactRequest,
    Dispute,
    LegalHold,
    Merge,
    Opening,
    Override,
    SourceRecord,
    SourceVersion,
    StayConsent,
)  # fmt: skip
from cp.models.carer import ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.rules.access import Actor
from cp.services import audit, children, deriving, find, reading
from cp.services.merging import involved, parting, protecting
from cp.services.record_row import Row
from cp.services.records import Opened
from cp.services.retention import due, holds
from cp.services.sensitive import moving as sensitive
from cp.services.supply.unmaking import unmake
from cp.terms import Act, NameKind, RecordState

FACTS: tuple[Any, ...] = (ChildName, ChildLocation, ChildCarer, OutsideNumber)
"""Derived from sources, but for what no source says."""
WHO = ("given_names", "family_name", "gender", "name_source_id", "born_source_id")
WHOLE: tuple[Any, ...] = (SourceRecord, ContactRequest, Dispute, Change, StayConsent, LegalHold)


def join(session: Session, actor: Actor, one: Merge, kept: tuple[Row, Opened], gone: Row) -> None:
    """Move everything to the record that goes on, derive it again, and take the other out of everybody's sight.

    The caller holds both, and has asked the rule.
    """
    to, away = session.get_one(Child, kept[0].id), session.get_one(Child, gone.id)
    one.merged_at = clock.now()
    _join(session, one, to, away)
    children.keep(session, actor, *kept)


def _join(session: Session, one: Merge, to: Child, away: Child) -> None:
    reading.also(session, [to.id, away.id])
    named = {(child.given_names, child.family_name) for child in (to, away)}
    moved: dict[str, Any] = {"before": _as_it_is(session, to)}
    to.died_on = to.died_on or away.died_on
    moved["shield"], moved["before"]["shield"] = protecting.move(session, to, away)
    moved["involvement"], moved["before"]["involvement"] = involved.move(session, to.id, away.id)
    moved["sensitive_involvement"] = sensitive.move(session, away.uid, to.uid)
    moved |= {model.__tablename__: _move(session, model, away.id, to.id) for model in WHOLE}
    facts = {model.__tablename__: _move(session, model, away.id, to.id) for model in FACTS}
    unsaid = {model.__tablename__: _unsaid(session, model, facts[model.__tablename__]) for model in FACTS}
    _leave(session, to, away)
    moved |= facts if deriving.derive(session, to.id) else unsaid
    moved["made"] = _known_as(session, to, named)
    one.moved = moved
    session.flush()
    holds.lodge(session, to.id)
    protecting.lodge(session, to)
    for child in (to, away):
        find.reindex(session, child.id)


def _as_it_is(session: Session, to: Child) -> dict[str, Any]:
    """Of the record that goes on: what taking it back does not find again in what its sources say."""
    sources = session.scalars(select(SourceRecord.id).where(SourceRecord.child_id == to.id)).all()
    return {
        "died_on": to.died_on and to.died_on.isoformat(), "born_on": to.born_on.isoformat(), "sources": sources,
        "who": {name: getattr(to, name) for name in WHO},
    }  # fmt: skip


def _move(session: Session, model: Any, from_id: int, to_id: int, only: Collection[int] | None = None) -> list[int]:
    query = select(model.id).where(model.child_id == from_id)
    ids = list(session.scalars(query if only is None else query.where(model.id.in_(only))))
    session.execute(update(model).where(model.id.in_(ids)).values(child_id=to_id))
    return ids


def _unsaid(session: Session, model: Any, ids: Collection[int]) -> list[int]:
    """Those that no source says: they are not derived again, and are what has to be moved back."""
    return list(session.scalars(select(model.id).where(model.id.in_(ids), model.source_id.is_(None))))


def _leave(session: Session, to: Child, away: Child) -> None:
    """The one that goes is nobody's any longer, and whoever looks through a shield looks no longer."""
    away.state, away.merged_into_id = RecordState.MERGED, to.id
    for child in (to, away):
        child.version += 1
    both = (to.id, away.id)
    session.execute(delete(Opening).where(Opening.child_id == away.id))
    through = update(Override).where(Override.child_id.in_(both), Override.left_at.is_(None))
    session.execute(through.values(left_at=clock.now()))
    others = Merge.kept_id.in_(both) | Merge.gone_id.in_(both)
    mine = Merge.kept_id.in_(both) & Merge.gone_id.in_(both)
    session.execute(delete(Merge).where(others, ~mine, Merge.merged_at.is_(None)))
    protecting.drop_what_was_asked(session, both)


def _known_as(session: Session, to: Child, named: set[tuple[str, str]]) -> list[int]:
    """A name by which either was found until now still finds the child."""
    known = select(ChildName.given_names, ChildName.family_name).where(ChildName.child_id == to.id)
    there = {(to.given_names, to.family_name), *map(tuple, session.execute(known))}
    made = [
        ChildName(child_id=to.id, kind=NameKind.ALSO_KNOWN_AS, given_names=given, family_name=family)
        for given, family in sorted(named - there)
    ]
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


class NothingToUndo(Exception):
    """It was not joined, or the record that went on is no longer there."""


def undo(session: Session, actor: Actor, merge_uid: UUID) -> None:
    """Take a joining back: each record has its own again, and its own shield. Raises NothingToUndo, Refusal.

    What was joined into the same record later is taken back first and joined again after, so that the order makes no
    difference. The two are told apart: whoever takes them apart has found that they are two.
    """
    one = session.scalars(select(Merge).where(Merge.uid == merge_uid, Merge.merged_at.is_not(None))).one_or_none()
    if one is None:
        raise NothingToUndo
    to = session.get_one(Child, one.kept_id)
    row, _, _ = children.correct(session, actor, to.uid, Act.MERGE)
    away = session.get_one(Child, one.gone_id, with_for_update=True)
    session.refresh(one)
    if away.merged_into_id != to.id:
        raise NothingToUndo
    lodging.note(lodging.Kind.PARTED, one.uid, clock.now())
    _part(session, actor, one, to, away)
    for subject_id in (row.subject_id, away.subject_id):
        audit.record(session, actor, Act.MERGE, audit.About(subject_id, one.uid, reason="taken_back"))


def part_again(session: Session, merge_uid: UUID) -> bool:
    """After a restore: two that were taken apart since the backup. False where they are not joined in it."""
    one = session.scalars(select(Merge).where(Merge.uid == merge_uid, Merge.merged_at.is_not(None))).one_or_none()
    if one is None:
        return False
    to, away = session.get_one(Child, one.kept_id), session.get_one(Child, one.gone_id)
    if away.merged_into_id != to.id:
        return False
    _part(session, None, one, to, away)
    return True


def _part(session: Session, actor: Actor | None, one: Merge, to: Child, away: Child) -> None:
    later, spoken_of = _later(session, one), _spoken_of(one)
    for other in (*reversed(later), one):
        _back(session, other, to, session.get_one(Child, other.gone_id))
    session.delete(one)
    for other in later:
        _join(session, other, to, session.get_one(Child, other.gone_id))
    parting.tell_apart(session, actor, to.id, away.id)
    unmake(session, spoken_of)


def _spoken_of(one: Merge) -> list[int]:
    """Which of the two had sources: without any word of theirs, now, it may be nobody's record."""
    before, moved = one.moved["before"].get("sources"), one.moved[SourceRecord.__tablename__]
    return [child_id for child_id, sources in ((one.kept_id, before), (one.gone_id, moved)) if sources]


def _later(session: Session, one: Merge) -> list[Merge]:
    """What was joined into the same record since, the oldest first."""
    query = select(Merge).where(Merge.kept_id == one.kept_id, Merge.merged_at >= one.merged_at, Merge.id != one.id)
    found = session.scalars(query.order_by(Merge.merged_at, Merge.id))
    return [other for other in found if (other.merged_at, other.id) > (one.merged_at, one.id)]


def _back(session: Session, one: Merge, to: Child, away: Child) -> None:
    reading.also(session, [to.id, away.id])
    moved: dict[str, Any] = one.moved
    before = moved["before"]
    session.execute(delete(ChildName).where(ChildName.id.in_(moved["made"]), ChildName.child_id == to.id))
    away.state, away.merged_into_id = RecordState.LIVE, None
    died_on = date.fromisoformat(before["died_on"]) if before["died_on"] else None
    if to.died_on == (died_on or away.died_on):  # else somebody has said since that the child has died
        to.died_on = died_on
    for model in WHOLE:
        _move(session, model, to.id, away.id, moved.get(model.__tablename__, ()))
    for model in FACTS:
        _move(session, model, to.id, away.id, _own(session, model, moved[model.__tablename__], away))
    involved.back(session, to.id, away.id, moved["involvement"], before["involvement"])
    sensitive.move(session, to.uid, away.uid, moved["sensitive_involvement"])
    protecting.back(session, to, away, moved["shield"], before["shield"])
    if one.merged_at is not None:
        holds.held_too(session, to.id, away.id, one.merged_at)
    parting.place_again(session, to, {*before.get("sources", ()), *moved[SourceRecord.__tablename__]})
    for child in (to, away):
        child.version += 1
        if deriving.derive(session, child.id) and not deriving.as_it_last_stood(session, child.id) and child is to:
            _restore(session, to, before)


def _own(session: Session, model: Any, ids: Collection[int], away: Child) -> list[int]:
    """What is the record's own: what no source says, of what it brought along, and what its own sources say."""
    of = select(SourceVersion.id).join(SourceRecord, SourceRecord.id == SourceVersion.record_id)
    said = session.scalars(select(model.id).where(model.source_id.in_(of.where(SourceRecord.child_id == away.id))))
    return [*said, *_unsaid(session, model, ids)]


def _restore(session: Session, to: Child, before: dict[str, Any]) -> None:
    """Who a child is whom no source ever named."""
    for name, value in before.get("who", {}).items():
        setattr(to, name, value)
    to.born_on = date.fromisoformat(before["born_on"]) if "born_on" in before else to.born_on
    due.keep(session, [to.id])
    find.reindex(session, to.id)
