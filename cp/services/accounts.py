"""What an account needs, for the person whose account it is."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Organisation, Practitioner, RoleGrant
from cp.rules.access import Actor
from cp.rules.conditions import CHECK_YEARS, TRAINING_MONTHS, review_due_on
from cp.rules.days import anniversary, in_force
from cp.rules.expiring import WARNED, expiring
from cp.rules.training import PRACTISING, practice_left
from cp.services import factors
from cp.services.practice import doing, tasks
from cp.terms import Role


@dataclass(frozen=True, slots=True)
class Manager:
    name: str
    phone: str | None
    email: str


@dataclass(frozen=True, slots=True)
class Called:
    """Whom somebody outside may call: a person, or the authority itself."""

    name: str
    phone: str
    is_manager: bool


@dataclass(frozen=True, slots=True)
class Conditions:
    """Each thing an account needs, with the dates a person is told. An end is the first day out."""

    check_issued_on: date | None
    check_ends_on: date | None
    trained_on: date | None
    training_ends_on: date | None
    practises: bool
    """Whether the practice tasks are asked of this role."""
    practised_on: date | None
    practice_left: int
    practice_tasks: int
    procedures_read_on: date | None
    agreement_version: int | None
    agreement_signed_on: date | None
    kept_on: date | None
    review_due_on: date | None
    accreditation_ends_on: date | None
    printed_left: int
    manager: Manager | None


def conditions(session: Session, actor: Actor) -> Conditions:
    account = session.get_one(Account, actor.account_id)
    checked, trained = account.check_issued_on, account.trained_on
    return Conditions(
        check_issued_on=checked,
        check_ends_on=checked and anniversary(checked, CHECK_YEARS),
        trained_on=trained,
        training_ends_on=trained and anniversary(trained, 0, TRAINING_MONTHS),
        practises=actor.role in PRACTISING,
        practised_on=account.practised_on,
        practice_left=len(practice_left(doing.done(session, actor), tasks.codes())),
        practice_tasks=len(tasks.codes()),
        procedures_read_on=account.procedures_read_on,
        agreement_version=account.agreement_version,
        agreement_signed_on=account.agreement_signed_on,
        kept_on=account.kept_on,
        review_due_on=review_due_on(actor.kept_on),
        accreditation_ends_on=actor.accreditation_ends_on,
        printed_left=factors.printed_left(session, actor.account_id),
        manager=manager(session, actor),
    )


@dataclass(frozen=True, slots=True)
class Warned:
    """What a person is warned of: what ends, its last good day, and who renews it."""

    code: str
    last_on: date
    manager: str


def warning(session: Session, actor: Actor) -> Warned | None:
    """The first thing that ends soon. A review, which is the manager's to do, is told in its last week only."""
    soon = expiring(
        check_issued_on=actor.check_issued_on, trained_on=actor.trained_on, kept_on=actor.kept_on,
        accreditation_ends_on=actor.accreditation_ends_on, today=clock.today(),
        delegation_ends_on=actor.principal.ends_on if actor.principal else None,
    )  # fmt: skip
    first = next((one for one in soon if one.code != "review" or one.within == min(WARNED)), None)
    if first is None:
        return None
    held = manager(session, actor)
    return Warned(first.code, first.last_on, held.name if held else "your account manager")


def manager(session: Session, actor: Actor) -> Manager | None:
    return _manager(session, actor.authority_id, actor.organisation_id)


def manager_of(session: Session, account_id: int) -> Manager | None:
    """The account manager of somebody who has given their password and no code yet."""
    query = (
        select(Organisation.authority_id, Organisation.id)
        .join(Account, Account.organisation_id == Organisation.id)
        .where(Account.id == account_id)
    )
    authority_id, organisation_id = session.execute(query).one()
    return _manager(session, authority_id, organisation_id)


def help_phone(session: Session) -> str | None:
    """Whom anybody may call who cannot sign in, where there is one authority only: nobody has said yet which is
    theirs."""
    phones = session.scalars(select(Authority.help_phone).limit(2)).all()
    return phones[0] if len(phones) == 1 else None


def implementer(session: Session, authority: Authority, first: int | None) -> Called:
    """An implementation manager of this authority, this account's holder before others; else the authority's help."""
    found = _in_role(session, Role.IMPLEMENTATION_MANAGER, authority.id, Account.id == (first or 0))
    if found is None:
        return Called(authority.name, authority.help_phone, is_manager=False)
    return Called(found.name, found.phone or authority.help_phone, is_manager=True)


def _manager(session: Session, authority_id: int, organisation_id: int) -> Manager | None:
    """An account manager of this authority: their own organisation's first."""
    first = Account.organisation_id == organisation_id
    return _in_role(session, Role.ACCOUNT_MANAGER, authority_id, first)


def _in_role(session: Session, role: Role, authority_id: int, first: ColumnElement[bool]) -> Manager | None:
    query = (
        select(Account.name, Practitioner.phone, Organisation.phone, Account.email, RoleGrant.starts_on,
               RoleGrant.ends_on)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .outerjoin(Practitioner, Practitioner.id == Account.practitioner_id)
        .where(RoleGrant.role == role, Organisation.authority_id == authority_id, Account.active)
        .order_by(first.desc(), Account.id)
    )  # fmt: skip
    today = clock.today()
    for name, own, switchboard, email, starts_on, ends_on in session.execute(query):
        if in_force(starts_on, ends_on, today):
            return Manager(name, own or switchboard, email)
    return None
