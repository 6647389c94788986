"""How often anybody may ask for their local contact."""

import pytest

from cp.rules.local_contact import may_look


@pytest.mark.parametrize(
    ("here", "in_all", "expected"), [(0, 0, True), (29, 2999, True), (30, 30, False), (0, 3000, False)]
)
def test_anybody_asks_thirty_times_an_hour_and_all_together_three_thousand_a_day(
    here: int, in_all: int, expected: bool
) -> None:
    assert may_look(here, in_all) is expected
