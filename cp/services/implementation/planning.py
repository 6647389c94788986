"""The national administrator sets when an authority begins, and a national partner: audited, told, in their order."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Organisation
from cp.rules.access import Actor
from cp.rules.phases import day_problems
from cp.services import alerts, audit
from cp.services.implementation import opening, phases
from cp.services.implementation.phases import Placed, Plan
from cp.terms import Act, AlertKind


class Refused(Exception):
    """By the day, why it cannot be set."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class ChangedMeanwhile(Exception):
    """Somebody else set it after this person's page was made. `now` is what holds."""

    def __init__(self, now: Placed) -> None:
        super().__init__(now.plan.version)
        self.now = now


def save(session: Session, actor: Actor, uid: UUID, plan: Plan, version: str) -> bool:
    """Whether anything changed; the authority's reviewers are told. Raises Refusal, Refused and ChangedMeanwhile."""
    query = select(Authority).where(Authority.uid == uid).with_for_update()
    authority = phases.found(session.scalars(query).all(), uid)
    if not _may_change(phases.of_authority(authority, frozenset()), plan, version):
        return False
    days = plan.days
    authority.region, authority.phase = plan.region, plan.phase
    authority.data_from, authority.shields_from, authority.access_from = (
        days.data_from, days.shields_from, days.access_from,
    )  # fmt: skip
    _changed(session, actor, authority, authority)
    return True


def save_partner(session: Session, actor: Actor, uid: UUID, plan: Plan, version: str) -> bool:
    """The same of a national partner: its phase, and its practitioners' first day, after its authority's shields."""
    query = phases.charities().where(Organisation.uid == uid).with_for_update()
    partner = phases.found(session.scalars(query).all(), uid)
    authority = session.get_one(Authority, partner.authority_id)
    held = phases.of_partner(partner, authority, frozenset())
    wanted = replace(plan, region=held.plan.region, days=replace(held.plan.days, access_from=plan.days.access_from))
    if not _may_change(held, wanted, version):
        return False
    partner.national_phase, partner.access_from = wanted.phase, wanted.days.access_from
    _changed(session, actor, partner, authority)
    return True


def _may_change(held: Placed, plan: Plan, version: str) -> bool:
    """Whether there is anything to change. Raises what keeps it from being changed."""
    if held.plan == plan:
        return False
    if held.plan.version != version:
        raise ChangedMeanwhile(held)
    if problems := day_problems(plan.days, held.plan.days, clock.today()):
        raise Refused(problems)
    return True


def _changed(session: Session, actor: Actor, whose: Authority | Organisation, authority: Authority) -> None:
    """Written down, told, and at once what follows: it may be open from today."""
    session.flush()
    audit.record(session, actor, Act.SET_PHASE, audit.About(object_id=whose.uid, reason=_said(whose, authority)))
    alerts.tell(session, actor, AlertKind.PHASE_SET, authority_id=authority.id)
    opening.now(session, whose, authority, actor.request_id)
    if whose is authority:
        opening.renew(session, authority)


def _said(whose: Authority | Organisation, authority: Authority) -> str:
    """For the audit: the three days, as they are now."""
    days = (authority.data_from, authority.shields_from, whose.access_from)
    return "+".join(day.strftime("%Y%m%d") if day else "none" for day in days)
