"""How many records one transaction changes, so that nobody waits long for it to write."""

import time
from collections.abc import Callable

FEW = {"sqlite": 5, "postgresql": 500}
"""Records of the first batch, in which a process makes its statements as well."""
LEAST, MOST = 20, 2000
"""Of any other, however long they take: a batch of one takes almost as long as a batch of twenty."""
AIM = {"sqlite": 0.05, "postgresql": 1.0}
"""Seconds. On SQLite everybody else waits for a batch to write, 0.2 s at most: a disk or a neighbour may take the rest.
On PostgreSQL only whoever wants these same records waits.
"""


class Pace:
    """As many records as are done in that time by the measure of the last batch, at most twice as many as that had.

    Half as many after one that failed, for it may have been too large for the database's own limits.
    """

    def __init__(self, first: int, aim: float, least: int = LEAST) -> None:
        """`first`: how many the first batch has; `aim` in seconds."""
        self._most, self._aim, self._least = first, aim, least

    def aim(self, seconds: float) -> None:
        """From now on a batch may take so long: less at once, more by and by."""
        self._most = max(self._least, min(self._most, int(self._most * seconds / self._aim)))
        self._aim = seconds

    @property
    def next(self) -> int:
        """How many the next batch may have."""
        return min(self._most, MOST)

    def run(self, work: Callable[[int], int]) -> int:
        """How many the work was done on, of so many as it is allowed: of the `next`."""
        begun, most, before = time.perf_counter(), self.next, self._most
        self._most = min(before, max(self._least, before // 2))
        count = work(most)
        self._most = before
        if count:
            fitting = int(count * self._aim / (time.perf_counter() - begun))
            self._most = max(self._least, min(fitting, 2 * before))
        return count
