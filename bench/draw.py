"""Chance that is the same on every machine: only `Random.random()`, which Python keeps stable for an integer seed."""

import random
from bisect import bisect_right
from collections.abc import Sequence
from hashlib import sha256
from typing import Generic, TypeVar

T = TypeVar("T")


class Draw:
    """A stream of chance of its own for each purpose, so that one more draw here moves nothing there."""

    __slots__ = ("random",)

    def __init__(self, *purpose: object) -> None:
        text = "/".join(str(part) for part in purpose)
        self.random = random.Random(int.from_bytes(sha256(text.encode()).digest(), "big")).random

    def below(self, end: int) -> int:
        return int(self.random() * end)

    def between(self, first: int, last: int) -> int:
        return first + int(self.random() * (last - first + 1))

    def chance(self, share: float) -> bool:
        return self.random() < share

    def pick(self, things: Sequence[T]) -> T:
        return things[int(self.random() * len(things))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        left = list(things)
        for last in range(len(left) - 1, 0, -1):
            other = int(self.random() * (last + 1))
            left[last], left[other] = left[other], left[last]
        return left


class Table(Generic[T]):
    """Things with weights: picking one costs a look-up in sums of whole numbers."""

    __slots__ = ("sums", "things", "total")

    def __init__(self, things: Sequence[T], weights: Sequence[int]) -> None:
        self.things = tuple(things)
        self.sums: list[int] = []
        self.total = 0
        for weight in weights:
            self.total += weight
            self.sums.append(self.total)

    def pick(self, draw: Draw) -> T:
        return self.things[bisect_right(self.sums, int(draw.random() * self.total))]


def zipf(count: int, offset: float, slope: float) -> list[int]:
    """Weights by rank, the common ones flattened: Zipf and Mandelbrot's law in whole numbers."""
    return [round(1e9 / (rank + offset) ** slope) for rank in range(1, count + 1)]
