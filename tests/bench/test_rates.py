"""The measured rates: the same for the same seed, what they count, and that they are of the weights in use."""

from pathlib import Path

import pytest

from bench import rates as measuring
from cp.matching import rates
from cp.matching.joining import DEFAULT
from cp.matching.rates import Rates, interval
from cp.rules.supplying import JOIN_BETWEEN, LOOK_BETWEEN


@pytest.fixture(scope="module")
def found() -> Rates:
    return measuring.measured(800, 200, 7)


def test_they_are_read_again_as_they_were_written(found: Rates, tmp_path: Path) -> None:
    measuring.write(found, tmp_path / "rates.toml")

    assert rates.read(tmp_path / "rates.toml") == found


def test_more_joins_by_itself_the_less_is_asked_and_fewer_are_missed_the_more_are_looked_at(found: Rates) -> None:
    missed, taken_for_new = [one.missed for one in found.join], [one.missed for one in found.look]
    looked_at = [one.waiting for one in found.look]

    assert missed == sorted(missed)
    assert missed[0] < missed[-1]
    assert taken_for_new == sorted(taken_for_new)
    assert looked_at == sorted(looked_at, reverse=True)
    assert all(one.waiting <= one.missed for one in found.join)
    assert found.rows == 200
    assert 120 < found.held < 190
    assert found.same <= found.held
    assert found.other > 0


def test_the_rates_that_are_shown_are_of_the_weights_in_use() -> None:
    """Measure again where this fails: `python -m bench.rates`."""
    assert rates.read().weights == rates.fingerprint()


def test_the_rates_that_are_shown_have_everybodys_thresholds_and_the_least_that_may_be_set() -> None:
    shown = rates.read()

    assert {DEFAULT.join, JOIN_BETWEEN[0]} <= {one.at for one in shown.join}
    assert {DEFAULT.maybe, *LOOK_BETWEEN} <= {one.at for one in shown.look}


def test_no_row_was_measured_to_join_a_wrong_record_from_the_least_threshold_that_may_be_set() -> None:
    assert [one.wrong for one in rates.read().join if one.at >= JOIN_BETWEEN[0]] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("of", "share", "expected"),
    [
        pytest.param((0, 20_000), 0.0, (0.0, 0.000192), id="none of many"),
        pytest.param((5, 10), 0.5, (0.2366, 0.7634), id="half of few"),
        pytest.param((10, 10), 1.0, (0.7225, 1.0), id="all of few"),
    ],
)
def test_the_true_share_lies_in_a_range(of: tuple[int, int], share: float, expected: tuple[float, float]) -> None:
    low, high = interval(*of)

    assert (low, high) == pytest.approx(expected, abs=0.0001)
    assert low <= share <= high


@pytest.mark.parametrize("of", [(0, 0), (2, 1), (-1, 3)])
def test_there_is_no_range_of_nothing(of: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="nothing was counted"):
        interval(*of)
