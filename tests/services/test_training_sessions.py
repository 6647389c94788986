"""Sessions made, changed and cancelled; places and who waits; who came, and what their account has of it."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import NamedPerson, Organisation, TrainingSession
from cp.rules.access import refusals_of
from cp.services.audit import Refusal
from cp.services.implementation import booking, counting_people, people, steps, training
from cp.services.implementation.training import ChangedMeanwhile, Said
from cp.services.managing.problems import Problem
from cp.terms import Accessible, Training
from tests import build, build_training
from tests.build import World
from tests.build_training import PAST, SOON
from tests.services.test_people_named import facts
from tests.web import actor_of

TOWN_HALL = Said(Training.USERS, SOON, "09:30", 90, False, "Town Hall", 2, (Accessible.STEP_FREE, Accessible.CAPTIONS))


def moved(said: Said, **given: object) -> Said:
    return Said(**{name: given.get(name, getattr(said, name)) for name in Said.__slots__})  # type: ignore[arg-type]


@pytest.fixture
def three(session: Session, world: World) -> list[NamedPerson]:
    return [build_training.named(session, world.school, name) for name in ("Ada Frost", "Bryn Castle", "Cai Dunne")]


def test_a_session_is_made_with_what_it_offers(session: Session, world: World) -> None:
    made = training.make(session, actor_of(session, world.ivy), TOWN_HALL)

    assert (made.starts_at, made.formats, made.version) == ("09:30", "step_free+captions", 1)
    found = training.listing(session, actor_of(session, world.ivy))
    assert [one.session for one in found.coming] == [made]
    assert (found.to_answer, found.past) == ((), ())


def test_the_first_booked_have_the_places_and_the_next_moves_up(
    session: Session, world: World, three: list[NamedPerson]
) -> None:
    ivy = actor_of(session, world.ivy)
    made = training.make(session, ivy, TOWN_HALL)

    counted = booking.book(session, ivy, made.uid, {one.uid for one in three})

    assert counted == (2, 1)
    assert booking.book(session, ivy, made.uid, {one.uid for one in three}) == (0, 0)
    assert [(one.person.name, one.placed) for one in booking.of_session(session, made)] == [
        ("Ada Frost", True), ("Bryn Castle", True), ("Cai Dunne", False),
    ]  # fmt: skip
    assert facts(session, world.school) == (3, 0, 2, 0)

    booking.take_off(session, ivy, made.uid, three[0].uid)

    assert [(one.person.name, one.placed) for one in booking.of_session(session, made)] == [
        ("Bryn Castle", True), ("Cai Dunne", True),
    ]  # fmt: skip
    assert facts(session, world.school) == (3, 0, 2, 0)


def test_only_who_is_to_be_trained_can_be_booked(session: Session, world: World) -> None:
    ivy, school = actor_of(session, world.ivy), world.school
    ready = build_training.named(session, school, "Ada Frost")
    again = build_training.named(session, school, "Ben Older", trained_on=date(2024, 11, 23))
    build_training.named(session, school, "In date", trained_on=date(2024, 11, 24))
    build_training.named(session, school, "No post", post=None)
    build_training.named(session, school, "Supplier", need=Training.SUPPLIERS)
    build_training.held(session, world, build_training.named(session, school, "Booked"), held_on=SOON)
    made = training.make(session, ivy, TOWN_HALL)

    found = booking.candidates(session, ivy, made, 1)

    assert [person.name for person, _ in found.people] == [ready.name, again.name]


def test_of_two_who_change_a_session_the_second_is_told(session: Session, world: World) -> None:
    ivy = actor_of(session, world.ivy)
    made = training.make(session, ivy, TOWN_HALL)
    training.change(session, ivy, made.uid, moved(TOWN_HALL, starts_at="10:00"), "1")

    with pytest.raises(ChangedMeanwhile):
        training.change(session, ivy, made.uid, moved(TOWN_HALL, starts_at="11:00"), "1")

    assert (made.starts_at, made.version) == ("10:00", 2)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [({"places": 1}, "places", "booked"), ({"kind": Training.SUPPLIERS}, "kind", "has_people")],
)
def test_nobody_booked_loses_a_place_by_a_change(
    session: Session, world: World, three: list[NamedPerson], given: dict[str, object], field: str, code: str
) -> None:
    ivy = actor_of(session, world.ivy)
    made = training.make(session, ivy, TOWN_HALL)
    booking.book(session, ivy, made.uid, {one.uid for one in three})

    with pytest.raises(Problem) as refused:
        training.change(session, ivy, made.uid, moved(TOWN_HALL, **given), "1")

    assert (refused.value.field, refused.value.code) == (field, code)


def test_more_places_let_in_who_waits(session: Session, world: World, three: list[NamedPerson]) -> None:
    ivy = actor_of(session, world.ivy)
    made = training.make(session, ivy, TOWN_HALL)
    booking.book(session, ivy, made.uid, {one.uid for one in three})

    training.change(session, ivy, made.uid, moved(TOWN_HALL, places=3), "1")

    assert facts(session, world.school) == (3, 0, 3, 0)


def test_a_cancelled_session_keeps_whom_to_tell_and_frees_them(
    session: Session, world: World, three: list[NamedPerson]
) -> None:
    ivy = actor_of(session, world.ivy)
    first, second = (training.make(session, ivy, TOWN_HALL) for _ in range(2))
    booking.book(session, ivy, first.uid, {one.uid for one in three})

    for _ in range(2):
        training.cancel(session, ivy, first.uid)

    assert len(booking.of_session(session, first)) == 3
    assert facts(session, world.school) == (3, 0, 0, 0)
    assert booking.book(session, ivy, second.uid, {one.uid for one in three}) == (2, 1)
    with pytest.raises(Refusal):
        booking.book(session, ivy, first.uid, set())
    with pytest.raises(ChangedMeanwhile):
        training.change(session, ivy, first.uid, TOWN_HALL, str(first.version))


def test_who_came_is_trained_and_so_is_their_account(session: Session, world: World, three: list[NamedPerson]) -> None:
    ivy = actor_of(session, world.ivy)
    sam = _tied(session, world, world.school)
    sam.account_id, world.sam.account.trained_on = world.sam.account.id, None
    made = build_training.held(session, world, *three, sam, held_on=PAST)

    training.came(session, ivy, made.uid, {three[0].uid, sam.uid}, "1")

    assert [(one.person.name, one.came) for one in booking.of_session(session, made)] == [
        ("Ada Frost", True), ("Bryn Castle", False), ("Cai Dunne", False), ("Sam Okafor", True),
    ]  # fmt: skip
    assert world.sam.account.trained_on == three[0].trained_on == PAST
    assert facts(session, world.school) == (4, 1, 0, 2)
    session.flush()
    assert refusals_of(actor_of(session, world.sam), clock.today()) == []


def _tied(session: Session, world: World, school: Organisation) -> NamedPerson:
    return build_training.named(session, school, "Sam Okafor", email=world.sam.email, account_id=world.sam.account.id)


@pytest.mark.parametrize(
    ("own", "after", "corrected"),
    [
        pytest.param(None, PAST, None, id="never recorded"),
        pytest.param(date(2026, 4, 18), PAST, None, id="an earlier day"),
        pytest.param(date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20), id="a later day stays"),
    ],
)
def test_the_later_day_counts_and_a_correction_takes_back_what_was_given(
    session: Session, world: World, own: date | None, after: date, corrected: date | None
) -> None:
    ivy, sam = actor_of(session, world.ivy), _tied(session, world, world.school)
    world.sam.account.trained_on = own
    made = build_training.held(session, world, sam, held_on=PAST)

    training.came(session, ivy, made.uid, {sam.uid}, "1")
    assert world.sam.account.trained_on == after
    training.came(session, ivy, made.uid, set(), "2")

    assert (world.sam.account.trained_on, sam.trained_on) == (corrected, None)


def test_nobody_comes_to_a_session_before_its_day(session: Session, world: World, three: list[NamedPerson]) -> None:
    ivy = actor_of(session, world.ivy)
    made = build_training.held(session, world, *three, held_on=SOON)

    with pytest.raises(Refusal):
        training.came(session, ivy, made.uid, {three[0].uid}, "1")


def test_a_session_that_is_over_waits_until_it_is_said_who_came(
    session: Session, world: World, three: list[NamedPerson]
) -> None:
    ivy = actor_of(session, world.ivy)
    made = build_training.held(session, world, *three, held_on=PAST)
    empty = build_training.held(session, world, held_on=PAST - timedelta(days=1))

    before = training.listing(session, ivy)
    training.came(session, ivy, made.uid, (), "1")
    after = training.listing(session, ivy)

    assert [[one.session for one in part] for part in (before.to_answer, before.past)] == [[made], [empty]]
    assert [[one.session for one in part] for part in (after.to_answer, after.past)] == [[], [made, empty]]


def test_a_session_of_another_authority_is_not_there(session: Session, world: World) -> None:
    there = build.add(
        session,
        type(world.authority)(
            name="Southvale Council", education_code="998", team_phone="+441614960150", help_phone="+441614960151"
        ),
    )
    made = build_training.held(session, world, authority_id=there.id)
    ivy = actor_of(session, world.ivy)

    for ask in (lambda: training.one(session, ivy, made.uid), lambda: training.cancel(session, ivy, made.uid),
                lambda: booking.book(session, ivy, made.uid, set())):  # fmt: skip
        with pytest.raises(Refusal):
            ask()
    assert training.listing(session, ivy).coming == ()


def test_a_booking_that_was_not_answered_for_counts_no_longer_once_the_day_is_past(
    session: Session, world: World, three: list[NamedPerson], clock: time_machine.Traveller
) -> None:
    build_training.held(session, world, *three)
    assert counting_people.bookings(session, {three[0].id})[three[0].id].placed

    clock.move_to(clock_after(SOON))

    assert counting_people.bookings(session, {three[0].id}) == {}
    assert session.scalars(select(TrainingSession.held_on)).all() == [SOON]
    assert steps.held(session, world.school).places_booked == 3
    people.of_school(session, actor_of(session, world.ivy), world.school.uid)


def clock_after(day: date) -> date:
    return day + timedelta(days=1)
