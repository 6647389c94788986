"""What a row has of what a record is found by, whether or not it is right."""

from datetime import date

import pytest

from cp.feeds.checking import check
from cp.feeds.supplied import Context
from cp.terms import Column, Given, SourceKind

C = Column
NAMED = {C.FAMILY_NAME: "Siddiqui", C.GIVEN_NAMES: "Amira"}
BORN, HOME, CARER, NUMBER = Given


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, set(), id="a name alone"),
        pytest.param({C.BORN_ON: "14/03/2016"}, {BORN}, id="a date of birth"),
        pytest.param({C.BORN_ON: "31/02/2015"}, {BORN}, id="one that is wrong is there all the same"),
        pytest.param({C.BORN_ON: "unknown"}, set(), id="one that says nothing is not"),
        pytest.param({C.POSTCODE: "ZA4 7QD"}, {HOME}, id="a postcode"),
        pytest.param({C.ADDRESS_1: "18 Tanner’s Row", C.TOWN: "Northvale"}, set(), id="an address without one"),
        pytest.param(
            {C.BORN_ON: "14/03/2016", C.ADDRESS: "18 Tanner’s Row, Northvale, ZA4 7QD"}, {BORN, HOME},
            id="a postcode among the lines",
        ),
        pytest.param({C.CARER_2_FAMILY_NAME: "Haddad"}, {CARER}, id="a carer"),
        pytest.param({C.CARER_1_PHONE: "0161 496 0163"}, set(), id="the telephone of nobody"),
        pytest.param({C.UPN: "E999200021000"}, {NUMBER}, id="a pupil number"),
        pytest.param({C.NHS: "999 000 0018"}, {NUMBER}, id="an NHS number"),
        pytest.param({C.ROW_KEY: "000417"}, set(), id="the supplier’s own key is no number of the child"),
    ],
)  # fmt: skip
def test_what_a_row_has(cells: dict[Column, str], expected: set[Given]) -> None:
    (row,) = check([(2, NAMED | cells)], {}, Context(date(2026, 11, 23), SourceKind.SCHOOL))

    assert row.given == expected


def test_a_row_that_is_there_twice_has_what_it_says() -> None:
    cells = NAMED | {C.BORN_ON: "14/03/2016", C.POSTCODE: "ZA4 7QD"}

    rows = check([(2, cells), (3, cells)], {}, Context(date(2026, 11, 23), SourceKind.SCHOOL))

    assert [row.given for row in rows] == [{BORN, HOME}] * 2
