"""What kind of school a row is: a table over type, group, phase and ages."""

import pytest

from cp.feeds.registers.kinds import kind_of
from cp.terms import OrganisationKind as Kind


@pytest.mark.parametrize(
    ("group", "type_of", "phase", "ages", "expected"),
    [
        pytest.param("4", "15", "1", (2, 5), Kind.NURSERY, id="a nursery school of the authority"),
        pytest.param("4", "1", "1", (3, 5), Kind.NURSERY, id="its phase is nursery"),
        pytest.param("4", "1", "2", (4, 11), Kind.PRIMARY_SCHOOL, id="a community primary school"),
        pytest.param("4", "1", "3", (8, 12), Kind.PRIMARY_SCHOOL, id="a middle school deemed primary"),
        pytest.param("10", "34", "4", (11, 18), Kind.SECONDARY_SCHOOL, id="an academy"),
        pytest.param("4", "2", "5", (9, 13), Kind.SECONDARY_SCHOOL, id="a middle school deemed secondary"),
        pytest.param("11", "35", "7", (4, 18), Kind.SECONDARY_SCHOOL, id="a free school of all ages"),
        pytest.param("5", "7", "0", (4, 19), Kind.SPECIAL_SCHOOL, id="a community special school"),
        pytest.param("5", "8", "", (None, None), Kind.SPECIAL_SCHOOL, id="a non-maintained special school"),
        pytest.param("5", "99", "0", (4, 19), Kind.SPECIAL_SCHOOL, id="a new type in the group of special schools"),
        pytest.param("10", "44", "2", (4, 11), Kind.SPECIAL_SCHOOL, id="a special academy, whatever its phase"),
        pytest.param("11", "36", "4", (11, 16), Kind.SPECIAL_SCHOOL, id="a special free school"),
        pytest.param("3", "11", "2", (3, 13), Kind.INDEPENDENT_SCHOOL, id="an independent primary school"),
        pytest.param("3", "10", "0", (5, 18), Kind.SPECIAL_SCHOOL, id="an independent special school"),
        pytest.param("3", "6", "4", (11, 18), Kind.INDEPENDENT_SCHOOL, id="a city technology college"),
        pytest.param("13", "49", "", (11, 18), Kind.INDEPENDENT_SCHOOL, id="a school that teaches online"),
        pytest.param("1", "18", "6", (16, 99), Kind.COLLEGE, id="a college of further education"),
        pytest.param("9", "32", "", (None, None), Kind.COLLEGE, id="a special institution from 16 years"),
        pytest.param("10", "45", "6", (16, 19), Kind.COLLEGE, id="an academy from 16 to 19"),
        pytest.param("4", "5", "6", (16, 19), Kind.COLLEGE, id="its phase is 16 plus"),
        pytest.param("4", "14", "0", (5, 11), Kind.PRIMARY_SCHOOL, id="a pupil referral unit to 11"),
        pytest.param("4", "14", "0", (5, 16), Kind.SECONDARY_SCHOOL, id="a pupil referral unit to 16"),
        pytest.param("9", "27", "", (3, 5), Kind.NURSERY, id="no phase, children to 5"),
        pytest.param("9", "27", "", (5, 12), Kind.PRIMARY_SCHOOL, id="no phase, children to 12"),
        pytest.param("9", "27", "", (5, 13), Kind.SECONDARY_SCHOOL, id="no phase, children to 13"),
        pytest.param("9", "27", "", (15, 19), Kind.SECONDARY_SCHOOL, id="no phase, from 15"),
        pytest.param("9", "27", "", (16, 19), Kind.COLLEGE, id="no phase, from 16"),
        pytest.param("9", "27", "", (None, 11), None, id="the lowest age is not known"),
        pytest.param("4", "14", "", (None, None), None, id="nothing says what it is"),
    ],
)
def test_the_kind_is_told_by_type_then_group_then_phase_then_ages(
    group: str, type_of: str, phase: str, ages: tuple[int | None, int | None], expected: Kind | None
) -> None:
    assert kind_of(group, type_of, phase, *ages) is expected
