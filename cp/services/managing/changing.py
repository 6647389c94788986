"""An account suspended, opened again, closed, moved; a new check recorded."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Factor, Organisation
from cp.rules.access import Actor
from cp.rules.eligibility import role_problem
from cp.services import audit, handing_over, sessions
from cp.services.managing import granting, holders, keeping
from cp.services.managing.problems import Problem
from cp.terms import Act, Role, SuspendedBecause


def check(session: Session, actor: Actor, account: Account, issued_on: date) -> None:
    """The employer's new enhanced check. An older one than what is recorded is a slip."""
    if issued_on > clock.today():
        raise Problem("issued", "in_future")
    if account.check_issued_on and issued_on < account.check_issued_on:
        raise Problem("issued", "older")
    account.check_issued_on = issued_on
    audit.record(session, actor, Act.CHANGE_ACCOUNT, audit.About(object_id=account.uid, reason="check"))


def suspend(session: Session, actor: Actor, account: Account, because: SuspendedBecause) -> None:
    """At once: the next request of any of their sessions finds it ended."""
    if account.closed_at:
        raise Problem("because", "closed")
    if account.suspended_at:
        return
    keeping.must_not_be_last(session, account, "because")
    account.active, account.suspended_at, account.suspended_because = False, clock.now(), because
    sessions.end_all(session, account.id, "ended", clock.now())
    about = audit.About(object_id=account.uid, reason=because.value)
    audit.record(session, actor, Act.SUSPEND_ACCOUNT, about)


def restore(session: Session, actor: Actor, account: Account) -> None:
    """Open again: lifted, used again after 90 days, or begun anew after it was closed, with a new link and role."""
    if account.closed_at:
        account.closed_at = account.opened_on = account.kept_on = None
        account.password_hash = account.last_used_on = None
    else:
        account.last_used_on = clock.today() if account.opened_on else None
    account.active, account.suspended_at, account.suspended_because = True, None, None
    audit.record(session, actor, Act.RESTORE_ACCOUNT, audit.About(object_id=account.uid))


def close(
    session: Session, actor: Actor, account: Account, last_on: date, because: SuspendedBecause = SuspendedBecause.LEFT,
    act: Act = Act.CLOSE_ACCOUNT,
) -> None:  # fmt: skip
    """Their last day: from the next on every right has ended. One that is over, or is today, closes at once."""
    today = clock.today()
    if account.closed_at:
        return
    keeping.must_not_be_last(session, account, "last")
    ends_on = last_on + timedelta(days=1) if last_on > today else today
    for grant in granting.all_of(session, account):
        if grant.ends_on is None or grant.ends_on > ends_on:
            grant.ends_on = max(ends_on, grant.starts_on)
    granting.leave(session, account, ends_on if last_on > today else min(today, last_on + timedelta(days=1)))
    if last_on <= today:
        _shut(session, account, because)
    audit.record(session, actor, act, audit.About(object_id=account.uid, reason=because.value))


def _shut(session: Session, account: Account, because: SuspendedBecause) -> None:
    """Nothing that opened the account opens it again."""
    now = clock.now()
    account.active, account.closed_at, account.suspended_because = False, now, because
    account.suspended_at = account.password_hash = None
    for factor in session.scalars(select(Factor).where(Factor.account_id == account.id)):
        session.delete(factor)
    sessions.end_all(session, account.id, "ended", now)


@dataclass(frozen=True, slots=True)
class Move:
    """To which organisation, in which post, as what."""

    organisation: Organisation
    post: str | None
    works_as: str | None
    phone: str | None = None


def move(session: Session, actor: Actor, account: Account, to: Move) -> None:
    """From today they work elsewhere. Their involvements stay where they were, to be handed over."""
    holder = holders.newcomer(to.organisation, *granting.running(session, account))
    holders.require(actor, Act.CHANGE_ACCOUNT, holder, account.uid)
    if to.organisation.id == account.organisation_id:
        raise Problem("organisation", "same_place")
    keeping.must_not_be_last(session, account, "organisation")
    roles = granting.running(session, account)
    if Role.ASSISTANT in roles:
        raise Problem("organisation", "assistant_moves")
    for role in roles:
        if code := role_problem(role, to.organisation.kind, to.post):
            raise Problem("post" if code == "post" else "organisation", code)
    granting.leave(session, account, clock.today())
    account.organisation_id, account.practitioner_id = to.organisation.id, None
    account.post = to.post or account.post
    if Role.PRACTITIONER in roles:
        granting.practise(session, account, to.works_as, to.phone)
    sessions.end_all(session, account.id, "ended", clock.now())
    audit.record(session, actor, Act.CHANGE_ACCOUNT, audit.About(object_id=account.uid, reason="move"))


def to_hand_over(session: Session, account: Account) -> int:
    """How many involvements somebody else would have to take over; whose, is not the manager's to know."""
    return handing_over.how_many(session, account.practitioner_id) if account.practitioner_id else 0
