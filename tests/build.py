"""Builders: whole rows of people who do not exist, each fact of which a test can set."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any, Self

import pyotp
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.models import (
    Account,
    Authority,
    Factor,
    Involvement,
    Organisation,
    Practitioner,
    RoleGrant,
    Search,
    SourceRecord,
    SourceVersion,
)
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.rules import number
from cp.rules.conditions import AGREEMENT_VERSION
from cp.services.signing_in import HASHER
from cp.terms import (
    AddressState,
    BodyKind,
    Gender,
    NameKind,
    NumberKind,
    OrganisationKind,
    Reason,
    Relationship,
    Role,
    SourceKind,
)  # fmt: skip

PASSWORD = "a horse, a battery and a staple"
HASHED = HASHER.hash(PASSWORD)
NUMBERS = count(100_000_000)
REFERENCES = count(300_000)


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and what they sign in with."""

    account: Account
    practitioner: Practitioner | None
    secret: str

    @property
    def email(self) -> str:
        return self.account.email

    def held_by(self, session: Session) -> "Person":
        worker = self.practitioner and session.merge(self.practitioner, load=False)
        return Person(session.merge(self.account, load=False), worker, self.secret)


@dataclass(frozen=True)
class World:
    authority: Authority
    school: Organisation
    health: Organisation
    practice: Organisation
    council: Organisation
    sam: Person
    nia: Person
    max: Person
    una: Person
    rex: Person
    lou: Person
    amir: Person
    ash: Person
    ade: Person
    ivy: Person
    gil: Person

    @classmethod
    def make(cls, session: Session) -> Self:
        authority = add(session, opened(name="Northvale Council", education_code="999", team_phone="+441614960130",
                                        help_phone="+441614960100"))  # fmt: skip
        school = organisation(session, authority, name="Hollin Bank Primary School")
        health = organisation(session, authority, OrganisationKind.HEALTH_SERVICE, name="Vale Community Health",
                              body_kind=BodyKind.HEALTH, for_everyone_of_age=None)  # fmt: skip
        practice = organisation(session, authority, OrganisationKind.GP_PRACTICE, name="Vale Road Surgery",
                                body_kind=BodyKind.HEALTH)  # fmt: skip
        council = organisation(session, authority, OrganisationKind.COUNCIL_SERVICE, name="Northvale Council",
                               body_kind=BodyKind.AUTHORITY, for_everyone_of_age=None)  # fmt: skip
        nia = person(session, health, "Nia Pritchard", "nia.nurse", role_title="School nurse")
        return cls(
            authority, school, health, practice, council, nia=nia,
            sam=person(session, school, "Sam Okafor", "sam.practitioner", role_title="Teacher"),
            max=person(session, council, "Max Adeyemi", "max.manager", Role.MANAGEMENT_TEAM),
            una=person(session, council, "Una Kowalski", "una.accounts", Role.ACCOUNT_MANAGER),
            rex=person(session, council, "Rex Hale", "rex.reviewer", Role.REVIEWER),
            lou=person(session, school, "Lou Marsh", "lou.lapsed", check_issued_on=date(2023, 11, 3)),
            amir=person(session, council, "Amir Patel", "amir.accounts", Role.ACCOUNT_MANAGER),
            ash=person(session, health, "Ash Bello", "ash.assistant", Role.ASSISTANT, principal=nia),
            ivy=person(session, council, "Ivy Hartley", "ivy.implementer", Role.IMPLEMENTATION_MANAGER),
            gil=person(session, council, "Gil Osei", "gil.regional", Role.REGIONAL_COORDINATOR),
            ade=person(session, council, "Ade Okoro", "ade.administrator", Role.NATIONAL_ADMINISTRATOR),
        )  # fmt: skip

    def held_by(self, session: Session) -> "World":
        """The same rows as another session holds them, of a copy of the directory that they were made in."""
        rows: dict[str, Any] = {
            name: one.held_by(session) if isinstance(one, Person) else session.merge(one, load=False)
            for name, one in vars(self).items()
        }
        return World(**rows)


def reference() -> int:
    """Six digits that nothing else was given. The service draws until it has such; of a hundred random ones two are the
    same in one run of two hundred."""
    return next(REFERENCES)


def add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def opened(**given: Any) -> Authority:
    """An authority in which everything has begun, long before any day of the tests; not added yet."""
    days = {
        "data_from": date(2025, 1, 6), "shields_from": date(2025, 2, 3), "access_from": date(2025, 3, 3),
        "opened_on": date(2025, 3, 3),
    }  # fmt: skip
    return Authority(**(days | given))


def organisation(session: Session, authority: Authority, kind: OrganisationKind = OrganisationKind.PRIMARY_SCHOOL,
                 **given: Any) -> Organisation:  # fmt: skip
    facts = {
        "name": "Weirside School", "body_kind": BodyKind.EDUCATION, "phone": "+441614960110",
        "email": "office@weirside.example.test", "for_everyone_of_age": True,
        "accreditation_ends_on": date(2027, 9, 1),
    } | given  # fmt: skip
    return add(session, Organisation(authority_id=authority.id, kind=kind, **facts))  # type: ignore[no-any-return]


def practitioner(
    session: Session, organisation: Organisation, name: str = "Grace Oyelaran", **given: Any
) -> Practitioner:
    facts = {
        "role": "Family support worker", "phone": "+441614960142",
        "email": f"{name.split()[0].lower()}@northvale.example.test",
    } | given  # fmt: skip
    return add(session, Practitioner(organisation_id=organisation.id, name=name, **facts))  # type: ignore[no-any-return]


def person(session: Session, organisation: Organisation, name: str, email: str, role: Role = Role.PRACTITIONER,
           role_title: str = "Officer", principal: Person | None = None, **given: Any) -> Person:  # fmt: skip
    """An account with everything in date, in one role, with an authenticator; a practitioner has their own row.

    An assistant acts for a principal until the end of next year.
    """
    worker = None
    if role is Role.PRACTITIONER:
        worker = practitioner(session, organisation, name, role=role_title, email=f"{email}@example.test")
    facts = {
        "password_hash": HASHED, "opened_on": date(2026, 1, 5), "kept_on": date(2026, 11, 2),
        "last_used_on": date(2026, 11, 20),
        "agreement_version": AGREEMENT_VERSION, "agreement_signed_on": date(2026, 4, 18),
        "check_issued_on": date(2025, 1, 10), "trained_on": date(2025, 4, 18), "practised_on": date(2025, 4, 18),
        "active": True, "demonstration": True,
    } | given  # fmt: skip
    account = add(session, Account(email=f"{email}@example.test", name=name, organisation_id=organisation.id,
                                   practitioner_id=worker.id if worker else None, **facts))  # fmt: skip
    whom = {"principal_id": principal.account.id, "ends_on": date(2027, 12, 31)} if principal else {}
    add(session, RoleGrant(account_id=account.id, role=role, starts_on=date(2026, 1, 5), **whom))
    secret = pyotp.random_base32()
    add(session, Factor(account_id=account.id, secret=secret, confirmed_at=clock.now()))
    return Person(account, worker, secret)


def child(session: Session, world: World, **given: Any) -> Child:
    """A girl of ten; `shielded=True` shields her."""
    facts = {
        "number": number.make(f"{next(NUMBERS):09d}"), "given_names": "Amira", "family_name": "Siddiqui",
        "born_on": date(2016, 3, 14), "gender": Gender.FEMALE, "authority_id": world.authority.id,
    }  # fmt: skip
    if given.pop("shielded", False):
        facts["shielded_at"] = clock.now()
    return add(session, Child(**(facts | given)))  # type: ignore[no-any-return]


def search(session: Session, person: Person, *shown: Child, **given: Any) -> Search:
    """A search by this person that showed these children."""
    look = {"at": "2026-11-23T10:42:00+00:00", "request": "", "children": [str(child.subject_id) for child in shown]}
    facts = {"at": clock.now(), "reason": Reason.WORKING_WITH, "criteria": {"given_name": "Amira"}} | given
    return add(session, Search(account_id=person.account.id, returned=[look], **facts))  # type: ignore[no-any-return]


def source(session: Session, child: Child, organisation: Organisation, said_on: date = date(2026, 9, 7)) -> int:
    record = add(session, SourceRecord(child_id=child.id, kind=SourceKind.SCHOOL, organisation_id=organisation.id,
                                       row_key=str(child.id)))  # fmt: skip
    return int(add(session, SourceVersion(record_id=record.id, said_on=said_on)).id)


def address(session: Session, child: Child, postcode: str = "ZA4 7QD", street: str = "18 Tanner’s Row",
            **given: Any) -> ChildLocation:  # fmt: skip
    facts = {"state": AddressState.CURRENT} | given
    somewhere = facts["state"] not in (AddressState.NONE_KNOWN, AddressState.LEFT_AREA)
    kept = {"lines": [street, "Hollin Bank"], "town": "Northvale", "postcode": postcode} if somewhere else None
    return add(session, ChildLocation(child_id=child.id, address=kept, **facts))  # type: ignore[no-any-return]


def carer(session: Session, child: Child, name: str = "Farah Siddiqui", phone: str = "+441614960163",
          **given: Any) -> Carer:  # fmt: skip
    facts = {"relationship": Relationship.MOTHER, "responsibility": True, "care": True} | given
    made = add(session, Carer(details={"name": name, "phones": [phone], "email": None, "best_time": "after_four"},
                              phone_key=sealing.ring().look_up("phone", phone)))  # fmt: skip
    add(session, ChildCarer(child_id=child.id, carer_id=made.id, **facts))
    return made  # type: ignore[no-any-return]


def other_name(session: Session, child: Child, kind: NameKind = NameKind.FORMER, given_names: str = "",
               family_name: str = "Nowak") -> ChildName:  # fmt: skip
    return add(  # type: ignore[no-any-return]
        session, ChildName(child_id=child.id, kind=kind, given_names=given_names, family_name=family_name)
    )


def outside_number(session: Session, child: Child, kind: NumberKind = NumberKind.UPN,
                   value: str = "H999200001001") -> OutsideNumber:  # fmt: skip
    key = sealing.ring().look_up(kind.value, value)
    return add(session, OutsideNumber(child_id=child.id, kind=kind, value=value, value_key=key))  # type: ignore[no-any-return]


def involvement(session: Session, child: Child, who: Practitioner | Organisation, **given: Any) -> Involvement:
    """A running one, begun 80 days ago; of an organisation where no practitioner is named."""
    worker, place = (who.id, who.organisation_id) if isinstance(who, Practitioner) else (None, who.id)
    facts = {"started_on": clock.today() - timedelta(days=80), "recorded_at": clock.now()} | given
    return add(  # type: ignore[no-any-return]
        session, Involvement(child_id=child.id, practitioner_id=worker, organisation_id=place, **facts)
    )
