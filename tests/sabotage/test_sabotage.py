"""Would anybody notice? Each sabotage is done to a copy of the tree, and the test named beside it must turn red."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.sabotage.sabotages import SABOTAGES, Sabotage
from tests.scale import FULL, SEED, scaled
from tools.steps import ROOT

LEFT_OUT = shutil.ignore_patterns(".*", "node_modules", "instance", "__pycache__")
QUICK = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header"]
TAKEN_OUT = "CP_PROVE", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS"
SLOW = "test_walker.py", "test_decide.py", "test_greedy.py"
"""Tests that take longer than one every day may."""


@pytest.mark.parametrize("one", SABOTAGES, ids=lambda one: one.name)
def test_what_would_be_undone_still_stands_there_once(one: Sabotage) -> None:
    file, _, named = one.test.partition("::")

    assert (ROOT / one.file).read_text().count(one.old) == 1
    assert f"def {named}(" in (ROOT / file).read_text()


def test_every_sabotage_turns_its_test_red(record_property: Callable[[str, object], None]) -> None:
    quick = [one for one in SABOTAGES if not one.test.partition("::")[0].endswith(SLOW)]
    tried = SABOTAGES if FULL else random.Random(SEED).sample(quick, scaled(2, 0))

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(_exit_status, tried))

    unnoticed = [one.name for one, status in zip(tried, answers, strict=True) if status != 1]
    record_property("sabotages", len(tried))
    record_property("noticed", len(tried) - len(unnoticed))
    assert unnoticed == []
    assert not FULL or _undisturbed() == 0
    assert len({one.name for one in SABOTAGES}) == len(SABOTAGES)


def _exit_status(one: Sabotage) -> int:
    """Of pytest: 1 where a test failed, and anything else where none did or none ran."""
    with TemporaryDirectory() as folder:
        file = (tree := _copy(Path(folder))) / one.file
        file.write_text(file.read_text().replace(one.old, one.new))
        answer = _run(tree, [one.test])
        return answer.returncode if "failed" in answer.stdout else -1


def _undisturbed() -> int:
    """The same tests, all green where nothing was undone; every day they run by themselves."""
    with TemporaryDirectory() as folder:
        return _run(_copy(Path(folder)), sorted({one.test for one in SABOTAGES})).returncode


def _copy(folder: Path) -> Path:
    tree = folder / "tree"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    (tree / "node_modules").symlink_to(ROOT / "node_modules")
    return tree


def _run(tree: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    mine = {name: value for name, value in os.environ.items() if name not in TAKEN_OUT}
    env = mine | {"CP_TEST_ENGINE": "sqlite", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", *QUICK, *tests]
    return subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, timeout=600)
