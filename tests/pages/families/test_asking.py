"""The form that says who asks and how that was made sure of, and what becomes of it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, FamilyRequest
from cp.models.child import Child
from cp.services import jobs
from cp.services.retention.believing import Believed
from cp.terms import Act, Asking
from tests import build_families
from tests.build import World
from tests.build_families import Lookers
from tests.build_log import said
from tests.web import Browser, Page

ANSWERS: dict[str, Any] = {
    "about": "looks", "name": "Farah Siddiqui", "address": "18 Tanner’s Row, Hollin Bank , Northvale ZA4 7QD",
    "requester": "parent_with_responsibility", "identity": "passport", "responsibility": "birth_certificate",
    "safe": "safe",
}  # fmt: skip
FORM = "A child or parent asks about this record"


@pytest.fixture
def asking(browser: Browser, session: Session, world: World) -> Page:
    child = build_families.child_of_14(session, world)
    browser.become(session, world.max)
    record = browser.get(f"/children/{child.uid}?from=mine")
    record = browser.submit(record, "Open the record", reason="correcting_records")
    return browser.get(record.link(FORM))


def test_the_last_twelve_months_are_filled_in(asking: Page) -> None:
    fields = asking.form("Continue").fields

    days = [fields[f"{name}-{part}"] for name in ("since", "until") for part in ("day", "month", "year")]
    assert days == ["23", "11", "2025", "23", "11", "2026"]
    assert asking.h1 == FORM


def test_a_letter_is_made_at_once_and_once(browser: Browser, session: Session, world: World, asking: Page) -> None:
    page = browser.submit(asking, "Continue", **ANSWERS)

    again = browser.post(asking.form("Continue").action, asking.form("Continue").fields | ANSWERS)

    (row,) = session.scalars(select(FamilyRequest)).all()
    assert page.h1 == "Who looked at Amira’s record"
    assert again.url == page.url == f"/requests/{row.uid}"
    assert row.asked["address"] == ["18 Tanner’s Row", "Hollin Bank", "Northvale ZA4 7QD"]
    assert (row.from_on, row.until_on) == (date(2025, 11, 23), date(2026, 11, 23))


def test_each_child_on_the_list_is_in_the_audit(browser: Browser, session: Session, world: World, asking: Page) -> None:
    browser.get("/requests")
    browser.submit(asking, "Continue", **ANSWERS)
    browser.get("/requests")

    columns = AuditEvent.subject_id, AuditEvent.object_id, AuditEvent.parts, AuditEvent.results
    seen = select(*columns).where(AuditEvent.act == Act.SEE_FAMILY_REQUESTS).order_by(AuditEvent.id)
    (row,) = session.scalars(select(FamilyRequest)).all()
    child = session.get_one(Child, row.child_id)
    assert [tuple(one) for one in session.execute(seen)] == [
        (None, None, None, 0), (child.subject_id, row.uid, "identity", None),
    ]  # fmt: skip


def test_who_asked_stands_in_no_audit_and_what_was_handed_over_is_kept_sealed(
    browser: Browser, session: Session, world: World, asking: Page
) -> None:
    child = session.scalars(select(Child)).one()
    looks = Lookers.make(session, world).entries(session, child, "working with")
    build_families.write(session, looks)
    session.commit()

    browser.submit(asking, "Continue", **ANSWERS)

    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.MAKE_FAMILY_REQUEST)).one()
    row = session.scalars(select(FamilyRequest)).one()
    look = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.OPEN_RECORD,
                                                    AuditEvent.account_id == world.sam.account.uid)).one()  # fmt: skip
    assert (entry.object_id, entry.reason, entry.results) == (row.uid, Asking.LOOKS, 1)
    assert row.answer == {"entries": [look.id]}
    assert b"Farah" not in row.asked_sealed + said(entry)
    assert b"parent" not in row.asked_sealed + said(entry)


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"name": " "}, ["Enter the name of the person who asks"]),
        ({"name": "123"}, ["Enter the name of the person who asks"]),
        ({"about": "all"}, ["Choose what they ask for"]),
        ({"requester": ""}, ["Choose how they stand to the child"]),
        ({"identity": ""}, ["Choose how you checked who they are"]),
        ({"responsibility": "", "safe": ""}, ["Choose how you checked parental responsibility",
                                              "Choose whether they may know where the child is"]),
        ({"address": "a" * 201}, ["Address for the envelope must be 200 characters or fewer"]),
        ({"until_on_day": "24"}, ["Last day of the list must be today or earlier"]),
        ({"since_on_day": "24", "since_on_year": "2026"}, ["First day of the list must not be after the last"]),
        ({"since_on_day": "31"}, ["First day of the list must be a real date: November has 30 days"]),
        ({"sensitive": "yes"}, ["Only the young person can ask for that. Take the tick away"]),
    ],
)  # fmt: skip
def test_each_mistake_is_said_and_what_was_typed_stays(
    browser: Browser, session: Session, asking: Page, wrong: dict[str, str], errors: list[str]
) -> None:
    page = browser.submit(asking, "Continue", **(ANSWERS | wrong))

    assert (page.status, page.errors) == (422, errors)
    assert page.form("Continue").fields.get("name", "") == (ANSWERS | wrong)["name"]
    assert session.scalars(select(FamilyRequest)).all() == []


def test_a_request_goes_after_half_a_year(
    browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    build_families.requests(session, world)
    session.commit()

    clock.shift(timedelta(days=182))
    jobs.tidy(session, Believed(clocks.now()))
    kept = len(session.scalars(select(FamilyRequest)).all())
    clock.shift(timedelta(days=2))
    jobs.tidy(session, Believed(clocks.now()))

    assert (kept, session.scalars(select(FamilyRequest)).all()) == (5, [])


def test_the_list_says_what_waits_first(browser: Browser, session: Session, world: World) -> None:
    child = build_families.child_of_14(session, world)
    copy = build_families.request(session, world.max, child, Asking.COPY,
                                  asked_at=clocks.now() - timedelta(days=1))  # fmt: skip
    looks = build_families.request(session, world.max, child)
    browser.become(session, world.max)

    page = browser.get("/requests")

    assert page.texts("tbody th") == [f"WL-{copy.reference}", f"WL-{looks.reference}"]
    assert page.texts("tbody td:nth-child(4)") == ["Copy: waits for a colleagueBy Max Adeyemi",
                                                   "Letter: who lookedBy Max Adeyemi"]  # fmt: skip


def test_a_name_is_told_on_request_of_those_whom_the_letter_tells_of(
    browser: Browser, session: Session, world: World
) -> None:
    lookers, child = Lookers.make(session, world), build_families.child_of_14(session, world)
    uid = build_families.request(session, world.max, child).uid
    for kind in ("working with", "printing", "assistant", "police", "management team", "sensitive service"):
        build_families.write(session, lookers.entries(session, child, kind))
    browser.become(session, world.max)

    page = browser.get(browser.get(f"/requests/{uid}").link("who it was"))

    entry = session.scalars(select(AuditEvent).where(AuditEvent.reason == "names")).one()
    assert page.texts("tbody td") == ["Ash Bello", "Vale Community Health", "Sam Okafor", "Hollin Bank Primary School"]
    assert (entry.act, entry.object_id, entry.results) == (Act.SEE_FAMILY_REQUEST, uid, 2)
    assert "Sam Okafor" not in browser.get(f"/requests/{uid}").response.text


@pytest.mark.parametrize("unsure", [{"identity": "not_checked"}, {"requester": "other"}])
def test_a_copy_that_nobody_may_have_waits_for_nobody(
    browser: Browser, session: Session, world: World, asking: Page, unsure: dict[str, str]
) -> None:
    page = browser.submit(asking, "Continue", **ANSWERS | {"about": Asking.COPY.value} | unsure)

    assert page.texts("main p")[0] == "There is no copy for Farah Siddiqui."
    assert page.status_line == ""
    listed = browser.get("/requests")
    assert listed.texts("tbody td")[2] == "Copy: there is noneBy Max Adeyemi"
