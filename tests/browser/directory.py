"""The directory that the browser walks through: a child for each state a page can be in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from sqlalchemy import update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, Practitioner
from cp.models.child import Child, ChildLocation
from cp.rules.days import anniversary
from cp.services import find
from cp.terms import AddressState, BodyKind, Gender, LeaveKind, NameKind, OrganisationKind, Relationship
from tests import build
from tests.browser.people import People, ago, keep_in_date, make_people
from tests.build import Person, World

TEN = ("Aisha", "Bilal", "Chloe", "Daniyal", "Ebony", "Fatima", "George", "Harpreet", "Ibrahim", "Jasmine")


@dataclass(frozen=True)
class Children:
    amira: Child
    """Something in every part of the record."""
    crowded: Child
    """14 people and teams, long names."""
    nobody: Child
    """Nothing but who they are."""
    shielded: Child
    gone: Child
    """Died; left the area before."""
    damaged: Child
    """Something is wrong with the row: the page cannot be made."""


@dataclass(frozen=True)
class Directory:
    world: World
    people: People
    children: Children

    @classmethod
    def make(cls, session: Session) -> Self:
        world = World.make(session)
        people = make_people(session, world)
        keep_in_date(session, world, people)
        children = Children(
            amira=_amira(session, world), crowded=_crowded(session, world), nobody=_nobody(session, world),
            shielded=_shielded(session, world), gone=_gone(session, world), damaged=_damaged(session, world),
        )  # fmt: skip
        _alike(session, world)
        _dees(session, world, people.dee)
        for child in session.query(Child):
            find.reindex(session, child.id)
        damage = update(ChildLocation).where(ChildLocation.child_id == children.damaged.id)
        session.execute(damage.values(address_sealed=b"not what was sealed"))
        session.commit()
        return cls(world, people, children)


def aged(years: int, days: int = 40) -> date:
    """The birthday of somebody who is so many years old, all the year round."""
    return anniversary(clock.today(), -years) - timedelta(days=days)


def _worker(session: Session, organisation: Organisation, name: str, role: str) -> Practitioner:
    return build.practitioner(session, organisation, name, role=role)


def _amira(session: Session, world: World) -> Child:
    child = build.child(session, world, born_on=aged(10))
    school, health = build.source(session, child, world.school), build.source(session, child, world.practice)
    child.name_source_id, child.born_source_id = school, health
    early = build.organisation(session, world.authority, OrganisationKind.COUNCIL_SERVICE, name="Northvale Early Help",
                               body_kind=BodyKind.AUTHORITY, for_everyone_of_age=None)  # fmt: skip
    grace = _worker(session, early, "Grace Oyelaran", "Family support worker")
    build.involvement(session, child, grace, lead=True, assessment=True, started_on=date(2024, 9, 3),
                      confirmed_on=date(2025, 11, 2))  # fmt: skip
    tomasz = _worker(session, world.council, "Tomasz Zieliński", "Educational psychologist")
    build.involvement(session, child, tomasz, started_on=date(2024, 5, 21))
    assert world.nia.practitioner is not None
    build.involvement(session, child, world.nia.practitioner, started_on=date(2024, 1, 14))
    _universal(session, world, child)
    for name, days in (("Ruth Castellanos", 160), ("Old Colleague", 90)):
        former = _worker(session, world.health, name, "Speech and language therapist")
        build.involvement(session, child, former, started_on=date(2023, 3, 5), ended_on=ago(days))
    build.carer(session, child, source_id=school)
    build.carer(session, child, "Imran Siddiqui", "+442079460187", relationship=Relationship.FATHER, care=False,
                source_id=school)  # fmt: skip
    build.other_name(session, child, NameKind.PREFERRED, "Ami", "")
    build.address(session, child, source_id=school)
    build.address(session, child, "ZA2 1HB", "Flat 6, 31 Weir Street", source_id=health)
    build.outside_number(session, child)
    return child


def _universal(session: Session, world: World, child: Child) -> None:
    build.involvement(session, child, world.school, started_on=date(2020, 9, 2))
    build.involvement(session, child, world.practice, started_on=date(2016, 3, 30))


CROWD = (
    ("Bethan Rhys", "Social worker"), ("Marlon Beckford", "Education welfare officer"),
    ("Dr Anjali Menon", "Paediatrician"), ("Caoimhe O’Donnell", "Occupational therapist"),
    ("Krzysztofina Wojciechowska-Brzęczyszczykiewicz", "Specialist speech and language therapist"),
    ("Wei Zhang", "Physiotherapist"), ("Kofi Amponsah", "Young carers worker"), ("Elif Demir", "Teacher of the deaf"),
    ("Rosalind Featherstonehaugh", "Educational psychologist"), ("Jo Brandt", "Youth justice officer"),
)  # fmt: skip
CHARITIES = ("Northvale Carers’ Trust", "Short breaks team at The Larches, KIDS North West", "Northvale Homes")


def _charity(session: Session, world: World, name: str) -> Organisation:
    return build.organisation(session, world.authority, OrganisationKind.CHARITY, name=name,
                              body_kind=BodyKind.VOLUNTARY, for_everyone_of_age=None)  # fmt: skip


def _crowded(session: Session, world: World) -> Child:
    child = build.child(session, world, given_names="Oluwadamilola Ngozi", family_name="Featherstonehaugh-Adeyemi",
                        born_on=aged(14), gender=Gender.NOT_SPECIFIED)  # fmt: skip
    source = build.source(session, child, world.school)
    child.name_source_id = child.born_source_id = source
    places = [_charity(session, world, name) for name in CHARITIES]
    for place in places:
        build.involvement(session, child, place, started_on=date(2024, 2, 3))
    for number, (name, role) in enumerate(CROWD):
        organisation = [world.council, world.health, *places][number % 5]
        confirmed_on = date(2026, 3, 1) if number % 3 else None
        build.involvement(session, child, _worker(session, organisation, name, role), lead=not number,
                          started_on=date(2025, 10, 12), confirmed_on=confirmed_on)  # fmt: skip
    assert world.sam.practitioner is not None
    build.involvement(session, child, world.sam.practitioner, started_on=ago(60))
    _universal(session, world, child)
    for name in ("Ruth Castellanos", "Caspian Wetherby-Thornthwaite"):
        former = _worker(session, world.health, name, "Speech and language therapist")
        build.involvement(session, child, former, started_on=date(2023, 3, 5), ended_on=ago(90))
    for name in ("Florence Adeyemi", "Sebastian Featherstonehaugh"):
        build.carer(session, child, name, source_id=source)
    build.other_name(session, child, NameKind.PREFERRED, "Dami", "")
    build.address(session, child, "ZA1 2AB", "Flat 114, Featherstonehaugh Memorial House, 1–37 Old Vale Road",
                  source_id=source)  # fmt: skip
    build.address(session, child, "ZA2 1HB", "2 Weir Street", source_id=source)
    build.outside_number(session, child, value="H999200001014")
    return child


def _nobody(session: Session, world: World) -> Child:
    return build.child(session, world, given_names="Cher", family_name="", born_on=aged(6))


def _shielded(session: Session, world: World) -> Child:
    child = build.child(session, world, given_names="Leo", family_name="Marchetti", born_on=aged(8),
                        gender=Gender.MALE, shielded=True)  # fmt: skip
    build.address(session, child, "ZA9 9ZZ", "1 Hidden Lane")
    assert world.nia.practitioner is not None
    build.involvement(session, child, world.nia.practitioner)
    return child


def _gone(session: Session, world: World) -> Child:
    child = build.child(session, world, given_names="Théo", family_name="Lambert", born_on=aged(9),
                        gender=Gender.MALE, died_on=ago(2))  # fmt: skip
    build.address(session, child, state=AddressState.LEFT_AREA, from_on=ago(100), leave_kind=LeaveKind.RETURNING)
    build.address(session, child, "ZA3 3CD", state=AddressState.LAST_KNOWN, until_on=ago(100))
    build.address(session, child, state=AddressState.NONE_KNOWN)
    return child


def _damaged(session: Session, world: World) -> Child:
    child = build.child(session, world, given_names="Broken", family_name="Row", born_on=aged(7))
    build.address(session, child)
    return child


def _alike(session: Session, world: World) -> None:
    """Ten of one family name and birthday, who are all shown; a dozen of one name, who are too many."""
    for given in TEN:
        child = build.child(session, world, given_names=given, family_name="Abernathy", born_on=aged(9, 100))
        build.address(session, child, "ZA7 1AA")
    for number in range(12):
        child = build.child(session, world, given_names="Mohammed", family_name="Khan", born_on=aged(10, number + 1),
                            gender=Gender.MALE)  # fmt: skip
        build.address(session, child, "ZA5 1AA")


def _dees(session: Session, world: World, dee: Person) -> None:
    assert dee.practitioner is not None
    assert world.nia.practitioner is not None
    for given, family, days in (
        ("Callum", "Ferris", 350), ("Zofia", "Nowak", 345), ("Mohammed", "Iqbal", 500), ("Hannah", "Price", 70),
        ("Ellie-Mae", "Thornber", 30), ("Kacper", "Wójcik", 20),
    ):  # fmt: skip
        child = build.child(session, world, given_names=given, family_name=family, born_on=aged(12))
        held = build.involvement(session, child, dee.practitioner, started_on=ago(days))
        if given == "Hannah":  # whose lead professional Dee was until the day before yesterday
            held.lead_passed_to_id, held.lead_passed_on = world.nia.practitioner.id, ago(2)
