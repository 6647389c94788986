"""The people of the demonstration: accounts, what they may act as, how they sign in, whom they work with."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyotp
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.models import Account, Factor, Involvement, Organisation, Practitioner, RightGrant, RoleGrant
from cp.models.child import Child
from cp.rules.conditions import AGREEMENT_VERSION, CHECK_YEARS
from cp.rules.days import anniversary
from cp.services.demo import clinic
from cp.services.signing_in import HASHER
from cp.terms import BodyKind, OrganisationKind, RecordState, Right, Role

SCHOOL, HEALTH, CARE = 1, 2, 5
"""Of the population: Hollin Bank Primary School, Vale Community Health, Northvale Children’s Social Care."""
CLINIC = -1
"""In place of an id: the sensitive service, which is not of the population."""
OPEN_FOR, CHECKED_FOR, ACCREDITED_FOR = timedelta(days=300), timedelta(days=400), timedelta(days=700)


@dataclass(frozen=True)
class Person:
    """`organisation` is an id, or None for the council; `works_as` is what a practitioner does."""

    email: str
    name: str
    role: Role
    organisation: int | None = None
    works_as: str | None = None
    team: str | None = None
    phone: str | None = None
    works_with: tuple[OrganisationKind, ...] = ()
    """The kinds of school that a practitioner's children go to."""
    lapsed: bool = False
    principal: str | None = None
    """Whom an assistant acts for."""
    post: str | None = None
    """The listed post that lets somebody see a child."""
    right: Right | None = None
    """Held besides the role."""

    @property
    def address(self) -> str:
        return f"{self.email}@example.test"


PRIMARY, SECONDARY = (OrganisationKind.PRIMARY_SCHOOL,), (OrganisationKind.SECONDARY_SCHOOL,)
SCHOOLS = (*PRIMARY, *SECONDARY, OrganisationKind.SPECIAL_SCHOOL)
PEOPLE = (
    Person(
        "sam.practitioner",
        "Sam Okafor",
        Role.PRACTITIONER,
        SCHOOL,
        "Teacher",
        None,
        "+441614960110",
        PRIMARY,
        post="teacher_pastoral",
    ),
    Person(
        "nia.nurse",
        "Nia Pritchard",
        Role.PRACTITIONER,
        HEALTH,
        "School nurse",
        "School nursing",
        "+441614960178",
        SCHOOLS,
        post="registered_professional",
    ),
    Person("max.manager", "Max Adeyemi", Role.MANAGEMENT_TEAM, post="contactpoint"),
    Person("una.accounts", "Una Kowalski", Role.ACCOUNT_MANAGER, None, "Account manager", None, "+441614960133"),
    Person("rex.reviewer", "Rex Hale", Role.REVIEWER),
    Person(
        "lou.lapsed",
        "Lou Marsh",
        Role.PRACTITIONER,
        SCHOOL,
        "Teacher",
        None,
        "+441614960111",
        lapsed=True,
        post="teacher_pastoral",
    ),
    Person("amir.accounts", "Amir Patel", Role.ACCOUNT_MANAGER, None, "Account manager", None, "+441614960134"),
    Person("ash.assistant", "Ash Bello", Role.ASSISTANT, HEALTH, principal="nia.nurse", post="assists_professional"),
    Person("ade.administrator", "Ade Okoro", Role.NATIONAL_ADMINISTRATOR),
    Person("may.manager", "May Lindholm", Role.MANAGEMENT_TEAM, post="contactpoint"),
    Person("ron.reviewer", "Ron Castle", Role.REVIEWER),
    Person(
        "ola.override",
        "Ola Nowicka",
        Role.PRACTITIONER,
        CARE,
        "Social worker",
        "Assessment team",
        "+441614960151",
        post="social_worker",
        right=Right.OVERRIDE,
    ),
    Person(
        "kit.clinic",
        "Kit Maddox",
        Role.PRACTITIONER,
        CLINIC,
        "Sexual health nurse",
        None,
        "+441614960171",
        post="registered_professional",
    ),
    Person(
        "ivy.implementer",
        "Ivy Hartley",
        Role.IMPLEMENTATION_MANAGER,
        None,
        "Local Implementation Manager",
        phone="+441614960137",
    ),
    Person("gil.regional", "Gil Osei", Role.REGIONAL_COORDINATOR),
    Person("sue.supplier", "Sue Lambert", Role.SUPPLIER, SCHOOL),
)

STARTED_DAYS_AGO = (350, 362, 420, 210, 160, 120, 77, 53, 21)
"""Of those whom a practitioner works with: two to be confirmed, one never confirmed, the rest fresh."""
YOUNGEST = timedelta(days=3 * 366)


def password(ring: sealing.KeyRing) -> str:
    """One for all of them, and another in each directory: it comes from the key, so it can be printed again."""
    text = base64.b32encode(ring.lasting_digest("demonstration password", ""))[:16].decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def add_all(session: Session, ring: sealing.KeyRing, day: date) -> None:
    council, hashed = _council(session), HASHER.hash(password(ring))
    places = {CLINIC: clinic.open_clinic(session, council, day + ACCREDITED_FOR)}
    for person in PEOPLE:
        organisation = places.get(person.organisation or 0, person.organisation or council)
        practitioner = _practitioner(session, person, organisation)
        account = Account(
            organisation_id=organisation, practitioner_id=practitioner and practitioner.id, password_hash=hashed,
            **_in_date(person, day),
        )  # fmt: skip
        session.add(account)
        session.flush()
        session.add(_grant(session, person, account, day))
        if person.right:
            session.add(RightGrant(account_id=account.id, right=person.right, starts_on=day - OPEN_FOR))
        session.add(Factor(account_id=account.id, secret=pyotp.random_base32(), confirmed_at=clock.now()))
        if practitioner and person.works_with:
            _involve(session, practitioner, person.works_with, day)
        if practitioner and person.organisation == CLINIC:
            clinic.record(session, practitioner, _pupils(session, SECONDARY, None, day), day)
    session.flush()


def _grant(session: Session, person: Person, account: Account, day: date) -> RoleGrant:
    granted = RoleGrant(account_id=account.id, role=person.role, starts_on=day - OPEN_FOR)
    if person.principal:
        theirs = select(Account.id).where(Account.email == f"{person.principal}@example.test")
        granted.principal_id, granted.ends_on = session.scalars(theirs).one(), anniversary(day, 1)
    return granted


def _council(session: Session) -> int:
    query = select(Organisation.id).where(
        Organisation.kind == OrganisationKind.COUNCIL_SERVICE, Organisation.body_kind == BodyKind.AUTHORITY
    )
    return session.scalars(query.order_by(Organisation.id).limit(1)).one()


def _practitioner(session: Session, person: Person, organisation: int) -> Practitioner | None:
    if person.works_as is None:
        return None
    made = Practitioner(
        organisation_id=organisation, name=person.name, role=person.works_as, team=person.team, phone=person.phone,
        email=person.address,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _in_date(person: Person, day: date) -> dict[str, Any]:
    """Everything an account needs, but for the one whose check has run out."""
    lapsed = anniversary(day, -CHECK_YEARS) - timedelta(days=20)
    return {
        "email": person.address, "name": person.name, "active": True, "demonstration": True,
        "opened_on": day - OPEN_FOR, "kept_on": day, "last_used_on": day, "procedures_read_on": day - OPEN_FOR,
        "post": person.post,
        "agreement_version": AGREEMENT_VERSION, "agreement_signed_on": day - OPEN_FOR, "trained_on": day - OPEN_FOR,
        "practised_on": day - OPEN_FOR,
        "check_issued_on": lapsed if person.lapsed else day - CHECKED_FOR,
    }  # fmt: skip


def _involve(session: Session, practitioner: Practitioner, kinds: tuple[OrganisationKind, ...], day: date) -> None:
    """With children of such schools, or of the practitioner's own school; leading for one whom nobody leads."""
    own = practitioner.organisation_id if practitioner.organisation_id == SCHOOL else None
    leads = True
    for child_id, days_ago in zip(_pupils(session, kinds, own, day), STARTED_DAYS_AGO, strict=False):
        fresh = days_ago < min(STARTED_DAYS_AGO[:3])
        lead = leads and fresh and not _is_led(session, child_id)
        leads = leads and not lead
        session.add(
            Involvement(
                child_id=child_id, organisation_id=practitioner.organisation_id, practitioner_id=practitioner.id,
                started_on=day - timedelta(days=days_ago), lead=lead, assessment=lead, recorded_at=clock.now(),
            )
        )  # fmt: skip


def _pupils(session: Session, kinds: tuple[OrganisationKind, ...], own: int | None, day: date) -> Sequence[int]:
    query = (
        select(Child.id)
        .join(Involvement, Involvement.child_id == Child.id)
        .join(Organisation, Organisation.id == Involvement.organisation_id)
        .where(
            Organisation.kind.in_(kinds), Organisation.id == own if own else true(), Involvement.ended_on.is_(None),
            Involvement.practitioner_id.is_(None), Child.state == RecordState.LIVE, Child.shielded_at.is_(None),
            Child.died_on.is_(None), Child.born_on < day - YOUNGEST,
        )
        .order_by(Child.number)
        .limit(len(STARTED_DAYS_AGO))
    )  # fmt: skip
    return session.scalars(query).all()


def _is_led(session: Session, child_id: int) -> bool:
    query = select(Involvement.id).where(
        Involvement.child_id == child_id, Involvement.lead, Involvement.ended_on.is_(None), ~Involvement.in_error
    )
    return session.scalars(query).first() is not None
