"""`flask demo …`: what is printed is what signs in, finds children, and is refused where other data is."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models.child import Child
from tests.web import Browser

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, clock: time_machine.Traveller) -> Run:
    def runs(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=["demo", *words])

    return runs


@pytest.fixture
def loaded(run: Run) -> None:
    assert run("load", "--children", "300", "--seed", "1").exit_code == 0


def table(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(StringIO(result.output)))


def test_loading_says_how_far_it_is(run: Run, session: Session) -> None:
    result = run("load", "--children", "120", "--seed", "5")

    assert (result.exit_code, result.output) == (0, "120 children loaded\n")
    assert session.scalar(select(func.count()).select_from(Child)) == 120


@pytest.mark.usefixtures("loaded")
def test_a_second_load_is_refused_and_with_if_empty_does_nothing(run: Run, session: Session) -> None:
    refused, left = run("load", "--children", "10"), run("load", "--children", "10", "--if-empty")

    assert (refused.exit_code, refused.output.startswith("Error: This directory holds a demonstration")) == (1, True)
    assert (left.exit_code, left.output) == (0, "The directory is not empty; nothing was loaded.\n")
    assert session.scalar(select(func.count()).select_from(Child)) == 300


@pytest.mark.usefixtures("world")
def test_a_directory_with_other_data_is_left_alone(run: Run, session: Session) -> None:
    refused, left = run("load"), run("load", "--if-empty")

    assert (refused.exit_code, refused.output.startswith("Error: This directory holds other data")) == (1, True)
    assert left.exit_code == 0
    assert session.scalar(select(func.count()).select_from(Child)) == 0


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("words", [("people",), ("children", "--count", "3")])
def test_nothing_is_printed_of_a_directory_that_is_no_demonstration(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)

    assert (result.exit_code, result.output.startswith("Error: There is no demonstration")) == (1, True)


@pytest.mark.usefixtures("loaded")
def test_a_code_is_printed_for_people_of_the_demonstration_alone(run: Run) -> None:
    sam, stranger = run("code", "sam.practitioner@example.test"), run("code", "nobody@example.test")

    assert (len(sam.output.strip()), sam.output.strip().isdecimal()) == (6, True)
    assert (stranger.exit_code, "Only people of the demonstration" in stranger.output) == (1, True)


@pytest.mark.usefixtures("loaded")
def test_everybody_signs_in_with_what_is_printed(run: Run, browser: Browser) -> None:
    people = table(run("people"))
    seen = {}
    for person in people:
        page = browser.submit(browser.get("/sign-in"), "Continue", email=person["email"], password=person["password"])
        page = browser.submit(page, "Sign in", code=run("code", person["email"]).output.strip())
        seen[person["name"]] = page.h1
        browser.submit(page, "Sign out")

    assert list(people[0]) == ["email", "password", "role", "name"]
    assert [(person["role"], person["name"]) for person in people] == [
        ("practitioner", "Sam Okafor"),
        ("practitioner", "Nia Pritchard"),
        ("management_team", "Max Adeyemi"),
        ("account_manager", "Una Kowalski"),
        ("reviewer", "Rex Hale"),
        ("practitioner", "Lou Marsh"),
        ("account_manager", "Amir Patel"),
        ("assistant", "Ash Bello"),
        ("national_administrator", "Ade Okoro"),
        ("management_team", "May Lindholm"),
        ("reviewer", "Ron Castle"),
        ("practitioner", "Ola Nowicka"),
        ("practitioner", "Kit Maddox"),
        ("implementation_manager", "Ivy Hartley"),
        ("regional_coordinator", "Gil Osei"),
        ("supplier", "Sue Lambert"),
    ]
    assert seen == {
        "Sam Okafor": "Find a child",
        "Nia Pritchard": "Find a child",
        "Max Adeyemi": "Find a child",
        "Una Kowalski": "Accounts",
        "Rex Hale": "To review",
        "Lou Marsh": "Your check has expired",
        "Amir Patel": "Accounts",
        "Ash Bello": "Find a child",
        "Ade Okoro": "Accounts",
        "May Lindholm": "Find a child",
        "Ron Castle": "To review",
        "Ola Nowicka": "Find a child",
        "Kit Maddox": "Find a child",
        "Ivy Hartley": "Schools in Northvale",
        "Gil Osei": "Authorities of the North West",
        "Sue Lambert": "Send pupil data",
    }


@pytest.mark.usefixtures("loaded")
def test_a_printed_child_is_found_and_opened(run: Run, browser: Browser) -> None:
    sam, child = table(run("people"))[0], table(run("children", "--count", "1"))[0]
    page = browser.submit(browser.get("/sign-in"), "Continue", email=sam["email"], password=sam["password"])
    page = browser.submit(page, "Sign in", code=run("code", sam["email"]).output.strip())

    page = browser.submit(browser.get("/"), "Search", number=child["number"], reason="working_with")
    name = f"{child['given_name']} {child['family_name']}"
    record = browser.get(page.link(name))

    assert record.h1 == name


@pytest.mark.usefixtures("loaded")
def test_ordinary_children_have_every_fact_a_search_needs(run: Run) -> None:
    rows = table(run("children", "--count", "40"))

    assert list(rows[0]) == ["number", "given_name", "family_name", "date_of_birth", "gender", "postcode"]
    assert len({row["number"] for row in rows}) == len(rows) == 40
    assert all(all(row.values()) for row in rows)
    assert {row["postcode"][:2] for row in rows} == {"ZA"}


@pytest.mark.usefixtures("loaded")
def test_so_small_a_demonstration_has_no_file_of_its_school(run: Run) -> None:
    result = run("file")

    assert (result.exit_code, result.output) == (
        1, "Error: The school of so small a demonstration has too few pupils for a file.\n",
    )  # fmt: skip


def test_without_a_demonstration_there_is_no_file(run: Run) -> None:
    assert (run("file").exit_code, run("file").output[:28]) == (1, "Error: There is no demonstra")
