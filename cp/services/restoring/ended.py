"""What worked once, or let somebody in, ends with a restore: whether it was used since is not known any more."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cp.models import (
    Approval,
    ArchiveReading,
    Draft,
    Factor,
    FamilyRequest,
    Job,
    LegalHold,
    Link,
    Merge,
    OldIdentity,
    Override,
    SchoolLink,
    Shield,
    SignedIn,
)
from cp.services import mailing
from cp.terms import Asking

A_STEP = 30
"""Seconds for which a code of an authenticator counts."""


@dataclass(frozen=True, slots=True)
class Ended:
    sessions: int = 0
    links: int = 0
    codes: int = 0
    waiting: int = 0
    letters: int = 0


def end(session: Session, now: datetime) -> Ended:
    """How many of each. A code of an authenticator that is shown now, or was shown before, counts no more."""
    steps = update(Factor).where(Factor.secret_sealed.is_not(None), Factor.confirmed_at.is_not(None))
    codes = update(Factor).where(Factor.code_hash.is_not(None), Factor.used_at.is_(None)).values(used_at=now)
    session.execute(steps.values(last_step=int(now.timestamp()) // A_STEP + 1))
    session.execute(delete(Draft))
    return Ended(
        end_sessions(session, now), _links(session, now),
        _count(session, codes.returning(Factor.id)), _waiting(session, now),
        _count(session, delete(Job).where(Job.kind == mailing.KIND, Job.finished_at.is_(None)).returning(Job.id)),
    )  # fmt: skip


def end_sessions(session: Session, now: datetime) -> int:
    """Everybody's, and every look through a shield with them; how many."""
    session.execute(update(Override).where(Override.left_at.is_(None)).values(left_at=now))
    sessions = update(SignedIn).where(SignedIn.ended_at.is_(None)).values(ended_at=now, end_reason="ended")
    return _count(session, sessions.returning(SignedIn.id))


def _links(session: Session, now: datetime) -> int:
    own = update(Link).where(Link.used_at.is_(None), Link.ends_at > now).values(ends_at=now)
    of_schools = update(SchoolLink).where(SchoolLink.ends_at > now).values(ends_at=now)
    return _count(session, own.returning(Link.id)) + _count(session, of_schools.returning(SchoolLink.id))


def _waiting(session: Session, now: datetime) -> int:
    """What a second person could agree to, though it may have been refused or taken back since; and what two may read
    in the archive, though their day may be over."""
    approvals = delete(Approval).where(Approval.answered_at.is_(None))
    lifts = update(Shield).where(Shield.lift_asked_at.is_not(None), Shield.lifted_at.is_(None))
    lifts = lifts.values(lift_asked_by_id=None, lift_asked_at=None)
    openings = update(OldIdentity).where(OldIdentity.opening_asked_at.is_not(None))
    openings = openings.values(opening_asked_by_id=None, opening_asked_at=None, opened_at=None)
    copies = delete(FamilyRequest).where(FamilyRequest.about == Asking.COPY, FamilyRequest.answered_at.is_(None))
    merges = delete(Merge).where(Merge.merged_at.is_(None))
    ends = update(LegalHold).where(LegalHold.end_asked_by_id.is_not(None)).values(end_asked_by_id=None)
    found = (
        approvals.returning(Approval.id), lifts.returning(Shield.id), openings.returning(OldIdentity.id),
        copies.returning(FamilyRequest.id), merges.returning(Merge.id), ends.returning(LegalHold.id),
        delete(ArchiveReading).returning(ArchiveReading.id),
    )  # fmt: skip
    return sum(_count(session, statement) for statement in found)


def _count(session: Session, statement: object) -> int:
    return len(session.execute(statement).all())  # type: ignore[call-overload]
