"""Whether an override was right: asked of the person, found by a reviewer of another team, told afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, AuditEvent, Override, RightGrant
from cp.rules.access import Actor, decide
from cp.rules.days import london_day
from cp.rules.overriding import override_review, review_falls_to, same_team
from cp.services import audit, looks
from cp.services.overriding import naming
from cp.services.overriding.telling import TOLD, State, Told, told_of
from cp.terms import Act, Decision, OverrideAnswer, OverrideFinding, Part, Right

Why = Literal["override_role", "override_own", "override_team", "override_named"]
Done = Literal["closed", "asked", "faster"]
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Seen:
    """One override with what is known besides, from the audit."""

    told: Told
    shown: tuple[Part, ...]
    """What the person was shown while it was open, on whichever page; nothing where they looked at none of it."""
    recorded: bool
    """They recorded that they work with the child afterwards."""
    before: int
    """Overrides of the same person in the 12 months before."""
    refusal: Why | None
    """Why whoever reads this does not close it."""


def one(session: Session, actor: Actor, uid: UUID) -> Seen:
    """For the page of one. Raises Refusal: another authority's is not there."""
    override = _find(session, actor, uid)
    (told,) = told_of(session, TOLD.where(Override.id == override.id))
    audit.record(session, actor, Act.SEE_OVERRIDES, audit.About(object_id=uid))
    shown, recorded = _done(session, override, told.ended_at or clock.now())
    return Seen(told, shown, recorded, _before(session, override), _refusal(session, actor, override))


def _find(session: Session, actor: Actor, uid: UUID) -> Override:
    query = select(Override).where(Override.uid == uid, Override.authority_id == actor.authority_id)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise audit.Refusal("none", hidden=True)
    return found


def _done(session: Session, override: Override, until: datetime) -> tuple[tuple[Part, ...], bool]:
    """What the person saw of the record while the look was open, on any page; whether they became involved since."""
    account_uid = session.get_one(Account, override.account_id).uid
    theirs = (
        AuditEvent.account_id == account_uid, AuditEvent.at >= override.opened_at,
        AuditEvent.decision == Decision.ALLOWED,
    )  # fmt: skip
    began = select(AuditEvent.subject_id).where(
        *theirs, AuditEvent.act == Act.OVERRIDE, AuditEvent.object_id == override.uid
    )
    query = select(AuditEvent.act, AuditEvent.at, AuditEvent.parts).where(
        *theirs, AuditEvent.subject_id == began.scalar_subquery()
    )
    entries = session.execute(query).all()
    opened = [parts or "" for act, at, parts in entries if at <= until]
    seen = {part for parts in opened for part in parts.split("+")} - {Part.IDENTITY}
    return tuple(part for part in Part if part in seen), any(act is Act.RECORD_INVOLVEMENT for act, _, _ in entries)


def _before(session: Session, override: Override) -> int:
    query = select(func.count()).select_from(Override).where(
        Override.account_id == override.account_id, Override.opened_at < override.opened_at,
        Override.opened_at > override.opened_at - YEAR,
    )  # fmt: skip
    return session.scalar(query) or 0


def _refusal(session: Session, actor: Actor, override: Override) -> Why | None:
    """Why this person may not say what they find of it, whether it is closed already or not."""
    if not decide(actor, Act.REVIEW_OVERRIDE, None, clock.today()).allowed:
        return "override_role"
    own = override.account_id == actor.account_id
    beside = same_team(naming.team_of(session, actor.account_id), naming.team_of(session, override.account_id))
    review = override_review(actor.role, own, beside, None, london_day(override.opened_at), clock.today())
    if review == "refused":
        return "override_own" if own else "override_team"
    named = None if override.reviewer_id is None else override.reviewer_id == actor.account_id
    return None if review_falls_to(named, review) else "override_named"


def close(session: Session, actor: Actor, uid: UUID, finding: OverrideFinding) -> Done:
    """Keep the finding, or ask the person first; `faster` where somebody else closed it. Raises Refusal."""
    override = _find(session, actor, uid)
    account = session.get_one(Account, override.account_id, with_for_update=True)
    session.refresh(override, with_for_update=True)
    if refusal := _refusal(session, actor, override):
        raise audit.Refusal(refusal, object_id=uid)
    if override.closed_at:
        return "closed" if (override.closed_by_id, override.finding) == (actor.account_id, finding) else "faster"
    if finding is OverrideFinding.NEED_ANSWER:
        return _ask(session, actor, override)
    override.finding, override.closed_at, override.closed_by_id = finding, clock.now(), actor.account_id
    session.flush()
    audit.record(session, actor, Act.REVIEW_OVERRIDE, audit.About(object_id=uid, reason=finding))
    if finding is OverrideFinding.NOT_RIGHT:
        _end_right(session, actor, account)
    return "closed"


def _ask(session: Session, actor: Actor, override: Override) -> Done:
    """Once: the person is asked until they answer or the override is closed."""
    if override.asked_at is None:
        override.finding, override.asked_at = OverrideFinding.NEED_ANSWER, clock.now()
        session.flush()
        about = audit.About(object_id=override.uid, reason=OverrideFinding.NEED_ANSWER)
        audit.record(session, actor, Act.REVIEW_OVERRIDE, about)
    return "asked"


def _end_right(session: Session, actor: Actor, account: Account) -> None:
    """They override no shield from now on, until two managers give the right anew."""
    today = clock.today()
    held = (
        RightGrant.account_id == account.id, RightGrant.right == Right.OVERRIDE,
        RightGrant.ends_on.is_(None) | (RightGrant.ends_on > today),
    )  # fmt: skip
    ended = session.scalars(update(RightGrant).where(*held).values(ends_on=today).returning(RightGrant.id)).all()
    looks.close(session, account.id, clock.now())
    if ended:
        audit.record(session, actor, Act.END_GRANT, audit.About(object_id=account.uid, reason=Right.OVERRIDE))


def answer(session: Session, actor: Actor, uid: UUID, said: OverrideAnswer) -> bool:
    """What the person says of their own. False where nobody asks any more: answered, or closed. Raises Refusal."""
    query = select(Override).where(Override.uid == uid, Override.account_id == actor.account_id)
    override = session.scalars(query.with_for_update()).one_or_none()
    if override is None:
        raise audit.Refusal("none", hidden=True)
    if override.asked_at is None or override.answered_at or override.closed_at:
        return False
    override.answer, override.answered_at = said, clock.now()
    session.flush()
    audit.record(session, actor, Act.ANSWER_OVERRIDE, audit.About(object_id=uid, reason=said))
    return True


def may_ask(seen: Told) -> bool:
    """The person has not been asked, and there is a day left by which they could answer."""
    return seen.state is State.WAITING and not seen.asked
