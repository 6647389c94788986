"""A session is a row: found by its token, for as long as it lasts, with rights read afresh at every request."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Account, Organisation, RoleGrant, SignedIn
from cp.rules.access import refusal_of
from cp.services import sessions, who
from cp.services.who import Found
from cp.terms import Role
from tests.build import World
from tests.conftest import NOW
from tests.scale import scaled


def begun(session: Session, world: World) -> str:
    token = sessions.begin(session, world.sam.account, Role.PRACTITIONER, 7, clocks.now())
    session.flush()
    return token


def signed_in(session: Session, world: World) -> str:
    found = find(session, begun(session, world))
    assert found is not None
    token = sessions.complete(session, found.session_id, clocks.now())
    session.flush()
    return token


def find(session: Session, token: str) -> Found | None:
    return who.find(session, sessions.hashed(token), uuid4())


@pytest.mark.asvs("6.3.3")
def test_nobody_is_signed_in_before_the_second_factor(session: Session, world: World) -> None:
    found = find(session, begun(session, world))

    assert found is not None
    assert (found.pending, found.actor) == (True, None)


def test_the_second_factor_gives_a_new_token_and_kills_the_old(session: Session, world: World) -> None:
    before = begun(session, world)
    found = find(session, before)
    assert found is not None

    after = sessions.complete(session, found.session_id, clocks.now())
    session.flush()

    assert find(session, before) is None
    now = find(session, after)
    assert now is not None
    assert now.actor is not None
    assert (now.actor.name, now.actor.role, now.pending) == ("Sam Okafor", Role.PRACTITIONER, False)


@pytest.mark.asvs("7.2.3")
def test_only_the_hash_of_a_token_is_kept(session: Session, world: World) -> None:
    token = signed_in(session, world)

    kept = session.scalars(select(SignedIn)).one()

    assert kept.token_hash == sessions.hashed(token)
    assert len(token) >= 43  # 256 random bits
    assert token not in str(vars(kept))
    assert find(session, kept.token_hash.hex()) is None


@pytest.mark.parametrize("first_was_whole", [True, False], ids=["signed in", "waiting for a code"])
def test_signing_in_elsewhere_ends_the_first_and_says_so_if_it_was_one(
    session: Session, world: World, first_was_whole: bool
) -> None:
    first = signed_in(session, world) if first_was_whole else begun(session, world)

    second = signed_in(session, world)

    ended, now = find(session, first), find(session, second)
    assert ended is not None
    assert now is not None
    assert (ended.actor, ended.ended, ended.ended_at) == (None, "elsewhere", NOW)
    assert now.said == ("signed_in_elsewhere" if first_was_whole else None)


def test_another_persons_session_stays(session: Session, world: World) -> None:
    sam = signed_in(session, world)
    nia = sessions.begin(session, world.nia.account, Role.PRACTITIONER, 7, clocks.now())
    session.flush()
    waiting = find(session, nia)
    assert waiting is not None
    sessions.complete(session, waiting.session_id, clocks.now())

    found = find(session, sam)

    assert found is not None
    assert found.actor is not None


def test_an_end_is_final_and_keeps_its_first_reason(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    token = signed_in(session, world)
    found = find(session, token)
    assert found is not None

    sessions.end(session, found.session_id, "signed_out", clocks.now())
    clock.shift(60)
    sessions.end(session, found.session_id, "elsewhere", clocks.now())
    sessions.touch(session, found.session_id, clocks.now())

    again = find(session, token)
    assert again is not None
    assert (again.actor, again.ended, again.ended_at) == (None, "signed_out", NOW)


def test_what_a_page_has_to_say_is_said_once(session: Session, world: World) -> None:
    token = signed_in(session, world)
    found = find(session, token)
    assert found is not None
    heard = []

    for code in ("recorded", None):
        sessions.touch(session, found.session_id, clocks.now(), said=code)
        now = find(session, token)
        assert now is not None
        heard.append(now.said)

    assert heard == ["recorded", None]


def of_account(**values: object) -> Callable[[Session], object]:
    return lambda session: session.execute(update(Account).values(**values))


def of_organisation(**values: object) -> Callable[[Session], object]:
    return lambda session: session.execute(update(Organisation).values(**values))


def of_grant(**values: object) -> Callable[[Session], object]:
    return lambda session: session.execute(update(RoleGrant).values(**values))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        pytest.param(of_account(active=False), "not_active", id="account closed"),
        pytest.param(of_account(last_used_on=date(2026, 8, 25)), "unused", id="90 days unused"),
        pytest.param(of_account(last_used_on=date(2026, 8, 26)), None, id="89 days unused"),
        pytest.param(of_account(agreement_version=0), "agreement", id="an older agreement"),
        pytest.param(of_account(check_issued_on=date(2023, 11, 23)), "check", id="check of three years ago"),
        pytest.param(of_account(check_issued_on=None), "check", id="no check"),
        pytest.param(of_account(trained_on=date(2024, 11, 23)), "training", id="training of two years ago"),
        pytest.param(of_organisation(accreditation_ends_on=date(2026, 11, 23)), "accreditation", id="accreditation"),
        pytest.param(of_grant(ends_on=date(2026, 11, 23)), "not_active", id="role ends today"),
        pytest.param(of_grant(ends_on=date(2026, 11, 24)), None, id="role ends tomorrow"),
        pytest.param(of_grant(starts_on=date(2026, 11, 24)), "not_active", id="role begins tomorrow"),
        pytest.param(of_grant(role=Role.REVIEWER), "not_active", id="another role"),
    ],
)
@pytest.mark.asvs("8.3.2")
def test_a_right_that_is_taken_away_is_gone_at_the_next_request(
    session: Session, world: World, change: Callable[[Session], object], refusal: str | None
) -> None:
    token = signed_in(session, world)

    change(session)

    found = find(session, token)
    assert found is not None
    assert found.actor is not None
    assert refusal_of(found.actor, clocks.today()) == refusal


STEPS = st.lists(st.tuples(st.integers(0, 20 * 60), st.booleans()), max_size=60)


@given(steps=STEPS)
@settings(max_examples=scaled(40, 1000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_it_is_used_it_lasts_15_idle_minutes_and_8_hours(
    session: Session, world: World, clock: time_machine.Traveller, steps: list[tuple[int, bool]]
) -> None:
    """Each step lets some seconds pass and looks; sometimes the person does something."""
    clock.move_to(NOW, tick=False)
    token, used, alive = signed_in(session, world), NOW, True

    for seconds, does_something in steps:
        clock.shift(timedelta(seconds=seconds))
        now = clocks.now()
        alive = now - used < timedelta(minutes=15) and now - NOW < timedelta(hours=8)
        found = find(session, token)
        assert found is not None
        assert (found.actor is not None) == alive
        if not alive:
            break
        if does_something:
            sessions.touch(session, found.session_id, now)
            used = now
    session.rollback()
