"""A test file is judged by its figures: accepted where it is good enough, or another asked for; no child is shown."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, FileVerdict, Onboarding
from cp.services.implementation import trials
from cp.terms import Act, AskedAgain, Means, Need, Role, WhoActs
from tests import build
from tests.build import World
from tests.build_live import SINCE, live, without
from tests.build_supply import AMIRA, send
from tests.build_trials import tried
from tests.pages.supply.steps import confirmed, rows
from tests.web import Browser, actor_of

pytestmark = pytest.mark.usefixtures("ivy")
QUESTION = "Is this test file good enough?"


def address(world: World) -> str:
    return f"/implementation/schools/{world.school.uid}/test-file"


def accepted_on(session: Session) -> Any:
    session.rollback()
    return session.scalars(select(Onboarding.test_accepted_on)).one()


def test_the_manager_sees_how_good_it_is_and_nobody_of_it(browser: Browser, session: Session, world: World) -> None:
    tried(session, world.school)

    page = browser.get(address(world))

    assert page.h1 == "9 of 10 rows are ready to be sent"
    assert page.texts("dd") == [
        "23 November 2026", "Spreadsheet", "1: wrong, so that a row cannot be sent", "Not yet",
    ]  # fmt: skip
    assert [line[:2] for line in rows(page)] == [
        ["Complete", "100% have a date of birth100% have a postcode in the address0% have a carer"
                     "0% have a pupil or NHS number"],
        ["Correct", "90% had no fault"],
    ]  # fmt: skip
    assert not [word for word in ("Jack", "Ashworth", "Cedar", "ZA2", "roll.csv", "/2017") if word in str(page.html)]


def test_a_good_file_is_accepted(browser: Browser, session: Session, world: World) -> None:
    file = tried(session, world.school)

    page = browser.submit(browser.get(address(world)), "Save", said="accepted")

    assert page.status_line == "The test file is accepted. The school sees it under Files sent."
    assert page.texts("dd")[-1] == "Accepted"
    assert accepted_on(session) == clock.today()
    said = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.JUDGE_TEST_FILE)).one()
    assert (said.object_id, said.reason) == (file.uid, "accepted")


def test_a_file_is_the_managers_move_from_when_it_comes_until_something_is_said_of_it(
    browser: Browser, session: Session, world: World
) -> None:
    told = {"contacted_on": SINCE, "duty_explained_on": SINCE}
    without(session, world.school, **told, test_accepted_on=None, agreement_signed_on=None)
    sue = build.person(session, world.school, "Sue Lambert", "sue.supplier", Role.SUPPLIER)
    session.commit()

    def moves() -> tuple[str, str]:
        session.rollback()
        row = session.scalars(select(Onboarding).where(Onboarding.organisation_id == world.school.id)).one()
        return row.need, row.who

    def sends_and_is_told(**said: Any) -> list[tuple[str, str]]:
        browser.become(session, sue)
        confirmed(browser)
        came = moves()
        browser.become(session, world.ivy)
        browser.submit(browser.get(address(world)), "Save", **said)
        return [came, moves()]

    assert moves() == (Need.SEND_TEST_FILE, WhoActs.SCHOOL)
    assert [sends_and_is_told(said="another", facts="yes"), sends_and_is_told(said="accepted")] == [
        [(Need.JUDGE_TEST_FILE, WhoActs.YOU), (Need.SEND_TEST_FILE, WhoActs.SCHOOL)],
        [(Need.JUDGE_TEST_FILE, WhoActs.YOU), (Need.SIGN, WhoActs.SCHOOL)],
    ]


def test_another_is_asked_for_with_reasons(browser: Browser, session: Session, world: World) -> None:
    tried(session, world.school)

    page = browser.submit(browser.get(address(world)), "Save", said="another", facts="yes", births="yes")

    assert page.status_line == "Another file is asked for. The school sees why under Files sent."
    assert page.texts("dd")[-1] == (
        "Another was asked for, because:Too many rows have no postcode, carer or numberDates of birth look wrong"
    )
    assert accepted_on(session) is None
    assert session.scalars(select(FileVerdict)).one().reasons == (AskedAgain.FACTS, AskedAgain.BIRTHS)
    page = browser.submit(page, "Save", said="accepted")
    assert accepted_on(session) == clock.today()


@pytest.mark.parametrize(
    ("ready", "facts", "sentence"),
    [
        (8, {}, "It cannot be accepted: at least 90 of 100 rows must be ready to be sent."),
        (10, {"means": Means.SYSTEM},
         "It cannot be accepted: it came another way than is agreed, which is “Its own system sends by itself”."),
        (10, {"means_agreed_on": None}, "It cannot be accepted before a way of sending is agreed."),
    ],
)  # fmt: skip
def test_a_file_that_may_not_be_accepted_only_leads_to_another(
    browser: Browser, session: Session, world: World, ready: int, facts: dict[str, Any], sentence: str
) -> None:
    file = tried(session, world.school, ready, **facts)
    page = browser.get(address(world))
    assert sentence in page.texts("main p")
    assert QUESTION not in str(page.html)

    forced = browser.post(address(world), {"csrf_token": browser.token(), "said": "accepted", "file": str(file.uid)})

    assert (forced.status, accepted_on(session)) == (422, None)
    asked = browser.submit(page, "Ask for another file", held="yes")
    assert asked.texts("dd")[-1] == "Another was asked for, because:Too many rows cannot be sent as they are"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (None, "Choose whether the test file is good enough"),
        ("another", "Choose at least one reason why another file is needed"),
    ],
)
def test_what_an_answer_lacks_is_said_by_its_field(
    browser: Browser, session: Session, world: World, said: str | None, sentence: str
) -> None:
    tried(session, world.school)

    page = browser.submit(browser.get(address(world)), "Save", said=said)

    assert (page.status, page.errors) == (422, [sentence])


def test_a_newer_file_is_looked_at_before_anything_is_said_of_it(
    browser: Browser, session: Session, world: World
) -> None:
    tried(session, world.school)
    page = browser.get(address(world))
    tried(session, world.school, 10)

    page = browser.submit(page, "Save", said="accepted")

    assert page.errors == [
        "A newer test file has come, or somebody else has decided, since you opened the page. These figures hold now"
    ]
    assert (page.h1, accepted_on(session)) == ("10 of 10 rows are ready to be sent", None)


def test_without_a_file_the_page_says_what_is_next(browser: Browser, session: Session, world: World) -> None:
    before = browser.get(address(world))
    live(session, world.school)
    session.commit()
    accepted_before = browser.get(address(world))

    assert (before.h1, before.texts("main p")) == (
        "No test file has come yet",
        ["Agree a way of sending with it first. Nothing of a test file is kept in any record."],
    )
    assert accepted_before.h1 == "The test file was accepted"


def test_the_same_is_said_of_a_test_file_whoever_is_known(browser: Browser, session: Session, world: World) -> None:
    tried(session, world.school)
    unknown = browser.get(address(world)).texts("main")
    send(session, build.organisation(session, world.authority, name="Ashgrove Prep"), AMIRA | {"Forename": "Jackb"})
    tried(session, world.school)

    known = browser.get(address(world)).texts("main")

    assert known == unknown


def test_the_supplier_sees_that_it_was_a_test_and_what_happens_next(
    browser: Browser, session: Session, world: World
) -> None:
    file = tried(session, world.school, 8)
    sue = build.person(session, world.school, "Sue Lambert", "sue.supplier", Role.SUPPLIER)
    session.commit()
    browser.become(session, sue)

    page = browser.get(f"/supply/files/{file.uid}")

    assert page.h1 == "8 rows are ready, 2 need a look"
    assert page.texts("main p")[:2] == [
        "This was a test, and nothing of it is kept in any record. Its rows are forgotten 14 days after it came.",
        "Northvale Council’s implementation manager looks at these figures, never at the rows, and accepts the file or "
        "asks for another.",
    ]
    assert page.texts("main li") == [
        "No test file of yours is accepted yet. You send one, and Northvale Council’s implementation manager looks at "
        "how good it is.",
        "The agreement is not signed. Whoever signs for you signs it with Northvale Council.",
    ]
    assert not [button for button in page.texts("button") if button.startswith("Send")]
    forced = browser.post(f"/supply/files/{file.uid}/send", {"csrf_token": browser.token()})
    assert forced.status_line == "Nothing was sent. What is missing, and who acts, stands on this page."
    trials.judge(session, actor_of(session, world.ivy), world.school.uid, file.uid, [AskedAgain.HELD])
    session.commit()
    assert browser.get(f"/supply/files/{file.uid}").texts("main li")[0] == "Too many rows cannot be sent as they are"


def test_after_acceptance_the_supplier_reads_what_is_still_missing_and_then_sends_it(
    browser: Browser, session: Session, world: World
) -> None:
    file = tried(session, world.school, 10)
    trials.judge(session, actor_of(session, world.ivy), world.school.uid, file.uid, [])
    sue = build.person(session, world.school, "Sue Lambert", "sue.supplier", Role.SUPPLIER)
    session.commit()
    browser.become(session, sue)

    page = browser.get(f"/supply/files/{file.uid}")

    assert page.texts("main p")[:1] == ["Your test file is accepted. Nothing can be sent yet."]
    assert page.texts("main li") == [
        "The agreement is not signed. Whoever signs for you signs it with Northvale Council."
    ]
    live(session, world.school)
    session.commit()
    page = browser.submit(browser.get(f"/supply/files/{file.uid}"), "Send the 10 ready rows")
    assert page.h1.startswith("Sending")
