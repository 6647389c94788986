"""What an account may act as: given, ended, and never by somebody to themselves."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Approval, Organisation, Practitioner, RightGrant, RoleGrant
from cp.rules.access import Actor
from cp.rules.conditions import grant_refusal
from cp.rules.days import anniversary
from cp.rules.eligibility import RUNS_CONTACTPOINT, role_problem
from cp.services import audit, sessions
from cp.services.managing import holders, keeping
from cp.services.managing.problems import Problem
from cp.terms import Act, Right, Role

Given = Literal["granted", "asked"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A role or a right to give. `works_as` and `phone` are what others see of a practitioner."""

    what: Role | Right
    post: str | None = None
    works_as: str | None = None
    phone: str | None = None
    principal_email: str | None = None
    ends_on: date | None = None


def give(session: Session, actor: Actor, account: Account, wish: Wish, act: Act = Act.GRANT) -> Given:
    """Give it, or ask a second manager to agree. The account is one that `holders.find` gave for this act.

    Raises Problem for what cannot be, Refusal for what this manager may not.
    """
    role = wish.what if isinstance(wish.what, Role) else None
    if role:
        holders.require(actor, act, holders.holder_of(session, account, role), account.uid)
    refusal = grant_refusal(actor.role, actor.account_id, account.id, wish.what, None)
    if refusal not in (None, "second_approver"):
        raise audit.Refusal(refusal, object_id=account.uid)
    _must_be_possible(session, account, wish)
    if refusal == "second_approver":
        _ask(session, actor, account, wish)
        return "asked"
    apply(session, account, wish)
    about = audit.About(object_id=account.uid, reason=wish.what.value)
    audit.record(session, actor, Act.GRANT, about)
    return "granted"


def _ask(session: Session, actor: Actor, account: Account, wish: Wish) -> None:
    role, right = (wish.what, None) if isinstance(wish.what, Role) else (None, wish.what)
    session.add(
        Approval(account_id=account.id, role=role, right=right, ends_on=wish.ends_on, asked_by_id=actor.account_id,
                 asked_at=clock.now())
    )  # fmt: skip
    session.flush()
    about = audit.About(object_id=account.uid, reason=f"asked_{wish.what.value}")
    audit.record(session, actor, Act.GRANT, about)


def _must_be_possible(session: Session, account: Account, wish: Wish) -> None:
    if account.closed_at:
        raise Problem("what", "closed")
    if isinstance(wish.what, Right):
        _must_override(session, account, wish)
        return
    waiting = select(Approval.id).where(
        Approval.account_id == account.id, Approval.role == wish.what, Approval.answered_at.is_(None)
    )
    if wish.what in running(session, account) or session.scalars(waiting).first():
        raise Problem("what", "has_it")
    kind = session.get_one(Organisation, account.organisation_id).kind
    if code := role_problem(wish.what, kind, wish.post):
        raise Problem("post" if code == "post" else "what", code)
    if wish.what is Role.ASSISTANT:
        principal_of(session, account, wish)


def overrides(session: Session, account: Account) -> bool:
    """Whether they hold the override right today or later."""
    query = select(RightGrant.id).where(
        RightGrant.account_id == account.id, RightGrant.right == Right.OVERRIDE,
        RightGrant.ends_on.is_(None) | (RightGrant.ends_on > clock.today()),
    )  # fmt: skip
    return session.scalars(query).first() is not None


def _must_override(session: Session, account: Account, wish: Wish) -> None:
    waiting = select(Approval.id).where(
        Approval.account_id == account.id, Approval.right == wish.what, Approval.answered_at.is_(None)
    )
    if overrides(session, account) or session.scalars(waiting).first():
        raise Problem("what", "has_it")
    if Role.PRACTITIONER not in running(session, account):
        raise Problem("what", "override_needs_practitioner")


def principal_of(session: Session, account: Account, wish: Wish) -> Account:
    """Whom an assistant is to act for: a practitioner of the same organisation, from today for at most a year."""
    today = clock.today()
    if wish.ends_on is None or not today < wish.ends_on <= anniversary(today, 1):
        raise Problem("ends", "ends_within_a_year")
    query = select(Account).where(
        Account.email == (wish.principal_email or "").casefold(), Account.active, Account.id != account.id,
        Account.organisation_id == account.organisation_id,
    )  # fmt: skip
    found = session.scalars(query).one_or_none()
    if found is None or found.id not in holders.practising(session, [found.id]):
        raise Problem("principal", "no_principal")
    return found


def apply(session: Session, account: Account, wish: Wish) -> None:
    """What was decided, done."""
    today = clock.today()
    if isinstance(wish.what, Right):
        session.add(RightGrant(account_id=account.id, right=wish.what, starts_on=today, ends_on=wish.ends_on))
        return
    principal = principal_of(session, account, wish) if wish.what is Role.ASSISTANT else None
    session.add(
        RoleGrant(account_id=account.id, role=wish.what, starts_on=today, ends_on=wish.ends_on,
                  principal_id=principal.id if principal else None)
    )  # fmt: skip
    account.post = wish.post or account.post or (RUNS_CONTACTPOINT if wish.what is Role.MANAGEMENT_TEAM else None)
    if wish.what is Role.PRACTITIONER:
        practise(session, account, wish.works_as, wish.phone)
    session.flush()


def practise(session: Session, account: Account, works_as: str | None, phone: str | None) -> Practitioner:
    """The person's row as others reach them at the organisation of now; an earlier one there begins again."""
    row = session.get(Practitioner, account.practitioner_id) if account.practitioner_id else None
    if row is None or row.organisation_id != account.organisation_id:
        row = Practitioner(organisation_id=account.organisation_id, name=account.name, role="", email=account.email)
        session.add(row)
    row.left_on, row.name = None, account.name
    row.role, row.phone = works_as or row.role, phone or row.phone
    session.flush()
    account.practitioner_id = row.id
    return row


def running(session: Session, account: Account) -> dict[Role, RoleGrant]:
    """The grants that count today or later."""
    query = select(RoleGrant).where(RoleGrant.account_id == account.id).order_by(RoleGrant.id)
    today = clock.today()
    return {grant.role: grant for grant in session.scalars(query) if grant.ends_on is None or grant.ends_on > today}


def end(session: Session, actor: Actor, account: Account, what: Role | Right) -> None:
    """From this moment they no longer may. Raises Problem for the last account manager's role."""
    today = clock.today()
    held = [
        grant for grant in all_of(session, account)
        if what is (grant.role if isinstance(grant, RoleGrant) else grant.right)
        and (grant.ends_on is None or grant.ends_on > today)
    ]  # fmt: skip
    if not held:
        raise Problem("what", "has_it_not")
    if isinstance(what, Role):
        keeping.must_not_be_last(session, account, "what", ending=what)
    for row in held:
        row.ends_on = today
    if what is Role.PRACTITIONER:
        leave(session, account, today)
    sessions.end_all(session, account.id, "ended", clock.now())
    audit.record(session, actor, Act.END_GRANT, audit.About(object_id=account.uid, reason=what.value))


def all_of(session: Session, account: Account) -> list[RoleGrant | RightGrant]:
    """Every role and right that the account ever had."""
    roles = session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id)).all()
    return [*roles, *session.scalars(select(RightGrant).where(RightGrant.account_id == account.id))]


def leave(session: Session, account: Account, on: date) -> None:
    """No longer a practitioner there from that day: whom they worked with, and who acts for them, is told by it."""
    row = session.get(Practitioner, account.practitioner_id) if account.practitioner_id else None
    if row is not None:
        row.left_on = on
    query = select(RoleGrant).where(RoleGrant.principal_id == account.id)
    for grant in session.scalars(query):
        if grant.ends_on is None or grant.ends_on > on:
            grant.ends_on = on
