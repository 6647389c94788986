"""Builders of what practitioners tell the management team about."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Change, Opening, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.rules.changing import change_due_on
from cp.rules.days import london_day
from cp.services.changes.telling import Said
from cp.services.supply import telling
from cp.services.supply.told import Besides
from cp.terms import ChangeKind, Column, MovedTo, Reason, WhyHere
from tests.build import Person
from tests.build_supply import work
from tests.web import actor_of

AMIRA = {
    Column.GIVEN_NAMES: "Amira", Column.FAMILY_NAME: "Siddiqui", Column.BORN_ON: "2016-03-14", Column.GENDER: "female",
    Column.ADDRESS_1: "18 Tanner’s Row", Column.TOWN: "Northvale", Column.POSTCODE: "ZA4 7QD",
    Column.CARER_1_NAME: "Farah Siddiqui", Column.CARER_1_RELATIONSHIP: "Mother",
    Column.CARER_1_PHONE: "0161 496 0163",
}  # fmt: skip
LIVES_HERE = Besides(WhyHere.LIVES_HERE)


def told(
    session: Session, who: Person, child: Mapping[Column, str] = AMIRA, besides: Besides = LIVES_HERE,
    *, worked: bool = True,
) -> SupplyRow:  # fmt: skip
    """The row; the worker has put it where it belongs, unless it is not to have `worked`."""
    uid = telling.tell(session, actor_of(session, who), child, besides)
    session.commit()
    if worked:
        work(session)
    return row_of(session, uid)


def give_reason(session: Session, child: Child, who: Person) -> None:
    """Why this person opens the record, from now on."""
    session.execute(delete(Opening).where(Opening.account_id == who.account.id, Opening.child_id == child.id))
    session.add(Opening(account_id=who.account.id, child_id=child.id, reason=Reason.WORKING_WITH, at=clock.now()))
    session.commit()


def change(child: Child, who: Person, kind: ChangeKind = ChangeKind.MOVED_AWAY, **given: Any) -> Change:
    """Told of this child today, and not yet added."""
    now = clock.now()
    facts = Said(kind, london_day(now), MovedTo.ABROAD if kind is ChangeKind.MOVED_AWAY else None).facts()
    told_on = {"told_at": now, "due_on": change_due_on(kind, london_day(now))}
    return Change(child_id=child.id, account_id=who.account.id, kind=kind, facts=facts, **(told_on | given))


def row_of(session: Session, uid: UUID) -> SupplyRow:
    query = select(SupplyRow).join(SupplyFile, SupplyFile.id == SupplyRow.file_id).where(SupplyFile.uid == uid)
    return session.scalars(query.execution_options(populate_existing=True)).one()
