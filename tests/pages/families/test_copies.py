"""A copy of what the record says: prepared by one, released by another, and only what its reader may have."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent
from cp.models.child import Child
from cp.terms import Act, Asking
from tests import build, build_families, build_sensitive
from tests.build import World
from tests.build_families import Lookers
from tests.build_log import said
from tests.pages.families.copied import CHILD, PLACES, released, text
from tests.web import Browser


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


def test_whoever_prepared_it_cannot_release_it(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    one = build_families.request(session, world.max, child, Asking.COPY)
    browser.become(session, world.max)
    page = browser.get(f"/requests/{one.uid}")

    assert page.h1 == "This copy waits for a colleague"
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

    assert page.h1 == "Is this copy to be released?"
    assert page.texts("main h1, main legend, .cp-letter h2")[:3] == [
        "Is this copy to be released?", "What do you say of this copy?", "What Amira’s record says",
    ]  # fmt: skip
    done = browser.submit(page, "Keep my answer", answer="release")
    twice = browser.submit(page, "Keep my answer", answer="harm")

    session.expire_all()
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.ANSWER_FAMILY_REQUEST)).one()
    assert (done.status_line, twice.status_line) == ("Your answer is kept.",
                                                     "Nothing has changed: it was answered already.")  # fmt: skip
    assert (one.answer["answer"], one.answered_by_id) == ("release", lookers.may.account.id)
    assert (entry.subject_id, entry.object_id, entry.reason) == (child.subject_id, one.uid, "released")
    assert "Dear Farah Siddiqui" in text(done)


@pytest.mark.parametrize(
    ("answer", "why", "then"),
    [
        (
            "not_checked",
            "kept it back on 23 November 2026: it is not sure enough who asks",
            "Make sure who they are, then begin again from the record.",
        ),
        (
            "harm",
            "kept it back on 23 November 2026: it could harm somebody",
            "Say so to them, and that they can ask the Information Commissioner.",
        ),
        (
            "withdrawn",
            "took it back on 23 November 2026: nobody wants it any longer",
            "For another copy, begin again from the record.",
        ),
    ],
)
def test_a_copy_that_is_kept_back_shows_nothing_more_and_says_what_comes_next(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child, answer: str, why: str, then: str
) -> None:  # fmt: skip
    one = build_families.request(session, world.max, child, Asking.COPY)
    browser.become(session, lookers.may)

    page = browser.submit(browser.get(f"/requests/{one.uid}"), "Keep my answer", answer=answer)

    session.expire_all()
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.ANSWER_FAMILY_REQUEST)).one()
    assert page.html.select(".cp-letter") == []
    assert page.texts("main p:not(#said)") == [f"There is no copy for Farah Siddiqui. May Fielding {why}.", then]
    assert answer == "harm" or page.link("begin again from the record") == f"/children/{child.uid}/request"
    assert entry.reason == "not_released"
    assert answer.encode() not in (one.answer_sealed or b"") + said(entry)


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
