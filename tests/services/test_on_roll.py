"""A school's or practice's own word makes the involvement of it, ends it, and takes it back."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement, SourceRecord, SourceVersion
from cp.models.child import Child
from cp.rules.derive import Said, Stay
from cp.services import deriving
from cp.services.source_facts import facts
from cp.terms import SourceKind
from tests import build
from tests.build import World

BEGAN, LEFT = date(2025, 9, 1), date(2026, 7, 21)


@pytest.fixture
def child(session: Session, world: World) -> Child:
    return build.child(session, world)


def say(session: Session, record: SourceRecord, stay: Stay | None, said_on: date, **what: Any) -> SourceVersion:
    said = Said(0, record.kind, said_on, stay=stay)
    version = SourceVersion(record_id=record.id, said_on=said_on, given_names="Amira", family_name="Siddiqui",
                            born_on=date(2016, 3, 14), facts=facts(said), **what)  # fmt: skip
    return build.add(session, version)  # type: ignore[no-any-return]


def school_of(session: Session, world: World, child: Child) -> SourceRecord:
    record = SourceRecord(child_id=child.id, kind=SourceKind.SCHOOL, organisation_id=world.school.id, row_key="000417")
    return build.add(session, record)  # type: ignore[no-any-return]


def at(session: Session, child: Child) -> list[tuple[int, date, date | None]]:
    query = select(Involvement).where(Involvement.child_id == child.id).order_by(Involvement.id)
    return [(one.organisation_id, one.started_on, one.ended_on) for one in session.scalars(query)]


def test_being_on_a_roll_is_an_involvement_of_the_school(session: Session, world: World, child: Child) -> None:
    say(session, school_of(session, world, child), Stay(BEGAN), date(2026, 9, 7))

    deriving.derive(session, child.id)
    deriving.derive(session, child.id)

    assert at(session, child) == [(world.school.id, BEGAN, None)]


def test_where_no_day_is_said_it_began_on_the_day_of_the_word(session: Session, world: World, child: Child) -> None:
    say(session, school_of(session, world, child), Stay(), date(2026, 9, 7))

    deriving.derive(session, child.id)

    assert at(session, child) == [(world.school.id, date(2026, 9, 7), None)]


def test_having_left_ends_it_and_the_same_row_goes_on(session: Session, world: World, child: Child) -> None:
    record = school_of(session, world, child)
    say(session, record, Stay(BEGAN), date(2026, 3, 2))
    deriving.derive(session, child.id)
    before = session.scalars(select(Involvement.uid).where(Involvement.child_id == child.id)).all()

    say(session, record, Stay(BEGAN, LEFT), date(2026, 9, 7))
    deriving.derive(session, child.id)

    assert at(session, child) == [(world.school.id, BEGAN, LEFT)]
    assert session.scalars(select(Involvement.uid).where(Involvement.child_id == child.id)).all() == before


def test_a_stay_never_ends_on_the_day_it_began(session: Session, world: World, child: Child) -> None:
    say(session, school_of(session, world, child), Stay(BEGAN, BEGAN), date(2026, 9, 7))

    deriving.derive(session, child.id)

    assert at(session, child) == [(world.school.id, BEGAN, BEGAN + timedelta(days=1))]


def test_a_word_taken_back_takes_its_involvement_along(session: Session, world: World, child: Child) -> None:
    record = school_of(session, world, child)
    say(session, record, None, date(2026, 3, 2))
    version = say(session, record, Stay(BEGAN), date(2026, 9, 7))
    deriving.derive(session, child.id)

    version.withdrawn_at = clock.now()
    deriving.derive(session, child.id)

    assert at(session, child) == []


def test_what_somebody_recorded_for_the_school_stays_theirs(session: Session, world: World, child: Child) -> None:
    recorded = Involvement(child_id=child.id, organisation_id=world.school.id, started_on=date(2024, 9, 2),
                           recorded_at=clock.now())  # fmt: skip
    build.add(session, recorded)
    say(session, school_of(session, world, child), Stay(BEGAN), date(2026, 9, 7))

    deriving.derive(session, child.id)

    assert at(session, child) == [(world.school.id, date(2024, 9, 2), None)]
