"""What belongs to one record becomes another's, and goes back: in one transaction, whatever it is."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import ContactRequest, Merge, Opening, Override, SourceRecord
from cp.models.carer import ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.rules.access import Actor
from cp.services import audit, children, deriving, find, reading
from cp.services.merging import involved, protecting
from cp.services.record_parts import Row
from cp.services.records import Opened
from cp.services.sensitive import moving as sensitive
from cp.terms import Act, NameKind, RecordState

FACTS: tuple[Any, ...] = (ChildName, ChildLocation, ChildCarer, OutsideNumber)
"""Derived from sources, but for what no source says."""
WHOLE: tuple[Any, ...] = (SourceRecord, ContactRequest)


def join(session: Session, actor: Actor, one: Merge, kept: tuple[Row, Opened], gone: Row) -> None:
    """Move everything to the record that goes on, derive it again, and take the other out of everybody's sight.

    The caller holds both, and has asked the rule.
    """
    to, away = session.get_one(Child, kept[0].id), session.get_one(Child, gone.id)
    reading.also(session, [to.id, away.id])
    named = {(child.given_names, child.family_name) for child in (to, away)}
    moved: dict[str, Any] = {"before": {"died_on": to.died_on and to.died_on.isoformat()}}
    to.died_on = to.died_on or away.died_on
    moved["shield"], moved["before"]["shield"] = protecting.move(session, to, away)
    moved["involvement"], moved["before"]["involvement"] = involved.move(session, to.id, away.id)
    moved["sensitive_involvement"] = sensitive.move(session, away.uid, to.uid)
    moved |= {model.__tablename__: _move(session, model, away.id, to.id) for model in WHOLE}
    facts = {model.__tablename__: _move(session, model, away.id, to.id) for model in FACTS}
    unsaid = {model.__tablename__: _unsaid(session, model, facts[model.__tablename__]) for model in FACTS}
    _leave(session, actor, to, away)
    moved |= facts if deriving.derive(session, to.id) else unsaid
    moved["made"] = _known_as(session, to, named)
    one.moved, one.merged_at = moved, clock.now()
    session.flush()
    for child in (to, away):
        find.reindex(session, child.id)
    children.keep(session, actor, *kept)


def _move(session: Session, model: Any, from_id: int, to_id: int, only: Collection[int] | None = None) -> list[int]:
    query = select(model.id).where(model.child_id == from_id)
    ids = list(session.scalars(query if only is None else query.where(model.id.in_(only))))
    session.execute(update(model).where(model.id.in_(ids)).values(child_id=to_id))
    return ids


def _unsaid(session: Session, model: Any, ids: Collection[int]) -> list[int]:
    """Those that no source says: they are not derived again, and are what has to be moved back."""
    return list(session.scalars(select(model.id).where(model.id.in_(ids), model.source_id.is_(None))))


def _leave(session: Session, actor: Actor, to: Child, away: Child) -> None:
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
    """Take a joining back: each record has its own again, and its own shield. Raises NothingToUndo, Refusal."""
    one = session.scalars(select(Merge).where(Merge.uid == merge_uid, Merge.merged_at.is_not(None))).one_or_none()
    if one is None:
        raise NothingToUndo
    to = session.get_one(Child, one.kept_id)
    row, _, _ = children.correct(session, actor, to.uid, Act.MERGE)
    away = session.get_one(Child, one.gone_id, with_for_update=True)
    session.refresh(one)
    if away.merged_into_id != to.id:
        raise NothingToUndo
    _back(session, one, to, away)
    for subject_id in (row.subject_id, away.subject_id):
        audit.record(session, actor, Act.MERGE, audit.About(subject_id, one.uid, reason="taken_back"))


def _back(session: Session, one: Merge, to: Child, away: Child) -> None:
    reading.also(session, [to.id, away.id])
    moved: dict[str, Any] = one.moved
    before = moved["before"]
    session.execute(delete(ChildName).where(ChildName.id.in_(moved["made"]), ChildName.child_id == to.id))
    away.state, away.merged_into_id = RecordState.LIVE, None
    to.died_on = datetime.fromisoformat(before["died_on"]).date() if before["died_on"] else None
    for model in (*WHOLE, *FACTS):
        _move(session, model, to.id, away.id, moved[model.__tablename__])
    involved.back(session, to.id, away.id, moved["involvement"], before["involvement"])
    sensitive.move(session, to.uid, away.uid, moved["sensitive_involvement"])
    protecting.back(session, to, away, moved["shield"], before["shield"])
    session.delete(one)
    for child in (to, away):
        child.version += 1
        deriving.derive(session, child.id)
