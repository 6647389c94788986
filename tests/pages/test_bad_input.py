"""Whatever is typed into whatever field: a sentence by the field, the rest kept, never a broken page."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from cp.models import Attempt
from tests.build import Person, World
from tests.conftest import ENGINE
from tests.pages import naughty
from tests.pages.naughty import LIST, OURS, Asked, Opened, worst
from tests.pages.naughty_sent import SENT_TO
from tests.scale import FULL, scaled
from tests.web import Browser, Page

MODULES = [import_module(f"tests.pages.{path.stem}") for path in sorted(Path(__file__).parent.glob("naughty*.py"))]
FORMS: list[Opened] = [form for module in MODULES for form in getattr(module, "FORMS", ())]
NEVER_SENT = {"csrf_token": 5}
"""Fields that stop the form before any other is read need few tries."""


@pytest.fixture(autouse=True)
def as_much_as_there_are_strings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of an hour and of a day would answer in place of the form."""
    monkeypatch.setattr("cp.services.looking_up.searches_within", lambda *_: None)
    monkeypatch.setattr("cp.services.supply.telling.may_tell", lambda _: True)


def sender(browser: Browser, session: Session, asked: Asked) -> Callable[[str, Any], TestResponse]:
    """Send the form with one field changed; None leaves it out. Earlier guesses are forgotten, so that each counts."""
    form, client = asked.page.form(asked.button), browser.client

    def send(name: str, value: Any) -> TestResponse:
        session.execute(delete(Attempt))
        session.commit()
        fields: dict[str, Any] = {**form.fields, **asked.answers, name: value}
        sent = {name: value for name, value in fields.items() if value is not None}
        return client.post(form.action, data=sent, follow_redirects=True)

    return send


def strings(name: str, at: int) -> list[str]:
    """What is typed into a form's field. On PostgreSQL, from which the forms do not differ, a third for each field, by
    its place in the form, and for every one what a database may refuse.
    """
    every = [*worst(scaled(12, len(LIST))), *OURS][: NEVER_SENT.get(name)]
    return every if ENGINE == "sqlite" or FULL else [*OURS[:2], *every[at % 3 :: 3]]


@pytest.mark.parametrize("opened", FORMS, ids=lambda opened: opened.__name__)
@pytest.mark.asvs("1.2.1", "1.2.4")
def test_naughty_strings_break_nothing_and_come_back_escaped(
    browser: Browser, session: Session, world: World, opened: Opened, record_property: Callable[[str, object], None]
) -> None:
    asked = opened(browser, session, world)
    send, sent = sender(browser, session, asked), 0

    for at, name in enumerate(asked.names):
        for text in strings(name, at):
            answer = send(name, text)
            sent += 1
            assert answer.status_code < 500, (name, text)
            assert "<" not in text or len(text) < 8 or text not in answer.text, (name, text)
            assert answer.text.count("<script") <= 2, (name, text)

    record_property("strings sent", sent)
    record_property("answers of 500 and above", 0)


@pytest.mark.parametrize("opened", FORMS, ids=lambda opened: opened.__name__)
def test_each_form_is_sent_where_the_table_says(app: Flask, session: Session, world: World, opened: Opened) -> None:
    asked = opened(Browser(app), session, world)

    where = app.url_map.bind("localhost").match(asked.page.form(asked.button).action, method="POST")[0]
    assert where in SENT_TO[opened.__name__]


def test_the_forms_tried_are_all_there_are(app: Flask) -> None:
    every = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert every - {one for some in SENT_TO.values() for one in some} == {
        "signing_in.clear",
        "signing_in.enrolled",
        "machine_rows.create",
    }  # a token alone; the first key; no form


def test_the_worst_forty_are_forty_and_all_are_all() -> None:
    assert len(worst(40)) == len(set(worst(40))) == 40
    assert worst(len(LIST)) == LIST
    assert len(LIST) >= 461


@pytest.mark.parametrize("opened", FORMS, ids=lambda opened: opened.__name__)
@pytest.mark.asvs("2.2.2")
def test_a_field_that_is_missing_or_sent_twice_breaks_nothing(
    browser: Browser, session: Session, world: World, opened: Opened
) -> None:
    asked = opened(browser, session, world)
    send = sender(browser, session, asked)

    for name in asked.names:
        for value in (None, [], ["", ""], ["a", "b"], ["1", "a" * 200]):
            assert send(name, value).status_code < 500, (name, value)


SEARCH = {"given_name": "Amira", "family_name": "Siddiqui", "reason": "working_with"}
BORN, STARTED = "Date of birth", "The day you started"


@pytest.mark.parametrize(
    ("day", "month", "year", "of_birth", "of_start"),
    [
        ("31", "2", "2016", "must be a real date: February 2016 had 29 days",
         "must be a real date: February 2016 had 29 days"),
        ("31", "4", "2016", "must be a real date: April has 30 days", "must be a real date: April has 30 days"),
        ("1", "1", "0", "must be a real date: the year must have 4 numbers, like 2016",
         "must be a real date: the year must have 4 numbers, like 2016"),
        ("1", "1", "0000", "must be a real date: there was no year 0", "must be a real date: there was no year 0"),
        ("24", "11", "2026", "must be today or earlier", "must be today or earlier"),
        ("23", "11", "1906", "must be after 23 November 2000: ContactPoint holds nobody older than 25",
         "must be after Amira was born, 14 March 2016"),
        ("32", "1", "2016", "must be a real date: no month has a day 32", "must be a real date: no month has a day 32"),
        ("0", "0", "2016", "must be a real date: no month has a day 0", "must be a real date: no month has a day 0"),
        ("3.5", "1", "2016", "must be a real date: the day must be a number, like 14",
         "must be a real date: the day must be a number, like 14"),
        ("-1", "1", "2016", "must be a real date: the day must be a number, like 14",
         "must be a real date: the day must be a number, like 14"),
        ("1", "13", "2016", "must be a real date: there is no month 13", "must be a real date: there is no month 13"),
        ("1", "Smarch", "2016", "must be a real date: the month must be a number or a name, like 3 or March",
         "must be a real date: the month must be a number or a name, like 3 or March"),
        ("1", "1", "99999", "must be a real date: the year must have 4 numbers, like 2016",
         "must be a real date: the year must have 4 numbers, like 2016"),
        ("", "3", "2016", "must include a day", "must include a day"),
        ("14", "", "", "must include a month and a year", "must include a month and a year"),
    ],
)  # fmt: skip
@pytest.mark.asvs("2.2.1")
def test_a_wrong_date_has_a_sentence_by_its_field_and_the_rest_is_kept(
    browser: Browser, session: Session, world: World, day: str, month: str, year: str, of_birth: str, of_start: str
) -> None:
    started = naughty.involvement(browser, session, world)
    typed = {"day": day, "month": month, "year": year}

    page = browser.post("/searches", browser.get("/").form("Search").fields | SEARCH | named("born", typed))
    assert (page.status, page.errors) == (422, [f"{BORN} {of_birth}"])
    assert kept(page) == SEARCH | named("born", typed)
    assert said_by(page, "born") == [f"Error: {BORN} {of_birth}"]

    form = started.page.form(started.button)
    page = browser.post(form.action, form.fields | {"assessment": "yes"} | named("started", typed))
    assert (page.status, page.errors) == (422, [f"{STARTED} {of_start}"])
    assert kept(page) == {"assessment": "yes"} | named("started", typed)
    assert said_by(page, "started") == [f"Error: {STARTED} {of_start}"]


def named(field: str, parts: dict[str, str]) -> dict[str, str]:
    return {f"{field}-{part}": text for part, text in parts.items()}


def kept(page: Page) -> dict[str, str]:
    """What the form shows again, but for what nobody typed and empty boxes."""
    form = page.form("Search" if page.h1 == "Find a child" else "Record involvement")
    hidden = {"csrf_token", "once"}
    return {name: value for name, value in form.fields.items() if name not in hidden and (value or "-" in name)}


def said_by(page: Page, field: str) -> list[str]:
    return page.texts(f"[id^={field}-error]")


@pytest.mark.parametrize(
    ("name", "label"),
    [("given_name", "Given name"), ("family_name", "Family name"), ("postcode", "Postcode"),
     ("number", "ContactPoint number"), ("age", "Age, if you do not know the date of birth")],
)  # fmt: skip
@pytest.mark.parametrize("text", ["a" * 10_000, "🧒" * 10_000, "\0" * 101], ids=["letters", "emoji", "nothing"])
def test_too_long_a_text_has_a_sentence_and_the_rest_is_kept(
    browser: Browser, sam: Person, name: str, label: str, text: str
) -> None:
    fields = browser.get("/").form("Search").fields | SEARCH | {name: text}

    page = browser.post("/searches", fields)

    assert (page.status, page.errors) == (422, [f"{label} must be 100 characters or fewer"])
    assert said_by(page, name) == [f"Error: {label} must be 100 characters or fewer"]
    assert {one: value for one, value in kept(page).items() if one in SEARCH and one != name} == {
        one: value for one, value in SEARCH.items() if one != name
    }
