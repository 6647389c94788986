"""What every organisation waits for, counted and listed by index; and the way to live as the log moves it."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, ContactMade, Onboarding
from cp.rules.access import Actor
from cp.services.implementation import board, contacts, log, steps
from cp.services.implementation.board import Place, Wanted
from cp.services.implementation.contacts import Facts
from cp.services.implementation.log import LoggedMeanwhile, Made
from cp.terms import Act, ContactBy, ContactOutcome, NextStep, Step
from tests import build_schools
from tests.build import World
from tests.build_schools import ago, answered, school
from tests.services.directory import executed
from tests.web import actor_of

GROWS = ("SCAN", "Seq Scan", "TEMP B-TREE FOR ORDER BY", "Sort Key: onboarding.due_on")
"""What a plan says where the work grows with the directory."""


@pytest.fixture
def ivy(session: Session, world: World) -> Actor:
    return actor_of(session, world.ivy)


def made(days: int, outcome: ContactOutcome = ContactOutcome.DUTY_EXPLAINED, ahead: int | None = None) -> Made:
    planned = None if ahead is None else NextStep.CALL
    return Made(ago(days), None, ContactBy.PHONE, outcome, planned, None if ahead is None else ago(-ahead))


def facts(session: Session, organisation: Any) -> tuple[Any, ...]:
    row = build_schools.row(session, organisation)
    return row.contacted_on, row.duty_explained_on, row.next_on, row.step


def test_every_place_has_as_many_as_its_count_says(session: Session, world: World, ivy: Actor) -> None:
    """By a recount from the rows themselves; those that closed are in none of them."""
    build_schools.opened(session, world)
    for number in range(4):
        school(session, world, f"New {number}", valid_to=clock.today() if number else None)
        school(session, world, f"Old {number}", answered(), valid_to=clock.today() if number == 3 else None)
    school(session, world, "Live", build_schools.everything())
    places: list[Place] = [*Step, "all", "late"]

    counts = board.show(session, ivy, Wanted()).counts

    listed = {place: [row.name for row in board.show(session, ivy, Wanted(at=place)).rows] for place in places}
    assert {place: counts.of(place) for place in places} == {place: len(names) for place, names in listed.items()}
    assert listed[Step.FIRST_CONTACT] == ["New 0"]
    assert listed["late"] == listed[Step.MEANS] == ["Old 0", "Old 1", "Old 2"]
    assert listed["all"] == ["Old 0", "Old 1", "Old 2", "New 0", "Live"]


def test_counts_that_are_narrowed_are_those_of_what_is_listed(session: Session, world: World, ivy: Actor) -> None:
    school(session, world, "Oak School", answered())
    school(session, world, "Oak House", valid_to=clock.today())
    school(session, world, "Ash School")

    found = board.show(session, ivy, Wanted(at="all", name="OAK"))

    assert (found.counts.total, found.every.total, [row.name for row in found.rows]) == (1, 2, ["Oak School"])


@pytest.mark.parametrize("at", [Step.MEANS, "all", "late"])
def test_the_page_reads_no_table_from_end_to_end_and_sorts_nothing(
    session: Session, world: World, ivy: Actor, at: Place
) -> None:
    for number in range(8):
        school(session, world, f"School {number}", answered() if number % 2 else {})
    session.execute(select(1))

    sent = executed(session, lambda: board.show(session, ivy, Wanted(at=at)))

    reads = [(statement, given) for statement, given in sent if "onboarding" in statement]
    assert len(reads) == 4
    plans = [plan(session, statement, given) for statement, given in reads]
    assert [line for lines in plans for line in lines if any(word in line for word in GROWS)] == []
    for lines, index in zip(plans, ("ix_onboarding_due", "ix_onboarding_waiting"), strict=False):
        assert any(f"{read} {index}" in line for line in lines for read in ("COVERING INDEX", "Index Only Scan using"))


def test_all_in_order_of_name_are_read_in_that_order(session: Session, world: World, ivy: Actor) -> None:
    for number in range(8):
        school(session, world, f"School {number}")

    *_, listed = [
        one for one in executed(session, lambda: board.show(session, ivy, Wanted(at="all", by_name=True)))
        if "onboarding" in one[0]
    ]  # fmt: skip

    lines = plan(session, *listed)
    assert [line for line in lines if any(word in line for word in GROWS)] == []
    assert any("ix_organisation_named" in line for line in lines)


def plan(session: Session, statement: str, given: Any) -> list[str]:
    """As the engine would go about it. PostgreSQL is told not to scan tables, which are so small here that it would."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
    for way in ("seqscan", "sort", "hashagg", "bitmapscan"):
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", given)]


def test_a_contact_that_reached_nobody_leaves_the_first_contact_to_be_made(
    session: Session, world: World, ivy: Actor
) -> None:
    larches = school(session, world)

    log.add(session, ivy, larches.uid, made(1, ContactOutcome.NO_ANSWER, ahead=2), "")

    assert facts(session, larches) == (None, None, ago(-2), Step.FIRST_CONTACT)


def test_taking_the_first_contact_back_takes_its_day_along(session: Session, world: World, ivy: Actor) -> None:
    larches = school(session, world)
    for days in (9, 4):
        log.add(session, ivy, larches.uid, made(days, ahead=days), newest(session))
    assert facts(session, larches) == (ago(9), ago(9), ago(-4), Step.ANSWERS)

    first, second = session.scalars(select(ContactMade).order_by(ContactMade.id)).all()
    log.take_back(session, ivy, larches.uid, first.uid)
    assert facts(session, larches) == (ago(4), ago(4), ago(-4), Step.ANSWERS)
    log.take_back(session, ivy, larches.uid, second.uid)

    assert facts(session, larches) == (None, None, None, Step.FIRST_CONTACT)
    assert log.take_back(session, ivy, larches.uid, second.uid) is False


def test_a_day_that_a_letter_gave_stays_when_a_later_entry_is_taken_back(
    session: Session, world: World, ivy: Actor
) -> None:
    larches = school(session, world, facts={"contacted_on": ago(30)})
    log.add(session, ivy, larches.uid, made(4), "")

    log.take_back(session, ivy, larches.uid, session.scalars(select(ContactMade)).one().uid)

    assert facts(session, larches)[:2] == (ago(30), None)


def test_each_entry_is_in_the_audit_with_what_came_of_it(session: Session, world: World, ivy: Actor) -> None:
    larches = school(session, world)
    log.add(session, ivy, larches.uid, made(1, ahead=3), "")
    entry = session.scalars(select(ContactMade)).one()

    log.done(session, ivy, larches.uid, entry.uid)
    log.take_back(session, ivy, larches.uid, entry.uid)

    written = select(AuditEvent.object_id, AuditEvent.reason).where(AuditEvent.act == Act.LOG_CONTACT)
    assert session.execute(written.order_by(AuditEvent.id)).all() == [
        (larches.uid, "duty_explained"), (larches.uid, "done"), (larches.uid, "taken_back"),
    ]  # fmt: skip


def test_an_entry_made_from_an_older_log_is_refused_and_nothing_is_kept(
    session: Session, world: World, ivy: Actor
) -> None:
    larches = school(session, world)
    log.add(session, ivy, larches.uid, made(1), "")

    with pytest.raises(LoggedMeanwhile):
        log.add(session, ivy, larches.uid, made(0), "")

    assert len(session.scalars(select(ContactMade)).all()) == 1


def test_somebody_who_is_removed_stays_named_in_the_log(session: Session, world: World, ivy: Actor) -> None:
    larches = school(session, world)
    contacts.add(session, ivy, larches.uid, Facts("Jo Bell", "Bursar", "+441614960115", None, True), "")
    (jo,) = contacts.there(session, larches)
    log.add(session, ivy, larches.uid, Made(ago(1), jo.uid, ContactBy.VISIT, ContactOutcome.ASKED_US, None, None), "")

    contacts.remove(session, ivy, larches.uid, jo.uid)

    assert ([one.whom for one in log.of(session, larches)], contacts.there(session, larches)) == (["Jo Bell"], [])


def test_rows_follow_organisations_that_are_new_or_came_from_another_authority(session: Session, world: World) -> None:
    came = build_schools.elsewhere(session, "Came over")
    came.authority_id = world.authority.id
    session.flush()

    steps.catch_up(session)

    begun = dict(session.execute(select(Onboarding.organisation_id, Onboarding.authority_id)).all())
    assert begun == dict.fromkeys((world.school.id, world.health.id, world.practice.id, came.id), world.authority.id)


def newest(session: Session) -> str:
    found = session.scalars(select(ContactMade.uid).order_by(ContactMade.id.desc()).limit(1)).one_or_none()
    return str(found) if found else ""
