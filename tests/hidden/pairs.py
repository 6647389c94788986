"""Pairs of directories that differ only in what is hidden, asked the same things and compared byte by byte."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import zip_longest
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, event, func, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from cp.models import AuditEvent
from cp.rules.access import Actor
from cp.services import blinding
from cp.services.supply import working
from tests.hidden.directory import Directory
from tests.hidden.filling import Way
from tests.hidden.nonces import Nonces

SAYS = ("act", "decision", "account_id", "role", "organisation_id", "authority_id", "principal_id", "subject_id",
        "object_id", "parts", "reason", "results")  # fmt: skip
"""What an entry of the audit says, without its own number, its moment and its hashes."""
SAVEPOINT = re.compile(r"(?<=sa_savepoint_)\d+")
READING = ("GET", "HEAD", "OPTIONS")


class Different(AssertionError):
    """Somebody who may not know could tell the two directories apart."""

    def __init__(self, steps: Sequence[str], found: Sequence[str]) -> None:
        pairs = zip_longest(*(text.splitlines() for text in found), fillvalue="(nothing)")
        lines = [f"  {without!r}\n  {other!r}" for without, other in pairs if without != other]
        super().__init__("\n".join([*steps, "answered differently:", *lines[:5]]))


class Side:
    """One directory behind an application of its own, in a transaction that is taken back at the end."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client(use_cookies=False)
        self.connection: Connection = app.extensions["engine"].connect()
        own = sessionmaker(self.connection, join_transaction_mode="create_savepoint")
        app.extensions["sessionmaker"] = app.extensions["reader"] = own

        self.sent: list[str] = []
        """The statements of the last request."""
        event.listen(self.connection, "before_cursor_execute", self._note)
        self.before: Callable[[Session], None] | None = None
        """What is done to the directory first, and taken back with the rest."""

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.sent.append(SAVEPOINT.sub("", statement))

    def begin(self, token: str) -> None:
        self.transaction, self.token, self.nonces = self.connection.begin(), token, Nonces()
        if self.before:
            with self.app.extensions["sessionmaker"].begin() as session:
                self.before(session)

    def ask(self, way: Way, headers: dict[str, str]) -> TestResponse:
        file = {"file": (BytesIO(way.file[1]), way.file[0])} if way.file else {}
        sent: dict[str, Any] = {} if way.method in READING else {"data": dict(way.fields) | file}
        if way.json is not None:
            sent = {"data": way.json, "content_type": "application/json"}
        with_cookie = {"Cookie": f"cp={self.token}", **headers}
        self.sent.clear()
        answer = self.client.open(way.path, method=way.method, headers=with_cookie, **sent)
        for cookie in answer.headers.getlist("Set-Cookie"):
            self.token = cookie.partition("=")[2].partition(";")[0]
        return answer

    def step(self) -> bool:
        """What the worker does next; False where nothing is due."""
        self.sent.clear()
        with self.session() as session:
            looked = working.look(session)
        with self.session() as session, session.begin():
            return working.step(session, looked)

    def command(self, *words: str) -> str:
        """What somebody at the server reads who gives this command."""
        engine = self.app.extensions["engine"]
        self.app.extensions["engine"] = self.connection
        try:
            with self.connection.begin_nested():
                return self.app.test_cli_runner().invoke(args=words).output
        finally:
            self.app.extensions["engine"] = engine

    def session(self) -> Session:
        return Session(self.connection, join_transaction_mode="create_savepoint")

    def last_entry(self) -> int:
        return self.connection.scalar(select(func.max(AuditEvent.id))) or 0

    def entries(self, after: int) -> list[list[str]]:
        columns = [getattr(AuditEvent, name) for name in SAYS]
        query = select(*columns).where(AuditEvent.id > after).order_by(AuditEvent.id)
        return [[str(value) for value in row] for row in self.connection.execute(query)]


@dataclass
class Pair:
    """Two directories, asked in somebody's name."""

    kind: str
    made: Directory
    child_uid: UUID
    subject_id: UUID
    number: str
    sides: tuple[Side, Side]
    ids: dict[str, list[UUID]]
    """What an address may name, in either of the two."""
    actors: dict[str, Actor | None]
    """Everybody who may not know."""
    never_there: bool = False
    """One of the two holds no such child at all."""
    steps: list[str] = field(default_factory=list)
    asked: int = 0
    apart: frozenset[str] = frozenset()
    """The ids that only one of the two holds."""

    numbers: frozenset[str] = frozenset()
    """The ContactPoint numbers in either of the two, as a page shows them."""

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(str(uid) for of in self.ids.values() for uid in of) | self.numbers

    @contextmanager
    def held(self, who: str) -> Iterator[None]:
        """As this person, everything taken back afterwards."""
        for side in self.sides:
            side.begin(self.made.tokens.get(who, "a" * 43))
        self.steps = [f"{self.kind}, as {who}:"]
        try:
            yield
        finally:
            for side in self.sides:
                side.transaction.rollback()

    def turn(self, who: str) -> None:
        """From now on as this person."""
        self.steps.append(f"as {who}:")
        for side in self.sides:
            side.token = self.made.tokens.get(who, "a" * 43)

    def ask(self, ways: Sequence[Way], headers: dict[str, str] | None = None) -> list[TestResponse]:
        """The two answers. Raises Different where they, or what was written down of them, can be told apart.

        What is only looked at takes the same statements, too: then no time can tell, either.
        """
        self.asked += 1
        self.steps.append(f"{ways[0].method} {ways[0].path} {dict(ways[0].fields) or ''} {headers or ''}")
        last = [side.last_entry() for side in self.sides]
        answers = [side.ask(way, headers or {}) for side, way in zip(self.sides, ways, strict=True)]
        assert all(answer.status_code < 500 for answer in answers), "\n".join([*self.steps, "broke"])
        self.same([side.nonces.without(one, self.known) for side, one in zip(self.sides, answers, strict=True)])
        if ways[0].method in READING:  # what is changed may lawfully change something hidden with it
            self.same(["\n".join(side.sent) for side in self.sides])
        self.same([self._written(side, after) for side, after in zip(self.sides, last, strict=True)])
        return answers

    def same(self, found: Sequence[str]) -> None:
        """Raises Different where the two are not."""
        if found[0] != found[1]:
            raise Different(self.steps, found)

    def _written(self, side: Side, after: int) -> str:
        """The entries since, but for those about what is hidden itself: whoever may not know made them unawares.

        Of a child who was never there, an entry cannot say which it was, under either of the ids that the audit has.
        """
        seen = [entry for entry in side.entries(after) if entry[SAYS.index("object_id")] not in self.apart]
        text = "\n".join(" ".join(entry) for entry in seen)
        for subject in (self.subject_id, blinding.subject(self.subject_id)) if self.never_there else ():
            text = text.replace(str(subject), "None")
        return side.nonces.named(text, self.known)
