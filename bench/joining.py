"""Supplied rows against a population: how many join the right child, the wrong one or none, at fixed thresholds."""

import csv
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from bench.blocking import Index
from bench.lines import Line
from bench.matching import COLUMNS, Scores
from bench.published import EVENS, peer
from bench.supplied import Row, Supply, supplied
from cp import clock
from cp.matching.apart import NONE_KNOWN, compare_numbers, same_carer
from cp.matching.facts import Facts
from cp.matching.joining import Decided, Kind, decide, judge_pair
from cp.matching.names import Form

ROWS, SEED = 10_000, 61
OWN_FACTS, WHOLE = "names, birth, gender and postcode", "all that they say"
BETTER = 1.005
"""The least that F1 is of Splink's: half a hundredth more."""
PRECISION, FOUND = 0.9995, 0.97
"""The least share of joins that are right, and of rows of held children that join or are asked about with the child."""


class Counts(NamedTuple):
    """Rows by what became of them."""

    held: int
    strangers: int
    right: int
    wrong: int
    asked: int
    """Of held children, not joined, the child among those who may be."""
    new: int
    """Of strangers, those that may be nobody."""


def run(engine: Engine, children: int, rows: int = ROWS) -> Iterator[Line]:
    """The lines of this benchmark; the population is its own, for some of its children must not be held."""
    supply = supplied(children, rows, SEED, clock.today())
    begun = time.process_time()
    index = Index([entry.facts for entry in supply.held])
    indexing, ours = time.process_time() - begun, list[Decided[int]]()
    for name, whole in ((WHOLE, True), (OWN_FACTS, False)):
        begun = time.process_time()
        ours = _decided(supply, index, whole)
        seconds = time.process_time() - begun
        yield from _lines(name, count(supply.rows, ours))
        yield Line(f"rows by {name}: processor time of each", 1000 * seconds / rows, "ms")
    if python := os.environ.get("CP_PEERS"):
        yield from beside(supply, likeliest(ours), indexing + seconds, Path(python))


def _decided(supply: Supply, index: Index, whole: bool) -> list[Decided[int]]:
    return [decided(row, supply, index, whole=whole) for row in supply.rows]


def likeliest(decided: Iterable[Decided[int]]) -> list[int | None]:
    """The first record that a row joins or may be."""
    return [found.matches[0][0] if found.matches else None for found in decided]


def decided(row: Row, supply: Supply, index: Index, *, whole: bool) -> Decided[int]:
    """What becomes of a row, by the child's own facts alone or by the whole of what it says."""
    judged = []
    for at in index.candidates(row.facts):
        entry = supply.held[at]
        numbers = compare_numbers(row.numbers, entry.numbers) if whole else NONE_KNOWN
        carer = whole and same_carer(row.carers, entry.carers)
        judged.append((entry.key, judge_pair(row.facts, entry.facts, numbers, same_carer=carer)))
    return decide(judged, order=int)


def count(rows: list[Row], decided: list[Decided[int]]) -> Counts:
    both = list(zip(rows, decided, strict=True))
    joins = [(row.means, found.one) for row, found in both if found.kind is Kind.SAME]
    right = sum(meant == one for meant, one in joins)
    asked = sum(
        found.kind is Kind.MAYBE and row.means in [key for key, _ in found.matches] for row, found in both if row.means
    )
    held = sum(row.means is not None for row in rows)
    new = sum(row.means is None and found.kind is Kind.NEW for row, found in both)
    return Counts(held, len(rows) - held, right, len(joins) - right, asked, new)


def _lines(name: str, found: Counts) -> Iterator[Line]:
    joins = max(1, found.right + found.wrong)
    precision, recall = found.right / joins, found.right / found.held
    yield Line(f"rows by {name}: joins that are right", precision, "share", PRECISION, least=True)
    yield Line(f"rows by {name}: of held children, joined", recall, "share")
    yield Line(f"rows by {name}: F1 of joins", 2 * precision * recall / (precision + recall), "share")
    met = (found.right + found.asked) / found.held
    yield Line(f"rows by {name}: of held children, joined or asked about", met, "share", FOUND, least=True)
    yield Line(f"rows by {name}: of strangers, new at once", found.new / max(1, found.strangers), "share")


def beside(supply: Supply, ours: Sequence[int | None], seconds: float, python: Path) -> Iterator[Line]:
    """The likeliest child of each row, ours and Splink's, on the same columns; both learn nothing from the answers."""
    with tempfile.TemporaryDirectory() as folder:
        answers, held, sent = (Path(folder, name) for name in ("answers.csv", "held.csv", "sent.csv"))
        write(held, ((entry.key, entry.facts) for entry in supply.held))
        write(sent, ((at, row.facts) for at, row in enumerate(supply.rows)))
        its_seconds = float(peer(python, "judge", answers, held, sent).split()[-1])
        theirs = scores(supply.rows, _answered(answers, len(supply.rows)))
    own = scores(supply.rows, ours)
    yield Line("the likeliest child: precision beside Splink’s", own.precision, "share", yardstick=theirs.precision)
    yield Line("the likeliest child: recall beside Splink’s", own.recall, "share", yardstick=theirs.recall)
    yield Line("the likeliest child: F1 beside Splink’s", own.f1, "share", BETTER, theirs.f1, least=True)
    yield Line("all rows: processor time beside Splink’s", seconds, "s", 1.0, its_seconds)


def scores(rows: Sequence[Row], said: Sequence[int | None]) -> Scores:
    right = sum(row.means == key for row, key in zip(rows, said, strict=True) if key is not None)
    answers = sum(key is not None for key in said)
    return Scores(right / max(1, answers), right / max(1, sum(row.means is not None for row in rows)))


def write(path: Path, children: Iterable[tuple[int, Facts]]) -> None:
    """As a person would prepare a file for another program: one given name, the family name, one postcode."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for key, facts in children:
            code = next((place.whole for place in sorted(facts.places, key=str)), "")
            born = facts.born.first if facts.born else ""
            out.writerow([key, "", _first(facts.given), _first(facts.family), born, facts.gender or "", code])


def _first(forms: tuple[Form, ...]) -> str:
    return forms[0].text if forms else ""


def _answered(path: Path, rows: int) -> list[int | None]:
    """Of each row, the record that is likeliest, if it is likelier than not."""
    best: list[tuple[float, int | None]] = [(EVENS, None)] * rows
    with path.open(encoding="utf-8", newline="") as file:
        for key, row, likely in csv.reader(file):
            best[int(row)] = max(best[int(row)], (float(likely), int(key)), key=lambda answer: answer[0])
    return [key for _, key in best]
