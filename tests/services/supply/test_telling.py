"""A practitioner tells of a child who is not there: never a record by itself, never a word of whether one is held."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as our_clock
from cp.models import AuditEvent, Involvement, Pair, SourceRecord, SupplyRow
from cp.rules.telling import A_DAY
from cp.services import audit
from cp.services.records import full_name
from cp.services.supply import files, forgetting, reviewing, telling, told_alone
from cp.services.supply.told import Besides
from cp.services.supply.told_alone import NoSuchRecord
from cp.terms import Act, Column, PairAnswer, Role, RowState, SourceKind, WhyHere
from tests import build
from tests.build import Person, World
from tests.build_identities import may, shield
from tests.build_supply import AMIRA as BY_SCHOOL
from tests.build_supply import JACK, children, send
from tests.build_telling import AMIRA, LIVES_HERE, told
from tests.web import actor_of

BORN = date(2016, 3, 14)
TEN = Besides(WhyHere.LEARNS_HERE, age=10, school="Northvale Primary")
WITHOUT_BIRTH: dict[Column, str] = {column: text for column, text in AMIRA.items() if column is not Column.BORN_ON}


def names(session: Session) -> list[str]:
    return [full_name(child.given_names, child.family_name) for child in children(session)]


def pairs(session: Session) -> list[int]:
    return list(session.scalars(select(Pair.child_id).order_by(Pair.id)))


def answer(session: Session, who: Person, said: PairAnswer) -> str:
    person = actor_of(session, who)
    beside = reviewing.following(session, person)
    assert beside is not None
    came = reviewing.answer(session, person, beside.uid, said)
    session.commit()
    return came


def mine(session: Session, who: Person) -> list[tuple[str, bool, bool]]:
    return [(one.name, one.done, one.child_uid is not None) for one in telling.own(session, actor_of(session, who))]


def test_nobody_like_that_waits_for_a_person_all_the_same(session: Session, world: World) -> None:
    row = told(session, world.nia)

    assert (row.state, pairs(session), names(session)) == (RowState.WAITING, [], [])
    (one,) = told_alone.listed(session, actor_of(session, world.max)).rows
    assert (one.name, one.told.by, one.told.besides) == ("Amira Siddiqui", world.nia.account.name, LIVES_HERE)


def test_the_surest_match_is_shown_and_never_joined(session: Session, world: World) -> None:
    send(session, world.school, BY_SCHOOL)
    (amira,) = children(session)

    row = told(session, world.nia)

    beside = reviewing.following(session, actor_of(session, world.max))
    assert (row.state, pairs(session), told_alone.count(session, actor_of(session, world.max))) == (
        RowState.WAITING, [amira.id], 0,
    )  # fmt: skip
    assert beside is not None
    assert beside.told is not None
    assert (beside.told.by, beside.record.name, beside.second_needed) == (
        world.nia.account.name, "Amira Siddiqui", False,
    )  # fmt: skip


def test_a_child_of_that_age_is_beside_what_was_told_without_a_birth_date(session: Session, world: World) -> None:
    send(session, world.school, BY_SCHOOL)
    (amira,) = children(session)

    told(session, world.nia, WITHOUT_BIRTH, TEN)

    beside = reviewing.following(session, actor_of(session, world.max))
    assert beside is not None
    assert beside.told is not None
    assert (pairs(session), beside.told.besides, beside.says, beside.second_needed) == ([amira.id], TEN, {}, True)


def test_the_same_child_is_that_record_by_the_tellers_word(session: Session, world: World) -> None:
    send(session, world.school, BY_SCHOOL)
    told(session, world.nia)

    came = answer(session, world.max, PairAnswer.SAME)

    assert (came, names(session)) == ("told_joined", ["Amira Siddiqui"])
    kinds = session.scalars(select(SourceRecord.kind).order_by(SourceRecord.id)).all()
    assert kinds == [SourceKind.SCHOOL, SourceKind.PRACTITIONER]
    assert mine(session, world.nia) == [("Amira Siddiqui", True, True)]


def test_another_child_waits_on_until_somebody_makes_the_record(session: Session, world: World) -> None:
    send(session, world.school, BY_SCHOOL)
    row = told(session, world.nia)

    came = answer(session, world.max, PairAnswer.DIFFERENT)

    person = actor_of(session, world.max)
    assert (came, names(session), told_alone.count(session, person)) == ("apart", ["Amira Siddiqui"], 1)
    assert told_alone.make(session, person, row.uid, None) == "made"
    session.commit()
    assert names(session) == ["Amira Siddiqui"] * 2
    assert told_alone.make(session, person, row.uid, None) == "over"


def test_telling_puts_nobody_on_the_roll_of_where_the_teller_works(session: Session, world: World) -> None:
    row = told(session, world.sam)
    told_alone.make(session, actor_of(session, world.max), row.uid, None)
    session.commit()

    send(session, world.school, JACK, whole=True)

    kept = [one.source_id for one in session.scalars(select(Involvement)) if one.child_id == children(session)[0].id]
    assert (names(session), kept) == (["Amira Siddiqui", "Jack Ashworth"], [])


def test_a_record_without_a_birth_date_is_made_once_somebody_says_it(session: Session, world: World) -> None:
    row = told(session, world.nia, WITHOUT_BIRTH, TEN)
    person = actor_of(session, world.max)
    with pytest.raises(ValueError, match="a record needs a date of birth"):
        told_alone.make(session, person, row.uid, None)

    came = told_alone.make(session, person, row.uid, BORN)
    session.commit()

    assert (came, [child.born_on for child in children(session)]) == ("made", [BORN])


def test_who_was_recorded_since_is_looked_at_before_a_second_record(session: Session, world: World) -> None:
    row = told(session, world.nia)
    send(session, world.school, BY_SCHOOL)

    came = told_alone.make(session, actor_of(session, world.max), row.uid, None)
    session.commit()

    assert (came, names(session), pairs(session)) == ("beside", ["Amira Siddiqui"], [children(session)[0].id])


def test_a_person_puts_it_beside_a_record_that_no_comparison_finds(session: Session, world: World) -> None:
    jack = build.child(session, world, given_names="Jack", family_name="Ashworth")
    row = told(session, world.nia)
    person = actor_of(session, world.max)

    came = told_alone.put_beside(session, person, row.uid, jack.number)

    assert (came, pairs(session)) == ("beside", [jack.id])
    assert answer(session, world.max, PairAnswer.DIFFERENT) == "apart"
    with pytest.raises(NoSuchRecord):
        told_alone.put_beside(session, person, row.uid, jack.number)
    with pytest.raises(NoSuchRecord):
        told_alone.put_beside(session, person, row.uid, "CP 000 000 0000")


def test_what_is_left_out_is_no_record_and_the_teller_reads_no_more_than_that_it_is_done(
    session: Session, world: World
) -> None:
    row = told(session, world.nia)
    before = mine(session, world.nia)

    told_alone.leave_out(session, actor_of(session, world.max), row.uid)
    session.commit()

    assert (names(session), before, mine(session, world.nia)) == (
        [], [("Amira Siddiqui", False, False)], [("Amira Siddiqui", True, False)],
    )  # fmt: skip


def test_beside_a_shielded_record_both_answers_take_two_and_the_teller_reads_no_record(
    session: Session, world: World
) -> None:
    send(session, world.school, BY_SCHOOL)
    shield(session, children(session)[0])
    second = may(session, world)
    told(session, world.nia)

    came = [answer(session, who, PairAnswer.SAME) for who in (world.max, world.max, second)]

    assert (came, mine(session, world.nia)) == (["waits", "waits", "told_joined"], [("Amira Siddiqui", True, False)])


def test_the_school_sees_nothing_of_what_its_people_tell(session: Session, world: World) -> None:
    row = told(session, world.sam)
    sue = build.person(session, world.school, "Sue Lambert", "sue.supplier", Role.SUPPLIER)

    person = actor_of(session, sue)

    assert (files.listed(session, person), files.last_sent(session, person)) == ([], None)
    with pytest.raises(audit.Refusal):
        files.show(session, person, session.get_one(SupplyRow, row.id).uid)


def test_another_areas_team_sees_nothing_of_it(session: Session, world: World) -> None:
    row = told(session, world.nia)
    there = build.add(session, build.opened(name="Southmere Council", education_code="998",
                                         team_phone="+441614960131", help_phone="+441614960101"))  # fmt: skip
    council = build.organisation(session, there, world.council.kind, name="Southmere Council",
                                 body_kind=world.council.body_kind)  # fmt: skip
    other = build.person(session, council, "Ole Other", "ole.manager", Role.MANAGEMENT_TEAM)

    person = actor_of(session, other)

    assert told_alone.listed(session, person).rows == ()
    with pytest.raises(audit.Refusal):
        told_alone.show(session, person, row.uid)
    with pytest.raises(audit.Refusal):
        told_alone.leave_out(session, person, row.uid)


def test_the_eleventh_in_a_day_waits_until_tomorrow(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    for _ in range(A_DAY):
        told(session, world.nia, worked=False)

    with pytest.raises(telling.ToldTooOften):
        told(session, world.nia, worked=False)
    session.rollback()
    clock.shift(timedelta(days=1, minutes=1))
    told(session, world.nia, worked=False)

    assert len(mine(session, world.nia)) == A_DAY + 1


def test_each_step_stands_in_the_audit_without_a_name(session: Session, world: World) -> None:
    row = told(session, world.nia)
    told_alone.leave_out(session, actor_of(session, world.max), row.uid)
    session.commit()

    query = select(AuditEvent.act, AuditEvent.reason).where(AuditEvent.act.in_([Act.TELL, Act.JUDGE_TOLD]))
    assert session.execute(query.order_by(AuditEvent.id)).all() == [
        (Act.TELL, "lives_here"), (Act.JUDGE_TOLD, "left_out"),
    ]  # fmt: skip


def test_what_was_told_is_forgotten_after_90_days(session: Session, world: World) -> None:
    told(session, world.nia)

    forgotten = forgetting.forget(session, our_clock.now() + timedelta(days=91), 10)

    assert (forgotten, mine(session, world.nia)) == (1, [])
