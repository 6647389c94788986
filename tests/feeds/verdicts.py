"""What a hostile file is, and what must come of it."""

from collections.abc import Callable
from typing import NamedTuple

Made = bytes | Callable[[], bytes]


class Hostile(NamedTuple):
    """`verdict`: how many rows are read, or the very sentence with which the file is refused."""

    name: str
    made: Made
    verdict: int | str
    file: str = "pupils.csv"

    def data(self) -> bytes:
        return self.made if isinstance(self.made, bytes) else self.made()
