"""The room that the index takes is measured, table by table."""

import pytest
from sqlalchemy import Engine

from bench import built, memory, room
from tests.bench.conftest import CHILDREN


def test_the_room_of_the_index_is_that_of_its_tables(directory: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built, "last", [])
    whole, *tables = room.run(directory, CHILDREN)

    assert len(tables) == len(room.OF_CHILDREN + room.DICTIONARY)
    assert whole.value == pytest.approx(sum(line.value for line in tables))
    assert min(line.value for line in tables) > 0
    assert whole.goal == room.MOST[directory.dialect.name]


def test_searching_takes_memory_and_no_more_than_it_may(directory: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "SEARCHES", 50)

    (line,) = memory.run(directory, CHILDREN)

    assert line.value > 0
    assert line.ok
