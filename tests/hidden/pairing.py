"""How a pair is made: one directory, copied, and then what is hidden told to one of the two."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.rules import number
from cp.rules.access import Actor
from cp.services import sessions
from cp.services import who as who_asks
from tests.conftest import NOW
from tests.hidden import directory, facts
from tests.hidden.copies import Copies, written
from tests.hidden.directory import Directory, ids_in, opened_by_everybody
from tests.hidden.facts import FIRST, SECOND
from tests.hidden.pairs import Pair, Side

Telling = Callable[[Session, Directory, Child], None]


@dataclass(frozen=True)
class Plan:
    """`base` makes the child in both; `tellings` say what each of the two knows besides."""

    base: Callable[[Session, Directory], Child] | None
    tellings: tuple[Telling | None, Telling | None]
    may_know: frozenset[str] = frozenset()
    only: Callable[[Session, Directory], Child] = facts.sealed
    """Makes the child of the second alone, where there is no `base`."""


def _told(told: facts.Told) -> Telling:
    return lambda session, made, child: facts.tell(session, made, child, told)


def _told_elsewhere(session: Session, made: Directory, child: Child) -> None:
    """Otherwise, and of a child for whom another authority answers: that, too, says where the child lives.

    Whoever runs accounts reads how many children their authority answers for, so nothing is asked of them here.
    """
    facts.tell(session, made, child, SECOND)
    child.authority_id = made.everybody.there.id


MANAGERS = ("manager", "head", "administrator", "stale", "manager_elsewhere")
PLANS = {
    "shielded": Plan(facts.shielded, (None, _told(FIRST)), frozenset({"team"})),
    "shielded, known otherwise": Plan(facts.shielded, (_told_elsewhere, _told(FIRST)),
                                      frozenset({"team", "team_elsewhere", *MANAGERS})),
    "sensitive": Plan(facts.ordinary, (None, facts.sensitive), frozenset({"team"})),
    "old identity": Plan(None, (None, None)),
    "the same": Plan(facts.ordinary, (None, None)),
}  # fmt: skip
"""Whom the one decision may show it is asked nothing. Of `the same` two nobody can tell anything: a control."""
OF_THE_ARCHIVE = {
    "archived": Plan(None, (None, None), frozenset({"team"}), only=facts.archived),
    "archived, asked for": Plan(facts.archive_asked_for, (None, _told(FIRST))),
}
"""On every page, but for what suppliers send: of whom an archived record takes in no row, there is a new record where
there is none (decision 47)."""
ALL = PLANS | OF_THE_ARCHIVE
OF_SUPPLIERS = {"never there": Plan(None, (None, None), frozenset({"team"}), only=facts.shielded_and_told)}
"""Who is shielded may be known by name to whoever searches, and not to whoever only sends a list."""


class Pairs:
    """All of them, each made when it is first asked for."""

    def __init__(self, copies: Copies) -> None:
        self.copies, self.made = copies, dict[str, Pair]()

    def of(self, kind: str) -> Pair:
        if kind not in self.made:
            with time_machine.travel(NOW, tick=False):
                self.made[kind] = self._make(kind)
        return self.made[kind]

    def close(self) -> None:
        for pair in self.made.values():
            for side in pair.sides:
                side.connection.close()
                side.app.extensions["engine"].dispose()

    def _make(self, kind: str) -> Pair:
        plan, urls = (ALL | OF_SUPPLIERS)[kind], [self.copies.of()]
        with written(urls[0]) as session:
            made = directory.make(session)
            child = plan.base(session, made) if plan.base else None
            if child:
                opened_by_everybody(session, made, child)
        urls.append(self.copies.of(urls[0]))
        ids: dict[str, set[UUID]] = {}
        apart: set[UUID] = set()
        numbers: set[str] = set()
        for url, telling in zip(urls, plan.tellings, strict=True):
            with written(url) as session:
                found = session.merge(child) if child else None
                if telling and found:
                    telling(session, made, found)
                if child is None and url is urls[1]:
                    child = plan.only(session, made)
                    opened_by_everybody(session, made, child)
                numbers.update(map(number.shown, session.scalars(select(Child.number))))
                for table, uids in ids_in(session).items():
                    apart ^= set(uids)
                    ids.setdefault(table, set()).update(uids)
        assert child is not None
        pair = self._pair(kind, made, child, urls, ids)
        pair.apart, pair.numbers = frozenset(map(str, apart)), frozenset(numbers)
        return pair

    def _pair(self, kind: str, made: Directory, child: Child, urls: list[str], ids: dict[str, set[UUID]]) -> Pair:
        sides = [Side(self.copies.app(url)) for url in urls]
        with written(urls[0]) as session:
            actors = {who: _actor(session, made.tokens.get(who)) for who in (*made.people, "stranger")}
        plan = (ALL | OF_SUPPLIERS)[kind]
        asked = {who: actor for who, actor in actors.items() if who not in plan.may_know}
        return Pair(
            kind, made, child.uid, child.subject_id, child.number, (sides[0], sides[1]),
            {table: sorted(uids) for table, uids in ids.items()}, asked, never_there=plan.base is None,
        )  # fmt: skip


def _actor(session: Session, token: str | None) -> Actor | None:
    found = who_asks.find(session, sessions.hashed(token), UUID(int=1)) if token else None
    return found.actor if found else None
