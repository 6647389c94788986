"""Who reviews an override: somebody of the authority, of another team, with the fewest of them waiting."""

from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Organisation, Override, Practitioner, RoleGrant
from cp.rules.access import Actor
from cp.rules.days import in_force
from cp.rules.overriding import Team, same_team
from cp.terms import Role


def reviewer(session: Session, actor: Actor) -> int | None:
    """The account named; None where there is nobody, and every reviewer of another team may answer."""
    theirs, today = team_of(session, actor.account_id), clock.today()
    for account_id, place, name, starts_on, ends_on in session.execute(_reviewers(actor)):
        team = Team(place, name) if place else None
        if in_force(starts_on, ends_on, today) and not same_team(team, theirs):
            return int(account_id)
    return None


def _reviewers(actor: Actor) -> Select[int, int, str | None, date, date | None]:
    """Those who have signed in before, whoever has least to do first."""
    waiting = (
        select(func.count()).where(Override.reviewer_id == Account.id, Override.closed_at.is_(None)).scalar_subquery()
    )
    return (
        select(Account.id, Practitioner.organisation_id, Practitioner.team, RoleGrant.starts_on, RoleGrant.ends_on)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .outerjoin(Practitioner, Practitioner.id == Account.practitioner_id)
        .where(
            RoleGrant.role == Role.REVIEWER, Organisation.authority_id == actor.authority_id, Account.active,
            Account.opened_on.is_not(None), Account.id != actor.account_id,
        )
        .order_by(waiting, Account.id)
    )  # fmt: skip


def team_of(session: Session, account_id: int) -> Team | None:
    """Where somebody works as a practitioner; None for whoever is none."""
    query = (
        select(Practitioner.organisation_id, Practitioner.team)
        .join(Account, Account.practitioner_id == Practitioner.id)
        .where(Account.id == account_id)
    )
    found = session.execute(query).one_or_none()
    return Team(*found) if found else None
