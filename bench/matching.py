"""`python -m bench.matching FILE`: how right the judgements of supplied rows are, on a file whose answer is known.

Columns record_id, cluster, given_name, family_name, date_of_birth, gender, postcode; any may be empty but the first
two. Rows of one cluster are one child. A date that is no date is missing, and agrees with nothing.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bench.blocking import Pair, pairs
from bench.lines import HEADING, Line
from cp.matching.births import day
from cp.matching.facts import Facts, Where, forms_of
from cp.matching.joining import judge_pair
from cp.rules import postcodes
from cp.terms import Gender, Judgement

COLUMNS = ("record_id", "cluster", "given_name", "family_name", "date_of_birth", "gender", "postcode")
GENDERS = {"f": Gender.FEMALE, "female": Gender.FEMALE, "m": Gender.MALE, "male": Gender.MALE}


class Rows(NamedTuple):
    """The facts of each row, and the cluster that it is said to be of."""

    facts: list[Facts]
    clusters: list[str]


class Scores(NamedTuple):
    """Of the pairs that were judged one child, the share that is; of those that are, the share that was judged so."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read(path: Path) -> Rows:
    """Stops with a sentence if a column is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            sys.exit(f"{path} has no column {', '.join(missing)}. It needs {', '.join(COLUMNS)}.")
        found = [(facts_of(row), row["cluster"]) for row in rows]
    return Rows([facts for facts, _ in found], [cluster for _, cluster in found])


def facts_of(row: dict[str, str]) -> Facts:
    given, family = forms_of((row["given_name"].strip(), row["family_name"].strip()), ())
    born = _date(row["date_of_birth"].strip())
    gender = GENDERS.get(row["gender"].strip().lower())
    return Facts(given, family, day(born) if born else None, gender, _where(row["postcode"].strip()))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(65536)
def _where(text: str) -> frozenset[Where]:
    """A postcode of another country is one that has no first half."""
    if not text:
        return frozenset()
    outward = postcodes.outward(text)
    return frozenset({Where(outward, postcodes.normalise(text)) if outward else Where(text, text)})


def judged(facts: Sequence[Facts]) -> dict[Pair, Judgement]:
    """Of the pairs that are compared, those that are one child or may be."""
    found = {(a, b): judge_pair(facts[a], facts[b]).judgement for a, b in pairs(facts)}
    return {pair: judgement for pair, judgement in found.items() if judgement is not Judgement.DIFFERENT}


def as_judged(judged: Iterable[Pair], clusters: Sequence[str]) -> Scores:
    judged = list(judged)
    right = sum(clusters[a] == clusters[b] for a, b in judged)
    return _scores(right, len(judged), _pairs_in(clusters))


def joined(judged: Iterable[Pair], clusters: Sequence[str]) -> Scores:
    """The same of every two rows that are connected, directly or through others."""
    found = components(judged, len(clusters))
    right = _pairs_in(zip(found, clusters, strict=True))
    return _scores(right, _pairs_in(found), _pairs_in(clusters))


def components(edges: Iterable[Pair], count: int) -> list[int]:
    """For each of so many rows, the first of those that it is connected with."""
    of = list(range(count))

    def first(at: int) -> int:
        while of[at] != at:
            of[at] = of[of[at]]
            at = of[at]
        return at

    for a, b in edges:
        low, high = sorted((first(a), first(b)))
        of[high] = low
    return [first(at) for at in range(count)]


def _pairs_in(groups: Iterable[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(groups).values())


def _scores(right: int, said: int, true: int) -> Scores:
    return Scores(right / said if said else 1.0, right / true if true else 1.0)


def lines(path: Path) -> Iterator[Line]:
    """Told and not judged: how hard a file is only its maker knows."""
    begun = time.perf_counter()
    rows = read(path)
    found = judged(rows.facts)
    seconds = time.perf_counter() - begun
    yield Line("rows", len(rows.facts), "rows")
    for name, kept in (("same", {Judgement.SAME}), ("same or maybe", {Judgement.SAME, Judgement.MAYBE})):
        chosen = [pair for pair, judgement in found.items() if judgement in kept]
        for how, scores in (("as judged", as_judged), ("joined into clusters", joined)):
            precision, recall = measured = scores(chosen, rows.clusters)
            yield Line(f"{name}, {how}: precision", precision, "share")
            yield Line(f"{name}, {how}: recall", recall, "share")
            yield Line(f"{name}, {how}: F1", measured.f1, "share")
    yield Line("reading, finding pairs and judging them", seconds, "s")


def main() -> int:
    print(HEADING)
    for line in lines(Path(sys.argv[1])):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
