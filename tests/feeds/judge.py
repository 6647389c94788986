"""A process that reads hostile files and says what came of each: `python -m tests.feeds.judge`, or `… NAME` of a large.

It answers with a list in JSON. A process of its own, because what it watches, memory and whatever Python opens, belongs
to a whole process.
"""

import json
import os
import resource
import sys
import time
from typing import Any

from cp.feeds.reading import read
from cp.feeds.sheet import Unreadable
from tests.feeds.hostile import HOSTILE, LARGE
from tests.feeds.verdicts import Hostile

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
touched: list[str] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Notes each socket, and each file opened for writing. The null device is neither."""
    if event.startswith("socket.") or event in {"os.mkdir", "os.rename", "os.remove", "tempfile.mkstemp"}:
        touched.append(event)
    if event == "open" and arguments[0] != os.devnull:
        path, mode, flags = arguments
        if isinstance(path, str) and (flags & WRITES or set(mode or "") & set("wax+")):
            touched.append(f"open {path}")


def peak() -> int:
    """Megabytes, the most at once so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def judged(one: Hostile) -> dict[str, Any]:
    data = one.data()
    before, began = peak(), time.process_time()
    touched.clear()
    try:
        verdict: int | str = len(read(data, one.file).rows)
    except Unreadable as refused:
        verdict = str(refused)
    taken = time.process_time() - began
    return {"name": one.name, "verdict": verdict, "seconds": taken, "grew": peak() - before, "touched": list(touched)}


if __name__ == "__main__":
    sys.addaudithook(watch)
    wanted = [one for one in LARGE if one.name in sys.argv[1:]] or HOSTILE
    print(json.dumps([judged(one) for one in wanted]))  # noqa: T201 - its answer
