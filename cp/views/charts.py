"""A burn-up chart as numbers: what templates/figures/chart.html draws follows from its table and from nothing else."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

PLOT, NAME = 240, 20
"""Pixels: how high the plot is, and how far apart two names beside it stand at least."""


class Series(NamedTuple):
    """What is drawn as one line: a number a week. `dash`: the pattern, as SVG has it; `wide`: the stroke in pixels."""

    name: str
    numbers: Sequence[int]
    dash: str = "none"
    wide: int = 3


class Line(NamedTuple):
    """`points` are in weeks across and in organisations down from the top, so that each is a number of the table;
    `name_at` is where the name's middle stands, in pixels from the top of the plot.
    """

    name: str
    points: str
    dash: str
    wide: int
    name_at: int


def burn_up(of: int, series: Sequence[Series]) -> list[Line]:
    """Each series against all there are, which is the top of the plot. `of` is at least 1, and no number is more."""
    ends = _apart([PLOT * (of - one.numbers[-1]) // of for one in series])
    return [
        Line(f"{one.name} {one.numbers[-1]}", _points(of, one.numbers), one.dash, one.wide, at)
        for one, at in zip(series, ends, strict=True)
    ]


def _points(of: int, numbers: Sequence[int]) -> str:
    return " ".join(f"{week},{of - number}" for week, number in enumerate(numbers))


def _apart(wanted: Sequence[int]) -> list[int]:
    """The same heights, moved as little down, and then up, as keeps the names readable and beside the plot."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = list(wanted)
    for above, at in pairwise(order):
        placed[at] = max(placed[at], placed[above] + NAME)
    lowest = PLOT
    for at in reversed(order):
        placed[at] = min(placed[at], lowest)
        lowest = placed[at] - NAME
    return placed
