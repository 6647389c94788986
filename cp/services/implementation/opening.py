"""An authority opens to practitioners: on its day, or on the first day after it on which somebody can shield there."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Onboarding, Organisation, RoleGrant, new_uid
from cp.rules.access import refusals_of
from cp.rules.phases import Days, opens
from cp.services import audit
from cp.services.implementation import steps
from cp.services.managing import staff
from cp.terms import Act, Need, Role

IN_TIME = {"no_shields_yet"}
"""What does not keep somebody from being ready for the day on which shields begin."""


def settle(session: Session, account: Account, request_id: UUID) -> None:
    """Called when anybody signs in: opens their authority, or their national partner, where its time has come.

    Nothing happens at midnight by itself; the first of them to come in opens it, and it stays open. Writes an entry.
    """
    organisation = session.get_one(Organisation, account.organisation_id)
    authority = session.get_one(Authority, organisation.authority_id)
    now(session, authority if organisation.national_phase is None else organisation, authority, request_id)


def now(session: Session, whose: Authority | Organisation, authority: Authority, request_id: UUID) -> None:
    """Opens an authority, or a national partner of it, where its time has come."""
    days = Days(authority.data_from, authority.shields_from, whose.access_from)
    if whose.opened_on is None and opens(days, able=True, today=clock.today()) and able(session, authority.id):
        _open(session, whose, request_id)


def able(session: Session, *authority_ids: int) -> frozenset[int]:
    """Those of these authorities that have somebody of the management team with an account in order today."""
    today = clock.today()
    team = (
        select(RoleGrant.account_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(RoleGrant.role == Role.MANAGEMENT_TEAM, Organisation.authority_id.in_(authority_ids), Account.active)
    )
    people = [actor for member in staff.every(session, team, new_uid()) for actor in member.actors]
    return frozenset(
        one.authority_id
        for one in people
        if one.role is Role.MANAGEMENT_TEAM and set(refusals_of(one, today)) <= IN_TIME
    )


def _open(session: Session, whose: Authority | Organisation, request_id: UUID) -> None:
    """Of two who come at once, one opens it."""
    model = type(whose)
    opening = update(model).where(model.id == whose.id, model.opened_on.is_(None)).values(opened_on=clock.today())
    if session.execute(opening.returning(model.id)).first() is None:
        return
    session.refresh(whose)
    audit.record(session, None, Act.OPEN_AUTHORITY, audit.About(object_id=whose.uid), request_id=request_id)
    if isinstance(whose, Authority):
        renew(session, whose)


def renew(session: Session, authority: Authority) -> None:
    """What its organisations wait for, where that depends on the day: the others still miss something before it."""
    waiting = (
        select(Organisation)
        .join(Onboarding, Onboarding.organisation_id == Organisation.id)
        .where(Onboarding.authority_id == authority.id, Onboarding.need.in_((Need.OPENING_DAY, Need.NOTHING)))
    )
    for one in session.scalars(waiting).all():
        steps.renew(session, one)
