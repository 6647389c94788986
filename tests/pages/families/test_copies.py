"""A copy of what the record says: prepared by one, released by another, and only what its reader may have."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, FamilyRequest, Involvement
from cp.models.child import Child, ChildLocation
from cp.services.merging import protecting
from cp.terms import Act, Asking, NumberKind
from tests import build, build_families, build_identities, build_sensitive, build_shields
from tests.build import Person, World
from tests.build_families import Lookers
from tests.web import Browser, Page

CHILD = {"name": "Amira Siddiqui", "requester": "child_who_understands", "responsibility": "not_checked",
         "safe": "not_known"}  # fmt: skip
PLACES = ("Tanner", "ZA4 7QD", "Hollin Bank Primary", "Vale Community", "Eastmere", "0161 496 0163", "Farah")
"""What would say where the child is, or who looks after them."""


@pytest.fixture
def lookers(session: Session, world: World) -> Lookers:
    return Lookers.make(session, world)


@pytest.fixture
def child(session: Session, world: World, lookers: Lookers) -> Child:
    """With something in every part, the police and a clinic among those who work with the child."""
    made = build_families.child_of_14(session, world)
    build.carer(session, made)
    build.outside_number(session, made, NumberKind.UPN)
    build.other_name(session, made)
    for one in (world.nia, lookers.refuge, lookers.police):
        assert one.practitioner is not None
        build.involvement(session, made, one.practitioner)
    build_sensitive.entry(session, lookers.kit, made)
    return made


def released(session: Session, by: Person, child: Child, answered_by: Person, **asked: Any) -> FamilyRequest:
    one = build_families.request(session, by, child, Asking.COPY, asked=asked)
    build_families.release(session, one, answered_by)
    session.commit()
    return one


def text(page: Page) -> str:
    return " ".join(page.html.select("main")[0].get_text(" ").split())


def test_the_child_reads_all_but_how_to_reach_others(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    one = released(session, world.max, child, lookers.may, **CHILD)
    browser.become(session, world.max)

    page = browser.get(f"/requests/{one.uid}")

    assert page.h1 == "What your record says"
    assert page.texts(".cp-letter dt") == ["Name", "Former name", "Date of birth", "Girl or boy", "ContactPoint number",
                                           "Unique pupil number", "Address"]  # fmt: skip
    assert page.texts(".cp-letter li") == [
        "A family worker, Eastmere House, since 4 September 2026",
        "A school nurse, Vale Community Health, since 4 September 2026",
        "Hollin Bank Primary School, since 4 September 2026", "Northvale Council, since 4 September 2026",
        "Vale Community Health, since 4 September 2026", "Farah Siddiqui, mother",
    ]  # fmt: skip
    for absent in ("0161 496 0163", "Nia Pritchard", "Police", "Clinic", "example.test"):
        assert absent not in text(page)


def test_what_a_sensitive_service_recorded_is_the_young_persons_alone_to_ask_for_and_never_printed(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    build_sensitive.entry(session, lookers.kit, child, ground="suspected_harm")
    own = released(session, world.max, child, lookers.may, **CHILD, sensitive=True)
    parents = released(session, world.max, child, lookers.may, sensitive=True)
    browser.become(session, world.max)

    childs, other = browser.get(f"/requests/{own.uid}"), browser.get(f"/requests/{parents.uid}")

    assert childs.texts(".cp-noprint li") == ["Vale Young People’s Clinic, since 20 November 2026"]
    assert "Clinic" not in text(other)


@pytest.mark.parametrize("safe", ["not_safe", "not_known"])
@pytest.mark.parametrize("shielded", [True, False])
def test_a_parent_who_may_not_know_the_place_reads_four_facts_shield_or_no_shield(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child, safe: str, shielded: bool
) -> None:
    child.shielded_at = clock.now() - timedelta(days=9) if shielded else None
    one = released(session, world.max, child, lookers.may, name="Imran Siddiqui", safe=safe, address=[])
    browser.become(session, world.max)

    page = browser.get(f"/requests/{one.uid}")

    assert page.texts(".cp-letter dt") == ["Name", "Date of birth", "Girl or boy", "ContactPoint number"]
    assert page.texts(".cp-letter h2") == ["If something is wrong"]
    assert [place for place in PLACES if place in text(page)] == []


def test_a_parent_it_is_safe_to_tell_reads_where_and_who_works_there(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    one = released(session, world.max, child, lookers.may, address=[])
    browser.become(session, world.max)

    page = browser.get(f"/requests/{one.uid}")

    assert "18 Tanner’s Row, Hollin Bank, Northvale, ZA4 7QD" in text(page)
    assert page.texts(".cp-letter h2") == ["Who works with Amira", "If something is wrong"]
    assert "H999200001001" not in text(page)


def test_of_two_homes_a_parent_reads_none(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    build.address(session, child, "ZA7 2AB", "3 Weir Close")
    parents = released(session, world.max, child, lookers.may, address=[])
    own = released(session, world.max, child, lookers.may, **CHILD)
    browser.become(session, world.max)

    pages = [text(browser.get(f"/requests/{one.uid}")) for one in (parents, own)]

    assert [[street in page for street in ("Tanner", "3 Weir Close")] for page in pages] == [[False] * 2, [True] * 2]


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
        "more, and a new one takes two people again. For another copy, begin again."
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


def test_whoever_prepared_it_cannot_release_it(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    one = build_families.request(session, world.max, child, Asking.COPY)
    browser.become(session, world.max)
    page = browser.get(f"/requests/{one.uid}")

    offered = [str(box["value"]) for box in page.html.select("input[name=answer]")]
    after = browser.post(f"/requests/{one.uid}", {"answer": "release", "csrf_token": browser.token()})

    session.expire_all()
    assert offered == ["withdrawn"]
    assert after.status_line == "Nothing has changed: another of the team has to answer it."
    assert (one.answer, one.answered_at) == (None, None)


def test_a_colleague_reads_it_and_releases_it_and_it_is_answered_once(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    one = build_families.request(session, world.max, child, Asking.COPY)
    browser.become(session, lookers.may)
    page = browser.get(f"/requests/{one.uid}")

    done = browser.submit(page, "Keep my answer", answer="release")
    twice = browser.submit(page, "Keep my answer", answer="harm")

    session.expire_all()
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.ANSWER_FAMILY_REQUEST)).one()
    assert (done.status_line, twice.status_line) == ("Your answer is kept.",
                                                     "Nothing has changed: it was answered already.")  # fmt: skip
    assert (one.answer["answer"], one.answered_by_id) == ("release", lookers.may.account.id)
    assert (entry.subject_id, entry.object_id, entry.reason) == (child.subject_id, one.uid, "released")
    assert "Dear Farah Siddiqui" in text(done)


@pytest.mark.parametrize("answer", ["not_checked", "harm"])
def test_a_copy_that_is_kept_back_shows_nothing_more(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child, answer: str
) -> None:
    one = build_families.request(session, world.max, child, Asking.COPY)
    browser.become(session, lookers.may)

    page = browser.submit(browser.get(f"/requests/{one.uid}"), "Keep my answer", answer=answer)

    session.expire_all()
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.ANSWER_FAMILY_REQUEST)).one()
    assert page.html.select(".cp-letter") == []
    assert entry.reason == "not_released"
    assert answer.encode() not in (one.answer_sealed or b"") + entry.canonical


def test_an_answer_that_is_none_is_asked_for_again(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    one = build_families.request(session, world.max, child, Asking.COPY)
    browser.become(session, lookers.may)

    page = browser.submit(browser.get(f"/requests/{one.uid}"), "Keep my answer")

    assert (page.status, page.errors) == (422, ["Choose what you say of this copy"])


def test_what_is_read_for_a_copy_is_no_more_than_what_it_has(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    one = released(session, world.max, child, lookers.may, safe="not_known")
    browser.become(session, world.max)

    browser.get(f"/requests/{one.uid}")

    seen = select(AuditEvent).where(AuditEvent.act == Act.SEE_FAMILY_REQUEST)
    entry = session.scalars(seen.order_by(AuditEvent.id.desc())).all()[0]
    assert (entry.parts, entry.results) == ("identity", 1)
