"""The four-month review: who is asked about, what an answer does, and that silence suspends."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from cp.services import audit
from cp.services.managing import reviewing
from cp.services.managing.problems import Problem
from cp.terms import SuspendedBecause
from tests import build
from tests.build import World
from tests.services.managers import far_away, seen, una
from tests.web import actor_of

TODAY = date(2026, 11, 23)


def due(session: Session, world: World) -> None:
    """Everybody was confirmed in August, so that this round asks about all of them."""
    for person in (world.sam, world.nia, world.max, world.una, world.rex, world.lou, world.amir, world.ash):
        person.account.kept_on = date(2026, 8, 3)
    world.rex.account.last_used_on = TODAY - timedelta(days=60)
    session.flush()


@pytest.mark.parametrize(
    ("today", "ends"),
    [("2026-11-30", "2026-11-30"), ("2026-12-01", "2027-03-31"), ("2026-04-01", "2026-07-31")],
)
def test_three_rounds_end_each_year(today: str, ends: str) -> None:
    assert reviewing.ending_next(date.fromisoformat(today)) == date.fromisoformat(ends)


def test_doubtful_people_come_first_and_ones_own_account_is_apart(session: Session, world: World) -> None:
    due(session, world)

    found = reviewing.show(session, una(session, world))

    assert [one.name for one in found.first] == ["Lou Marsh", "Rex Hale"]
    assert [one.name for one in found.rest] == ["Amir Patel", "Ash Bello", "Max Adeyemi", "Nia Pritchard", "Sam Okafor"]
    assert (found.left, found.answered, found.soon, found.other) == (7, 2, False, "Amir Patel")
    assert found.myself is not None


def test_who_was_confirmed_lately_is_not_asked_about(session: Session, world: World) -> None:
    assert reviewing.show(session, una(session, world)).left == 0


def test_nobody_is_asked_about_before_the_round_opens_but_for_the_late(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    due(session, world)
    world.sam.account.kept_on = date(2026, 3, 1)
    clock.move_to("2026-10-30T10:00:00+00:00")

    found = reviewing.show(session, una(session, world))

    assert [one.name for one in (*found.first, *found.rest)] == ["Sam Okafor"]
    clock.move_to("2026-10-31T10:00:00+00:00")
    assert reviewing.show(session, una(session, world)).left == 7


def test_the_last_week_says_so(session: Session, world: World, clock: time_machine.Traveller) -> None:
    due(session, world)
    clock.move_to("2026-11-24T10:00:00+00:00")

    assert reviewing.show(session, una(session, world)).soon


def test_somebody_invited_who_never_joined_is_asked_about(session: Session, world: World) -> None:
    account = world.sam.account
    account.opened_on = account.kept_on = account.last_used_on = None
    session.flush()

    (one,) = reviewing.show(session, una(session, world)).first

    assert (one.name, one.invited_on) == ("Sam Okafor", date(2026, 1, 5))


def test_keep_and_remove_do_what_they_say(session: Session, world: World) -> None:
    due(session, world)
    answers = {world.sam.account.uid: True, world.lou.account.uid: False}

    saved = reviewing.answer(session, una(session, world), answers)
    session.flush()

    assert (saved.answered, saved.overtaken) == (2, 0)
    assert world.sam.account.kept_on == TODAY
    assert (world.lou.account.active, world.lou.account.suspended_because) == (
        False, SuspendedBecause.REMOVED_IN_REVIEW)  # fmt: skip
    found = reviewing.show(session, una(session, world))
    assert (found.left, found.answered) == (5, 4)


def test_of_two_managers_the_first_answer_counts(session: Session, world: World) -> None:
    due(session, world)
    reviewing.answer(session, una(session, world), {world.sam.account.uid: True, world.nia.account.uid: False})

    saved = reviewing.answer(
        session, actor_of(session, world.amir), {world.sam.account.uid: False, world.nia.account.uid: True}
    )

    assert (saved.answered, saved.overtaken) == (0, 2)
    assert (world.sam.account.active, world.nia.account.active) == (True, False)


def test_silence_suspends_from_the_day_after(session: Session, world: World, clock: time_machine.Traveller) -> None:
    due(session, world)
    reviewing.answer(session, una(session, world), {world.nia.account.uid: True})

    clock.move_to("2026-11-30T10:00:00+00:00")
    assert "review" not in seen(session, world.sam).missing
    clock.move_to("2026-12-01T10:00:00+00:00")
    assert "review" in seen(session, world.sam).missing
    assert "review" not in seen(session, world.nia).missing
    reviewing.answer(session, actor_of(session, world.ade), {world.una.account.uid: True})
    reviewing.answer(session, una(session, world), {world.sam.account.uid: True})
    assert "review" not in seen(session, world.sam).missing


@pytest.mark.asvs("2.3.3")
def test_one_answer_that_cannot_be_saves_none(session: Session, world: World) -> None:
    due(session, world)
    world.amir.account.opened_on = None
    actor = actor_of(session, world.ade)

    with pytest.raises(Problem, match="last_account_manager"):
        reviewing.answer(session, actor, {world.amir.account.uid: True, world.una.account.uid: False})

    session.expire_all()
    assert world.amir.account.kept_on == date(2026, 8, 3)


def test_nobody_answers_for_themselves_or_for_others_people(session: Session, world: World) -> None:
    with pytest.raises(audit.Refusal, match="to_oneself"):
        reviewing.answer(session, una(session, world), {world.una.account.uid: True})
    with pytest.raises(audit.Refusal, match="none"):
        reviewing.answer(session, una(session, world), {far_away(session).account.uid: True})


def test_a_long_review_comes_in_pages(session: Session, world: World) -> None:
    for number in range(reviewing.AT_ONCE + 3):
        build.person(session, world.school, f"Teacher {number}", f"teacher.{number}", kept_on=date(2026, 8, 3))

    found = reviewing.show(session, una(session, world))

    assert (len(found.first) + len(found.rest), found.more) == (reviewing.AT_ONCE, 3)
