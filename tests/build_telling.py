"""Builders of what practitioners tell the management team about."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import SupplyFile, SupplyRow
from cp.services.supply import telling
from cp.services.supply.told import Besides
from cp.terms import Column, WhyHere
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


def row_of(session: Session, uid: UUID) -> SupplyRow:
    query = select(SupplyRow).join(SupplyFile, SupplyFile.id == SupplyRow.file_id).where(SupplyFile.uid == uid)
    return session.scalars(query.execution_options(populate_existing=True)).one()
