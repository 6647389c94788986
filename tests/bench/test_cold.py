"""Searching with nothing in memory is measured where a file can be forgotten."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bench import cold
from tests.bench.conftest import CHILDREN


def test_searches_and_reads_are_told_and_the_slow_searches_judged(
    directory: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten = list[str]()
    monkeypatch.setattr(cold, "_forget", lambda file: forgotten.append(file.name))

    lines = list(cold.run(directory, CHILDREN, queries=5))

    judged = [line.name for line in lines if line.goal == cold.SLOWEST]
    assert (len(lines), judged) == (
        (4, ["search with nothing in memory, 99% of them"]) if directory.dialect.name == "sqlite" else (0, [])
    )
    assert all(line.value > 0 for line in lines)
    assert forgotten.count(Path(str(directory.url.database)).name) == (10 if lines else 0)
