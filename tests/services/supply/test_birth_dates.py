"""A supplier corrects a birth date: as it says, unless that moves an end that is near, or by more than a year."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Pair
from cp.models.child import Child
from cp.services.retention import archiving
from cp.services.supply import reviewing
from cp.terms import PairAnswer, RecordState
from tests.build import World
from tests.build_hidden_supply import ashgrove
from tests.build_identities import may
from tests.build_supply import AMIRA, children, send
from tests.web import actor_of

TODAY = date(2026, 11, 23)
NUMBERED = AMIRA | {"UPN": "E999200021000"}
GROWN = {"DOB": "14/03/2008"}


def night(session: Session) -> list[tuple[date, RecordState]]:
    """Whose day has come is archived."""
    archiving.archive(session, TODAY, 10)
    session.commit()
    return [(child.born_on, child.state) for child in children(session)]


@pytest.mark.parametrize("born", ["14/03/2006", "14/03/2008", "24/11/2008", "23/11/2009"])
def test_one_that_would_soon_end_the_record_waits_for_a_person(session: Session, world: World, born: str) -> None:
    """Else a slip, or whoever has one school’s credential, would put any of its pupils out of everybody’s sight that
    night, and what sensitive services recorded of them with it."""
    send(session, world.school, AMIRA)

    file = send(session, world.school, AMIRA | {"DOB": born}, whole=True)

    assert night(session) == [(date(2016, 3, 14), RecordState.LIVE)]
    assert (file.ready, file.done, file.state) == (1, 1, "sent")
    assert reviewing.following(session, actor_of(session, world.max)) is not None


def test_one_that_would_keep_a_record_that_soon_ends_waits_as_well(session: Session, world: World) -> None:
    send(session, world.school, AMIRA | {"DOB": "24/11/2008"})

    send(session, world.school, AMIRA)

    assert night(session) == [(date(2008, 11, 24), RecordState.LIVE)]
    assert len(session.scalars(select(Pair)).all()) == 1


@pytest.mark.parametrize("born", ["14/03/2010", "14/03/2006", "15/03/2017", "14/03/2024"])
@pytest.mark.parametrize("more", [{}, {"UPN": NUMBERED["UPN"]}], ids=["the home", "the home and a number"])
def test_one_of_another_age_waits_however_much_else_agrees(
    session: Session, world: World, born: str, more: dict[str, str]
) -> None:
    """Else a slip of the year would keep somebody years past their eighteenth birthday."""
    send(session, world.school, AMIRA | more)

    send(session, world.school, AMIRA | more | {"DOB": born})

    assert night(session) == [(date(2016, 3, 14), RecordState.LIVE)]
    assert len(session.scalars(select(Pair)).all()) == 1


def test_what_two_people_find_right_ends_it(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)
    send(session, world.school, AMIRA | GROWN)

    pair = session.scalars(select(Pair.uid)).one()
    team = actor_of(session, world.max), actor_of(session, may(session, world))
    assert [reviewing.answer(session, one, pair, PairAnswer.SAME) for one in team] == ["waits", "joined"]

    assert night(session) == [(date(2008, 3, 14), RecordState.ARCHIVED)]


def test_anothers_row_that_would_be_joined_by_a_number_waits_as_well(session: Session, world: World) -> None:
    send(session, world.school, NUMBERED | {"DOB": "14/03/2009"})

    send(session, ashgrove(session, world), NUMBERED | GROWN | {"Adno": "9"})

    assert night(session) == [(date(2009, 3, 14), RecordState.LIVE)]
    assert session.scalars(select(Pair.child_id)).all() == [session.scalars(select(Child.id)).one()]


@pytest.mark.parametrize("born", ["13/03/2016", "03/12/2016", "14/03/2015", "14/03/2017"])
def test_any_other_stands(session: Session, world: World, born: str) -> None:
    send(session, world.school, AMIRA)

    send(session, world.school, AMIRA | {"DOB": born})

    day, month, year = map(int, born.split("/"))
    assert night(session) == [(date(year, month, day), RecordState.LIVE)]
    assert session.scalars(select(Pair)).all() == []
