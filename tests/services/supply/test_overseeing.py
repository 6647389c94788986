"""The suppliers of an authority, the overdue first; thresholds of one of them, and what its own pairs said."""

import csv
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.matching.joining import DEFAULT, Thresholds
from cp.models import AuditEvent, Organisation, Pair, Supplier
from cp.rules.access import Actor
from cp.services import audit
from cp.services.supply import judging, overseeing, reviewing, senders
from cp.services.supply.judging import ChangedMeanwhile
from cp.terms import Act, Frequency, OrganisationKind, PairAnswer
from tests import build
from tests.build import World
from tests.build_supply import AMIRA, csv_of, receive, send
from tests.web import actor_of

STRICT = Thresholds(join=60.0, maybe=12.0)


@pytest.fixture
def max_(session: Session, world: World) -> Actor:
    return actor_of(session, world.max)


def school(session: Session, world: World, name: str, due_on: date | None = None) -> Organisation:
    made = build.organisation(session, world.authority, name=name)
    if due_on:
        build.add(session, Supplier(organisation_id=made.id, due_on=due_on, supplied_on=date(2026, 11, 1)))
    return made


def far(session: Session) -> Organisation:
    """A school of another authority."""
    there = build.add(session, build.opened(name="Eastmere Council", education_code="998", team_phone="+441614960497",
                                         help_phone="+441614960498"))  # fmt: skip
    return build.organisation(session, there, name="Far")


def names(session: Session, actor: Actor, number: int = 1) -> list[str]:
    return [one.name for one in overseeing.listed(session, actor, number).rows]


def test_the_longest_overdue_come_first_and_those_that_never_sent_last(
    session: Session, world: World, max_: Actor
) -> None:
    for name, due_on in (("Beech", date(2026, 11, 23)), ("Cedar", date(2026, 11, 22)), ("Dale", date(2026, 11, 2)),
                         ("Abbey", None)):  # fmt: skip
        school(session, world, name, due_on)

    found = overseeing.listed(session, max_, 1)

    assert [one.name for one in found.rows][:3] == ["Dale", "Cedar", "Beech"]
    assert {"Abbey", world.school.name} <= {one.name for one in found.rows[3:]}
    assert (found.overdue, found.total) == (2, len(found.rows))
    assert [one.standing.overdue for one in found.rows][:3] == [True, True, False]


def test_who_sends_no_lists_is_closed_or_is_of_another_authority_is_not_among_them(
    session: Session, world: World, max_: Actor
) -> None:
    far(session)
    charity = build.organisation(session, world.authority, name="Charity")
    charity.kind = OrganisationKind.CHARITY
    build.organisation(session, world.authority, name="Closed").valid_to = date(2026, 11, 23)
    session.flush()

    assert {"Far", "Charity", "Closed"}.isdisjoint(names(session, max_))


def test_a_long_list_has_pages_of_one_size(session: Session, world: World, max_: Actor) -> None:
    for number in range(60):
        school(session, world, f"School {number:02}", date(2026, 11, 1))

    first, second = names(session, max_), names(session, max_, 2)

    assert (first[0], len(first), second[:2]) == ("School 00", overseeing.A_PAGE, ["School 50", "School 51"])
    assert overseeing.listed(session, max_, 3).rows == ()


def test_the_table_is_safe_to_open_in_a_spreadsheet(session: Session, world: World, max_: Actor) -> None:
    school(session, world, "=HYPERLINK(1)", date(2026, 11, 2))
    receive(session, world.school, csv_of(AMIRA))

    head, first, second, *_ = csv.reader(overseeing.table(session, max_).splitlines())

    assert head == list(overseeing.COLUMNS)
    assert first[:6] == ["'=HYPERLINK(1)", "daily", "", "2026-11-01", "2026-11-02", "yes"]
    assert second == [
        world.school.name, "daily", "server", "2026-11-23", "2026-11-24", "no", "1", "1", "1", "1", "1", "0", "1", "0",
        "0", "0", "0",
    ]  # fmt: skip


def test_one_of_another_authority_is_not_there(session: Session, world: World, max_: Actor) -> None:
    theirs = far(session)

    for ask in (
        lambda: overseeing.one(session, max_, theirs.uid),
        lambda: overseeing.set_frequency(session, max_, theirs.uid, Frequency.WEEKLY),
        lambda: judging.thresholds(session, max_, theirs.uid),
        lambda: judging.decided(session, max_, theirs.uid),
        lambda: judging.set_thresholds(session, max_, theirs.uid, STRICT, "30+14"),
    ):
        with pytest.raises(audit.Refusal) as refused:
            ask()
        assert (refused.value.reason, refused.value.hidden) == ("none", True)


def test_how_often_is_set_once_with_its_entry_and_the_day_follows(session: Session, world: World, max_: Actor) -> None:
    receive(session, world.school, csv_of(AMIRA))

    changed = [overseeing.set_frequency(session, max_, world.school.uid, Frequency.WEEKLY) for _ in range(2)]

    assert changed == [True, False]
    assert overseeing.one(session, max_, world.school.uid).standing.due_on == date(2026, 11, 30)
    entries = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SET_FREQUENCY)).all()
    assert [(entry.object_id, entry.reason) for entry in entries] == [(world.school.uid, "weekly")]


def test_how_often_back_to_that_of_its_kind_follows_the_kind(session: Session, world: World, max_: Actor) -> None:
    for often in (Frequency.WEEKLY, Frequency.DAILY):
        overseeing.set_frequency(session, max_, world.school.uid, often)

    assert session.scalars(select(Supplier.frequency)).all() == [None]


def test_the_next_rows_are_judged_by_what_was_set(session: Session, world: World, max_: Actor) -> None:
    send(session, world.school, AMIRA)
    other = school(session, world, "Ashgrove Prep")
    changed = [judging.set_thresholds(session, max_, other.uid, STRICT, "30+14") for _ in range(2)]
    session.commit()

    few = {name: AMIRA[name] for name in ("Legal Surname", "Forename", "DOB", "PostCode")}
    send(session, other, few | {"Adno": "9"})

    assert changed == [True, False]
    assert senders.thresholds(session, other.id) == STRICT
    (pair,) = session.scalars(select(Pair)).all()
    assert "Too little agrees for it to be joined by itself." in pair.why
    entries = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SET_THRESHOLDS)).all()
    assert [(entry.object_id, entry.reason) for entry in entries] == [(other.uid, "60+12")]


def test_everybodys_thresholds_join_the_same_row(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)

    few = {name: AMIRA[name] for name in ("Legal Surname", "Forename", "DOB", "PostCode")}
    send(session, school(session, world, "Ashgrove Prep"), few | {"Adno": "9"})

    assert session.scalars(select(Pair)).all() == []


def test_what_somebody_else_set_meanwhile_is_not_written_over(session: Session, world: World, max_: Actor) -> None:
    judging.set_thresholds(session, max_, world.school.uid, STRICT, "30+14")

    with pytest.raises(ChangedMeanwhile) as changed:
        judging.set_thresholds(session, max_, world.school.uid, Thresholds(join=50.0), "30+14")

    assert changed.value.now == STRICT


def test_everybodys_thresholds_again_are_nothing_of_its_own(session: Session, world: World, max_: Actor) -> None:
    judging.set_thresholds(session, max_, world.school.uid, STRICT, "30+14")
    judging.set_thresholds(session, max_, world.school.uid, DEFAULT, "60+12")

    held = session.scalars(select(Supplier)).one()
    assert (held.join_at, held.maybe_at) == (None, None)


def test_what_people_said_of_its_rows_is_counted_by_weight(session: Session, world: World, max_: Actor) -> None:
    send(session, world.school, AMIRA)
    other = school(session, world, "Ashgrove Prep")
    bare = {name: AMIRA[name] for name in ("Legal Surname", "Forename", "DOB", "Sex")}
    send(session, other, bare | {"Adno": "9"}, bare | {"Adno": "10", "Forename": "Amirah"})
    waiting = session.scalars(select(Pair).order_by(Pair.id)).all()
    before = judging.decided(session, max_, other.uid)

    for pair, said in zip(waiting, (PairAnswer.SAME, PairAnswer.DIFFERENT), strict=True):
        reviewing.answer(session, max_, pair.uid, said)
    found = {(one.least, one.below): (one.same, one.different) for one in judging.decided(session, max_, other.uid)}

    assert {(one.same, one.different) for one in before} == {(0, 0)}
    assert [sum(counts) for counts in zip(*found.values(), strict=True)] == [1, 1]
    assert {(one.same, one.different) for one in judging.decided(session, max_, world.school.uid)} == {(0, 0)}
