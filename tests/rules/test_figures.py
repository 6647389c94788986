"""What is published of a count."""

from datetime import date

import pytest

from cp.rules.figures import days_within, rounded, weeks


@pytest.mark.parametrize(
    ("people", "published"),
    [
        (0, 0), (1, 0), (2, 0), (3, 5), (4, 5), (5, 5), (6, 5), (7, 5), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20),
        (12_342, 12_340), (12_343, 12_345),
    ],
)  # fmt: skip
def test_people_are_counted_to_the_nearest_five(people: int, published: int) -> None:
    assert rounded(people) == published


def test_no_count_is_published_that_is_more_than_two_out() -> None:
    assert all(rounded(people) % 5 == 0 and abs(rounded(people) - people) <= 2 for people in range(1_000))


def test_less_than_nobody_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never less than 0"):
        rounded(-1)


@pytest.mark.parametrize(
    ("days", "half", "nine_tenths"),
    [
        ([], None, None),
        ([7], 7, 7),
        ([9, 1], 1, 9),
        ([3, 1, 2], 2, 3),
        ([4, 3, 2, 1], 2, 4),
        (range(1, 11), 5, 9),
        (range(1, 12), 6, 10),
        ([0] * 9 + [80], 0, 0),
    ],
)
def test_so_many_tenths_were_done_within_so_many_days(
    days: list[int], half: int | None, nine_tenths: int | None
) -> None:
    assert (days_within(days, 5), days_within(days, 9)) == (half, nine_tenths)


@pytest.mark.parametrize(
    ("first", "today", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), [date(2026, 11, 16), date(2026, 11, 23)]),
        (date(2026, 11, 22), date(2026, 11, 23), [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]),
        (date(2026, 12, 28), date(2027, 1, 3), [date(2026, 12, 21), date(2026, 12, 28)]),
    ],
)
def test_weeks_run_from_the_one_before_anything_was_done(first: date, today: date, expected: list[date]) -> None:
    assert weeks(first, today) == expected
