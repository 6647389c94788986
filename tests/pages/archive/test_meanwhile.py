"""Between asking and reading somebody leaves, a day ends, the record is destroyed or back, a backup is restored."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import ArchiveReading, RoleGrant
from cp.models.child import Child
from cp.services.restoring import ended
from cp.services.retention import destroying
from cp.terms import RecordState
from tests.build import Person, World
from tests.pages.archive.conftest import Archive, Sit
from tests.pages.archive.steps import answer, ask, status, uid
from tests.web import Browser

LATER = date(2024, 11, 4)
ASKED = "Asked. You both can read it once your colleague agrees, within 7 days."


def leave(session: Session, person: Person) -> None:
    grants = select(RoleGrant).where(RoleGrant.account_id == person.account.id)
    session.scalars(grants).one().ends_on = clocks.today()
    session.commit()


def test_one_who_asked_and_left_is_agreed_with_by_nobody(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person
) -> None:
    ask(sit(world.max), archive(LATER), may)
    leave(session, world.max)

    page = answer(sit(may))

    assert (page.status, page.errors) == (
        422, ["Whoever asked is no longer in the management team. Choose Decline"],
    )  # fmt: skip
    assert "Max Adeyemi is no longer in the management team." in page.texts("main p")


def test_one_who_is_asked_and_left_is_waited_for_no_longer(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person
) -> None:
    browser = sit(world.max)
    ask(browser, archive(LATER), may)
    leave(session, may)

    row = browser.get("/archive").texts("tbody tr")[0]

    assert "May Lindqvist is no longer in the management team" in row
    assert "See or take it back" in row


@pytest.mark.parametrize("leaves", ["asker", "second"])
def test_once_one_of_the_two_has_left_the_other_reads_it_no_longer(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person, leaves: str
) -> None:
    browser, hers = sit(world.max), sit(may)
    ask(browser, archive(LATER), may)
    answer(hers)
    left, other = (world.max, hers) if leaves == "asker" else (may, browser)
    assert status(other, session) == 200

    leave(session, left)

    assert status(other, session) == 404
    assert f"{left.account.name} is no longer in the management team" in other.get("/archive").texts("tbody tr")[0]


MIDNIGHT = {"before": "2026-11-30 23:59", "after": "2026-12-01 00:00"}


@pytest.mark.parametrize(("when", "listed"), [("before", 1), ("after", 0)])
def test_a_request_that_nobody_answers_ends_by_itself_after_a_week(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person, clock: time_machine.Traveller,
    when: str, listed: int,
) -> None:  # fmt: skip
    child = archive(LATER)
    clock.move_to(datetime(2026, 11, 24, 8, tzinfo=UTC))
    ask(sit(world.max), child, may)

    clock.move_to(datetime.fromisoformat(MIDNIGHT[when]).replace(tzinfo=UTC))

    hers = sit(may)
    assert len(hers.get("/archive").texts("tbody tr")) == listed
    assert hers.get(f"/archive/{uid(session)}/answer").status == (200 if listed else 404)


@pytest.mark.parametrize(("when", "expected"), [("2026-11-23 23:59", 200), ("2026-11-24 00:00", 404)])
def test_what_was_agreed_to_ends_at_midnight(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person, clock: time_machine.Traveller,
    when: str, expected: int,
) -> None:  # fmt: skip
    ask(sit(world.max), archive(LATER), may)
    answer(sit(may))

    clock.move_to(datetime.fromisoformat(when).replace(tzinfo=UTC))

    assert status(sit(world.max), session) == status(sit(may), session) == expected


def agreed(session: Session, world: World, archive: Archive, sit: Sit, may: Person) -> tuple[Child, Browser]:
    child, browser = archive(LATER), sit(world.max)
    ask(browser, child, may)
    answer(sit(may))
    return session.merge(child), browser


def test_a_record_destroyed_meanwhile_is_read_and_listed_no_longer(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person
) -> None:
    child, browser = agreed(session, world, archive, sit, may)
    was = uid(session)

    destroying.destroy(session, [child.uid], clocks.now())
    session.commit()

    assert browser.get(f"/archive/{was}").status == browser.get(f"/archive/{was}/answer").status == 404
    assert browser.get("/archive").texts("tbody tr") == []


def test_a_record_brought_back_meanwhile_is_no_longer_read_in_the_archive(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person
) -> None:
    child, browser = agreed(session, world, archive, sit, may)

    child.state, child.archived_on = RecordState.LIVE, None
    session.commit()

    assert status(browser, session) == 404
    assert browser.get("/archive").texts("tbody tr") == []


def test_a_restore_takes_back_nothing_that_two_agreed_to(
    session: Session, world: World, archive: Archive, sit: Sit, may: Person
) -> None:
    agreed(session, world, archive, sit, may)
    was = uid(session)

    done = ended.end(session, clocks.now())
    session.commit()

    assert done.waiting == 1
    assert session.scalars(select(ArchiveReading)).all() == []
    assert [one.get(f"/archive/{was}").status for one in (sit(world.max), sit(may))] == [404, 404]
