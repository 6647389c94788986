"""Who is of the management team of an authority today: whom a second person is chosen from, and who still counts."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Organisation, RoleGrant
from cp.terms import Role


class Colleague(NamedTuple):
    id: int
    uid: UUID
    name: str


def members(session: Session, authority_id: int, *, without: int | None = None) -> list[Colleague]:
    """By name: those who have joined, are not suspended, and hold the role today."""
    today = clock.today()
    query = (
        select(Account.id, Account.uid, Account.name)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            Organisation.authority_id == authority_id, Account.active, Account.opened_on.is_not(None),
            RoleGrant.role == Role.MANAGEMENT_TEAM, RoleGrant.starts_on <= today,
            RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on > today), Account.id != (without or 0),
        )
        .order_by(Account.name, Account.id)
        .distinct()
    )  # fmt: skip
    return [Colleague(*row) for row in session.execute(query)]


def has(session: Session, authority_id: int, account_id: int | None) -> bool:
    """Whether this account is one of them today."""
    return account_id in {one.id for one in members(session, authority_id)}


def name_of(session: Session, account_id: int) -> str:
    """What somebody is called, whether or not they are of the team today."""
    return session.scalars(select(Account.name).where(Account.id == account_id)).one()
