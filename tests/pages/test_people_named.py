"""The pages of whom a school names, and the invitations that come of them."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from cp.models import NamedPerson
from cp.services.implementation import steps
from cp.services.managing import named
from tests import build_training
from tests.build import World
from tests.pages.supply.steps import rows
from tests.web import Browser, Page, actor_of

ADA = {"name": "Ada Frost", "email": "ada@example.test", "need": "users", "post": "head_of_year"}


@pytest.fixture(autouse=True)
def _ivy(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.ivy)


@pytest.fixture
def address(world: World) -> str:
    return f"/implementation/schools/{world.school.uid}/people"


def name(browser: Browser, address: str, **but: Any) -> Page:
    page = browser.get(browser.get(address).link("Name somebody"))
    return browser.submit(page, "Save", **ADA | but)


def test_who_is_named_is_listed_with_what_is_still_to_do(browser: Browser, address: str) -> None:
    assert browser.get(address).h1 == "People and training"

    page = name(browser, address)

    assert page.status_line == "The person is named. Their account manager can invite them now."
    assert rows(page) == [
        ["Ada FrostHead of year", "Find children and record an involvement", "Waits for the account manager",
         "Not booked"],
    ]  # fmt: skip


def test_who_is_not_eligible_is_said_with_the_reason(browser: Browser, address: str) -> None:
    page = name(browser, address, post="none")

    assert rows(page) == [
        ["Ada FrostNo listed post",
         "Find children and record an involvementCannot be let in: the Regulations list no such post here", "–", "–"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("but", "sentence"),
    [
        ({"name": " "}, "Enter their name"),
        ({"email": "ada"}, "Enter a work email address, like name@school.example"),
        ({"need": "everything"}, "Choose what they will do in ContactPoint"),
        ({"post": ""}, "Choose their post"),
        ({"name": "a" * 201}, "Name must be 200 characters or fewer"),
    ],
)
def test_what_is_missing_is_asked_again_and_the_rest_stays(
    browser: Browser, address: str, but: dict[str, Any], sentence: str
) -> None:
    page = name(browser, address, **but)

    assert (page.status, page.errors) == (422, [sentence])
    kept = {field["name"]: field["value"] for field in page.html.select("input[type=email], input[type=text]")}
    assert kept == {field: (ADA | but)[field] for field in ("name", "email")}


def test_the_same_address_twice_is_told_by_the_field(browser: Browser, address: str) -> None:
    name(browser, address)

    page = name(browser, address, name="Bea Frost")

    assert page.errors == ["Ada Frost is named here with this address. Enter another, or change Ada Frost"]


def test_a_form_sent_twice_names_one(browser: Browser, address: str, session: Session) -> None:
    form = browser.get(f"{address}/new").form("Save")

    for _ in range(2):
        browser.post(form.action, form.fields | ADA)

    assert session.query(NamedPerson).count() == 1


def test_a_person_is_changed_and_removed(browser: Browser, address: str) -> None:
    page = name(browser, address)

    page = browser.submit(browser.get(page.link("Ada Frost")), "Save", name="Ada Frost-Vale", need="suppliers")
    assert page.status_line == "The change is saved."
    assert rows(page)[0][:2] == ["Ada Frost-ValeHead of year", "Send the school’s data"]
    page = browser.submit(browser.get(page.link("Ada Frost-Vale")), "Remove Ada Frost-Vale")

    assert page.status_line == "The person is no longer named here, and is booked for nothing."
    assert "Nobody is named yet." in " ".join(page.texts("main p"))


def test_staff_are_entered_by_listed_post(browser: Browser, address: str) -> None:
    page = browser.get(browser.get(address).link("Enter the numbers of staff"))
    wrong = browser.submit(page, "Save", head="one", head_of_year="7")
    assert wrong.errors == ["Head: enter a whole number up to 9999, or leave it empty"]

    page = browser.submit(wrong, "Save", head="1")

    assert page.status_line == "The numbers of staff are saved."
    assert (page.texts("dt"), page.texts("dd")) == (["Head", "Head of year"], ["1", "7"])


def test_a_kind_without_listed_posts_has_nobody_to_count(browser: Browser, session: Session, world: World) -> None:
    world.school.kind = type(world.school.kind).NURSERY
    session.commit()

    page = browser.get(f"/implementation/schools/{world.school.uid}/people/staff")

    assert "so there is nobody to count" in " ".join(page.texts("main p"))


def test_an_account_manager_invites_whom_a_school_names(browser: Browser, session: Session, world: World) -> None:
    person = build_training.named(session, world.school, "Ada Frost", email="ada@example.test")
    build_training.named(session, world.school, "No Post", post=None)
    session.commit()
    browser.become(session, world.una)
    page = browser.get(browser.get("/accounts").link("1 person named by schools to invite"))
    assert page.texts("h2") == ["Ada Frost"]

    page = browser.get(page.link("Invite Ada Frost"))
    form = page.form("Invite").fields
    assert {form[name] for name in ("name", "email", "post", "person")} == {
        "Ada Frost", "ada@example.test", "head_of_year", str(person.uid),
    }  # fmt: skip
    wrong = browser.submit(page, "Invite", works_as="")
    assert wrong.errors == ["Enter what they do"]
    page = browser.submit(wrong, "Invite", works_as="Head of year", email="a.frost@example.test")

    assert page.status == 200
    session.rollback()
    session.refresh(person)
    assert person.account_id is not None
    assert steps.held(session, world.school).people_invited == 1
    assert named.waiting(session, actor_of(session, world.una)) == []
    session.rollback()
    assert browser.get("/accounts/named").texts("main p") == [
        "No school has named anybody who still has to be invited."
    ]
