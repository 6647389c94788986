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


@dataclass(frozen=True)
class Asker:
    """One person: the cookie they are signed in with, and the pages that they ask for in turn, over and over."""

    cookie: str
    paths: tuple[str, ...]


def ask(port: int, people: Sequence[Asker], seconds: float) -> Crowd:
    """All of them ask at once, on so many connections that each stands for one or more of them."""
    crowd = Crowd()
    lock, until, started = threading.Lock(), time.monotonic() + seconds, time.monotonic()

    def person(number: int) -> None:
        asker = people[number % len(people)]
        cookie, waiting = asker.cookie, itertools.cycle(asker.paths)
        while time.monotonic() < until:
            path = next(waiting)
            began = time.monotonic()
            status, read = _get(port, path, cookie)
            took = time.monotonic() - began
            with lock:
                crowd.times.append(took)
                crowd.wrong += status != 200
                crowd.read += read

    threads = [threading.Thread(target=person, args=(number,)) for number in range(CONNECTIONS)]
    for one in threads:
        one.start()
    for one in threads:
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
