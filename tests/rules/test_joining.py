"""How often strangers may ask for an account."""

import pytest

from cp.rules.joining import may_ask


@pytest.mark.parametrize(
    ("here", "in_all", "known_here", "expected"),
    [
        (0, 0, False, True),
        (9, 199, False, True),
        (10, 10, False, False),
        (0, 200, False, False),
        (10, 200, False, False),
        (9, 200, True, True),
        (10, 10, True, False),
    ],
)
def test_strangers_ask_ten_times_an_hour_and_two_hundred_a_day(
    here: int, in_all: int, known_here: bool, expected: bool
) -> None:
    assert may_ask(here, in_all, known_here) is expected
