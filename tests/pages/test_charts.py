"""A burn-up chart follows from its table: a point a number, and names that can be read."""

from itertools import pairwise

import pytest

from cp.views.charts import NAME, PLOT, Series, burn_up


def test_each_point_is_a_number_of_the_table_counted_down_from_the_top() -> None:
    (line,) = burn_up(92, [Series("Live", [0, 0, 12, 31])])

    assert (line.name, line.points) == ("Live 31", "0,92 1,92 2,80 3,61")


def test_a_name_stands_where_its_line_ends() -> None:
    lines = burn_up(100, [Series("All", [100, 100]), Series("Contacted", [0, 50]), Series("Live", [0, 25])])

    assert [line.name_at for line in lines] == [0, PLOT // 2, PLOT * 3 // 4]


@pytest.mark.parametrize(
    "ends", [(4, 4, 4, 4), (4, 0, 0, 0), (4, 3, 3, 3), (4, 4, 4, 0), (1000, 999, 1, 0), (1, 0, 0, 0), (4, 1, 2, 4)]
)
def test_names_never_cover_each_other_nor_leave_the_plot(ends: tuple[int, ...]) -> None:
    lines = burn_up(max(ends), [Series(str(at), [0, end]) for at, end in enumerate(ends)])
    at = sorted(line.name_at for line in lines)

    assert all(below - above >= NAME for above, below in pairwise(at))
    assert (at[0] >= 0, at[-1] <= PLOT) == (True, True)
    by_end = sorted(range(len(ends)), key=lambda one: -ends[one])
    assert [lines[one].name_at for one in by_end] == at
