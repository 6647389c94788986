"""The national page of phases, and setting when one authority or national partner begins."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Alert, AuditEvent, Organisation
from cp.terms import Act, AlertKind, Region
from tests import build_phases
from tests.build import World
from tests.conftest import NOW
from tests.pages.supply.steps import rows
from tests.web import Browser, Page

TODAY = NOW.date()
NEXT_WEEK = TODAY + timedelta(days=7)


def day(name: str, on: date | None) -> dict[str, Any]:
    parts = ("day", "month", "year")
    return {f"{name}-{part}": str(getattr(on, part)) if on else "" for part in parts}


def setting(browser: Browser, session: Session, world: World, name: str = "Eastvale Council") -> Page:
    browser.become(session, world.ade)
    return browser.get(browser.get("/implementation/phases").link(name))


def test_a_manager_sees_who_is_how_far_and_what_is_in_the_way(browser: Browser, session: Session, world: World) -> None:
    build_phases.placed(world.authority, Region.NORTH_WEST, 1)
    build_phases.authority(session)
    later = build_phases.authority(session, "Ashmoor Council", "997", data_from=NEXT_WEEK, shields_from=NEXT_WEEK)
    build_phases.placed(later, Region.LONDON, 2)
    build_phases.charity(session, world, national_phase=1, access_from=NEXT_WEEK)
    session.commit()
    browser.become(session, world.ivy)

    page = browser.get("/implementation/phases")

    assert page.h1 == "Phases"
    assert page.texts("main p")[0].startswith("1 of 3 authorities is open to practitioners.")
    assert page.texts("caption") == ["Phase 1", "Phase 2", "In no phase yet", "National partners"]
    assert rows(page) == [
        ["Northvale Council", "North West", "6 January 2025", "3 February 2025", "3 March 2025",
         "Open to practitioners"],
        ["Ashmoor Council", "London", "30 November 2026", "30 November 2026", "–",
         "Nothing has begunNo day is set for practitioners; nobody of its management team has an account in order"],
        ["Eastvale Council", "–", "–", "–", "–",
         "Nothing has begunNo day is set for data; no day is set for shields; no day is set for practitioners; nobody "
         "of its management team has an account in order"],
        ["Wayside Trust", "Northvale Council, phase 1", "6 January 2025", "3 February 2025", "30 November 2026",
         "Children are shieldedOpens on its day"],
    ]  # fmt: skip
    assert page.texts("main a") == []


def test_the_administrator_sets_region_phase_and_days_and_the_reviewers_are_told(
    browser: Browser, session: Session, world: World
) -> None:
    there = build_phases.authority(session)
    page = setting(browser, session, world)
    assert page.h1 == "When does Eastvale Council begin?"

    page = browser.submit(page, "Save", region="london", phase="2", **day("data_from", TODAY),
                          **day("shields_from", TODAY), **day("access_from", NEXT_WEEK))  # fmt: skip

    assert page.url == "/implementation/phases"
    assert page.status_line == "It is saved. The reviewers of the authority are told."
    session.expire_all()
    assert (there.region, there.phase) == (Region.LONDON, 2)
    assert (there.data_from, there.shields_from, there.access_from) == (TODAY, TODAY, NEXT_WEEK)
    (alert,) = session.scalars(select(Alert).where(Alert.kind == AlertKind.PHASE_SET))
    assert (alert.authority_id, alert.account_id) == (there.id, world.ade.account.id)
    (entry,) = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SET_PHASE))
    assert (entry.object_id, entry.reason) == (there.uid, "20261123+20261123+20261130")


WRONG = [
    pytest.param({"data_from": TODAY - timedelta(days=1)}, "Data begins: choose today or a later day", id="past"),
    pytest.param(
        {"shields_from": TODAY}, "Shields begin: choose the day on which data begins, or a later one", id="data first"
    ),
    pytest.param(
        {"data_from": TODAY, "shields_from": TODAY, "access_from": TODAY},
        "Practitioners begin: choose a day after the one on which shields begin, so that children are shielded first",
        id="shields first",
    ),
]


@pytest.mark.parametrize(("days", "sentence"), WRONG)
def test_days_out_of_order_are_told_by_the_day_and_nothing_is_saved(
    browser: Browser, session: Session, world: World, days: dict[str, date], sentence: str
) -> None:
    there = build_phases.authority(session)
    page = setting(browser, session, world)
    typed: dict[str, Any] = {name: value for field, on in days.items() for name, value in day(field, on).items()}

    page = browser.submit(page, "Save", phase="3", **typed)

    assert page.status == 422
    assert page.errors == [sentence]
    assert page.form("Save").fields["phase"] == "3"
    session.expire_all()
    assert (there.phase, there.data_from) == (None, None)


def test_what_is_no_phase_or_no_day_is_told(browser: Browser, session: Session, world: World) -> None:
    build_phases.authority(session)
    page = setting(browser, session, world)

    wrong: dict[str, Any] = {"data_from-day": "31", "data_from-month": "2"}
    page = browser.submit(page, "Save", phase="first", **wrong)
    half: dict[str, Any] = {"data_from-day": "31", "data_from-month": "2"}
    page = browser.submit(page, "Save", phase="first", **half)

    assert page.errors == [
        "Enter the phase as a number from 1 to 99, or leave it empty",
        "The day on which data begins must include a year",
    ]


def test_a_day_that_has_come_is_not_asked_for(browser: Browser, session: Session, world: World) -> None:
    page = setting(browser, session, world, "Northvale Council")

    assert "Practitioners began on 3 March 2025. A day that has come stays." in page.texts("main p")
    assert page.texts("legend") == []
    page = browser.submit(page, "Save", phase="1", **day("access_from", NEXT_WEEK))
    session.expire_all()
    assert (world.authority.phase, world.authority.access_from) == (1, date(2025, 3, 3))


def test_two_who_set_it_at_once_are_told(browser: Browser, session: Session, world: World) -> None:
    there = build_phases.authority(session)
    page = setting(browser, session, world)
    there.phase = 4
    session.commit()

    page = browser.submit(page, "Save", phase="5")
    assert page.errors == [
        "Somebody else changed this meanwhile, to phase 4 and no day for data, no day for shields, no day for "
        "practitioners. Save again if yours holds"
    ]
    browser.submit(page, "Save", phase="5")

    session.expire_all()
    assert there.phase == 5


def test_what_is_the_same_changes_nothing(browser: Browser, session: Session, world: World) -> None:
    build_phases.authority(session)

    page = browser.submit(setting(browser, session, world), "Save")

    assert page.status_line == "Nothing has changed."
    assert session.scalars(select(Alert)).all() == []


def test_a_charity_becomes_a_national_partner_with_a_day_of_its_own(
    browser: Browser, session: Session, world: World
) -> None:
    made = build_phases.charity(session, world)
    page = setting(browser, session, world, "Wayside Trust")

    browser.submit(page, "Save", phase="1", **day("access_from", TODAY))

    session.expire_all()
    held = session.get_one(Organisation, made.id)
    assert (held.national_phase, held.access_from, held.opened_on) == (1, TODAY, TODAY)


def test_somebody_who_has_to_wait_reads_for_which_day(browser: Browser, session: Session, world: World) -> None:
    build_phases.closed_again(session, world, data_from=TODAY, shields_from=TODAY, access_from=date(2027, 3, 1))
    session.commit()
    browser.become(session, world.sam)

    page = browser.get("/")

    assert page.status == 403
    assert page.h1 == "ContactPoint is not open for practitioners here yet"
    assert page.texts("main p")[0] == (
        "ContactPoint opens for practitioners in Northvale Council on 1 March 2027. Nothing has been changed."
    )
    account = browser.get("/account")
    assert "Nothing: ContactPoint opens for practitioners in Northvale Council on 1 March 2027." in account.texts("li")


def test_the_team_waits_for_the_day_of_shields(browser: Browser, session: Session, world: World) -> None:
    build_phases.closed_again(session, world, data_from=TODAY)
    session.commit()
    browser.become(session, world.max)

    page = browser.get("/shields")

    assert page.h1 == "ContactPoint has not begun here yet"
    assert (
        "No day is set yet on which ContactPoint opens for its management team in Northvale Council."
        in (page.texts("main p")[0])
    )
