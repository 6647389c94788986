"""How a supplier stands: by when it is due, and figures that its own files alone decide, kept when rows are gone."""

from datetime import UTC, date, datetime, timedelta

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, Supplier, SupplyFile, SupplyRow
from cp.services.supply import standing
from cp.services.supply.forgetting import KEPT_FOR, forget
from cp.services.supply.standing import Card
from cp.terms import Frequency, Given, OrganisationKind, RowState, SupplyState
from tests import build, build_supply
from tests.build import World
from tests.build_supply import AMIRA, IFEOMA, JACK, at, csv_of, receive, undo, work

NUMBERED = AMIRA | {"UPN": "E999200021000"}
BARE = {"Adno": "000419", "Legal Surname": "Novak", "Forename": "Ella", "DOB": "02/02/2016"}
WRONG = IFEOMA | {"DOB": "31/02/2015"}
NOVEMBER = datetime(2026, 11, 23, 9, tzinfo=UTC)


def days_on(days: int) -> time_machine.travel:
    return time_machine.travel(NOVEMBER + timedelta(days=days), tick=False)


def sent(session: Session, school: Organisation, *pupils: dict[str, str]) -> SupplyFile:
    """Somebody said that it be sent, which is all that is counted; the worker has not begun."""
    return receive(session, school, csv_of(*pupils))


def card(session: Session, world: World) -> Card:
    return standing.of(session, world.school).card


def test_a_file_is_counted_by_what_its_rows_have_and_how_many_are_right(session: Session, world: World) -> None:
    sent(session, world.school, NUMBERED, JACK, BARE, WRONG)

    found = card(session, world)

    assert (found.files, found.rows, found.faultless, found.held, found.corrected) == (1, 4, 3, 1, 0)
    assert found.given == {Given.BORN: 4, Given.HOME: 3, Given.CARER: 1, Given.NUMBER: 1}
    assert (found.has, found.least) == (9, Given.CARER)


def test_a_row_held_back_counts_as_corrected_once_it_comes_right_by_its_own_key(session: Session, world: World) -> None:
    first = sent(session, world.school, AMIRA, WRONG, BARE | {"DOB": ""})

    sent(session, world.school, WRONG, JACK)
    still_wrong = first.corrected
    sent(session, world.school, IFEOMA)
    sent(session, world.school, IFEOMA)

    session.refresh(first)
    assert (still_wrong, first.corrected) == (0, 1)
    assert (card(session, world).held, card(session, world).corrected) == (3, 2)


def test_another_schools_rows_with_the_same_keys_correct_nothing(session: Session, world: World) -> None:
    other = build.organisation(session, world.authority, name="Ashgrove Prep")
    sent(session, world.school, AMIRA, WRONG)

    sent(session, other, IFEOMA)

    assert card(session, world).corrected == 0


def test_figures_stay_when_the_rows_are_forgotten(session: Session, world: World) -> None:
    sent(session, world.school, NUMBERED, WRONG)
    before = card(session, world)

    forget(session, clock.now() + KEPT_FOR + timedelta(days=1), 100)

    assert session.scalars(select(SupplyRow)).all() == []
    assert card(session, world) == before != Card()


def test_the_figures_are_the_same_whatever_the_rows_come_to(session: Session, world: World) -> None:
    build_supply.send(session, build.organisation(session, world.authority, name="Ashgrove Prep"), AMIRA)
    bare = {name: AMIRA[name] for name in ("Adno", "Legal Surname", "Forename", "DOB")}
    file = sent(session, world.school, bare, JACK, WRONG)
    before = card(session, world)

    work(session)

    session.refresh(file)
    rows = select(SupplyRow.state).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number)
    assert session.scalars(rows).all() == [RowState.WAITING, RowState.SENT, RowState.HELD]
    assert card(session, world) == before


def test_the_next_file_is_due_after_the_newest_that_stands(session: Session, world: World) -> None:
    with days_on(0):
        sent(session, world.school, AMIRA)
    with days_on(1):
        second = build_supply.send(session, world.school, AMIRA)
        after_two = standing.of(session, world.school)
        undo(session, second)
        after_one = standing.of(session, world.school)

    assert (after_two.supplied_on, after_two.due_on) == (date(2026, 11, 24), date(2026, 11, 25))
    assert (after_one.supplied_on, after_one.due_on) == (date(2026, 11, 23), date(2026, 11, 24))


def test_a_file_of_the_last_minutes_of_a_day_came_on_londons_day(session: Session, world: World) -> None:
    with time_machine.travel(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), tick=False):
        sent(session, world.school, AMIRA)

        assert standing.of(session, world.school).supplied_on == date(2026, 7, 2)


def test_nothing_is_due_before_the_first_file_nor_after_one_that_was_not_sent(session: Session, world: World) -> None:
    never = standing.of(session, world.school)
    at(session, world.school, SupplyState.CHECKED)

    assert standing.of(session, world.school) == never
    assert (never.supplied_on, never.due_on, never.overdue, never.card) == (
        None, None, False, Card(given=dict.fromkeys(Given, 0)),
    )  # fmt: skip


def test_it_is_overdue_from_the_day_after_and_each_due_file_came_in_time_or_not(session: Session, world: World) -> None:
    for day in (0, 1, 2):
        with days_on(day):
            sent(session, world.school, AMIRA)

    with days_on(3):
        due = standing.of(session, world.school)
    with days_on(4):
        late = standing.of(session, world.school)

    assert (due.overdue, due.card.due, due.card.in_time) == (False, 2, 2)
    assert (late.overdue, late.card.due, late.card.in_time) == (True, 3, 2)


def test_how_often_follows_from_the_kind_unless_it_was_set(session: Session, world: World) -> None:
    world.school.kind = OrganisationKind.INDEPENDENT_SCHOOL
    with days_on(0):
        sent(session, world.school, AMIRA)
        termly = standing.of(session, world.school)
        session.scalars(select(Supplier)).one().frequency = Frequency.WEEKLY
        standing.renew(session, world.school.id)

    assert (termly.often, termly.due_on) == (Frequency.TERMLY, date(2027, 1, 31))
    assert standing.of(session, world.school).due_on == date(2026, 11, 30)


def test_a_file_that_came_before_figures_were_kept_is_left_out_of_them(session: Session, world: World) -> None:
    old = sent(session, world.school, AMIRA, JACK)
    old.faultless = None
    sent(session, world.school, AMIRA)

    found = card(session, world)

    assert (found.files, found.rows) == (1, 1)


def test_only_the_newest_ten_files_are_counted(session: Session, world: World) -> None:
    sent(session, world.school, WRONG, AMIRA)
    for _ in range(10):
        sent(session, world.school, AMIRA)

    found = card(session, world)

    assert (found.files, found.rows, found.faultless) == (10, 10, 10)
