"""A person's own log."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent
from cp.models.child import Child
from cp.rules.number import shown
from cp.terms import Act, RecordState
from tests import build, build_log
from tests.build import Person, World
from tests.pages.log.asking import rows
from tests.web import Browser


@pytest.fixture
def sam(browser: Browser, session: Session, world: World) -> Person:
    browser.become(session, world.sam)
    return world.sam


def test_a_person_reads_what_they_did_by_day(
    browser: Browser, session: Session, world: World, sam: Person, amira: Child
) -> None:
    build_log.opened(session, sam, amira, at=clocks.now() - timedelta(days=1))
    build_log.opened(session, sam, amira, parts="identity")
    build_log.refused(session, sam, Act.SEE_ALERTS, None, "role")
    build_log.opened(session, world.nia, amira)
    session.commit()

    page = browser.get(browser.get("/account").link("What you did"))

    assert page.h1 == "What you did"
    assert page.texts("h2") == ["23 November 2026", "22 November 2026"]
    assert [" ".join(row.split()) for row in rows(page)] == [
        "10:42 Looked at alerts Refused: your role does not do this",
        f"10:42 Opened a shielded record: the four facts that it shows Child {shown(amira.number)} I am working with"
        " this child",
        f"10:42 Opened a record Child {shown(amira.number)} I am working with this child",
    ]
    assert "Amira" not in page.response.text


def test_what_has_become_of_a_record_since_changes_nothing(
    browser: Browser, session: Session, sam: Person, amira: Child
) -> None:
    build_log.opened(session, sam, amira)
    session.commit()
    before = rows(browser.get("/account/log"))

    for changed in ({"shielded_at": clocks.now()}, {"state": RecordState.MERGED}, {"state": RecordState.SEALED}):
        for name, value in changed.items():
            setattr(session.get_one(Child, amira.id), name, value)
        session.commit()
        assert rows(browser.get("/account/log")) == before


def test_whoever_opens_the_form_to_end_an_involvement_does_not_read_that_they_began_to_record_one(
    browser: Browser, session: Session, sam: Person, amira: Child
) -> None:
    assert sam.practitioner
    mine = build.involvement(session, amira, sam.practitioner)
    session.commit()
    browser.get(f"/involvements/{mine.uid}/end")

    assert ["Began to record or end an involvement" in row for row in rows(browser.get("/account/log"))] == [True]


def test_each_look_is_written_down_and_left_out(browser: Browser, session: Session, sam: Person) -> None:
    build_log.entry(session, sam, Act.SIGN_OUT)
    session.commit()

    assert [len(rows(browser.get("/account/log"))) for _ in range(3)] == [1, 1, 1]
    session.rollback()
    looks = session.scalars(select(AuditEvent.results).where(AuditEvent.act == Act.SEE_OWN_LOG)).all()
    assert looks == [1, 1, 1]


def test_it_goes_on_page_by_page(browser: Browser, session: Session, sam: Person) -> None:
    assert rows(browser.get("/account/log")) == []
    for _ in range(60):
        build_log.entry(session, sam, Act.SIGN_OUT)
    session.commit()

    page = browser.get("/account/log")

    older = browser.get(page.link("Older"))
    assert [len(rows(page)), len(rows(older))] == [50, 10]
    assert (page.texts("nav[aria-label=Pages] a"), older.link("Newest")) == (["Older"], "/account/log")


def test_no_address_counts_what_others_did_or_tells_when(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    """The number of an entry grows with everybody's: whether a school's one row had come to anything would show."""

    def asked() -> tuple[str, list[str]]:
        older = browser.get("/account/log").link("Older")
        entries = session.scalars(select(AuditEvent.id)).all()
        pages = {str(rows(browser.get(f"/account/log?before={number}"))) for number in (*entries, max(entries) + 9)}
        session.rollback()
        return older, sorted(pages)

    for _ in range(60):
        build_log.entry(session, sam, Act.SIGN_OUT)
    session.commit()
    before = asked()
    for minutes in (1, -1):
        build_log.entry(session, world.nia, Act.SIGN_OUT, at=clocks.now() + timedelta(minutes=minutes))
    session.commit()

    assert asked() == before
    assert len(before[1]) == 1


def test_whoever_may_not_work_still_reads_it(browser: Browser, session: Session, world: World) -> None:
    build_log.entry(session, world.lou, Act.SIGN_OUT)
    browser.become(session, world.lou)

    assert len(rows(browser.get("/account/log"))) == 1


def test_signing_in_stands_there(browser: Browser, session: Session, world: World) -> None:
    browser.sign_in(session, world.sam)

    said = [" ".join(row.split()) for row in rows(browser.get("/account/log"))]

    assert said[-1] == "10:42 Signed in with a security code"
