"""A released copy of a record that has changed since: nothing of it is shown, and not what has changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement
from cp.models.child import Child, ChildLocation
from cp.services.merging import protecting
from cp.terms import Asking
from tests import build, build_families, build_identities, build_shields
from tests.build import World
from tests.build_families import Lookers
from tests.pages.families.copied import CHILD, PLACES, released, text
from tests.web import Browser


def moved(session: Session, child: Child) -> None:
    home = session.scalars(select(ChildLocation).where(ChildLocation.child_id == child.id)).one()
    home.address = {**home.address, "lines": ["9 Refuge Road"]}


def shielded(_: Session, child: Child) -> None:
    child.shielded_at = clock.now() + timedelta(seconds=1)


def cared_for(session: Session, child: Child) -> None:
    build.carer(session, child, "Ruth Vale")


def worked_with(session: Session, child: Child) -> None:
    session.execute(delete(Involvement).where(Involvement.child_id == child.id))


PARENT: dict[str, Any] = {"address": []}
CHANGED = [(CHILD, moved), (CHILD, shielded), (CHILD, cared_for), (CHILD, worked_with), (PARENT, moved),
           (PARENT, shielded), (PARENT, worked_with)]  # fmt: skip


@pytest.mark.parametrize(("who", "change"), CHANGED)
def test_once_it_was_released_nothing_is_shown_that_nobody_released_nor_what_it_is(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child, who: dict[str, Any],
    change: Callable[[Session, Child], None],
) -> None:  # fmt: skip
    one, same = (released(session, world.max, child, lookers.may, **who) for _ in range(2))
    browser.become(session, world.max)
    assert "The record has changed since" not in text(browser.get(f"/requests/{one.uid}"))
    change(session, child)
    session.commit()

    pages = [browser.get(f"/requests/{uid}") for uid in (one.uid, same.uid)]

    assert [page.html.select(".cp-letter") for page in pages] == [[], []]
    assert pages[0].texts("main p") == [
        "Released by May Fielding on 23 November 2026. The record has changed since, so that this copy is shown no "
        "more, and a new one takes two people again. For another copy, begin again from the record."
    ]
    assert [place for place in (*PLACES, "Refuge", "Ruth") if place in text(pages[0])] == []


@pytest.mark.parametrize("change", [moved, shielded, cared_for, worked_with])
def test_a_copy_of_four_facts_reads_the_same_whatever_else_changes(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child,
    change: Callable[[Session, Child], None],
) -> None:  # fmt: skip
    one = released(session, world.max, child, lookers.may, safe="not_known")
    browser.become(session, world.max)
    before = text(browser.get(f"/requests/{one.uid}"))
    change(session, child)
    session.commit()

    assert text(browser.get(f"/requests/{one.uid}")) == before


def test_what_is_released_is_what_was_read(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    one = build_families.request(session, world.max, child, Asking.COPY)
    browser.become(session, lookers.may)
    page = browser.get(f"/requests/{one.uid}")
    moved(session, child)
    session.commit()

    after = browser.submit(page, "Keep my answer", answer="release")

    session.expire_all()
    assert after.status_line == (
        "It is not released: the record says something else than what you read. Read it again."
    )
    assert (one.answer, one.answered_at) == (None, None)
    assert "9 Refuge Road" in text(after)


def test_one_that_was_released_before_it_was_noted_what_it_said_is_shown_no_more(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    one = build_families.request(session, world.max, child, Asking.COPY, answered_by_id=lookers.may.account.id,
                                 answered_at=clock.now(), answer={"answer": "release"})  # fmt: skip
    browser.become(session, world.max)

    assert browser.get(f"/requests/{one.uid}").html.select(".cp-letter") == []


def test_a_week_after_its_release_it_says_nothing_of_where_the_child_has_moved(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child, clock: time_machine.Traveller
) -> None:
    one = released(session, world.max, child, lookers.may, address=[])
    clock.shift(timedelta(days=7))
    moved(session, child)
    browser.become(session, world.max)

    page = browser.get(f"/requests/{one.uid}")

    assert "Released by May Fielding on 23 November 2026, and shown for 7 days." in text(page)
    assert page.html.select(".cp-letter") == []
    assert "Refuge" not in page.response.text


def test_a_shield_that_came_with_a_joined_record_takes_it_back_too(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    """It was set before anybody asked, of a second record of the same child."""
    one = released(session, world.max, child, lookers.may, name="Imran Siddiqui", address=[])
    other = build_shields.shielded(session, world, given_names="Amira")
    other.shielded_at = build_shields.row(session, other).set_at = clock.now() - timedelta(days=9)
    protecting.move(session, child, other)
    build_identities.asked_to_join(session, child, other, world.max).merged_at = clock.now() + timedelta(seconds=1)
    session.commit()
    browser.become(session, world.max)

    page = browser.get(f"/requests/{one.uid}")

    assert child.shielded_at is not None
    assert [place for place in PLACES if place in text(page)] == []
