"""Whom a school names: counted for the school, invited by its account manager, trained with what they came to."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, AuditEvent, NamedPerson, Organisation
from cp.services import own_account
from cp.services.audit import Refusal
from cp.services.implementation import people, steps, workforce
from cp.services.implementation.people import Said
from cp.services.managing import inviting, named
from cp.services.managing.granting import Wish
from cp.services.managing.inviting import Newcomer
from cp.services.managing.problems import Problem
from cp.terms import Act, OrganisationKind, Role, Training
from tests import build, build_training
from tests.build import World
from tests.web import actor_of

BRYN = Said("Bryn Castle", "Bryn.Castle@example.test", "head_of_year", Training.USERS)
NOWHERE = UUID(int=0)


def facts(session: Session, school: Organisation) -> tuple[int, int, int, int]:
    row = steps.held(session, school)
    return row.people_named, row.people_invited, row.places_booked, row.people_trained


def name(session: Session, world: World, said: Said = BRYN) -> NamedPerson:
    return people.name(session, actor_of(session, world.ivy), world.school.uid, said)


def newcomer(world: World, email: str = "bryn.castle@example.test", **given: UUID) -> Newcomer:
    return Newcomer("Bryn Castle", email, world.school, None, Wish(Role.PRACTITIONER, post="head_of_year",
                                                                 works_as="Head of year"), **given)  # fmt: skip


def test_a_person_named_counts_and_gets_no_account(session: Session, world: World) -> None:
    accounts = session.scalars(select(Account.id)).all()

    person = name(session, world)

    assert (person.email, person.account_id) == ("bryn.castle@example.test", None)
    assert facts(session, world.school) == (1, 0, 0, 0)
    assert session.scalars(select(Account.id)).all() == accounts
    written = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.NAME_PEOPLE)).one()
    assert (written.object_id, written.reason) == (person.uid, "named")


@pytest.mark.parametrize(
    ("post", "need", "counted"),
    [
        ("head", Training.USERS, 1),
        (None, Training.USERS, 0),
        ("police_officer", Training.USERS, 0),
        (None, Training.MANAGERS, 1),
        (None, Training.SUPPLIERS, 1),
    ],
)
def test_only_who_may_be_let_in_counts(
    session: Session, world: World, post: str | None, need: Training, counted: int
) -> None:
    name(session, world, Said("Bryn Castle", "bryn@example.test", post, need))

    assert facts(session, world.school)[0] == counted
    shown = people.of_school(session, actor_of(session, world.ivy), world.school.uid).people
    assert [one.problem for one in shown] == [None if counted else "post"]
    assert len(named.waiting(session, actor_of(session, world.una))) == counted


def test_one_address_is_named_once_at_a_school(session: Session, world: World) -> None:
    name(session, world)

    with pytest.raises(Problem) as refused:
        name(session, world, Said("Bea Castle", "BRYN.CASTLE@example.test", "head", Training.USERS))

    assert (refused.value.field, refused.value.name) == ("email", "Bryn Castle")


def test_whoever_has_an_account_there_already_is_known_by_its_address(session: Session, world: World) -> None:
    person = name(session, world, Said("Sam Okafor", world.sam.email, "head", Training.USERS))

    assert person.account_id == world.sam.account.id
    assert facts(session, world.school) == (1, 1, 0, 1)
    assert named.waiting(session, actor_of(session, world.una)) == []


def test_an_invitation_ties_the_account_and_carries_the_day_of_training(session: Session, world: World) -> None:
    person = name(session, world)
    person.trained_on = date(2026, 11, 10)
    (waiting,) = named.waiting(session, actor_of(session, world.una))

    new = newcomer(world, "b.castle@example.test", named=waiting.person.uid)
    account, _ = inviting.invite(session, actor_of(session, world.una), new)

    assert (waiting.place, waiting.role) == (world.school, Role.PRACTITIONER)
    assert (person.account_id, account.trained_on) == (account.id, date(2026, 11, 10))
    assert facts(session, world.school) == (1, 1, 0, 1)


def test_an_invitation_that_began_elsewhere_is_tied_by_the_address(session: Session, world: World) -> None:
    person = name(session, world)

    account, _ = inviting.invite(session, actor_of(session, world.una), newcomer(world))

    assert person.account_id == account.id


def test_a_manager_sees_whom_their_own_organisation_names(session: Session, world: World) -> None:
    head = build.person(session, world.school, "Hana Head", "hana.head", Role.ACCOUNT_MANAGER)
    there = build.organisation(session, world.authority, name="Weirside School")
    name(session, world)
    build_training.named(session, there, "Ola Grant")

    seen = {who.name: [one.person.name for one in named.waiting(session, actor_of(session, manager))]
            for who, manager in ((world.una.account, world.una), (head.account, head))}  # fmt: skip

    assert seen == {"Una Kowalski": ["Bryn Castle", "Ola Grant"], "Hana Head": ["Bryn Castle"]}


def test_who_records_their_own_training_counts_as_trained(session: Session, world: World) -> None:
    person = name(session, world, Said("Sam Okafor", world.sam.email, "head", Training.USERS))
    world.sam.account.trained_on = None
    people.change(session, actor_of(session, world.ivy), world.school.uid, person.uid,
                  Said("Sam Okafor", world.sam.email, "deputy_head", Training.USERS))  # fmt: skip
    assert facts(session, world.school) == (1, 1, 0, 0)

    assert own_account.record_training(session, actor_of(session, world.sam), clock.today()) is None

    assert facts(session, world.school) == (1, 1, 0, 1)


def test_a_person_removed_is_booked_for_nothing_and_who_waited_has_the_place(session: Session, world: World) -> None:
    there = build.organisation(session, world.authority, name="Weirside School")
    first, second = name(session, world), build_training.named(session, there)
    build_training.held(session, world, first, second, places=1)
    assert (facts(session, world.school), facts(session, there)) == ((1, 0, 1, 0), (1, 0, 0, 0))

    people.remove(session, actor_of(session, world.ivy), world.school.uid, first.uid)

    assert (facts(session, world.school), facts(session, there)) == ((0, 0, 0, 0), (1, 0, 1, 0))


@pytest.mark.parametrize("where", ["another authority", "another school", "nowhere"])
def test_people_elsewhere_are_not_there(session: Session, world: World, where: str) -> None:
    person = name(session, world)
    other = build.organisation(session, world.authority, OrganisationKind.COLLEGE, name="Vale College")
    ivy = actor_of(session, world.ivy)
    uid = {"another authority": world.school.uid, "another school": other.uid, "nowhere": NOWHERE}[where]
    if where == "another authority":
        world.school.authority_id = build.add(session, type(world.authority)(
            name="Southvale Council", education_code="998", team_phone="+441614960150",
            help_phone="+441614960151")).id  # fmt: skip

    with pytest.raises(Refusal) as refused:
        people.change(session, ivy, uid, person.uid, BRYN)

    assert (refused.value.reason, refused.value.hidden) == ("none", True)


def test_staff_are_counted_by_listed_post_anew_each_time(session: Session, world: World) -> None:
    workforce.set_counts(session, world.school, {"head": 1, "head_of_year": 7, "police_officer": 3})
    workforce.set_counts(session, world.school, {"head_of_year": 6})

    assert workforce.counts(session, world.school) == {"head_of_year": 6}
    assert workforce.of_all(session, [world.school.id, world.health.id]) == {
        world.school.id: {"head_of_year": 6}, world.health.id: {},
    }  # fmt: skip
