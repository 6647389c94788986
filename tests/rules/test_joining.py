"""How often strangers may ask for an account."""

import pytest

from cp.rules.joining import may_ask


@pytest.mark.parametrize(
    ("here", "in_all", "expected"), [(0, 0, True), (9, 199, True), (10, 10, False), (0, 200, False), (10, 200, False)]
)
def test_strangers_ask_ten_times_an_hour_and_two_hundred_a_day(here: int, in_all: int, expected: bool) -> None:
    assert may_ask(here, in_all) is expected
