"""The one way to somebody's account: it decides, and gives back only the account of somebody in the manager's scope."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Approval, Organisation, RoleGrant
from cp.rules.access import Actor, Holder, Refused, decide
from cp.rules.days import in_force
from cp.services import audit, stepping_up
from cp.terms import Act, Role


def find(session: Session, actor: Actor, uid: UUID, act: Act, *, lock: bool = False) -> Account:
    """The account, for this act. Raises Refusal; one outside the manager's scope reads as "none".

    `lock` holds it against another manager who would change it at once.
    """
    query = select(Account).where(Account.uid == uid)
    account = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if account is None:
        raise audit.Refusal("none", hidden=True)
    require(actor, act, holder_of(session, account), account.uid)
    return account


def require(actor: Actor, act: Act, holder: Holder, object_id: UUID | None = None) -> None:
    """Raises Refusal unless this person may do this to such an account now, StepUpNeeded for want of a fresh code."""
    decision = decide(actor, act, holder, clock.today())
    if isinstance(decision, Refused):
        raise audit.Refusal(decision.reason, object_id=object_id, hidden=decision.hidden)
    stepping_up.require(actor, decision)


def may(actor: Actor, act: Act, holder: Holder) -> bool:
    return decide(actor, act, holder, clock.today()).allowed


def holder_of(session: Session, account: Account, *more: Role) -> Holder:
    """The account as a decision sees it, as if it held these roles besides."""
    authority = select(Organisation.authority_id).where(Organisation.id == account.organisation_id)
    held = roles_of(session, [account.id]).get(account.id, frozenset())
    return Holder(account.id, account.organisation_id, session.scalars(authority).one(), held | frozenset(more))


def newcomer(organisation: Organisation, *roles: Role) -> Holder:
    """Somebody who has no account yet, and would get these roles there."""
    return Holder(0, organisation.id, organisation.authority_id, frozenset(roles))


def roles_of(session: Session, account_ids: Collection[int]) -> dict[int, frozenset[Role]]:
    """What each may act as today or later, and what one manager has asked for them and no second one answered."""
    today = clock.today()
    running = RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on > today)
    granted = select(RoleGrant.account_id, RoleGrant.role).where(RoleGrant.account_id.in_(account_ids), running)
    waiting = select(Approval.account_id, Approval.role).where(
        Approval.account_id.in_(account_ids), Approval.answered_at.is_(None), Approval.role.is_not(None)
    )
    found: dict[int, frozenset[Role]] = {}
    for account_id, role in (*session.execute(granted), *session.execute(waiting)):
        if role is not None:
            found[account_id] = found.get(account_id, frozenset()) | {role}
    return found


def practising(session: Session, account_ids: Collection[int]) -> set[int]:
    """Which of these are practitioners today."""
    query = select(RoleGrant).where(RoleGrant.account_id.in_(account_ids), RoleGrant.role == Role.PRACTITIONER)
    today = clock.today()
    return {grant.account_id for grant in session.scalars(query) if in_force(grant.starts_on, grant.ends_on, today)}
