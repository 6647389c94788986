"""A way of sending is offered, agreed with the school and set up by that; two managers do not undo each other."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Authority, Onboarding, Supplier
from cp.services.implementation import means, steps
from cp.terms import Act, Frequency, Means, Need, Role
from tests import build, build_machines
from tests.build import World
from tests.build_live import EVERYTHING, live
from tests.web import Browser, Page, actor_of

pytestmark = pytest.mark.usefixtures("ivy")
CHANGED = "Somebody else changed this after you opened the page. Look at what holds now, then save again"
OFFER, AGREE = "Offer a way of sending", "Record that it agreed"


def address(world: World, more: str = "") -> str:
    return f"/implementation/schools/{world.school.uid}/means{more}"


def held(session: Session) -> Onboarding:
    session.rollback()
    return session.scalars(select(Onboarding).execution_options(populate_existing=True)).one()


def offered(browser: Browser, world: World, way: str = "spreadsheet") -> Page:
    page = browser.get(browser.get(address(world)).link(OFFER))
    return browser.submit(page, "Save as offered", means=way)


def agreed(browser: Browser, world: World, way: str = "spreadsheet", often: str = "termly") -> Page:
    page = browser.get(offered(browser, world, way).link(AGREE))
    return browser.submit(page, AGREE, often=often)


def test_a_way_of_sending_is_offered_and_agreed(browser: Browser, session: Session, world: World) -> None:
    page = browser.get(address(world))
    assert (page.h1, page.texts("dd")[2:4]) == ("How it sends data", ["None offered yet", "Every working day"])

    page = offered(browser, world)

    assert page.status_line == "It is offered. Record it here when the school has agreed."
    row = held(session)
    assert (row.means, row.means_offered_on, row.means_agreed_on) == (Means.SPREADSHEET, clock.today(), None)

    page = browser.submit(browser.get(page.link(AGREE)), AGREE, often="weekly")

    assert page.status_line == "It is agreed."
    assert page.texts("dd.govuk-summary-list__value") == [
        "Once the school has answered all 6 questions", "Somebody uploads a spreadsheet", "Every week",
        "23 November 2026", "23 November 2026", "None accepted yet",
    ]  # fmt: skip
    assert held(session).means_agreed_on == clock.today()
    assert session.scalars(select(Supplier.frequency)).all() == [Frequency.WEEKLY]
    said = session.execute(select(AuditEvent.act, AuditEvent.reason).where(AuditEvent.reason.is_not(None))).all()
    assert [one for one in said if one[0] in (Act.OFFER_MEANS, Act.AGREE_MEANS)] == [
        (Act.OFFER_MEANS, "spreadsheet"), (Act.AGREE_MEANS, "spreadsheet weekly"),
    ]  # fmt: skip


def test_how_often_is_filled_in_with_what_holds_for_its_kind(browser: Browser, session: Session, world: World) -> None:
    page = browser.get(offered(browser, world).link(AGREE))

    assert [field["value"] for field in page.html.select("input[name=often][checked]")] == ["daily"]
    assert page.h1 == "How often did it agree to send?"


@pytest.mark.parametrize(
    ("way", "code", "expected"),
    [
        ("system", "900417", "An account manager makes the credential that its system sends with, under Services."),
        ("folder", "900417", "Its system puts each file into 900417, a folder within the one that the server watches "
                             "(supply watch)."),
        ("folder", None, "Its folder is called after its URN, DfE number or practice code, and we know none of it."),
        ("transfer_file", None, "Somebody of it needs a supplier’s account. An account manager invites them."),
        ("by_hand", None, "Somebody of it needs a supplier’s account. An account manager invites them."),
    ],
)  # fmt: skip
def test_what_has_to_be_set_up_follows_from_what_was_agreed(
    browser: Browser, session: Session, world: World, way: str, code: str | None, expected: str
) -> None:
    world.school.urn = code
    session.commit()

    page = agreed(browser, world, way)

    assert page.texts("main h2")[-1:] == ["What has to be set up"]
    assert page.texts("main p")[-1] == expected


def test_what_is_set_up_already_is_counted(browser: Browser, session: Session, world: World) -> None:
    build.person(session, world.school, "Sue Lambert", "sue.supplier", Role.SUPPLIER)
    session.commit()
    by_hand = agreed(browser, world, "by_hand").texts("main p")[-1]
    build_machines.credential(session, world.school)
    steps.keep(session, world.school, means=Means.SYSTEM)
    session.commit()

    by_system = browser.get(address(world)).texts("main p")[-1]

    assert by_hand == "1 person of it can send."
    assert by_system == "1 credential for its system can be used."


@pytest.mark.parametrize(
    ("path", "button", "sentence"),
    [
        ("/offer", "Save as offered", "Choose the way of sending that suits it best"),
        ("/agree", "Save", "Choose how often it agreed to send"),
    ],
)
def test_what_is_not_chosen_is_asked_for(
    browser: Browser, session: Session, world: World, path: str, button: str, sentence: str
) -> None:
    live(session, world.school)
    session.commit()
    page = browser.get(address(world, path))

    page = browser.submit(page, button, means=None, often=None)

    assert (page.status, page.errors) == (422, [sentence])


def test_agreeing_is_asked_for_only_once_something_is_offered(browser: Browser, world: World) -> None:
    page = browser.get(address(world, "/agree"))

    assert page.h1 == "Which way of sending suits it best?"


def test_of_two_managers_the_second_is_told_what_holds_now(browser: Browser, session: Session, world: World) -> None:
    page = browser.get(browser.get(address(world)).link(OFFER))
    iris = actor_of(session, build.person(session, world.council, "Iris Mole", "iris.i", Role.IMPLEMENTATION_MANAGER))
    means.offer(session, iris, world.school.uid, Means.FOLDER, "++")
    session.commit()

    page = browser.submit(page, "Save as offered", means="system")

    assert page.errors == [CHANGED]
    assert held(session).means is Means.FOLDER
    browser.submit(page, "Save as offered", means="system")
    assert held(session).means is Means.SYSTEM


def test_another_way_has_to_be_agreed_and_tried_anew_where_another_form_will_come(
    browser: Browser, session: Session, world: World
) -> None:
    live(session, world.school)
    session.commit()

    page = browser.submit(browser.get(address(world, "/offer")), "Save as offered", means="spreadsheet")
    assert (page.status_line, held(session).means_agreed_on) == ("Nothing has changed.", EVERYTHING["means_agreed_on"])
    browser.submit(browser.get(address(world, "/offer")), "Save as offered", means="system")

    row = held(session)
    assert (row.means, row.means_offered_on, row.means_agreed_on, row.test_accepted_on, row.need) == (
        Means.SYSTEM, clock.today(), None, None, Need.CONTACT,
    )  # fmt: skip


def test_how_often_alone_is_changed_without_agreeing_anew(browser: Browser, session: Session, world: World) -> None:
    live(session, world.school)
    session.commit()

    page = browser.submit(browser.get(address(world, "/agree")), "Save", often="monthly")

    assert page.status_line == "It is agreed."
    assert held(session).means_agreed_on == EVERYTHING["means_agreed_on"]
    assert session.scalars(select(Supplier.frequency)).one() is Frequency.MONTHLY
    again = browser.submit(browser.get(address(world, "/agree")), "Save", often="monthly")
    assert again.status_line == "Nothing has changed."


def test_an_organisation_that_sends_no_lists_agrees_to_nothing(browser: Browser, world: World) -> None:
    path = f"/implementation/schools/{world.health.uid}/means"

    page, token = browser.get(path), browser.token()

    assert page.texts("main p") == ["It sends no lists of children, so there is nothing to agree."]
    assert browser.post(f"{path}/offer", {"csrf_token": token, "means": "folder", "version": "++"}).status == 404


def test_another_authoritys_school_and_the_council_are_not_there(
    browser: Browser, session: Session, world: World
) -> None:
    phones = {"team_phone": "+441614960131", "help_phone": "+441614960101"}
    there = build.add(session, Authority(name="Eastvale Council", education_code="998", **phones))
    school = build.organisation(session, there, name="Far School")
    session.commit()

    for one in (school, world.council):
        for more in ("means", "means/offer", "means/agree", "test-file"):
            assert browser.get(f"/implementation/schools/{one.uid}/{more}").status == 404
