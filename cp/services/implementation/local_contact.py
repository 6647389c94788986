"""Whom a school or anybody else calls about ContactPoint in their area. Nothing here is of any child."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Authority, Organisation, Practitioner, RoleGrant
from cp.rules.local_contact import may_look
from cp.rules.typed import compact
from cp.services import asking_often
from cp.terms import BodyKind, OrganisationKind, Role

FORM = "local contact"
MOST, EVERY = 20, 200


@dataclass(frozen=True, slots=True)
class Contact:
    """`name` is None where no implementation manager is at work: then the number is the management team's."""

    authority: str
    name: str | None
    phone: str


@dataclass(frozen=True, slots=True)
class Found:
    """`known` is False where nothing fitted what was typed: then the contacts are those of every area."""

    contacts: tuple[Contact, ...]
    known: bool


def too_often(session: Session, address: str) -> bool:
    return not may_look(*asking_often.so_far(session, FORM, address))


def find(session: Session, name: str, district: str | None, address: str) -> Found:
    """By part of a school's name or by its number, else by the first half of a postcode.

    `address` is the network's, for the count of how often.
    """
    asking_often.count(session, FORM, address)
    found = (_with(session, _named(name)) if name else []) or (_with(session, _in(district)) if district else [])
    if found:
        return Found(_contacts(session, found), known=True)
    every = session.scalars(select(Authority).where(_now(Authority)).order_by(Authority.name).limit(EVERY))
    return Found(_contacts(session, list(every)), known=False)


def _contacts(session: Session, authorities: list[Authority]) -> tuple[Contact, ...]:
    people = _managers(session, [one.id for one in authorities])
    return tuple(Contact(one.name, *(people.get(one.id) or (None, one.team_phone))) for one in authorities)


def _managers(session: Session, authorities: list[int]) -> dict[int, tuple[str, str]]:
    """By authority, the name and number of whoever has been its manager longest."""
    today = clock.today()
    query = (
        select(Organisation.authority_id, Account.name, func.coalesce(Practitioner.phone, Authority.help_phone))
        .join(Organisation, Organisation.id == Account.organisation_id)
        .join(Authority, Authority.id == Organisation.authority_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .outerjoin(Practitioner, Practitioner.id == Account.practitioner_id)
        .where(
            Organisation.authority_id.in_(authorities), Account.active, Account.opened_on.is_not(None),
            RoleGrant.role == Role.IMPLEMENTATION_MANAGER, RoleGrant.starts_on <= today,
            RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on > today),
        )
        .order_by(RoleGrant.starts_on.desc(), Account.id.desc())
    )  # fmt: skip
    return {authority: (name, phone) for authority, name, phone in session.execute(query)}


def _with(session: Session, which: ColumnElement[bool]) -> list[Authority]:
    """Authorities that have such a school or practice; a service is nowhere looked for by its name."""
    places = select(Organisation.authority_id).where(
        which, or_(Organisation.body_kind == BodyKind.EDUCATION, Organisation.kind == OrganisationKind.GP_PRACTICE),
        Organisation.sensitive_subject.is_(None), _now(Organisation),
    )  # fmt: skip
    query = select(Authority).where(Authority.id.in_(places), _now(Authority)).order_by(Authority.name, Authority.id)
    return list(session.scalars(query.limit(MOST)))


def _named(typed: str) -> ColumnElement[bool]:
    number = compact(typed)
    return or_(
        func.lower(Organisation.name).contains(typed.lower(), autoescape=True), Organisation.urn == number,
        Organisation.practice_code == number,
    )  # fmt: skip


def _in(district: str) -> ColumnElement[bool]:
    return Organisation.postcode.startswith(f"{district} ", autoescape=True)


def _now(one: type[Authority] | type[Organisation]) -> ColumnElement[bool]:
    today: date = clock.today()
    begun, still = one.valid_from.is_(None) | (one.valid_from <= today), one.valid_to.is_(None) | (one.valid_to > today)
    return begun & still
