"""The roles that an account may act in today."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Organisation, RoleGrant
from cp.rules.days import in_force as counts
from cp.terms import Role


def in_force(session: Session, account_id: int) -> dict[Role, RoleGrant]:
    """Each with its newest grant; the role that was granted first comes first."""
    query = select(RoleGrant).where(RoleGrant.account_id == account_id).order_by(RoleGrant.id)
    today = clock.today()
    return {grant.role: grant for grant in session.scalars(query) if counts(grant.starts_on, grant.ends_on, today)}


def choices(session: Session, account_id: int) -> dict[Role, str]:
    """The roles in force, and for an assistant for whom: "Nia Pritchard, Vale Community Health"."""
    return {role: _principal(session, grant) for role, grant in in_force(session, account_id).items()}


def _principal(session: Session, grant: RoleGrant) -> str:
    query = select(Account.name, Organisation.name).join(Organisation, Organisation.id == Account.organisation_id)
    found = session.execute(query.where(Account.id == grant.principal_id)).one_or_none()
    return ", ".join(found) if found else ""
