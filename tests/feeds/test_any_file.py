"""Whatever a file holds, it is read without falling over, and what comes out keeps its promises."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cp.feeds.checking import check
from cp.feeds.columns import guess, headings_of, keep, problems_of_mapping
from cp.feeds.headings import never_held
from cp.feeds.sheet import Row, Sheet
from cp.feeds.whole_file import file_problems
from cp.terms import Column, Fault, FileForm
from tests.feeds.rows import HEADINGS, context
from tests.scale import scaled

USUAL = [
    "Sam", "ASH", "SMITH, John", "14/03/2016", "31/02/2016", "2016-03-14", "42094", "M", "Q", "ZA1 1AA", "ZA1 OAA",
    "A999200422000", "9992185120", "0161 496 0001", "eve@example.test", "Mother", "N/A", "", "(", "Mr", "0", ",",
]  # fmt: skip
CELLS = st.sampled_from(USUAL) | st.text(max_size=30) | st.text(st.characters(codec="ascii"), max_size=30)
ROWS = st.lists(st.dictionaries(st.sampled_from(Column), CELLS, max_size=12), max_size=5)
SAID = CELLS | st.sampled_from(["Surname", "DOB", "UPN", "SEN", "Ethnicity"])
SHEETS = st.integers(0, 6).flatmap(
    lambda columns: st.tuples(
        st.lists(SAID, min_size=columns, max_size=columns),
        st.lists(st.lists(CELLS, min_size=columns, max_size=columns), max_size=6),
    )
)  # fmt: skip


@settings(max_examples=scaled(150, 20_000), deadline=None)
@given(ROWS)
def test_every_row_is_sent_or_says_what_to_put_right(cells: list[dict[Column, str]]) -> None:
    rows = list(enumerate(cells, 2))

    found = check(rows, HEADINGS, context())

    file_problems(rows, found, HEADINGS, context())
    assert [one.number for one in found] == [number for number, _ in rows]
    for one in found:
        stops = {problem.fault for problem in one.problems} & {Fault.WRONG, Fault.TWICE}
        assert (one.said is None) == bool(stops)
        assert all(problem.number == one.number and problem.sentence and problem.do for problem in one.problems)
        assert one.said is None or one.said.given_names.strip()


@settings(max_examples=scaled(150, 20_000), deadline=None)
@given(SHEETS)
def test_nothing_is_kept_but_what_may_be_held(made: tuple[list[str], list[list[str]]]) -> None:
    headings, lines = made
    rows = tuple(Row(at, tuple(line)) for at, line in enumerate(lines, 2))
    sheet = Sheet(FileForm.CSV, tuple(headings), rows)

    meant = guess(sheet.headings, [row.cells for row in rows])
    kept = keep(sheet, meant)

    problems_of_mapping(meant)
    named = [one.column for one in meant if one.column]
    assert len(named) == len(set(named))
    assert [one for one in meant if one.never is not never_held(one.heading) or (one.never and one.column)] == []
    assert {column for _, cells in kept for column in cells} <= set(headings_of(meant))
