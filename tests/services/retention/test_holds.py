"""A legal hold: one asks, another agrees, and the record is not destroyed before its end, whatever else."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import LegalHold, new_uid
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit
from cp.services.retention import archiving, holds, sweeping
from cp.services.retention.believing import Believed
from cp.services.retention.holds import Problem, Wish
from cp.terms import Act, HoldReason, RecordState
from tests import build, build_identities, build_retention
from tests.build import Person, World
from tests.build_retention import entries
from tests.web import actor_of

ENDS = date(2027, 5, 1)


@pytest.fixture
def may(session: Session, world: World) -> Person:
    return build_identities.may(session, world)


def wish(child: Child, whom: Person, **given: object) -> Wish:
    asked = Wish(child.number, whom.account.uid, ENDS, HoldReason.COURT, "HX 12")
    return replace(asked, **given)  # type: ignore[arg-type]


def archived(session: Session, world: World) -> Child:
    return build_retention.archived(session, build.child(session, world), date(2020, 12, 1))


def held(session: Session) -> list[tuple[date, bool]]:
    return [(one.ends_on, one.agreed_at is not None) for one in session.scalars(select(LegalHold))]


def test_one_asks_another_agrees_and_it_is_not_destroyed_before_the_end(
    session: Session, world: World, may: Person, clock: time_machine.Traveller
) -> None:
    child = archived(session, world)
    uid = holds.ask(session, actor_of(session, world.max), wish(child, may))
    assert child.destroy_on == date(2026, 12, 1)

    holds.answer(session, actor_of(session, may), uid, agreed=True)

    assert (child.destroy_on, held(session)) == (ENDS, [(ENDS, True)])
    done = []
    for day in ("2026-12-02", "2027-04-30", "2027-05-01"):
        clock.move_to(f"{day}T12:00Z")
        done.append(sweeping.step(session, Believed(clocks.now())))
    assert done == [(None, 0), (None, 0), ("destroyed", 1)]


def test_nobody_agrees_to_their_own_and_a_stranger_finds_none(session: Session, world: World, may: Person) -> None:
    child, third = archived(session, world), build_identities.may(session, world, "Tom Third")
    uid = holds.ask(session, actor_of(session, world.max), wish(child, may))

    with pytest.raises(Problem, match="two_people"):
        holds.answer(session, actor_of(session, world.max), uid, agreed=True)
    with pytest.raises(audit.Refusal) as refused:
        holds.answer(session, actor_of(session, third), uid, agreed=True)

    assert (refused.value.hidden, held(session)) == (True, [(ENDS, False)])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"second": None}, "two_people"),
        ({"second": new_uid()}, "two_people"),
        ({"ends_on": None}, "end_date"),
        ({"ends_on": date(2026, 11, 23)}, "end_date"),
    ],
)
def test_it_takes_a_colleague_and_a_day_to_come(
    session: Session, world: World, may: Person, given: dict[str, object], code: str
) -> None:
    child = archived(session, world)

    with pytest.raises(Problem, match=code):
        holds.ask(session, actor_of(session, world.max), wish(child, may, **given))

    assert held(session) == []


def test_one_that_waited_past_its_end_or_whose_asker_has_left_holds_no_more(
    session: Session, world: World, may: Person, clock: time_machine.Traveller
) -> None:
    child = archived(session, world)
    late = holds.ask(session, actor_of(session, world.max), wish(child, may, ends_on=date(2026, 11, 24)))
    alone = holds.ask(session, actor_of(session, world.max), wish(child, may))
    world.max.account.active = False
    session.flush()

    with pytest.raises(Problem, match="asker_left"):
        holds.answer(session, actor_of(session, may), alone, agreed=True)
    clock.shift(timedelta(days=1))
    with pytest.raises(Problem, match="end_date"):
        holds.answer(session, actor_of(session, may), late, agreed=True)

    assert [agreed for _, agreed in held(session)] == [False, False]


@pytest.mark.parametrize("who", ["asker", "second"])
def test_either_may_drop_it_before_it_holds_and_neither_after(
    session: Session, world: World, may: Person, who: str
) -> None:
    child = archived(session, world)
    either = world.max if who == "asker" else may
    dropped = holds.ask(session, actor_of(session, world.max), wish(child, may))
    kept = holds.ask(session, actor_of(session, world.max), wish(child, may))
    holds.answer(session, actor_of(session, may), kept, agreed=True)

    holds.answer(session, actor_of(session, either), dropped, agreed=False)
    with pytest.raises(audit.Refusal):
        holds.answer(session, actor_of(session, either), kept, agreed=False)

    assert held(session) == [(ENDS, True)]


def test_a_number_of_nobody_of_another_authority_or_of_an_old_identity_is_answered_alike(
    session: Session, world: World, may: Person
) -> None:
    elsewhere, _ = build_identities.elsewhere(session)
    theirs = build_retention.archived(session, build.child(session, world, authority_id=elsewhere.id), ENDS)
    old = build.child(session, world)
    build_identities.sealed(session, old, world.max, may)
    merged = build.child(session, world, state=RecordState.MERGED)
    actor = actor_of(session, world.max)

    said = [_problem(session, actor, number, may) for number in ("CP1", theirs.number, old.number, merged.number)]

    assert said == ["number"] * 4
    assert held(session) == []


def _problem(session: Session, actor: Actor, number: str, second: Person) -> str:
    with pytest.raises(Problem) as problem:
        holds.ask(session, actor, Wish(number, second.account.uid, ENDS, HoldReason.POLICE, ""))
    return problem.value.code


def test_the_list_has_those_of_this_authority_that_wait_or_hold(session: Session, world: World, may: Person) -> None:
    child = archived(session, world)
    for ends_on, agreed_at in ((date(2026, 11, 1), clocks.now()), (date(2026, 11, 2), None), (ENDS, clocks.now())):
        build_retention.hold(session, world, child, ends_on, agreed_at=agreed_at,
                             reason={"reason": "court", "reference": "HX 12"})  # fmt: skip

    found = holds.listed(session, actor_of(session, world.max), 1).rows

    assert [(one.ends_on, one.agreed, one.number, one.reference, one.mine) for one in found] == [
        (date(2026, 11, 2), False, child.number, "HX 12", True), (ENDS, True, child.number, "HX 12", True),
    ]  # fmt: skip
    _, stranger = build_identities.elsewhere(session)
    assert holds.listed(session, actor_of(session, stranger), 1).rows == ()


def test_a_hold_does_not_keep_a_record_out_of_the_archive(session: Session, world: World, may: Person) -> None:
    child = build_retention.plain(session, world, born_on=date(2008, 11, 23))
    uid = holds.ask(session, actor_of(session, world.max), wish(child, may, ends_on=date(2031, 1, 1)))
    holds.answer(session, actor_of(session, may), uid, agreed=True)

    archiving.archive(session, clocks.today(), 10)

    assert (child.state, child.destroy_on) == (RecordState.ARCHIVED, date(2032, 11, 23))


def test_each_step_has_an_entry_without_the_reason(session: Session, world: World, may: Person) -> None:
    child = archived(session, world)
    uid: UUID = holds.ask(session, actor_of(session, world.max), wish(child, may))
    holds.answer(session, actor_of(session, may), uid, agreed=True)

    said = [(one.act, one.subject_id, one.object_id, one.reason) for one in entries(session, Act.ASK_HOLD,
                                                                                  Act.ANSWER_HOLD)]  # fmt: skip
    assert said == [
        (Act.ASK_HOLD, child.subject_id, uid, None), (Act.ANSWER_HOLD, child.subject_id, uid, "agreed"),
    ]  # fmt: skip
