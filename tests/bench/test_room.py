"""The room that the index takes is measured, table by table."""

import pytest
from sqlalchemy import Engine

from bench import room
from tests.bench.conftest import CHILDREN


def test_the_room_of_the_index_is_that_of_its_tables(directory: Engine) -> None:
    whole, *tables = room.run(directory, CHILDREN)

    assert len(tables) == len(room.OF_CHILDREN + room.DICTIONARY)
    assert whole.value == pytest.approx(sum(line.value for line in tables))
    assert min(line.value for line in tables) > 0
    assert whole.goal == room.MOST[directory.dialect.name]
