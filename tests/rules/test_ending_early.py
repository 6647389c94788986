"""A birth date that moves the end of a record: believed of no file before a person has looked."""

from datetime import date

import pytest

from cp.rules.retention import end_moved

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "said", "expected"),
    [
        ("2016-03-14", "2006-03-14", True),
        ("2016-03-14", "2008-11-23", True),
        ("2016-03-14", "2009-11-23", True),
        ("2010-11-01", "2009-11-24", False),
        ("2010-11-01", "2009-11-23", True),
        ("2016-03-14", "2016-03-13", False),
        ("2016-03-14", "2015-03-14", False),
        ("2016-03-14", "2015-03-13", True),
        ("2016-03-14", "2017-03-14", False),
        ("2016-03-14", "2017-03-15", True),
        ("2010-03-14", "2016-03-14", True),
        ("2009-11-23", "2009-11-23", False),
        ("2009-06-01", "2009-05-31", True),
        ("2009-06-01", "2009-06-02", True),
        ("2007-01-01", "2016-03-14", True),
        ("2016-03-14", "2008-02-29", True),
    ],
)
def test_a_person_looks_at_a_birth_date_that_moves_a_near_end_or_any_far(born: str, said: str, expected: bool) -> None:
    assert end_moved(date.fromisoformat(born), date.fromisoformat(said), TODAY) is expected
