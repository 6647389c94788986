"""What one manager asked for and a second one answers. Two who answer at once: the first one's answer counts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, Approval, Link, Organisation
from cp.rules.access import Actor
from cp.rules.conditions import grant_refusal
from cp.rules.eligibility import role_problem
from cp.services import audit, links, roles
from cp.services.links import LASTS
from cp.services.managing import granting, holders
from cp.services.managing.granting import Wish
from cp.services.managing.problems import Problem
from cp.terms import Act, LinkKind, Right, Role


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that waits for a second manager. `mine`: this manager asked; `self`: it is for themselves."""

    uid: UUID
    account_uid: UUID
    name: str
    organisation_name: str
    role: Role | None
    right: Right | None
    link: LinkKind | None
    ends_on: date | None
    asked_by: str
    asked_at: datetime
    mine: bool
    for_me: bool


def waiting(session: Session, actor: Actor) -> list[Asked]:
    """The oldest first; only what is about accounts in this manager's scope."""
    asker = aliased(Account)
    query = (
        select(Approval, Account, Organisation.name, asker.name)
        .join(Account, Account.id == Approval.account_id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .join(asker, asker.id == Approval.asked_by_id)
        .where(Approval.answered_at.is_(None))
        .order_by(Approval.asked_at, Approval.id)
    )
    if actor.role is not Role.NATIONAL_ADMINISTRATOR:
        query = query.where(Organisation.authority_id == actor.authority_id)
    return [
        Asked(one.uid, account.uid, account.name, place, one.role, one.right, one.link, one.ends_on, asked_by,
              one.asked_at, one.asked_by_id == actor.account_id, account.id == actor.account_id)
        for one, account, place, asked_by in session.execute(query)
        if holders.may(actor, Act.SEE_ONE_ACCOUNT, holders.holder_of(session, account))
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """What was decided, and by whom: by this manager, or by a faster one."""

    agreed: bool
    name: str
    by: str
    mine: bool


def answer(session: Session, actor: Actor, uid: UUID, *, agreed: bool) -> Answered:
    """Agree or not. Raises Problem where what was asked for can no longer be, Refusal for who may not answer."""
    found = session.scalars(select(Approval).where(Approval.uid == uid)).one_or_none()
    if found is None:
        raise audit.Refusal("none", hidden=True)
    account = session.get_one(Account, found.account_id, with_for_update=True)
    holders.require(actor, Act.APPROVE, holders.holder_of(session, account), account.uid)
    _must_be_another(session, actor, found, account)
    if agreed and found.answered_at is None:
        _must_still_be_possible(session, found, account)
    if not _take(session, actor, found, agreed):
        by = session.get_one(Account, found.answered_by_id)
        return Answered(bool(found.agreed), account.name, by.name, mine=False)
    what = found.role or found.right
    if agreed and what is not None:
        granting.apply(session, account, Wish(what, account.post, ends_on=found.ends_on))
        links.end(session, account, LinkKind.PASSWORD, LinkKind.FACTOR)  # one manager alone may have printed them
    kind = found.role or found.right or found.link
    about = audit.About(object_id=account.uid, reason=f"{'agreed' if agreed else 'declined'}_{kind}")
    audit.record(session, actor, Act.APPROVE, about)
    return Answered(agreed, account.name, actor.name, mine=True)


def _must_be_another(session: Session, actor: Actor, found: Approval, account: Account) -> None:
    """Two different people, each of whom runs accounts today, and neither of them for themselves."""
    asker = session.get_one(Account, found.asked_by_id)
    held = roles.in_force(session, asker.id) if asker.active else {}
    running = next((role for role in (Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR) if role in held), None)
    right = found.role or found.right or Right.OVERRIDE
    if actor.account_id == asker.id:
        raise audit.Refusal("second_approver", object_id=account.uid)
    if refusal := grant_refusal(running, asker.id, account.id, right, actor.account_id):
        if refusal == "role":
            raise Problem("answer", "asker_left", asker.name)
        raise audit.Refusal(refusal, object_id=account.uid)


def _must_still_be_possible(session: Session, found: Approval, account: Account) -> None:
    if account.closed_at:
        raise Problem("answer", "closed", account.name)
    kind = session.get_one(Organisation, account.organisation_id).kind
    if found.role and (code := role_problem(found.role, kind, account.post)):
        raise Problem("answer", code, account.name)
    if found.right and Role.PRACTITIONER not in granting.running(session, account):
        raise Problem("answer", "override_needs_practitioner", account.name)


def _take(session: Session, actor: Actor, found: Approval, agreed: bool) -> bool:
    open_still = update(Approval).where(Approval.id == found.id, Approval.answered_at.is_(None))
    answered = open_still.values(answered_by_id=actor.account_id, answered_at=clock.now(), agreed=agreed)
    took = session.scalar(answered.returning(Approval.id)) is not None
    session.refresh(found)
    return took


def ask_for_link(session: Session, actor: Actor, account: Account, kind: LinkKind) -> None:
    """A link for the management team or a holder of the override right: a second manager first."""
    if _of_link(session, account, kind, Approval.answered_at.is_(None)) is not None:
        return
    session.add(Approval(account_id=account.id, link=kind, asked_by_id=actor.account_id, asked_at=clock.now()))
    session.flush()
    audit.record(session, actor, Act.PRINT_LINK, audit.About(object_id=account.uid, reason=f"asked_{kind}"))


def link_agreed(session: Session, account: Account, kind: LinkKind) -> bool:
    """A second manager agreed within a day, and no such link was made since."""
    since = clock.now() - LASTS[LinkKind.PASSWORD]
    agreed = _of_link(session, account, kind, Approval.agreed.is_(True) & (Approval.answered_at > since))
    if agreed is None:
        return False
    made = select(Link.id).where(Link.account_id == account.id, Link.kind == kind, Link.made_at >= agreed.answered_at)
    return session.scalars(made).first() is None


def _of_link(session: Session, account: Account, kind: LinkKind, such: ColumnElement[bool]) -> Approval | None:
    query = select(Approval).where(Approval.account_id == account.id, Approval.link == kind, such)
    return session.scalars(query.order_by(Approval.id.desc())).first()
