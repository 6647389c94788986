"""A batch is as large as fits into the time for which others may be kept from writing."""

import time

import pytest

from cp.services.retention.pacing import AIM, FEW, Pace


class Slow:
    """Work that takes so many seconds for a record, on a clock of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.each, self.asked, self.there = 0.0, 0.0, list[int](), 10_000
        monkeypatch.setattr(time, "perf_counter", lambda: self.now)

    def __call__(self, most: int) -> int:
        count = min(most, self.there)
        self.now += count * self.each or 1e-6
        self.asked.append(most)
        return count


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    return Slow(monkeypatch)


def test_it_begins_with_a_few_and_doubles_up_to_the_most(slow: Slow) -> None:
    pace = Pace(FEW["sqlite"], AIM["sqlite"])

    counts = [pace.run(slow) for _ in range(10)]

    assert counts == slow.asked == [5, 20, 40, 80, 160, 320, 640, 1280, 2000, 2000]


def test_a_batch_takes_no_longer_than_the_aim_once_the_pace_is_known(slow: Slow) -> None:
    pace, slow.each = Pace(FEW["sqlite"], AIM["sqlite"]), 0.0009

    for _ in range(6):
        pace.run(slow)
    slow.each = 0.002
    for _ in range(3):
        pace.run(slow)

    assert slow.asked == [5, 20, 40, 55, 55, 55, 55, 25, 25]


def test_twenty_are_always_done_however_long_it_takes(slow: Slow) -> None:
    pace, slow.each = Pace(FEW["sqlite"], AIM["sqlite"]), 60

    assert [pace.run(slow) for _ in range(3)] == [5, 20, 20]


def test_a_night_on_which_nobody_goes_teaches_nothing(slow: Slow) -> None:
    pace, slow.there = Pace(FEW["postgresql"], AIM["postgresql"]), 0

    assert ([pace.run(slow) for _ in range(2)], slow.asked) == ([0, 0], [500, 500])


def test_after_a_batch_that_failed_half_as_many_are_tried(slow: Slow) -> None:
    def fails(most: int) -> int:
        slow.asked.append(most)
        raise TimeoutError

    pace = Pace(FEW["postgresql"], AIM["postgresql"])
    for _ in range(6):
        with pytest.raises(TimeoutError):
            pace.run(fails)

    assert slow.asked == [500, 250, 125, 62, 31, 20]
    assert pace.run(slow) == 20
