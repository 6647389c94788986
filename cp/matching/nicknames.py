"""Which names stand for one another: short forms, other spellings, the same name in another language.

From two lists: the `nicknames` library's (American English) and our own `nicknames.csv`, each row with its source.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from nicknames import NickNamer

from cp.matching.names import fold


class How(IntEnum):
    """How two names stand to each other; the smaller, the nearer."""

    SPELLING = 0  # Muhammad is another spelling of Mohammed
    SHORT = 1  # Kate is short for Catherine
    FORM = 2  # Dafydd is a form of David
    ONE_NAME = 3  # Kate and Katie are forms of one name


class Tie(NamedTuple):
    """Why two names stand for one another. Folded names; `name` stands for `of`."""

    how: How
    name: str
    of: str


@lru_cache(8192)
def ties(folded: str) -> Mapping[str, Tie]:
    """Every name that may stand for this one, and why; symmetric: what is tied to a is what a is tied to."""
    near = _rows().get(folded, {})
    found = dict(near)
    for full, tie in near.items():
        if tie.of != full:
            continue
        for other, its in _rows()[full].items():
            if its.of == full and other != folded:
                same = tie.how is its.how is How.SPELLING
                found.setdefault(other, Tie(How.SPELLING if same else How.ONE_NAME, *sorted((folded, other))))
    return dict(sorted(found.items(), key=lambda item: (item[1].how, item[0])))


def tie(a: str, b: str) -> Tie | None:
    return ties(a).get(b)


@cache
def _rows() -> Mapping[str, Mapping[str, Tie]]:
    """Each name's direct ties, from both its sides."""
    rows: dict[str, dict[str, Tie]] = defaultdict(dict)
    for row in _ours() + _library():
        if row.name != row.of:
            rows[row.name].setdefault(row.of, row)
            rows[row.of].setdefault(row.name, row)
    return dict(rows)


def _ours() -> list[Tie]:
    with files("cp.matching").joinpath("nicknames.csv").open(encoding="utf-8") as file:
        return [Tie(How[row["how"].upper()], fold(row["name"]), fold(row["of"])) for row in csv.DictReader(file)]


def _library() -> list[Tie]:
    listed = NickNamer().nickname_lookup
    return [Tie(How.SHORT, fold(short), fold(full)) for full, shorts in listed.items() for short in sorted(shorts)]
