"""Lighthouse on a mobile profile with the processor slowed six times, median of five: an old school PC and worse."""

import json
import os
import subprocess
from collections.abc import Iterator
from statistics import median
from typing import Any

from bench.lines import Line
from bench.site import Site
from tools import machine

RUNS = 5
SLOWED = 6
GOALS = {"performance": 99, "accessibility": 100, "best-practices": 100}
WITHOUT_ACCOUNT = ("sign-in", "school, start", "school, contact", "school, system", "school, staff")
FLAWLESS = 100
"""For a school's own form, in every category: it runs no script."""
CHROME = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"


def run(ours: Site) -> Iterator[Line]:
    """A line for each page and category: the score of 100."""
    searcher, reader = ours.searchers[0], ours.readers[0]
    pages = {"sign-in": "/sign-in", "find": "/", "results": searcher.paths[0], "record": reader.paths[0],
             "school, start": ours.school, "school, contact": f"{ours.school}/1",
             "school, system": f"{ours.school}/2", "school, staff": f"{ours.school}/4"}  # fmt: skip
    for name, path in pages.items():
        cookie = "" if name in WITHOUT_ACCOUNT else reader.cookie
        reports = [_report(f"http://127.0.0.1:{ours.port}{path}", cookie) for _ in range(RUNS)]
        for category, goal in GOALS.items():
            score = median(100 * report["categories"][category]["score"] for report in reports)
            least = FLAWLESS if name.startswith("school") else goal
            yield Line(f"Lighthouse {category}, {name}", score, "of 100", least, least=True)


def _report(url: str, cookie: str) -> dict[str, Any]:
    """One run; a browser that did not come up is tried once more. Raises where another page was measured."""
    options = [
        "--quiet", "--output=json", "--output-path=stdout", "--form-factor=mobile", f"--chrome-flags={CHROME}",
        f"--throttling.cpuSlowdownMultiplier={SLOWED}", f"--only-categories={','.join(GOALS)}",
        *([f"--extra-headers={json.dumps({'Cookie': cookie})}"] if cookie else []),
    ]  # fmt: skip
    command = [os.environ["CP_NODE"], os.environ["CP_LIGHTHOUSE"], url, *options]
    env = {**os.environ, "CHROME_PATH": machine.browser() or ""}
    ran = subprocess.run(command, check=False, capture_output=True, env=env)
    if ran.returncode:
        ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env)
    found: dict[str, Any] = json.loads(ran.stdout)
    if found["finalDisplayedUrl"] != url:
        raise RuntimeError(f"{url} led to another page")
    return found
