"""A form counts once: the same key of the same person gets the same answer, whatever the key holds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cp.services import once
from tests.build import World
from tests.scale import scaled
from tests.web import actor_of

KEYS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


@given(sent=st.lists(st.tuples(st.booleans(), KEYS), max_size=20))
@settings(max_examples=scaled(30, 1000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_answered_as_the_first_time(
    session: Session, world: World, sent: list[tuple[bool, str]]
) -> None:
    people = {True: actor_of(session, world.sam), False: actor_of(session, world.nia)}
    known: dict[tuple[bool, str], str] = {}

    for number, (who, key) in enumerate(sent):
        answered = once.answered(session, people[who], key)
        assert answered == known.get((who, key))
        if answered is None:
            known[who, key] = once.answer(session, people[who], key, f"answer {number}")
    session.rollback()


@pytest.mark.parametrize("key", [None, ""])
def test_a_form_without_a_key_is_never_answered_from_memory(session: Session, world: World, key: str | None) -> None:
    sam = actor_of(session, world.sam)

    assert [once.answer(session, sam, key, result) for result in ("first", "second")] == ["first", "second"]
    assert once.answered(session, sam, key) is None


def test_keys_that_begin_alike_are_different(session: Session, world: World) -> None:
    sam, long = actor_of(session, world.sam), "a" * 64

    once.answer(session, sam, long + "b", "one")

    assert once.answered(session, sam, long + "c") is None
    assert once.answered(session, sam, long) is None
    assert once.answered(session, sam, long + "b") == "one"


def test_the_second_of_two_that_came_at_once_fails_whole(session: Session, world: World) -> None:
    sam = actor_of(session, world.sam)
    once.answer(session, sam, "key", "one")

    with pytest.raises(IntegrityError):
        once.answer(session, sam, "key", "two")
