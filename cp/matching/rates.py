"""How often rows join the wrong record, or miss theirs, at each threshold: measured on families who do not exist.

`rates.toml` is written by `python -m bench.rates`, which says on how many rows and pairs.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from cp.matching import weights

FILE = Path(__file__).with_name("rates.toml")
Z = 1.96
"""Standard errors to either side that 95 of 100 lie within."""


@dataclass(frozen=True, slots=True)
class Join:
    """Rows that join by themselves from `at` on: how many joined another child's record, how many of held children
    did not join, and how many of these wait for a person with their record beside them."""

    at: float
    wrong: int
    missed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Look:
    """Rows that a person looks at from `at` on: how many of held children were taken for new, and how many wait."""

    at: float
    missed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Rates:
    """`rows` were sent, `held` of them of children who are held. `same` and `other`: pairs of a row and a record that
    were compared, of one child and of two."""

    weights: str
    seed: int
    children: int
    rows: int
    held: int
    same: int
    other: int
    join: tuple[Join, ...]
    look: tuple[Look, ...]


def read(path: Path = FILE) -> Rates:
    """What was measured last."""
    found: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    join, look = found.pop("join"), found.pop("look")
    return Rates(**found, join=tuple(Join(**one) for one in join), look=tuple(Look(**one) for one in look))


def fingerprint() -> str:
    """Of the weights in use: rates that were measured with others hold no longer."""
    return hashlib.sha256(weights.FILE.read_bytes()).hexdigest()[:16]


def interval(found: int, of: int) -> tuple[float, float]:
    """Between which shares the true one lies, 95 times of 100, where `found` of `of` were counted (Wilson's score).

    Raises ValueError where nothing was counted.
    """
    if of < 1 or not 0 <= found <= of:
        raise ValueError("nothing was counted")
    share, square = found / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    around = Z * sqrt((share * (1 - share) + square / 4) / of) / (1 + square)
    return (0.0 if found == 0 else middle - around), (1.0 if found == of else middle + around)
