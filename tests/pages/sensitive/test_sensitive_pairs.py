"""Two directories that differ by what a sensitive service recorded cannot be told apart by whoever may not know.

The same directory is asked twice, before it was recorded and after: every answer is the same to the byte, and so is
every statement that was sent for it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Override, RightGrant
from cp.models.child import Child
from cp.services import find, settings
from cp.terms import OverrideReason, Right, SensitiveGround, SensitiveSubject
from tests import build
from tests.build import Person, World
from tests.build_sensitive import Clinic, entry
from tests.web import Browser, actor_of

CHANGES_EACH_TIME = re.compile(r'(name="(?:csrf_token|once)" value=")[^"]*')
SEARCH = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Answer = tuple[int, list[tuple[str, str]], str]


@dataclass(frozen=True)
class Directory:
    world: World
    clinic: Clinic
    other: Clinic
    ola: Person
    """Holds the named right, and has overridden Leo's shield."""
    amira: Child
    leo: Child
    nobody: Child

    @classmethod
    def make(cls, session: Session, world: World) -> "Directory":
        children = [build.child(session, world), build.child(session, world, given_names="Leo", shielded=True),
                    build.child(session, world, given_names="Zofia", family_name="Nowak")]  # fmt: skip
        ola = build.person(session, world.council, "Ola Brandt", "ola.override", role_title="Social worker")
        build.add(session, RightGrant(account_id=ola.account.id, right=Right.OVERRIDE, starts_on=date(2026, 1, 5)))
        for child in children:
            build.address(session, child)
            find.reindex(session, child.id)
        for person in (world.sam, world.nia, ola):
            assert person.practitioner is not None
            build.involvement(session, children[0], person.practitioner)
        clinic = Clinic.make(session, world)
        other = Clinic.make(session, world, SensitiveSubject.MENTAL_HEALTH, "Weir Street Minds", "minds")
        entry(session, other.kit, children[2])
        return cls(world, clinic, other, ola, *children)

    def person(self, who: str) -> Person:
        people = {"other": self.other.kit, "ola": self.ola, "kit": self.clinic.kit}
        return people.get(who) or getattr(self.world, who)


@pytest.fixture
def directory(session: Session, world: World) -> Directory:
    made = Directory.make(session, world)
    session.commit()
    return made


def override(session: Session, directory: Directory) -> None:
    """Ola looks through Leo's shield now."""
    build.add(
        session,
        Override(account_id=directory.ola.account.id, child_id=directory.leo.id,
                 authority_id=directory.world.authority.id, reference=100_031, opened_at=clocks.now(),
                 reason=OverrideReason.SECTION_47),
    )  # fmt: skip
    session.commit()


@contextmanager
def sent(app: Flask) -> Iterator[list[str]]:
    """The text of every statement that the application sends."""
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(app.extensions["engine"], "before_cursor_execute", note)
    yield statements
    event.remove(app.extensions["engine"], "before_cursor_execute", note)


def asked(app: Flask, browser: Browser, directory: Directory) -> tuple[list[Answer], list[str]]:
    """Everything this person can look at that has to do with these children."""
    answers: list[Answer] = []
    with sent(app) as statements:
        token = browser.token()
        for child in (directory.amira, directory.leo, directory.nobody):
            address = f"/children/{child.uid}"
            browser.post(address, {"csrf_token": token, "reason": "working_with"})
            paths = ("", "/print", "/involvements/new", "/involvements/sensitive", "/why")
            answers += [answer(browser.client.get(address + path)) for path in paths]
            answers.append(answer(browser.client.get(address, headers={"HX-Request": "true"})))
        answers.append(answer(browser.client.get("/involvements")))
        for name in ("Amira", "Leo", "Zofia"):
            looked_for = {"csrf_token": token, "given_name": name, "born-day": "14", "born-month": "3",
                          "born-year": "2016", "reason": "working_with"}  # fmt: skip
            response = browser.client.post("/searches", data=looked_for)
            answers.append(answer(response))
            answers.append(answer(browser.client.get(urlsplit(response.location or "/").path)))
    return answers, statements


def answer(response: Any) -> Answer:
    headers = sorted((name, SEARCH.sub("-", value)) for name, value in response.headers if name != "Set-Cookie")
    return response.status_code, headers, SEARCH.sub("-", CHANGES_EACH_TIME.sub(r"\1", response.text))


def twice(app: Flask, session: Session, directory: Directory, who: str) -> tuple[list[Answer], list[Answer], bool]:
    """What this person is answered without the entries and with them; whether the same statements were sent."""
    browser = Browser(app)
    browser.become(session, directory.person(who))
    if who == "ola":
        override(session, directory)
    asked(app, browser, directory)  # from now on nothing is done for the first time
    without, first = asked(app, browser, directory)
    for child, ground in ((directory.amira, SensitiveGround.CHILD), (directory.leo, SensitiveGround.PARENT),
                          (directory.amira, SensitiveGround.SUSPECTED_HARM)):  # fmt: skip
        entry(session, directory.clinic.wren, child, ground=ground)
    entry(session, directory.clinic.kit, directory.nobody)
    session.commit()
    with_them, second = asked(app, browser, directory)
    return without, with_them, first == second


@pytest.mark.parametrize(
    ("who", "line"),
    [("sam", False), ("sam", True), ("nia", False), ("ash", False), ("other", False), ("other", True), ("ola", False),
     ("ola", True)],
)  # fmt: skip
def test_whoever_may_not_know_is_answered_the_same_to_the_byte(
    app: Flask, session: Session, directory: Directory, who: str, line: bool
) -> None:
    if line:
        settings.set_neutral_line(session, actor_of(session, directory.world.max), True, "0")
        session.commit()

    without, with_them, same_statements = twice(app, session, directory, who)

    assert with_them == without
    assert same_statements
    assert {status for status, _, _ in without} > {200}
    assert any(("Ask the management team to contact other services." in text) is line for _, _, text in without[:1])


@pytest.mark.parametrize("who", ["max", "kit"])
def test_whoever_may_know_is_answered_differently(app: Flask, session: Session, directory: Directory, who: str) -> None:
    """So that the comparison is known to see what it is to see."""
    without, with_them, _ = twice(app, session, directory, who)

    assert with_them != without
