"""The supplier is told of its own rows alone, by its own keys; of a shielded child nothing."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, SourceRecord
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services.disputes import raising, supplied, team
from cp.terms import Act, Disputable, DisputeFinding, RecordState, Role
from tests import build
from tests.build import World
from tests.build_disputes import dispute, voice
from tests.build_identities import shield
from tests.build_supply import AMIRA, send, undo
from tests.services.disputes.conftest import reader
from tests.web import actor_of

RIGHT, WRONG, NOT_KNOWN = DisputeFinding
TODAY = date(2026, 11, 23)


@pytest.fixture
def sue(session: Session, world: World, amira: Child) -> Actor:
    return actor_of(session, build.person(session, world.school, "Sue Lambert", "sue.supplier", Role.SUPPLIER))


def told(session: Session, who: Actor) -> list[tuple[str | None, Disputable, DisputeFinding | None, bool]]:
    return [(one.key, one.fact, one.finding, one.raised) for one in supplied.of(session, who)]


def test_a_school_reads_by_its_own_key_which_of_its_facts_are_disputed(
    session: Session, world: World, amira: Child, sam_: Actor, sue: Actor
) -> None:
    dispute(session, sam_, amira)

    assert told(session, sue) == [("000417", Disputable.BORN_ON, None, False)]
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SEE_SUPPLY)).one()
    assert (entry.subject_id, entry.reason) == (amira.subject_id, "born_on")


def test_another_school_reads_nothing_of_it(
    session: Session, world: World, amira: Child, sam_: Actor, sue: Actor
) -> None:
    """Nor one that says another day of the same child."""
    other = build.organisation(session, world.authority, name="Ashgrove Prep")
    sid = actor_of(session, build.person(session, other, "Sid Marsh", "sid.supplier", Role.SUPPLIER))
    send(session, other, AMIRA | {"Adno": "9", "DOB": "15/03/2016", "UPN": "H999200001001"})
    dispute(session, sam_, amira)

    assert told(session, sid) == []


def test_the_answer_follows_and_that_the_newest_file_says_it_still(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor, sue: Actor, clock: time_machine.Traveller
) -> None:
    uid = dispute(session, sam_, amira)
    team.decide(session, max_, uid, WRONG, ("2016-03-15",))

    assert told(session, sue) == [("000417", Disputable.BORN_ON, WRONG, True)]
    send(session, world.school, AMIRA | {"DOB": "15/03/2016"})
    assert told(session, sue) == [("000417", Disputable.BORN_ON, WRONG, False)]
    clock.shift(timedelta(days=91))
    assert told(session, sue) == []


def test_found_right_nothing_is_raised(session: Session, amira: Child, sam_: Actor, max_: Actor, sue: Actor) -> None:
    team.decide(session, max_, dispute(session, sam_, amira), RIGHT, None)

    assert told(session, sue) == [("000417", Disputable.BORN_ON, RIGHT, False)]


def test_a_school_that_still_lists_a_child_who_is_not_there_reads_so(
    session: Session, amira: Child, sam_: Actor, max_: Actor, sue: Actor
) -> None:
    team.decide(session, max_, dispute(session, sam_, amira, Disputable.SCHOOL), NOT_KNOWN, None)

    assert told(session, sue) == [("000417", Disputable.SCHOOL, NOT_KNOWN, True)]


def test_of_a_shielded_child_a_supplier_reads_what_it_reads_where_it_was_taken_back(
    session: Session, amira: Child, sam_: Actor, sue: Actor
) -> None:
    dispute(session, sam_, amira, Disputable.NAME)
    shield(session, amira)
    hidden = supplied.of(session, sue)
    amira.shielded_at = None
    raising.withdraw(session, reader(session, sam_, amira), voice(session, sam_))

    assert hidden == supplied.of(session, sue) == []


def test_nor_of_a_record_that_is_not_live(session: Session, amira: Child, sam_: Actor, sue: Actor) -> None:
    dispute(session, sam_, amira)
    amira.state = RecordState.SEALED
    session.flush()

    assert told(session, sue) == []


def test_nor_once_the_word_is_taken_back(session: Session, world: World, amira: Child, sam_: Actor, sue: Actor) -> None:
    file = send(session, world.school, AMIRA | {"Town": "Northvale Green"})
    dispute(session, sam_, amira)
    undo(session, file)
    assert told(session, sue) == [("000417", Disputable.BORN_ON, None, False)]

    record = session.scalars(select(SourceRecord)).one()
    record.row_key = None
    session.flush()

    assert told(session, sue) == []


def test_a_row_without_a_key_of_its_own_has_none_here(
    session: Session, world: World, amira: Child, sam_: Actor, sue: Actor
) -> None:
    record = session.scalars(select(SourceRecord)).one()
    record.row_key = "row:1f2e"
    dispute(session, sam_, amira)

    assert told(session, sue) == [(None, Disputable.BORN_ON, None, False)]
