"""Who is of the management team of an authority today: whom a second person is chosen from, and who still counts."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Organisation, RoleGrant
from cp.rules.access import Actor
from cp.terms import Role


class Colleague(NamedTuple):
    id: int
    uid: UUID
    name: str


def members(session: Session, authority_id: int) -> list[Colleague]:
    """By name: those who have joined, are not suspended, and hold the role today."""
    today = clock.today()
    query = (
        select(Account.id, Account.uid, Account.name)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            Organisation.authority_id == authority_id, Account.active, Account.opened_on.is_not(None),
            RoleGrant.role == Role.MANAGEMENT_TEAM, RoleGrant.starts_on <= today,
            RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on > today),
        )
        .order_by(Account.name, Account.id)
        .distinct()
    )  # fmt: skip
    return [Colleague(*row) for row in session.execute(query)]


def others(session: Session, actor: Actor) -> list[Colleague]:
    """Whom this person may ask to agree."""
    return [one for one in members(session, actor.authority_id) if one.id != actor.account_id]


def chosen(session: Session, actor: Actor, uid: UUID | None) -> int | None:
    """The id of the one of them whom a form names; None for nobody, for oneself, and for who is not of the team."""
    return next((one.id for one in others(session, actor) if one.uid == uid), None)


def has(session: Session, authority_id: int, account_id: int | None) -> bool:
    """Whether this account is one of them today."""
    return account_id in {one.id for one in members(session, authority_id)}


def name_of(session: Session, account_id: int) -> str:
    """What somebody is called, whether or not they are of the team today."""
    return session.scalars(select(Account.name).where(Account.id == account_id)).one()
