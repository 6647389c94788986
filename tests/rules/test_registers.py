"""When so many schools are gone at once that a person has to say that it is right."""

import pytest

from cp.rules.registers import too_many_gone


@pytest.mark.parametrize(
    ("gone", "were_open", "expected"),
    [
        (0, 0, False),
        (20, 20, False),
        (21, 21, True),
        (21, 1_049, True),
        (21, 1_050, False),
        (500, 25_000, False),
        (501, 25_000, True),
    ],
)
def test_more_than_twenty_and_one_in_fifty_are_too_many(gone: int, were_open: int, expected: bool) -> None:
    assert too_many_gone(gone, were_open) is expected
