"""What waits for one of the management team because another of them asked: how many of each kind, and no child."""

from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Disclosure, DisclosureAnswer, LegalHold
from cp.rules.access import Actor, decide
from cp.services import paging
from cp.services.archive import kept as archived
from cp.services.audit_seals import checking
from cp.services.families import asking
from cp.services.identities import kept as sealed
from cp.services.merging import deciding
from cp.services.retention import holds
from cp.services.shielding import listing
from cp.terms import Act


class Asked(StrEnum):
    JOIN = "join"
    LIFT = "lift"
    SEAL = "seal"  # or that a sealed record be opened
    COPY = "copy"
    DISCLOSURE = "disclosure"
    HOLD = "hold"  # or that one end
    READING = "reading"


def of(session: Session, actor: Actor) -> dict[Asked, int]:
    """What this person can answer, but no kind of which there is none; no query for anybody outside the team."""
    if not _of_the_team(actor):
        return {}
    found = {
        Asked.JOIN: deciding.to_answer(session, actor),
        Asked.LIFT: listing.to_lift(session, actor),
        Asked.SEAL: sealed.to_answer(session, actor),
        Asked.COPY: asking.to_answer(session, actor),
        Asked.DISCLOSURE: _disclosures(session, actor),
        Asked.HOLD: _holds(session, actor),
        Asked.READING: archived.to_answer(session, actor),
    }
    return {kind: many for kind, many in found.items() if many}


def for_the_worker(session: Session, actor: Actor) -> bool:
    """Whether this person can have the worker started, and it seems to rest."""
    return _of_the_team(actor) and checking.rests(session)


def _of_the_team(actor: Actor) -> bool:
    return decide(actor, Act.SEE_HOLDS, None, clock.today()).allowed


def _disclosures(session: Session, actor: Actor) -> int:
    answered = select(DisclosureAnswer.id).where(DisclosureAnswer.disclosure_id == Disclosure.id).exists()
    mine = Disclosure.authority_id == actor.authority_id, Disclosure.approver_id == actor.account_id
    return session.scalar(select(func.count()).select_from(Disclosure).where(*mine, ~answered)) or 0


def _holds(session: Session, actor: Actor) -> int:
    to_agree = LegalHold.agreed_at.is_(None) & (LegalHold.second_id == actor.account_id)
    to_end = LegalHold.end_asked_by_id.is_not(None) & (LegalHold.end_asked_by_id != actor.account_id)
    return paging.count(session, holds.running(actor).where(to_agree | to_end))
