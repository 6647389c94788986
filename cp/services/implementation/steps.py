"""The facts of each organisation on its way, and what follows from them: the one place that writes either."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Onboarding, Organisation
from cp.rules.implementing import Facts, Waits, waits_for
from cp.services.supply import senders
from cp.terms import BodyKind, Need, Step

OWN = {"accreditation_ends_on", "opens_on", "sends"}
"""Facts that stand elsewhere: at the organisation, and at its authority."""
OF_SUPPLY = (Step.MEANS, Step.TEST_FILE)


def held(session: Session, organisation: Organisation) -> Onboarding:
    """Its row, made where there is none yet."""
    query = select(Onboarding).where(Onboarding.organisation_id == organisation.id)
    return session.scalars(query).one_or_none() or _begun(session, organisation)


def hold(session: Session, organisation: Organisation) -> Onboarding:
    """Its row, which nobody else changes until this transaction ends: what is read next is what holds."""
    row = held(session, organisation)
    session.refresh(row, with_for_update=True)
    return row


def begin(session: Session, organisations: Iterable[Organisation]) -> None:
    """Those that have none each get a row; nothing else changes. Of 25,000 as fast as one after the other may be."""
    wanted = [one for one in organisations if one.body_kind is not BodyKind.AUTHORITY]
    have = set(session.scalars(select(Onboarding.organisation_id)))
    authorities = {one.id: one for one in session.scalars(select(Authority))}
    session.add_all(_new(one, authorities[one.authority_id]) for one in wanted if one.id not in have)
    session.flush()


def catch_up(session: Session) -> None:
    """Organisations that are open and have no row each get one; rows follow those that came to another authority."""
    joined = select(Organisation).outerjoin(Onboarding, Onboarding.organisation_id == Organisation.id)
    is_open = Organisation.valid_to.is_(None) | (Organisation.valid_to > clock.today())
    begin(session, session.scalars(joined.where(Onboarding.id.is_(None), is_open)).all())
    for one in session.scalars(joined.where(Onboarding.authority_id != Organisation.authority_id)).all():
        renew(session, one)


def lapse(session: Session, most: int) -> int:
    """What live organisations wait for again, whose agreement or accreditation has ended since it was last looked at:
    nobody did anything on that day. So is what those wait for that send no lists, and were once to agree how they do.
    Returns how many.
    """
    today = clock.today()
    ended = or_(Onboarding.agreement_ends_on <= today, Organisation.accreditation_ends_on <= today)
    joined = select(Organisation).join(Onboarding, Onboarding.organisation_id == Organisation.id)
    silent = and_(Onboarding.step.in_(OF_SUPPLY), Organisation.kind.not_in(senders.SENDING))
    found = session.scalars(
        joined.where(or_(and_(Onboarding.step == Step.LIVE, ended), silent)).order_by(Organisation.id).limit(most)
    ).all()
    for one in found:
        renew(session, one)
    return len(found)


def keep(session: Session, organisation: Organisation, **facts: Any) -> Onboarding:
    """These facts hold from now on, and what follows from them does, as one change. The caller writes the audit."""
    row, authority = held(session, organisation), session.get_one(Authority, organisation.authority_id)
    for name, value in facts.items():
        setattr(row, name, value)
    today = clock.today()
    waits = _follow(row, organisation, authority, today)
    if row.live_on is None and waits.need is Need.NOTHING:
        row.live_on = today
    session.flush()
    return row


def renew(session: Session, organisation: Organisation) -> Onboarding:
    """What the organisation waits for is worked out afresh: after a change of a fact that stands elsewhere."""
    return keep(session, organisation)


def _begun(session: Session, organisation: Organisation) -> Onboarding:
    row = _new(organisation, session.get_one(Authority, organisation.authority_id))
    session.add(row)
    session.flush()
    return row


def _new(organisation: Organisation, authority: Authority) -> Onboarding:
    today = clock.today()
    row = Onboarding(
        organisation_id=organisation.id, authority_id=organisation.authority_id, began_on=today, people_named=0,
        people_invited=0, places_booked=0, people_trained=0,
    )  # fmt: skip
    _follow(row, organisation, authority, today)
    return row


def facts_of(row: Onboarding, organisation: Organisation, authority: Authority) -> Facts:
    kept = {field.name: getattr(row, field.name) for field in fields(Facts) if field.name not in OWN}
    return Facts(
        **kept, accreditation_ends_on=organisation.accreditation_ends_on, opens_on=authority.opened_on,
        sends=senders.source_of(organisation.kind) is not None,
    )  # fmt: skip


def _follow(row: Onboarding, organisation: Organisation, authority: Authority, today: date) -> Waits:
    waits = waits_for(facts_of(row, organisation, authority), today)
    row.authority_id = organisation.authority_id
    row.step, row.need, row.who, row.due_on = waits.step, waits.need, waits.who, waits.due_on
    return waits
