"""`python -m bench.rates`: how often rows join a wrong child or miss theirs at each threshold, to `rates.toml`.

The families are generated, of a seed that no weight was learnt from, and the rows have the mistakes of a school
(`bench/supplied.py`). Each row is judged by all that it says, at every threshold in turn.
"""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bench.blocking import Index
from bench.joining import count
from bench.supplied import Entry, Row, Supply, supplied
from cp.matching import rates
from cp.matching.apart import Numbers, compare_numbers, same_carer
from cp.matching.facts import Facts
from cp.matching.joining import DEFAULT, Decided, Judged, Kind, Thresholds, decide, judge_pair
from cp.matching.rates import Join, Look, Rates

CHILDREN, ROWS, SEED = 40_000, 20_000, 67
TODAY = date(2026, 11, 29)
"""A fixed day, so that the same seed measures the same."""
JOIN = (18.0, 22.0, 26.0, 30.0, 34.0, 38.0, 42.0)
LOOK = (10.0, 12.0, 14.0, 16.0, 18.0)
HEADER = (
    "# How often rows join the wrong record, or miss theirs, at each threshold: `python -m bench.rates` measures it\n"
    "# on generated families. cp/matching/rates.py says what each figure counts.\n"
)


class Compared(NamedTuple):
    """A record beside a row, with what can be compared once for every threshold."""

    entry: Entry
    numbers: Numbers
    carer: bool


Candidates = list[tuple[Row, list[Compared]]]


def measured(children: int = CHILDREN, rows: int = ROWS, seed: int = SEED) -> Rates:
    supply = supplied(children, rows, seed, TODAY)
    compared = _compared(supply)
    pairs = [row.means == one.entry.key for row, beside in compared for one in beside]
    held = sum(row.means is not None for row in supply.rows)
    join = tuple(_join(supply, compared, at) for at in JOIN)
    look = tuple(_look(supply, compared, at) for at in LOOK)
    return Rates(rates.fingerprint(), seed, children, rows, held, sum(pairs), len(pairs) - sum(pairs), join, look)


def _compared(supply: Supply) -> Candidates:
    index = Index([entry.facts for entry in supply.held])
    return [(row, [_beside(row, supply.held[at]) for at in sorted(index.candidates(row.facts))]) for row in supply.rows]


def _beside(row: Row, entry: Entry) -> Compared:
    return Compared(entry, compare_numbers(row.numbers, entry.numbers), same_carer(row.carers, entry.carers))


def _join(supply: Supply, compared: Candidates, at: float) -> Join:
    found = count(supply.rows, _decided(compared, replace(DEFAULT, join=at)))
    return Join(at, found.wrong, found.held - found.right, found.asked)


def _look(supply: Supply, compared: Candidates, at: float) -> Look:
    decided = _decided(compared, replace(DEFAULT, maybe=at))
    both = list(zip(supply.rows, decided, strict=True))
    missed = sum(row.means is not None and found.kind is Kind.NEW for row, found in both)
    return Look(at, missed, sum(found.kind is Kind.MAYBE for found in decided))


def _decided(compared: Candidates, at: Thresholds) -> list[Decided[int]]:
    return [decide([_judged(row.facts, one, at) for one in beside], order=int) for row, beside in compared]


def _judged(row: Facts, one: Compared, at: Thresholds) -> tuple[int, Judged]:
    return one.entry.key, judge_pair(row, one.entry.facts, one.numbers, at, same_carer=one.carer)


def write(found: Rates, path: Path) -> None:
    plain = asdict(found)
    tables = {name: plain.pop(name) for name in ("join", "look")}
    lines = [f"{name} = {_value(value)}" for name, value in plain.items()]
    for name, rows in tables.items():
        lines += [f"\n[[{name}]]\n" + "\n".join(f"{key} = {_value(value)}" for key, value in row.items())
                  for row in rows]  # fmt: skip
    path.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")


def _value(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


if __name__ == "__main__":
    write(measured(), rates.FILE)
