"""Whole lists in an unlucky order: whoever a later one names has not left by an earlier; whose key is another's has."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Involvement, Organisation, Pair, SupplyFile
from cp.models.child import Child
from cp.services.merging import deciding
from cp.services.supply import files, forgetting, reviewing, working
from cp.terms import PairAnswer, SupplyState
from tests import build
from tests.build import World
from tests.build_supply import AMIRA, BARE, IFEOMA, JACK, children, csv_of, receive, row_by_row, send
from tests.web import actor_of

MOST_STEPS = 20
DAYS = pytest.mark.parametrize("days", [0, 3], ids=["of the same day", "of days later"])


@pytest.fixture(autouse=True)
def one_row_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    row_by_row(monkeypatch)


def worked(session: Session) -> None:
    """As `work`, and it comes to an end."""
    for _ in range(MOST_STEPS):
        if not working.step(session, working.look(session)):
            return session.commit()
        session.commit()
    raise AssertionError("The worker is never done")


def still_there(session: Session, school: Organisation) -> list[str]:
    query = (
        select(Child.given_names)
        .join(Involvement, Involvement.child_id == Child.id)
        .where(Involvement.organisation_id == school.id, Involvement.ended_on.is_(None))
        .order_by(Child.given_names)
    )
    return list(session.scalars(query))


@DAYS
def test_a_row_that_looks_again_ends_nobodys_place_who_came_later(
    session: Session, world: World, clock: time_machine.Traveller, days: int
) -> None:
    send(session, world.school, AMIRA)
    ashgrove = build.organisation(session, world.authority, name="Ashgrove Prep")
    send(session, ashgrove, BARE, whole=True)
    clock.shift(timedelta(days=days))
    send(session, ashgrove, BARE, JACK, whole=True)
    into = build.child(
        session, world, given_names="Amira", family_name="Siddiqui", born_on=children(session)[0].born_on
    )

    deciding.join(session, actor_of(session, world.max), into.uid, children(session)[0].uid)
    session.commit()
    worked(session)

    assert still_there(session, ashgrove) == ["Jack"]


def stopped(session: Session, world: World) -> SupplyFile:
    """A whole list of Amira alone, stopped before anybody had left by it."""
    file = receive(session, world.school, csv_of(AMIRA), whole=True)
    working.step(session, working.look(session))
    file.state = SupplyState.STOPPED
    session.commit()
    return file


@DAYS
def test_a_list_that_was_stopped_and_goes_on_ends_nobodys_place_who_came_later(
    session: Session, world: World, clock: time_machine.Traveller, days: int
) -> None:
    send(session, world.school, JACK, IFEOMA, whole=True)
    file = stopped(session, world)
    clock.shift(timedelta(days=days))
    send(session, world.school, JACK)

    file.state = SupplyState.SENDING
    session.commit()
    worked(session)

    assert still_there(session, world.school) == ["Amira", "Jack"]


def answered(session: Session, world: World, said: PairAnswer) -> None:
    manager = actor_of(session, world.max)
    reviewing.answer(session, manager, session.scalars(select(Pair.uid)).one(), said)
    session.commit()


def test_whose_key_was_found_to_be_another_childs_has_left_like_anybody_else(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)
    send(session, world.school, JACK | {"Adno": AMIRA["Adno"]})
    answered(session, world, PairAnswer.DIFFERENT)

    send(session, world.school, JACK | {"Adno": AMIRA["Adno"]}, IFEOMA | {"DOB": "31/02/2015"}, whole=True)

    assert still_there(session, world.school) == ["Jack"]


@DAYS
@pytest.mark.parametrize(
    ("said", "there"), [(PairAnswer.DIFFERENT, ["Ifeoma", "Jack"]), (PairAnswer.SAME, ["Amira", "Ifeoma"])]
)
def test_whose_key_is_found_to_be_another_childs_has_left_by_that_very_list(
    session: Session, world: World, clock: time_machine.Traveller, said: PairAnswer, there: list[str], days: int
) -> None:
    send(session, world.school, AMIRA, IFEOMA)
    file = send(session, world.school, JACK | {"Adno": AMIRA["Adno"]}, IFEOMA, whole=True)
    assert still_there(session, world.school) == ["Amira", "Ifeoma"]
    clock.shift(timedelta(days=days))

    answered(session, world, said)
    shown = files.shown(file)
    worked(session)

    assert (still_there(session, world.school), shown.state) == (there, SupplyState.SENT)


def test_nobody_is_missing_from_a_list_whose_rows_are_forgotten_by_and_by(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    send(session, world.school, AMIRA, IFEOMA)
    send(session, world.school, IFEOMA, JACK | {"Adno": AMIRA["Adno"]}, whole=True)
    clock.shift(forgetting.KEPT_FOR + timedelta(seconds=1))
    forgetting.forget(session, clocks.now(), most=3)
    world.max.account.last_used_on = clocks.today()

    answered(session, world, PairAnswer.DIFFERENT)
    worked(session)

    assert still_there(session, world.school) == ["Amira", "Ifeoma", "Jack"]
