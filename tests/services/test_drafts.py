"""A form that came after its session had ended: kept sealed, half an hour, for that person and that page alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Draft
from cp.services import drafts
from tests.build import Person, World
from tests.conftest import NOW
from tests.scale import scaled
from tests.web import actor_of

BROWSER, OTHER = b"b" * 32, b"o" * 32
PATH = "/searches/new"
TYPED = {"family_name": ["O’Hara"], "reason": ["working_with"]}
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)


def keep(session: Session, person: Person, fields: dict[str, list[str]] = TYPED, browser: bytes = BROWSER) -> None:
    drafts.keep(session, person.account.id, browser, PATH, fields)
    session.flush()


def taken(session: Session, person: Person, path: str = PATH) -> dict[str, list[str]] | None:
    claimed = drafts.claim(session, person.account.id, BROWSER)
    session.flush()
    return drafts.take(session, actor_of(session, person), claimed[1], path) if claimed else None


@given(fields=st.dictionaries(TEXTS, st.lists(TEXTS, max_size=4), max_size=12))
@settings(max_examples=scaled(40, 1000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_typed_comes_back_to_the_letter(session: Session, world: World, fields: dict[str, list[str]]) -> None:
    keep(session, world.sam, fields)

    assert taken(session, world.sam) == fields
    session.rollback()


def test_it_comes_back_once(session: Session, world: World) -> None:
    keep(session, world.sam)
    claimed = drafts.claim(session, world.sam.account.id, BROWSER)
    assert claimed is not None
    actor = actor_of(session, world.sam)

    assert drafts.take(session, actor, claimed[1], PATH) == TYPED
    session.flush()
    assert drafts.take(session, actor, claimed[1], PATH) is None
    assert drafts.claim(session, world.sam.account.id, BROWSER) is None


@pytest.mark.parametrize(("minutes", "there"), [(29, True), (30, False), (31, False)])
def test_it_waits_half_an_hour(
    session: Session, world: World, clock: time_machine.Traveller, minutes: int, there: bool
) -> None:
    keep(session, world.sam)
    assert drafts.waiting(session, BROWSER) == NOW + timedelta(minutes=30)

    clock.shift(timedelta(minutes=minutes))

    assert (drafts.waiting(session, BROWSER) is not None) is there
    assert (taken(session, world.sam) is not None) is there


def test_only_the_newest_form_of_a_person_is_kept(session: Session, world: World) -> None:
    keep(session, world.sam, {"family_name": ["First"]})
    keep(session, world.nia, {"family_name": ["Hers"]}, OTHER)
    keep(session, world.sam, {"family_name": ["Second"]})

    kept = session.scalars(select(Draft)).all()

    assert {draft.account_id: draft.fields["family_name"] for draft in kept} == {
        world.sam.account.id: ["Second"], world.nia.account.id: ["Hers"],
    }  # fmt: skip
    assert len(kept) == 2


def test_somebody_else_at_the_same_browser_never_gets_it_and_it_is_gone(session: Session, world: World) -> None:
    keep(session, world.sam)

    assert drafts.claim(session, world.nia.account.id, BROWSER) is None
    session.flush()
    assert session.scalars(select(Draft)).all() == []


def test_another_browser_another_page_and_another_person_get_nothing(session: Session, world: World) -> None:
    keep(session, world.sam)
    assert drafts.waiting(session, OTHER) is None
    assert drafts.claim(session, world.sam.account.id, OTHER) is None
    claimed = drafts.claim(session, world.sam.account.id, BROWSER)
    assert claimed is not None

    assert drafts.take(session, actor_of(session, world.sam), claimed[1], "/children") is None
    assert drafts.take(session, actor_of(session, world.nia), claimed[1], PATH) is None
    assert drafts.take(session, actor_of(session, world.sam), uuid4(), PATH) is None
    assert drafts.take(session, actor_of(session, world.sam), claimed[1], PATH) == TYPED


def test_it_follows_the_browser_to_its_next_token_and_can_be_cleared(session: Session, world: World) -> None:
    keep(session, world.sam)

    drafts.hand_on(session, BROWSER, OTHER)
    assert (drafts.waiting(session, BROWSER), drafts.waiting(session, OTHER) is not None) == (None, True)
    drafts.clear(session, OTHER)

    assert drafts.waiting(session, OTHER) is None


@pytest.mark.parametrize(("length", "kept"), [(drafts.MOST, True), (drafts.MOST + 1, False)])
def test_a_form_longer_than_any_page_sends_is_not_kept(session: Session, world: World, length: int, kept: bool) -> None:
    keep(session, world.sam, {"given_name": ["a" * (length - 1)], "family_name": ["b"]})

    assert (drafts.waiting(session, BROWSER) is not None) is kept


def test_the_database_sees_none_of_it(session: Session, world: World) -> None:
    keep(session, world.sam)

    (kept,) = session.scalars(select(Draft))

    assert b"Hara" not in kept.fields_sealed
    assert kept.kept_until == clocks.now() + timedelta(minutes=30)
