"""Somebody always stays who runs the accounts: the last account manager of an authority is not let go."""

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Organisation, RoleGrant
from cp.services.managing.problems import Problem
from cp.terms import BodyKind, Role


def must_not_be_last(session: Session, account: Account, field: str, *, ending: Role | None = None) -> None:
    """Raises Problem where nobody else would run the accounts of the authority (or the nation's) for good.

    Holds the authorities meanwhile: two managers who close each other at once do so one after the other.
    """
    for role in (Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR):
        if ending in (None, role) and _runs(session, account, role):
            _hold(session, account, role)
            if not _others(session, account, role):
                raise Problem(field, f"last_{role.value}", account.name)


def _runs(session: Session, account: Account, role: Role) -> bool:
    place = session.get_one(Organisation, account.organisation_id)
    query = select(Account.id).where(Account.id == account.id, _holds(role))
    return place.body_kind is BodyKind.AUTHORITY and session.scalars(query).first() is not None


def _holds(role: Role) -> Exists:
    """In force, and with no end in sight."""
    return exists().where(
        RoleGrant.account_id == Account.id, RoleGrant.role == role, RoleGrant.starts_on <= clock.today(),
        RoleGrant.ends_on.is_(None),
    )  # fmt: skip


def _hold(session: Session, account: Account, role: Role) -> None:
    query = select(Authority.id).order_by(Authority.id)
    if role is Role.ACCOUNT_MANAGER:
        query = query.join(Organisation).where(Organisation.id == account.organisation_id)
    session.execute(query.with_for_update(of=Authority))


def _others(session: Session, account: Account, role: Role) -> bool:
    """Somebody else who has joined, is neither suspended nor closed, and works at the authority itself."""
    query = (
        select(Account.id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(
            Account.id != account.id, Account.active, Account.opened_on.is_not(None),
            Organisation.body_kind == BodyKind.AUTHORITY, _holds(role),
        )
    )  # fmt: skip
    if role is Role.ACCOUNT_MANAGER:
        here = select(Organisation.authority_id).where(Organisation.id == account.organisation_id)
        query = query.where(Organisation.authority_id == here.scalar_subquery())
    return session.scalars(query).first() is not None
