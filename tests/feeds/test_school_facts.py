"""What a row of the register of schools states besides: who runs it, where it is, who heads it, how many go there."""

import pytest

from cp.feeds.registers import schools
from cp.terms import Region, SchoolType
from tests.build_registers import extract, school
from tests.feeds.test_register_files import ALDER, HERE


@pytest.mark.parametrize(
    ("group", "type_of", "expected"),
    [
        ("4", "1", SchoolType.MAINTAINED), ("10", "34", SchoolType.ACADEMY), ("11", "41", SchoolType.ACADEMY),
        ("3", "11", SchoolType.INDEPENDENT), ("13", "49", SchoolType.INDEPENDENT), ("1", "18", SchoolType.COLLEGE),
        ("5", "7", SchoolType.MAINTAINED), ("05", "08", SchoolType.NON_MAINTAINED_SPECIAL),
        ("5", "10", SchoolType.INDEPENDENT), ("6", "30", SchoolType.OTHER), ("", "", None),
    ],
)  # fmt: skip
def test_who_runs_a_school(group: str, type_of: str, expected: SchoolType | None) -> None:
    (read,) = schools(extract(school(group=group, type_of=type_of)), HERE).rows

    assert read.school_type is expected


@pytest.mark.parametrize(
    ("given", "name", "expected"),
    [
        ({"boarders": "Boarding school"}, "boards", True),
        ({"boarders": "Children’s Home (Boarding school)"}, "boards", True),
        ({"boarders": "Not applicable"}, "boards", None),
        ({"pupils": ""}, "pupils", None),
        ({"pupils": "0"}, "pupils", 0),
        ({"region": "Wales (pseudo)"}, "region", None),
        ({"region": "Yorkshire and the Humber"}, "region", Region.YORKSHIRE),
        ({"title": "Not recorded"}, "head_name", "Greta Holm"),
        ({"first": "", "last": ""}, "head_name", None),
        ({"postcode": "za47qd"}, "postcode", "ZA4 7QD"),
        ({"street": "", "town": "Hollin Bank"}, "address", "Hollin Bank"),
    ],
)
def test_what_a_school_states_besides(given: dict[str, str], name: str, expected: object) -> None:
    read = schools(extract(school(**given)), HERE)

    assert (getattr(read.rows[0], name), read.problems) == (expected, ())


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"pupils": "many"}, ("NumberOfPupils", "The number of pupils is not a number up to 20,000: none was taken.")),
        ({"pupils": "20001"}, ("NumberOfPupils", "The number of pupils is not a number up to 20,000: none was taken.")),
        ({"postcode": "Northvale"}, ("Postcode", "The postcode is not shaped like one: none was taken.")),
        ({"street": "x" * 300}, ("Street", "It is longer than 300 characters: it was not taken.")),
        ({"last": "x" * 200}, ("HeadLastName", "It is longer than 200 characters: it was not taken.")),
    ],
)
def test_what_cannot_be_right_is_told_and_the_school_is_kept(given: dict[str, str], problem: tuple[str, str]) -> None:
    read = schools(extract(school(**given)), HERE)

    assert [(one.column, one.sentence) for one in read.problems] == [problem]
    assert [one.name for one in read.rows] == [ALDER.name]
