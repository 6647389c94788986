"""Two records of one child: who may join them, and what that comes to."""

import pytest

from cp.rules.merging import answer_takes_two, far_apart, merge_result


@pytest.mark.parametrize(
    ("given", "family", "birth", "gender", "expected"),
    [
        pytest.param(True, True, True, True, False, id="the same in all"),
        pytest.param(True, True, True, None, False, id="a gender that one does not state"),
        pytest.param(False, True, True, True, True, id="another given name, as twins have"),
        pytest.param(True, False, True, True, True, id="another family name"),
        pytest.param(True, True, False, True, True, id="another date of birth"),
        pytest.param(True, True, True, False, True, id="another gender"),
        pytest.param(False, False, False, False, True, id="nothing is the same"),
    ],
)
def test_records_that_name_another_child_are_far_apart(
    given: bool, family: bool, birth: bool, gender: bool | None, expected: bool
) -> None:
    assert far_apart(given, family, birth, gender) is expected


@pytest.mark.parametrize(
    ("a_shielded", "b_shielded", "apart", "told_apart", "second_person", "expected"),
    [
        pytest.param(False, False, False, False, False, "open", id="alike"),
        pytest.param(False, False, False, False, True, "open", id="alike, by two"),
        pytest.param(True, False, False, False, True, "shielded", id="the one shielded"),
        pytest.param(False, True, False, False, True, "shielded", id="the other shielded"),
        pytest.param(True, True, True, False, True, "shielded", id="both shielded, and apart"),
        pytest.param(False, True, False, False, False, "refused", id="shielded, by one"),
        pytest.param(True, False, False, False, False, "refused", id="shielded first, by one"),
        pytest.param(False, False, True, False, False, "refused", id="apart, by one"),
        pytest.param(False, False, True, False, True, "open", id="apart, by two"),
        pytest.param(None, False, False, False, True, "shielded", id="shield not known"),
        pytest.param(None, False, False, False, False, "refused", id="shield not known, by one"),
        pytest.param(False, None, False, False, False, "refused", id="the other's shield not known, by one"),
        pytest.param(False, False, None, False, False, "refused", id="not known whether apart, by one"),
        pytest.param(False, False, None, False, True, "open", id="not known whether apart, by two"),
        pytest.param(False, False, False, True, True, "refused", id="told apart"),
        pytest.param(False, False, False, None, True, "refused", id="not known whether told apart"),
    ],
)
def test_what_joining_two_records_comes_to(
    a_shielded: bool | None, b_shielded: bool | None, apart: bool | None, told_apart: bool | None,
    second_person: bool, expected: str,
) -> None:  # fmt: skip
    assert merge_result(a_shielded, b_shielded, apart, told_apart, second_person) == expected


@pytest.mark.parametrize(
    ("joins", "shielded", "apart", "expected"),
    [
        (True, False, False, False), (True, False, True, True), (True, True, False, True), (True, None, False, True),
        (True, False, None, True), (False, False, False, False), (False, False, True, False),
        (False, True, False, True), (False, None, True, True),
    ],
)  # fmt: skip
def test_an_answer_about_a_row_takes_two_people(
    joins: bool, shielded: bool | None, apart: bool | None, expected: bool
) -> None:
    assert answer_takes_two(joins, shielded, apart) is expected
