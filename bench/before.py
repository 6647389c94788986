"""What protecting children costs: results and record of this code against those of the code before it, by turns."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from sqlalchemy import Engine

from bench.lines import Line
from bench.load import Asker, ask

ROOT = Path(__file__).resolve().parent.parent
BEFORE = "468ce22472c0f6c339bc06f5b2c6393e075b4601"
"""The last commit without shields of their own pages, overrides, sensitive services and contact."""
CHILDREN, ROUNDS, SECONDS = 10_000, 5, 4.0
MOST = 1.15
PROGRAM = """
import json, sys
from bench.__main__ import _database, _directory
from bench.site import site
with _database(sys.argv[1]) as url, site(_directory(url, int(sys.argv[2]))) as ours:
    people = {kind: [(one.cookie, one.paths) for one in getattr(ours, kind)] for kind in ("searchers", "readers")}
    print(json.dumps({"port": ours.port, **people}), flush=True)
    sys.stdin.read()
"""
"""Run in a checkout: the same directory by its own code, served until the other end of the pipe is closed."""


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark; each side has a directory of its own, of 10,000 children at the most."""
    on, count = engine.dialect.name, min(children, CHILDREN)
    with ExitStack() as both:
        before = both.enter_context(_site(both.enter_context(_checkout()), on, count))
        now = both.enter_context(_site(ROOT, on, count))
        for name, kind in {"results": "searchers", "record": "readers"}.items():
            rates = [(_rate(before, kind), _rate(now, kind)) for _ in range(ROUNDS)]
            then, today = (median(rate) for rate in zip(*rates, strict=True))
            yield Line(f"{name} page, its cost against before protection", 1000 / today, "ms", MOST, 1000 / then)


Served = dict[str, list[tuple[str, list[str]]]]


def _rate(served: Served, kind: str) -> float:
    """Pages a second, by everybody at once."""
    people = [Asker(cookie, tuple(paths)) for cookie, paths in served[kind]]
    return ask(int(str(served["port"])), people, SECONDS).rate


@contextmanager
def _checkout() -> Iterator[Path]:
    """The code before, with the assets of today: they are not what is measured."""
    with tempfile.TemporaryDirectory(prefix="contactpoint-before-") as folder:
        packed = subprocess.run(["git", "archive", BEFORE], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        shutil.copytree(ROOT / "static/dist", Path(folder, "static/dist"))
        yield Path(folder)


@contextmanager
def _site(checkout: Path, on: str, children: int) -> Iterator[Served]:
    env = {**os.environ, "PYTHONPATH": str(checkout)}
    command = [sys.executable, "-c", PROGRAM, on, str(children)]
    with subprocess.Popen(command, cwd=checkout, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipe to the site")
        served: Served = json.loads(process.stdout.readline())
        yield served
        process.stdin.close()
        process.wait(60)
