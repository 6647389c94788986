"""A crowd at a web server: so many connections at once, each asking for the next page, for so many seconds."""

import http.client
import itertools
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

CONNECTIONS = 8


@dataclass
class Crowd:
    """What a crowd saw. `times` are seconds, one a page; `wrong` counts answers that were not 200, `read` bytes."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    wrong: int = 0
    read: int = 0

    @property
    def rate(self) -> float:
        """Pages a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    @property
    def weight(self) -> int:
        """Bytes a page, uncompressed."""
        return self.read // max(1, len(self.times))

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the pages came."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def ask(port: int, paths: Sequence[str], cookie: str, seconds: float) -> Crowd:
    """Ask for these paths in turn, over and over."""
    crowd, waiting = Crowd(), itertools.cycle(paths)
    lock, until, started = threading.Lock(), time.monotonic() + seconds, time.monotonic()

    def person() -> None:
        while time.monotonic() < until:
            with lock:
                path = next(waiting)
            began = time.monotonic()
            status, read = _get(port, path, cookie)
            took = time.monotonic() - began
            with lock:
                crowd.times.append(took)
                crowd.wrong += status != 200
                crowd.read += read

    people = [threading.Thread(target=person) for _ in range(CONNECTIONS)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    crowd.seconds = time.monotonic() - started
    return crowd


def _get(port: int, path: str, cookie: str) -> tuple[int, int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        return answer.status, len(answer.read())
    finally:
        connection.close()
