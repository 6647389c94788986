"""Whatever is done to the records, nobody is ever shown what the one decision hides from them."""

import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Transaction

from cp.rules.access import Actor, Allowed, Refused, Subject, decide
from cp.terms import Act
from tests.conftest import NOW
from tests.hidden import directory, marked
from tests.hidden.acts import ACTS
from tests.hidden.copies import Copies, written
from tests.hidden.directory import Directory
from tests.hidden.marked import CLEAR, SEALED, Marked
from tests.hidden.pairs import Side
from tests.hidden.walk import Shown, Walk
from tests.scale import FULL, SEED, scaled
from tests.whole.canaries import traces
from tests.whole.test_secrets import snapshots

Ending = Callable[[Transaction], None]
WALKS, STEPS = scaled(20, 500), scaled(25, 50)
PARTS = scaled(1, 2)
"""At full scale a part for each core."""
EVERY_PAGE_IS_THERE = True
"""Nothing may be skipped for want of a page."""
SHIELDED, SENSITIVE, OLD = 20, 20, 5


@dataclass(frozen=True)
class Place:
    """The directory that every walk begins in."""

    side: Side
    made: Directory
    marked: Marked
    spare: str
    """Another copy of it, in which what is done may stay."""


@pytest.fixture(scope="module")
def place(copies: Copies) -> Iterator[Place]:
    url = copies.of()
    with time_machine.travel(NOW, tick=False), written(url) as session:
        made = directory.make(session)
        with_canaries = marked.make(session, made, SHIELDED, SENSITIVE, OLD)
    spare = copies.of(url)
    side = Side(copies.app(url))
    yield Place(side, made, with_canaries, spare)
    side.connection.close()
    side.app.extensions["engine"].dispose()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the application would put what it writes aside."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def walked(place: Place, clock: time_machine.Traveller, number: int, end: Ending = Transaction.rollback) -> Walk:
    """One walk from the beginning. Raises Shown."""
    clock.move_to(NOW)
    walk = Walk(place.side, place.made, place.marked, f"{SEED} {number}")
    try:
        for _ in range(STEPS):
            walk.step(clock)
    finally:
        end(place.side.transaction)
    return walk


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_is_ever_shown_what_is_hidden_from_them(
    place: Place, clock: time_machine.Traveller, temporary: Path, caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None], part: int,
) -> None:  # fmt: skip
    """Nor is it logged, or left in a temporary file. Walks of which each finds the directory as it was."""
    caplog.set_level(logging.DEBUG)
    done, skipped, answers, seen = Counter[Act](), set[Act](), 0, 0
    walks = range(part, WALKS, PARTS)
    for number in walks:
        walk = walked(place, clock, number)
        done, skipped = done + walk.done, skipped | walk.skipped
        answers, seen = answers + len(walk.steps) - 1, seen + walk.seen

    figures = {
        "walks": len(walks), "steps": len(walks) * STEPS, "answers": answers, "seen by who may": seen, "shown": 0,
        "seed": SEED, "done": sum(done.values()), "skipped": " ".join(sorted(skipped)) or "none",
    }  # fmt: skip
    for name, figure in figures.items():
        record_property(name, figure)
    assert seen > 0
    assert words_in(caplog.text) == []
    assert [file for file in temporary.rglob("*") if file.is_file() and words_in(file.read_text("latin-1"))] == []
    if EVERY_PAGE_IS_THERE:
        assert skipped == set()
        assert not FULL or set(ACTS) - done.keys() == set()


def shieldless(actor: Actor, act: Act, subject: Subject, today: date) -> Allowed | Refused:
    return decide(actor, act, replace(subject, shielded=False), today)


@pytest.mark.parametrize(
    "mistake",
    [
        pytest.param(("cp.services.children.decide", shieldless), id="the shield forgotten"),
        pytest.param(("cp.services.involved.decide", lambda *_: Allowed()), id="old identities on one’s own list"),
    ],
)
def test_a_walk_finds_a_mistake(
    place: Place, clock: time_machine.Traveller, mistake: tuple[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*mistake)

    with pytest.raises(Shown):
        [walked(place, clock, number) for number in range(WALKS)]


def words_in(text: str) -> list[str]:
    return [word for word in (CLEAR, SEALED) if word.casefold() in text.casefold()]


def test_what_is_sealed_is_in_no_file_of_the_database_whatever_was_done(
    place: Place, copies: Copies, clock: time_machine.Traveller
) -> None:
    side = Side(copies.app(place.spare))
    try:
        walked(Place(side, place.made, place.marked, ""), clock, WALKS, Transaction.commit)
    finally:
        side.connection.close()
        side.app.extensions["engine"].dispose()
    numbers = [
        canary.text for canary in place.marked.canaries.values() if canary.text.isdigit() and len(canary.text) > 9
    ]
    looked_for = {trace for text in (SEALED, *numbers[:6]) for trace in traces(text)}

    for content in snapshots(place.spare):
        assert [trace for trace in looked_for if trace in content] == []
