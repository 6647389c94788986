"""`test`, `check`, `prove` and `bench`: which programs they start, and with what."""

import os
import re
import tempfile
import time
from pathlib import Path

from tools import machine, setup
from tools.serve import SETTINGS
from tools.setup import PYTHON, SCRIPTS
from tools.steps import Command, openly, say, with_path

PYTEST: Command = [PYTHON, "-m", "pytest"]
BESIDE_POSTGRESQL: Command = [PYTHON, "-m", "tests.postgres"]
PUBLISHED = "febrl4"
"""What the published set is called where a file could be named."""
BOTH_CORES = ["--numprocesses=2"]


def environment() -> dict[str, str]:
    """Where the tests find the browser and Node.js (Playwright's own lacks a library on a small Debian), and nothing
    of a real directory's settings.
    """
    node = setup.node()
    mine = {name: value for name, value in with_path(node.parent).items() if name not in (*SETTINGS, "CP_DEMO")}
    return {
        **mine,
        "CP_BROWSER": machine.shell() or "",
        "PLAYWRIGHT_NODEJS_PATH": str(node),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def test() -> int:
    """Every suite, each to its end; the status is that of the first that failed."""
    everywhere: Command = ["tests", "--ignore=tests/browser", *BOTH_CORES, "--dist=worksteal"]
    suites: dict[str, tuple[str, Command]] = {
        "SQLite": ("sqlite", [*PYTEST, *everywhere]),
        "PostgreSQL": ("postgresql", [*BESIDE_POSTGRESQL, *PYTEST, *everywhere]),
        "Chromium": ("sqlite", [*PYTEST, "tests/browser"]),
    }
    started, total, statuses = time.monotonic(), 0, []
    with tempfile.TemporaryDirectory(dir=machine.memory()) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL is another user's, and has its folder in here
        env = {**environment(), "TMPDIR": folder}
        for name, (engine, command) in suites.items():
            say(f"The tests on {name}")
            report = Path(folder, f"{engine}-{name}.xml")
            statuses.append(openly([*command, f"--junit-xml={report}"], {**env, "CP_TEST_ENGINE": engine}))
            total += _tests_in(report)
    verdict = "FAILED" if any(statuses) else "all suites passed"
    say(f"{total} tests in {time.monotonic() - started:.0f} s: {verdict}")
    return next(filter(None, statuses), 0)


def bench() -> int:
    """`CHILDREN` and `ENGINE` reach the benchmarks as they are."""
    env = {**environment(), **setup.lighthouse(), "CP_PEERS": str(setup.peers())}
    return openly([PYTHON, "-m", "bench"], env)


def bench_matching(data: Path) -> int:
    return openly([PYTHON, "-m", "bench.matching", data])


def bench_published(peers: Path) -> int:
    """The peer is asked by its own Python, from an environment that holds nothing of ours."""
    return openly([PYTHON, "-m", "bench.published", peers])


def _tests_in(report: Path) -> int:
    found = re.search(r'<testsuite [^>]*\btests="(\d+)"', report.read_text()) if report.is_file() else None
    return int(found[1]) if found else 0


def check() -> int:
    """Every check, whatever the one before it found; the last line names those that failed."""
    checks: dict[str, Command] = {
        "format": [SCRIPTS / "ruff", "format", "--check", "."],
        "lint": [SCRIPTS / "ruff", "check", "."],
        "types": [SCRIPTS / "mypy"],
        "architecture": [SCRIPTS / "lint-imports"],
        "templates": [SCRIPTS / "djlint", "--lint", "cp/templates"],
        "migrations": [PYTHON, "-m", "flask", "--app", "app", "database", "check"],
    }
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        fresh = {"CP_HOME": f"{folder}/data", "CP_KEY_FILE": f"{folder}/key", "DATABASE_URL": ""}
        for name, command in checks.items():
            say(f"Checking {name}")
            if openly(command, {**os.environ, **fresh}):
                failed.append(name)
    say(f"FAILED: {', '.join(failed)}" if failed else f"All {len(checks)} checks passed")
    return 1 if failed else 0
