"""Children whom somebody told of, and beside whom no record is left to look at: a new record, or none."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cp.models import Organisation, Pair, SourceRecord, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.rules import derive, number
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.services import audit, paging
from cp.services.paging import Paged
from cp.services.records import full_name
from cp.services.supply import keeping, pairing, rows, senders, told
from cp.services.supply.placing import Placed
from cp.services.supply.told import Told
from cp.terms import Act, Column, FileForm, PairState, RecordState, RowState

Came = Literal["made", "beside", "left_out", "over"]
BY_HAND = "A person of the management team put them side by side."


@dataclass(frozen=True, slots=True)
class Alone:
    """What was told, who told it, and when."""

    uid: UUID
    name: str
    told_on: date
    said: derive.Said
    told: Told


class NoSuchRecord(Exception):
    """No record has this number that what was told could be put beside."""


def count(session: Session, actor: Actor) -> int:
    return session.scalar(_waiting(actor).with_only_columns(func.count())) or 0


def listed(session: Session, actor: Actor, page: int = 1) -> Paged[Alone]:
    """The oldest first."""
    query = _waiting(actor).order_by(SupplyRow.id)
    found = [_alone(session, actor, row, file) for row, file in session.execute(paging.of(query, page))]
    audit.record(session, actor, Act.SEE_TOLD, audit.About(results=len(found)))
    return Paged(tuple(found), paging.count(session, query), page)


def show(session: Session, actor: Actor, uid: UUID) -> Alone:
    """Raises Refusal."""
    row, file = _open(session, actor, uid)
    audit.record(session, actor, Act.SEE_TOLD, audit.About(object_id=uid, results=1))
    return _alone(session, actor, row, file)


def asks_birth(session: Session, actor: Actor, uid: UUID) -> bool:
    """Whether a new record needs somebody to say when the child was born; False where somebody was faster."""
    found = _still(session, actor, uid)
    return found is not None and Column.BORN_ON not in rows.cells_of(found[0], rows.meanings(found[1]))


def make(session: Session, actor: Actor, uid: UUID, born_on: date | None) -> Came:
    """A new record, unless somebody like that has been recorded since: then that one is looked at first.

    `born_on`: where it was not told. Raises Refusal; ValueError where nobody says when the child was born.
    """
    found = _still(session, actor, uid)
    if found is None:
        return "over"
    row, file = found
    if born_on:
        _add_birth(file, row, born_on)
    sender = senders.of_file(session, file, actor)
    (said,) = rows.read(sender, file, [row])
    if said.said.born_on is None:
        raise ValueError("a record needs a date of birth")
    at = senders.thresholds(session, file.organisation_id)
    if maybe := told.beside(session, file.organisation_id, said, at):
        pairing.set_apart(session, [Placed(said, maybe=maybe, told=True)])
        return _came(session, actor, uid, "beside")
    keeping.keep(session, sender, file, [Placed(said)])
    session.flush()
    pairing.tell_apart(session, actor, row.id, session.get_one(SourceRecord, row.record_id).child_id)
    return _came(session, actor, uid, "made")


def put_beside(session: Session, actor: Actor, uid: UUID, typed: str) -> Came:
    """Beside the record of this number, for whoever answers for that. Raises Refusal, NoSuchRecord."""
    found = _still(session, actor, uid)
    if found is None:
        return "over"
    row, file = found
    looked_at = select(Pair.child_id).where(Pair.row_id == row.id)
    query = select(Child.id).where(
        Child.number == (number.normalise(typed) or ""), Child.state == RecordState.LIVE, Child.id.not_in(looked_at)
    )
    child_id = session.scalars(query).one_or_none()
    if child_id is None:
        raise NoSuchRecord
    (said,) = rows.read(senders.of_file(session, file, actor), file, [row])
    pairing.set_apart(session, [Placed(said, maybe=((child_id, [BY_HAND]),), told=True)])
    return _came(session, actor, uid, "beside")


def leave_out(session: Session, actor: Actor, uid: UUID) -> Came:
    """No record is made of it. Raises Refusal."""
    found = _still(session, actor, uid)
    if found is None:
        return "over"
    found[0].state = RowState.LEFT_OUT
    return _came(session, actor, uid, "left_out")


def _came(session: Session, actor: Actor, uid: UUID, came: Came) -> Came:
    session.flush()
    audit.record(session, actor, Act.JUDGE_TOLD, audit.About(object_id=uid, reason=came))
    return came


def _add_birth(file: SupplyFile, row: SupplyRow, born_on: date) -> None:
    at = next(at for at, column in rows.meanings(file).items() if column is Column.BORN_ON)
    row.facts = row.facts | {"cells": row.facts["cells"] | {str(at): born_on.isoformat()}}


def _waiting(actor: Actor) -> Select[SupplyRow, SupplyFile]:
    beside = select(Pair.id).join(Child, Child.id == Pair.child_id)
    beside = beside.where(Pair.row_id == SupplyRow.id, Pair.state == PairState.WAITING, Child.state == RecordState.LIVE)
    return (
        select(SupplyRow, SupplyFile)
        .join(SupplyFile, SupplyFile.id == SupplyRow.file_id)
        .join(Organisation, Organisation.id == SupplyFile.organisation_id)
        .where(
            SupplyFile.form == FileForm.TOLD, SupplyRow.state == RowState.WAITING, ~beside.exists(),
            Organisation.authority_id == actor.authority_id,
        )
    )  # fmt: skip


def _still(session: Session, actor: Actor, uid: UUID) -> tuple[SupplyRow, SupplyFile] | None:
    """Held; None where somebody was faster."""
    query = _waiting(actor).where(SupplyRow.uid == uid).with_for_update(of=SupplyRow)
    found = session.execute(query).one_or_none()
    if found is None and session.scalars(_ever(actor).where(SupplyRow.uid == uid)).first() is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found and (found[0], found[1])


def _ever(actor: Actor) -> Select[int]:
    return (
        select(SupplyRow.id)
        .join(SupplyFile, SupplyFile.id == SupplyRow.file_id)
        .join(Organisation, Organisation.id == SupplyFile.organisation_id)
        .where(SupplyFile.form == FileForm.TOLD, Organisation.authority_id == actor.authority_id)
    )


def _open(session: Session, actor: Actor, uid: UUID) -> tuple[SupplyRow, SupplyFile]:
    found = session.execute(_waiting(actor).where(SupplyRow.uid == uid)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found[0], found[1]


def _alone(session: Session, actor: Actor, row: SupplyRow, file: SupplyFile) -> Alone:
    (read,) = rows.read(senders.of_file(session, file, actor), file, [row])
    who = told.besides(session, file, row)
    if who is None:
        raise ValueError("nobody told it")
    name = full_name(read.said.given_names or "", read.said.family_name or "")
    return Alone(row.uid, name, london_day(file.received_at), read.said, who)
