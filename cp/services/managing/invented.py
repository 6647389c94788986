"""What somebody would see now: an invented child's record through the one decision, never a real one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account
from cp.rules.access import Actor, Refused, Subject, decide
from cp.rules.derive import Address
from cp.services import audit
from cp.services.managing import staff
from cp.services.managing.member import Member
from cp.services.records import AddressShown, CarerShown, NameShown, NumberShown, Person, Record, Source
from cp.terms import (
    Act,
    AddressState,
    BestTime,
    Gender,
    NameKind,
    NumberKind,
    OrganisationKind,
    Part,
    Reason,
    Relationship,
    Role,
)

NOBODY = UUID(int=0)
SCHOOL = Source("Example School", date(2026, 9, 1))
PEOPLE = (
    Person(UUID(int=1), "Robin Example", "School nurse", "Example Health", OrganisationKind.HEALTH_SERVICE,
           "+441614960190", "robin@example.test", date(2026, 9, 7), None, None, lead=True, assessment=True, mine=False,
           universal=False),
)  # fmt: skip
UNIVERSAL = (
    Person(UUID(int=2), "Example School", "", "Example School", OrganisationKind.PRIMARY_SCHOOL, "+441614960191",
           "office@school.example.test", date(2024, 9, 2), None, None, lead=False, assessment=False, mine=False,
           universal=True),
    Person(UUID(int=3), "Example Surgery", "", "Example Surgery", OrganisationKind.GP_PRACTICE, "+441614960192",
           None, date(2016, 5, 1), None, None, lead=False, assessment=False, mine=False, universal=True),
)  # fmt: skip
CARERS = (
    CarerShown("Alex Example", Relationship.MOTHER, True, True, ("+441614960193",), None, BestTime.EVENING, SCHOOL),
)
NAMES = (NameShown(NameKind.PREFERRED, "Chaz Example", SCHOOL),)
HOME = Address(state=AddressState.CURRENT, lines=("1 Example Street",), town="Exampleton", postcode="ZA1 1AA")
UPN = NumberShown(NumberKind.UPN, "N999200000001", SCHOOL)
NHS = NumberShown(NumberKind.NHS, "9990000018", None)
FACTS: Mapping[Part, Mapping[str, Any]] = {
    Part.INVOLVEMENTS: {"people": PEOPLE, "universal": UNIVERSAL},
    Part.CARERS: {"carers": CARERS},
    Part.OTHER_NAMES: {"names": NAMES},
    Part.LOCATION: {"addresses": (AddressShown(HOME, SCHOOL),)},
    Part.EDUCATION_NUMBERS: {"numbers": (UPN,)},
    Part.HEALTH_NUMBERS: {"numbers": (NHS,)},
}
MAY = (Act.SEARCH, Act.OPEN_RECORD, Act.PRINT_RECORD, Act.RECORD_INVOLVEMENT, Act.SHIELD, Act.SEE_HANDOVERS)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one role lets this person see: the record as it would stand there, or the code of the refusal."""

    shielded: bool
    record: Record | None
    refusal: str | None


@dataclass(frozen=True, slots=True)
class View:
    role: Role
    may: tuple[Act, ...]
    seen: tuple[Seen, ...]


def sees(session: Session, actor: Actor, account: Account) -> tuple[Member, tuple[View, ...]]:
    """For each role in force, an open and a shielded child of the person's own authority."""
    member = staff.one(session, account, actor.request_id)
    audit.record(session, actor, Act.PREVIEW_ACCOUNT, audit.About(object_id=account.uid))
    return member, tuple(_view(one) for one in member.actors)


def _view(person: Actor) -> View:
    subject = Subject(person.authority_id, shielded=False)
    may = tuple(act for act in MAY if decide(person, act, subject, clock.today()).allowed)
    return View(person.role, may, (_seen(person, shielded=False), _seen(person, shielded=True)))


def _seen(person: Actor, *, shielded: bool) -> Seen:
    decision = decide(person, Act.OPEN_RECORD, Subject(person.authority_id, shielded=shielded), clock.today())
    if isinstance(decision, Refused):
        return Seen(shielded, None, decision.reason)
    return Seen(shielded, _record(person, decision.parts), None)


def _record(person: Actor, parts: frozenset[Part]) -> Record:
    """The invented child with the allowed parts and no trace of the others."""
    facts: dict[str, Any] = {}
    for part in FACTS:
        if part in parts:
            for name, values in FACTS[part].items():
                facts[name] = facts.get(name, ()) + values
    source = SCHOOL if Part.LOCATION in parts else None
    return Record(
        uid=NOBODY, number="CP0000000000", given_names="Charlie", family_name="Example",
        born_on=date(2016, 5, 1), gender=Gender.NOT_SPECIFIED, died_on=None, shielded=Part.INVOLVEMENTS not in parts,
        authority_name=person.authority_name if Part.LOCATION in parts else "", reason=Reason.WORKING_WITH,
        opened_at=datetime(2026, 9, 1, tzinfo=UTC), name_source=source, born_source=source, **facts,
    )  # fmt: skip
