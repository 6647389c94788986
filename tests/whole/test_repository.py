"""What stands in the repository: our own text and no other, in files that one sitting can read."""

import re
import subprocess
from pathlib import Path

import pytest

from tools.steps import ROOT

LONG_FOR_A_REASON: dict[str, str] = {
    "cp/migrations/versions/0001_first_tables.py": "the first tables are made in one step, and never edited again",
    "cp/terms.py": "the closed lists, a word a line; read by looking one up",
}  # fmt: skip
"""Python and template files over 250 lines, each with why it is not split."""

REGISTRIES = re.compile(
    r"registry\.npm|npmjs\.|pypi\.(org|io)|pythonhosted|unpkg|jsdelivr|cdnjs|find-links|index-url|googleapis", re.I
)
OF_OTHERS = re.compile(
    r"(^|/)(node_modules|vendor|third.?party)/|\.min\.(js|css)$|\.(woff2?|ttf|otf|whl|jar|map)$|(^|/)(htmx|govuk)[^/]*\.(js|css)$"
)


@pytest.fixture(scope="module")
def ours() -> list[str]:
    """Every file that git keeps or would keep."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in listed if (ROOT / name).is_file()]


def test_no_file_names_where_packages_come_from(ours: list[str]) -> None:
    itself = Path(__file__).relative_to(ROOT).as_posix()
    naming = [name for name in ours if name not in {itself, "tests/whole/test_setup.py", "tools/locks.py"}]

    assert [name for name in naming if REGISTRIES.search(_text(name))] == []


def test_nothing_of_others_is_kept(ours: list[str]) -> None:
    licences = ("SPDX-License-Identifier", "Licensed under the", "@license", "Permission is hereby granted")
    itself = Path(__file__).relative_to(ROOT).as_posix()

    assert [name for name in ours if OF_OTHERS.search(name)] == []
    assert [
        name for name in ours if name not in {itself, "LICENSE"} and any(said in _text(name) for said in licences)
    ] == []


def test_files_are_short_or_say_why_not(ours: list[str]) -> None:
    long = {
        name: lines
        for name in ours
        if name.endswith((".py", ".html")) and (lines := len(_text(name).splitlines())) > 250
    }

    assert set(long) == set(LONG_FOR_A_REASON)


def test_no_line_of_code_names_a_path_of_one_machine(ours: list[str]) -> None:
    own = re.compile(r"/(root|home/\w+|Users/\w+|opt/\w+)/")

    assert [name for name in ours if own.search(_text(name))] == []


def _text(name: str) -> str:
    return (ROOT / name).read_text(errors="replace")
