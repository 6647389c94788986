"""The walker: every endpoint and method, as every kind of person, about things in every state, against one table."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zlib import crc32

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.build import World
from tests.conftest import ENGINE
from tests.scale import FULL, SEED
from tests.whole import expected, states
from tests.whole.expected import REFUSED, Row, letter, line, table
from tests.whole.kinds import KINDS, Everybody
from tests.whole.places import address, rules
from tests.whole.sent import SENT
from tests.whole.states import STATES, Ids
from tools.steps import ROOT

METHODS = ("GET", "POST")
UNLIKE = re.compile(rb'name="csrf_token" value="[^"]*"|name="once" value="[^"]*"|<!-- [A-Za-z0-9+/=_-]* -->')
"""What differs in every answer: tokens, keys and padding."""
OF_CHILDREN = (b"Amira", b"Siddiqui", b"Tanner", b"496 0163")


class Walker:
    """Asks in somebody's name, and undoes what it did: each request finds everything as it was at first."""

    def __init__(self, app: Flask, session: Session, world: World) -> None:
        self.everybody = Everybody.make(session, world)
        self.ids: Ids = states.make(session, world, self.everybody)
        session.close()
        self.connection = app.extensions["engine"].connect()
        own = sessionmaker(self.connection, join_transaction_mode="create_savepoint")
        app.extensions["sessionmaker"] = app.extensions["reader"] = own
        self.answers_to_nothing: dict[tuple[str, str, str], bytes] = {}
        self.client = app.test_client(use_cookies=False)
        self.form_tokens = {kind: self._form_token(kind) for kind in KINDS}

    def ask(
        self, kind: str, method: str, url: str, headers: Mapping[str, str] = MappingProxyType({}), **sent: Any
    ) -> TestResponse:
        token = self.everybody.tokens.get(kind, "a" * 43)
        before = self.connection.begin()
        try:
            return self.client.open(url, method=method, headers={"Cookie": f"cp={token}", **headers}, **sent)
        finally:
            before.rollback()

    def visit(self, kind: str, rule: Rule, method: str, state: str, **headers: str) -> TestResponse:
        form = {"csrf_token": self.form_tokens[kind], "once": str(UUID(int=7))} | SENT.get(rule.endpoint, {})
        sent = {"data": form} if method == "POST" else {}
        return self.ask(kind, method, address(rule, self.named(kind, rule, state)), headers, **sent)

    def nothing(self, kind: str, rule: Rule, method: str) -> bytes:
        """The answer to the same question about what never was."""
        asked = (kind, rule.endpoint, method)
        if asked not in self.answers_to_nothing:
            self.answers_to_nothing[asked] = bare(self.visit(kind, rule, method, "none"))
        return self.answers_to_nothing[asked]

    def named(self, kind: str, rule: Rule, state: str) -> dict[str, UUID | str]:
        """The id in this rule's address, in this state; `self` is the asker's own account."""
        found = {}
        for name in rule.arguments:
            of = self.ids.get(f"{rule.endpoint.partition('.')[0]}.{name}", self.ids[name])
            person = self.everybody.people.get(kind)
            own = person.account.uid if person else UUID(int=0)
            found[name] = own if (name, state) == ("account_uid", "self") else of[state]
        return found

    def _form_token(self, kind: str) -> str:
        for page in ("/sign-in", "/account", "/sign-in/role", "/sign-in/code", "/"):
            if found := re.search(r'name="csrf_token" value="([^"]+)"', self.ask(kind, "GET", page).text):
                return found[1]
        raise AssertionError(f"no form that {kind} is given")


@pytest.fixture
def walker(app: Flask, session: Session, world: World, clock: time_machine.Traveller) -> Iterator[Walker]:
    made = Walker(app, session, world)
    yield made
    made.connection.close()


def every_row(app: Flask) -> dict[Row, Rule]:
    """What the application can be asked: one row for each state of what the address names."""
    return {
        Row(rule.endpoint, method, state): rule
        for method in METHODS
        for rule in rules(app, method)
        for state in (STATES[next(iter(rule.arguments))] if rule.arguments else ("-",))
    }


def test_the_table_has_a_row_for_everything_that_can_be_asked_and_no_other(app: Flask) -> None:
    assert set(table()) == set(every_row(app))


@pytest.mark.asvs("8.2.1", "8.2.2", "8.4.1")
def test_everybody_is_answered_as_the_table_says(
    app: Flask, walker: Walker, record_property: Callable[[str, object], None]
) -> None:
    wanted, asked = table(), chosen(every_row(app))
    found: dict[Row, dict[str, str]] = {}
    told, differing = [], []

    for (row, kind), rule in asked.items():
        answer = walker.visit(kind, rule, row.method, row.state)
        found.setdefault(row, {})[kind] = letter(answer)
        if letter(answer) == "n" and bare(answer) != walker.nothing(kind, rule, row.method):
            differing.append((row, kind))
        if letter(answer) in REFUSED and any(name in answer.data for name in OF_CHILDREN):
            told.append((row, kind))

    mismatches = differences(wanted, found)
    record_property("requests", len(asked))
    record_property("kinds of person", len(KINDS))
    record_property("rows", len(wanted))
    record_property("mismatches", len(mismatches))
    record_property("engines", "SQLite and PostgreSQL" if FULL else ENGINE)
    assert mismatches == []
    assert told == [], "a refusal named a child"
    assert differing == [], "what is not there for them differs from what never was"
    assert not FULL or ENGINE != "sqlite" or _again_on_postgresql() == 0


def _again_on_postgresql() -> int:
    """The exit status of the same walk there; every day each engine has its own run of all tests."""
    named = f"{__file__}::test_everybody_is_answered_as_the_table_says"
    env = os.environ | {"CP_TEST_ENGINE": "postgresql"}
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-n", "0", named], env=env, cwd=ROOT).returncode


@pytest.mark.asvs("8.3.1")
def test_a_forged_htmx_header_opens_nothing(app: Flask, walker: Walker) -> None:
    wanted, opened = table(), []

    for (row, rule), kind in product(every_row(app).items(), ("stranger", "team", "supplier", "unchecked")):
        if row.state in ("-", "open") and wanted[row][kind] in "sxn":
            answer = walker.visit(kind, rule, row.method, row.state, **{"HX-Request": "true"})
            refused = "s" if "HX-Redirect" in answer.headers else letter(answer)
            if refused != wanted[row][kind]:
                opened.append((row, kind, answer.status_code))

    assert opened == []


def chosen(rows: dict[Row, Rule]) -> dict[tuple[Row, str], Rule]:
    """In `make prove` every state; every day one of them for each endpoint, method and kind of person."""
    asked = {}
    for (row, rule), kind in product(rows.items(), KINDS):
        of = STATES[next(iter(rule.arguments))] if rule.arguments else ("-",)
        pick = of[crc32(f"{SEED} {row.endpoint} {row.method} {kind}".encode()) % len(of)]
        if FULL or row.state == pick:
            asked[row, kind] = rule
    return asked


def differences(wanted: expected.Table, found: expected.Table) -> list[str]:
    """Where an answer differs: the row as it was found, so that it can be compared and, if right, copied."""
    return [
        line(row, wanted.get(row, dict.fromkeys(KINDS, "?")) | letters) + f"   now {changed}"
        for row, letters in sorted(found.items())
        if (changed := {kind: said for kind, said in letters.items() if wanted.get(row, {}).get(kind) != said})
    ]


def bare(answer: TestResponse) -> bytes:
    """The whole answer without what differs each time."""
    headers = sorted(
        f"{name}: {value}" for name, value in answer.headers if name not in ("Content-Length", "Set-Cookie")
    )
    return "\n".join(headers).encode() + UNLIKE.sub(b"", answer.data)
