"""Finding as others would do it, by turns with ours in one run: the same children, queries and ranking.

The peers are tantivy, SQLite's FTS5, PostgreSQL's pg_trgm, and the scan of a plain application on either engine; each
has what a good engineer would give it in a day, said in its own module. Only the finding differs: see `peer.py`.
"""

import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench import find, peer_fts5, peer_postgresql, peer_scans, peer_tantivy
from bench.known import SEED, drawn, sought
from bench.lines import Line
from bench.peer import Peer, answer, rows, spool
from bench.queries import Query, mixed
from cp import clock
from cp.services.find import Criteria, Found, search
from tests import postgres
from tools import machine

AT = 1_000_000
"""The size that the goals are for: below it everything is in memory and a scan is quick."""

QUERIES, FEWER = 5000, 1000
"""Queries at that size, and at any other."""

SCANNED = 200
"""Of these, the first that a scan is asked."""

WARM, WARM_SCANS = 100, 3
"""Others that are asked before the clock runs."""

P50, P99 = 1 / 6, 1 / 5
"""The most that a search may take, as shares of tantivy's at the same percentile."""

OURS = "ours"
Opened = Callable[[], AbstractContextManager[Peer]]
ANYWHERE: tuple[Opened, ...] = (peer_tantivy.opened, peer_fts5.opened, peer_scans.on_sqlite)
ON_POSTGRESQL: tuple[Opened, ...] = (peer_postgresql.opened, peer_scans.on_postgresql)


class Answer(NamedTuple):
    """How long it took, and whether the right child was among the first ten; None where nobody is meant."""

    seconds: float
    right: bool | None


Ask = Callable[[Criteria], Found]
Answers = Mapping[str, list[Answer]]


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark, on a directory of so many children."""
    with ExitStack() as stack:
        peers = [stack.enter_context(opened()) for opened in [*ANYWHERE, *beside_postgresql(stack)]]
        yield from built(engine, peers, children)
        yield from compared(engine, peers, children, QUERIES if children == AT else FEWER)


def beside_postgresql(stack: ExitStack) -> tuple[Opened, ...]:
    """The peers on a server that runs as long as the stack; those that cannot be are named."""
    installed = bool(machine.postgresql())
    if installed:
        stack.enter_context(postgres.server())
    if why := peer_postgresql.missing() if installed else "PostgreSQL is not installed":
        print(f"The peers on PostgreSQL are left out: {why}", flush=True)
        return ()
    return ON_POSTGRESQL


def built(engine: Engine, peers: Sequence[Peer], children: int) -> Iterator[Line]:
    """Every peer with all the children, from one file of them; what that cost is told, not judged."""
    with tempfile.TemporaryDirectory(prefix="contactpoint-peers-") as folder:
        file = Path(folder, "children.csv")
        spool(engine, file)
        for peer in peers:
            begun = time.perf_counter()
            stored = peer.build(rows(file))
            yield Line(f"{peer.name}, built in", time.perf_counter() - begun, "s")
            yield Line(f"{peer.name}, kept for a child", stored / children, "bytes")


def compared(engine: Engine, peers: Sequence[Peer], children: int, count: int) -> Iterator[Line]:
    """Ours beside each peer, over the queries that this peer was asked."""
    today = clock.today()
    with Session(engine) as session:
        known, asks = sought(session, drawn(session, children)), _asks(session, peers, today)
        scans = {peer.name for peer in peers if peer.scans}
        by_turns(asks, mixed(known, WARM, SEED + 1, today), scans, WARM_SCANS)
        answers = by_turns(asks, mixed(known, count, SEED, today), scans, SCANNED)
    for peer in peers:
        yield from _beside(peer.name, answers[OURS], answers[peer.name])


def _asks(session: Session, peers: Sequence[Peer], today: date) -> dict[str, Ask]:
    """How to ask each, ours first."""
    return {
        OURS: partial(_search, session, today),
        **{peer.name: partial(answer, session, peer, today) for peer in peers},
    }


def _search(session: Session, today: date, criteria: Criteria) -> Found:
    return search(session, criteria, today)


def by_turns(asks: Mapping[str, Ask], queries: Sequence[Query], slow: Collection[str], few: int) -> Answers:
    """Each query put to everyone before the next one; to the slow only the first few.

    Another begins each time: whoever does finds the names not yet taken apart and the records not yet in memory.
    """
    answers: dict[str, list[Answer]] = {name: [] for name in asks}
    for at, query in enumerate(queries):
        names = [name for name in asks if at < few or name not in slow]
        first = at % len(names)
        for name in [*names[first:], *names[:first]]:
            begun = time.perf_counter()
            found = asks[name](query.criteria)
            seconds = time.perf_counter() - begun
            answers[name].append(Answer(seconds, _right(found, query.child_id)))
    return answers


def _right(found: Found, child_id: int | None) -> bool | None:
    return None if child_id is None else child_id in [match.child_id for match in found.matches[:10]]


def _beside(name: str, ours: Sequence[Answer], theirs: Sequence[Answer]) -> Iterator[Line]:
    ours = ours[: len(theirs)]
    goals = {0.5: P50, 0.99: P99} if name == peer_tantivy.Tantivy.name else {0.5: 1.0, 0.99: 1.0}
    asked = f"{len(theirs):,} queries"
    for share, goal in goals.items():
        yield Line(f"search beside {name}, {share:.0%} of {asked}", _at(ours, share), "ms", goal, _at(theirs, share))
    yield Line(f"first ten beside {name}, of {asked}", _share(ours), "share", 1.0, _share(theirs), least=True)


def _at(answers: Sequence[Answer], share: float) -> float:
    return find.at([answer.seconds for answer in answers], share)


def _share(answers: Sequence[Answer]) -> float:
    meant = [answer.right for answer in answers if answer.right is not None]
    return sum(meant) / len(meant)
