"""What the person of an override is asked and told, and who is told that one waits."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy.orm import Session

from cp.models import Override
from cp.rules.access import Actor
from cp.services.audit import Refusal
from cp.services.overriding import reviewing, telling
from cp.terms import Act, OverrideAnswer, OverrideFinding
from tests.build import Person, World
from tests.services.overriding.test_overrides_reviewed import written
from tests.web import actor_of

RIGHT, ASK, NOT_RIGHT = OverrideFinding


def test_the_person_is_asked_once_and_answers_once(session: Session, rex: Actor, ola: Person, held: Override) -> None:
    actor = actor_of(session, ola)
    assert not reviewing.answer(session, actor, held.uid, OverrideAnswer.ON_DUTY)
    assert telling.news(session, actor).asked is None

    assert [reviewing.close(session, rex, held.uid, ASK) for _ in range(2)] == ["asked", "asked"]
    asked = telling.news(session, actor).asked
    assert asked is not None
    assert (asked.state.value, asked.due_on, held.closed_at) == ("asked", date(2026, 11, 25), None)
    assert reviewing.answer(session, actor, held.uid, OverrideAnswer.BY_MISTAKE)
    assert not reviewing.answer(session, actor, held.uid, OverrideAnswer.ON_DUTY)

    told = reviewing.one(session, rex, held.uid).told
    assert (told.answer, told.state.value, reviewing.may_ask(told)) == (OverrideAnswer.BY_MISTAKE, "waiting", False)
    assert telling.news(session, actor).asked is None
    assert written(session, Act.REVIEW_OVERRIDE, Act.ANSWER_OVERRIDE) == [
        ("review_override", held.uid, "need_answer"), ("answer_override", held.uid, "by_mistake"),
    ]  # fmt: skip
    assert reviewing.close(session, rex, held.uid, RIGHT) == "closed"


def test_nobody_answers_for_somebody_else(session: Session, world: World, rex: Actor, held: Override) -> None:
    reviewing.close(session, rex, held.uid, ASK)

    for uid in (held.uid, uuid4()):
        with pytest.raises(Refusal, match="none"):
            reviewing.answer(session, actor_of(session, world.sam), uid, OverrideAnswer.ON_DUTY)


def test_the_outcome_is_told_for_two_weeks_and_kept(
    session: Session, rex: Actor, ola: Person, held: Override, clock: time_machine.Traveller
) -> None:
    reviewing.close(session, rex, held.uid, NOT_RIGHT)
    actor = actor_of(session, ola)
    for days, told in ((0, 1), (14, 0)):
        clock.shift(timedelta(days=days))
        assert len(telling.news(session, actor).found) == told

    assert [one.finding for one in telling.of_person(session, actor)] == [NOT_RIGHT]
    assert telling.overrode(session, actor)


def test_who_is_told_how_many_wait(session: Session, world: World, rex: Actor, held: Override) -> None:
    waiting = {name: telling.news(session, actor_of(session, getattr(world, name))).waiting
               for name in ("max", "rex", "sam", "una", "ash", "ade")}  # fmt: skip

    assert waiting == {"max": 1, "rex": 1, "sam": 0, "una": 0, "ash": 0, "ade": 0}
    reviewing.close(session, rex, held.uid, RIGHT)
    assert telling.news(session, rex).waiting == 0
