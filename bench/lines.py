"""The lines that every benchmark prints: what was measured, beside what, and whether it is good enough."""

from math import inf
from typing import NamedTuple

HEADING = "name | value | unit | yardstick | ratio | goal | ok or short"


class Line(NamedTuple):
    """`goal` is the most that the ratio may be (or the value, without a yardstick); the least where `least`.

    Without a goal it is told and not judged.
    """

    name: str
    value: float
    unit: str
    goal: float = inf
    yardstick: float | None = None
    least: bool = False

    @property
    def ratio(self) -> float | None:
        return self.value / self.yardstick if self.yardstick else None

    @property
    def ok(self) -> bool:
        measured = self.value if self.ratio is None else self.ratio
        return measured >= self.goal if self.least else measured <= self.goal

    def __str__(self) -> str:
        return " | ".join(
            (
                self.name,
                _short(self.value),
                self.unit,
                "-" if self.yardstick is None else _short(self.yardstick),
                "-" if self.ratio is None else f"{self.ratio:.2f}",
                "-" if self.goal == inf else f"{'at least' if self.least else 'at most'} {self.goal:g}",
                "ok" if self.ok else "short",
            )
        )


def _short(value: float) -> str:
    """Four figures are more than a shared machine can tell."""
    return f"{value:.4g}"
