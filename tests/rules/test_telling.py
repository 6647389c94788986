"""How often one person may tell of children who were not found."""

import pytest

from cp.rules.telling import may_tell


@pytest.mark.parametrize(("in_day", "expected"), [(0, True), (9, True), (10, False), (11, False)])
def test_one_person_tells_of_ten_children_a_day(in_day: int, expected: bool) -> None:
    assert may_tell(in_day) is expected
