"""The peers find as well as they can, the same queries are put to everyone by turns, and the lines come out."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench import peer, peer_postgresql, peers
from bench.known import drawn, sought
from bench.lines import Line
from bench.peer import Peer
from bench.queries import NOBODY, Query, mixed
from cp import clock
from cp.services.find import Criteria, Found, Match
from tests import postgres
from tests.bench.conftest import CHILDREN
from tests.conftest import ENGINE
from tools import machine


@pytest.fixture
def built(directory: Engine) -> Iterator[list[Peer]]:
    """The peers of this engine, with the directory's children in them."""
    opened = peers.ON_POSTGRESQL if ENGINE == "postgresql" else peers.ANYWHERE
    with ExitStack() as stack:
        made = [stack.enter_context(open_()) for open_ in opened]
        list(peers.built(directory, made, CHILDREN))
        yield made


def test_every_peer_has_its_lines(directory: Engine, built: list[Peer]) -> None:
    lines = list(peers.compared(directory, built, CHILDREN, 60))

    assert [line.name for line in lines] == [
        f"{what} {one.name}, {of}60 queries"
        for one in built
        for what, of in [("search beside", "50% of "), ("search beside", "99% of "), ("first ten beside", "of ")]
    ]
    assert {one.name: bool(line.yardstick) for one, line in zip(built, lines[2::3], strict=True)} == {
        one.name: True for one in built
    }
    assert [str(line) for line in lines if line.unit == "share" and not line.ok] == []


def test_what_a_peer_costs_is_told_and_not_judged() -> None:
    assert str(Line("tantivy, built in", 2.5, "s")) == "tantivy, built in | 2.5 | s | - | - | - | ok"


def test_a_peer_with_an_index_finds_whoever_is_meant(directory: Engine, built: list[Peer]) -> None:
    """Nearly always: then what is compared is two good ways to find, not a good one and a straw man."""
    with Session(directory) as session:
        today = clock.today()
        queries = [query for query in mixed(sought(session, drawn(session, CHILDREN)), 300, 7, today) if query.child_id]
        for one in built:
            found = [peer.answer(session, one, today, query.criteria) for query in queries]
            right = sum(
                query.child_id in [match.child_id for match in answer.matches]
                for query, answer in zip(queries, found, strict=True)
            )
            assert right / len(queries) > (0.3 if one.scans else 0.97), one.name


def test_nobody_is_found_where_nobody_is_meant(directory: Engine, built: list[Peer]) -> None:
    with Session(directory) as session:
        today = clock.today()
        queries = [q for q in mixed(sought(session, drawn(session, CHILDREN)), 2000, 7, today) if q.kind == NOBODY]
        found = {one.name: [peer.answer(session, one, today, q.criteria).matches for q in queries] for one in built}

    assert len(queries) > 20
    assert found == {one.name: [()] * len(queries) for one in built}


def test_a_query_is_put_to_everyone_before_the_next_one_and_to_a_scan_only_at_first() -> None:
    asked: list[tuple[str, str]] = []

    def ask(name: str) -> peers.Ask:
        def found(criteria: Criteria) -> Found:
            asked.append((name, criteria.family_name))
            return Found((Match(1, 30.0, "", None),))

        return found

    queries = [Query("a kind", child_id, Criteria(family_name=name)) for child_id, name in [(1, "A"), (2, "B")]]
    queries.append(Query(NOBODY, None, Criteria(family_name="C")))
    answers = peers.by_turns({name: ask(name) for name in ("ours", "index", "scan")}, queries, {"scan"}, 1)

    assert asked == [
        ("ours", "A"), ("index", "A"), ("scan", "A"),
        ("index", "B"), ("ours", "B"),
        ("ours", "C"), ("index", "C"),
    ]  # fmt: skip
    assert {name: [answer.right for answer in found] for name, found in answers.items()} == {
        "ours": [True, False, None],
        "index": [True, False, None],
        "scan": [True],
    }


@pytest.mark.parametrize(
    ("programs", "extension", "why"),
    [
        (None, None, "PostgreSQL is not installed"),
        ("/usr/bin", "the extension pg_trgm is not installed", "the extension pg_trgm is not installed"),
    ],
)
def test_peers_that_cannot_be_are_named(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    programs: str | None,
    extension: str | None,
    why: str,
) -> None:
    monkeypatch.setattr(machine, "postgresql", lambda: programs)
    monkeypatch.setattr(postgres, "server", contextmanager(lambda: iter([""])))
    monkeypatch.setattr(peer_postgresql, "missing", lambda: extension)

    with ExitStack() as stack:
        assert peers.beside_postgresql(stack) == ()

    assert capsys.readouterr().out == f"The peers on PostgreSQL are left out: {why}\n"
