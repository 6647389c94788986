"""Somebody gets an account: by a manager who knows them, or because they asked to join."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, JoinRequest, Organisation
from cp.rules.access import Actor
from cp.rules.days import in_force
from cp.rules.eligibility import role_problem
from cp.services import audit
from cp.services.implementation import people
from cp.services.managing import asking, granting, holders
from cp.services.managing.granting import Given, Wish
from cp.services.managing.problems import Problem
from cp.terms import Act, BodyKind, Role


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is invited, where, and what the employer showed of them."""

    name: str
    email: str
    organisation: Organisation
    check_issued_on: date | None
    wish: Wish
    request: UUID | None = None
    named: UUID | None = None
    """The person of a school's list whom the invitation was made from."""


def organisations(session: Session, actor: Actor) -> list[Organisation]:
    """Where this manager may invite anybody, by name."""
    query = select(Organisation).order_by(Organisation.name, Organisation.id)
    if actor.role is Role.NATIONAL_ADMINISTRATOR:
        query = query.where(Organisation.body_kind == BodyKind.AUTHORITY)
    elif actor.body_kind is BodyKind.AUTHORITY:
        query = query.where(Organisation.authority_id == actor.authority_id)
    else:
        query = query.where(Organisation.id == actor.organisation_id)
    today = clock.today()
    return [one for one in session.scalars(query) if in_force(one.valid_from or today, one.valid_to, today)]


def organisation(session: Session, actor: Actor, uid: UUID | None) -> Organisation | None:
    """One of them by its id; None for any other."""
    found = session.scalars(select(Organisation).where(Organisation.uid == uid)).one_or_none()
    return found if found and roles_at(actor, found) else None


def roles_at(actor: Actor, place: Organisation) -> list[Role]:
    """The roles that this manager may give somebody there."""
    return [
        role
        for role in Role
        if holders.may(actor, Act.INVITE, holders.newcomer(place, role))
        and role_problem(role, place.kind, None) != "place"
    ]


def invite(session: Session, actor: Actor, new: Newcomer) -> tuple[Account, Given]:
    """The account, without a password and with its role, or with the role asked for where two must agree.

    Raises Problem, and then nothing is done.
    """
    with session.begin_nested():
        return _invite(session, actor, new)


def _invite(session: Session, actor: Actor, new: Newcomer) -> tuple[Account, Given]:
    role = new.wish.what if isinstance(new.wish.what, Role) else Role.PRACTITIONER
    holders.require(actor, Act.INVITE, holders.newcomer(new.organisation, role))
    if new.check_issued_on and new.check_issued_on > clock.today():
        raise Problem("issued", "in_future")
    account = _account(session, new)
    about = audit.About(object_id=account.uid, reason=role.value)
    audit.record(session, actor, Act.INVITE, about)
    given = granting.give(session, actor, account, new.wish, act=Act.INVITE)
    people.tie(session, new.organisation, account, new.named)
    if new.request:
        asking.answer(session, actor, new.request, invited=True)
    return account, given


def _account(session: Session, new: Newcomer) -> Account:
    email = new.email.strip().casefold()
    taken = select(Account.id).where(Account.email == email)
    if session.scalars(taken).first() is not None:
        raise Problem("email", "taken")
    account = Account(name=new.name, email=email, organisation_id=new.organisation.id,
                      check_issued_on=new.check_issued_on, active=True)  # fmt: skip
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:
        raise Problem("email", "taken") from None
    return account


def request_of(session: Session, actor: Actor, uid: UUID | None) -> JoinRequest | None:
    """What somebody asked, still open, of an organisation in this manager's scope."""
    found = session.scalars(select(JoinRequest).where(JoinRequest.uid == uid)).one_or_none()
    return found if found and found.answered_at is None and asking.may_answer(session, actor, found) else None
