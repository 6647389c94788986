"""Supplied rows against a population: how many join the right child, the wrong one or none, at fixed thresholds."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Engine

from bench.blocking import Index
from bench.find import timed
from bench.lines import Line
from bench.supplied import Row, Supply, supplied
from cp import clock
from cp.matching.apart import NONE_KNOWN, compare_numbers, same_carer
from cp.matching.joining import Decided, Kind, decide, judge_pair

ROWS, SEED = 10_000, 61
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
    index = Index([entry.facts for entry in supply.held])
    for name, whole in (("names, birth, gender, postcode", False), ("and numbers and carers", True)):
        seconds, decided = timed(_decided, supply, index, whole)
        yield from _lines(name, count(supply.rows, decided))
        yield Line(f"rows by {name}: each", 1000 * seconds / rows, "ms")


def _decided(supply: Supply, index: Index, whole: bool) -> list[Decided[int]]:
    return [decided(row, supply, index, whole=whole) for row in supply.rows]


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
