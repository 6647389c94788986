from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cp.matching.apart import Bar, Number, Numbers, Third, compare_numbers, same_carer
from cp.matching.births import in_year
from cp.matching.facts import Facts
from cp.matching.family import carer_rows
from cp.matching.joining import judge_pair
from cp.terms import NumberKind
from tests.matching.children import home
from tests.matching.pairs import BY_UPN, OTHER_UPN, child, judged, moved

NEXT_DAY, NEXT_YEAR, LATER = date(2016, 3, 15), date(2017, 3, 14), date(2016, 7, 2)
UNKNOWN_HOME = child(places=[])
TWINS = (Bar.TWINS,)
OTHER_TWIN = (Bar.TWINS, Bar.GIVEN_NAME)


@pytest.mark.parametrize(
    ("row", "beside", "barred"),
    [
        pytest.param(child(), {}, (), id="all agrees"),
        pytest.param(moved(), {"numbers": BY_UPN}, (), id="moved, with the number"),
        pytest.param(moved(), {"same_carer": True}, (), id="moved, with the carer"),
        pytest.param(moved(), {}, (Bar.NAMES_AND_BIRTH_ALONE,), id="names and birth date alone"),
        pytest.param(UNKNOWN_HOME, {}, (Bar.NAMES_AND_BIRTH_ALONE,), id="and no address"),
        pytest.param(child(places=[home("ZA4")]), {}, (Bar.NAMES_AND_BIRTH_ALONE,), id="and half a postcode"),
        pytest.param(child(), {"numbers": OTHER_UPN}, (Bar.OTHER_NUMBER,), id="another number"),
        pytest.param(
            child(), {"numbers": Numbers(Number.DIFFERS, Number.AGREES)}, (Bar.OTHER_NUMBER,),
            id="another number of one kind, the same of the other",
        ),
        pytest.param(child("Amina"), {}, TWINS, id="twins of near names"),
        pytest.param(child("Amina"), {"numbers": BY_UPN}, TWINS, id="whatever the number says"),
        pytest.param(child("Amina", "Kaur"), {"numbers": BY_UPN}, TWINS, id="of two family names"),
        pytest.param(child("Amina", born_on=NEXT_DAY), {"numbers": BY_UPN}, TWINS, id="born on two days"),
        pytest.param(child("Amina", born_on=NEXT_YEAR), {"numbers": BY_UPN}, TWINS, id="sisters, a year apart"),
        pytest.param(child("Amina", places=[]), {"numbers": BY_UPN}, TWINS, id="at an unknown address"),
        pytest.param(moved("Amina"), {"numbers": BY_UPN, "same_carer": True}, TWINS, id="at the carer’s other home"),
        pytest.param(child("Farah"), {"numbers": BY_UPN}, OTHER_TWIN, id="of names that are not near"),
        pytest.param(child(""), {"numbers": BY_UPN}, OTHER_TWIN, id="no given name"),
        pytest.param(moved("Amina"), {"numbers": BY_UPN}, (), id="a misspelt name elsewhere, with the number"),
        pytest.param(moved("Farah"), {"numbers": BY_UPN}, (Bar.GIVEN_NAME,), id="another given name elsewhere"),
        pytest.param(child("Ameera Noor"), {"numbers": BY_UPN}, TWINS, id="a near name with a later one"),
        pytest.param(child(born_on=LATER), {"numbers": BY_UPN}, (Bar.BIRTH,), id="another birth date"),
        pytest.param(replace(child(), born=None), {"numbers": BY_UPN}, (Bar.BIRTH,), id="no birth date"),
        pytest.param(replace(child(), born=in_year(2016)), {"numbers": BY_UPN}, (Bar.BIRTH,), id="a year of birth"),
        pytest.param(child("\u0410mira"), {"numbers": BY_UPN}, (Bar.LOOK_ALIKE, *TWINS), id="a Cyrillic letter"),
        pytest.param(child("Amira", "S\u0456ddiqui"), {}, (Bar.LOOK_ALIKE,), id="in the family name"),
    ],
)  # fmt: skip
def test_what_keeps_a_row_from_joining_by_itself(row: Facts, beside: dict[str, Any], barred: tuple[Bar, ...]) -> None:
    found = judged(row, **beside)

    assert tuple(bar for bar in found.why_not if bar is not Bar.TOO_LITTLE) == barred


@pytest.mark.parametrize(("numbers", "barred"), [(Numbers(), (Bar.VARIANT,)), (BY_UPN, ())])
def test_a_short_form_joins_only_with_a_number(numbers: Numbers, barred: tuple[Bar, ...]) -> None:
    assert judge_pair(child("Kate"), child("Catherine"), numbers).why_not == barred


def test_brother_and_sister_of_one_birthday_are_twins_whatever_their_family_names() -> None:
    found = judge_pair(child("Amandeep", "Kaur"), child("Amardeep", "Singh"), BY_UPN)

    assert Bar.TWINS in found.why_not


def test_what_it_rests_on_besides_names_and_birth() -> None:
    rests = [judged(child()), judged(moved(), numbers=BY_UPN), judged(moved(), same_carer=True), judged(moved())]

    assert [found.rests_on for found in rests] == [{Third.POSTCODE}, {Third.NUMBER}, {Third.CARER}, set()]


def test_numbers_are_compared_by_kind() -> None:
    mine = {NumberKind.UPN: frozenset({"A999123456789", 1}), NumberKind.NHS: frozenset({"9990001111"})}
    theirs = {NumberKind.UPN: frozenset({"B999123456789"})}

    assert compare_numbers(mine, theirs) == Numbers(Number.DIFFERS, Number.MISSING)
    assert compare_numbers(mine, mine) == Numbers(Number.AGREES, Number.AGREES)
    assert compare_numbers(mine, {NumberKind.UPN: frozenset({1})}) == Numbers(Number.AGREES, Number.MISSING)
    assert compare_numbers(mine, {}) == Numbers(Number.MISSING, Number.MISSING)


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        (("Sara Siddiqui",), ("Omar Siddiqui", "SARA SIDDIQUI"), True),
        (("Mrs Sara Siddiqui",), ("Sara Siddiqui",), True),
        (("Sara Siddiqui",), ("Omar Siddiqui",), False),
        (("Sara",), ("Sara",), False),
        ((), (), False),
    ],
)
def test_a_carer_is_the_same_by_the_whole_name(mine: tuple[str, ...], theirs: tuple[str, ...], same: bool) -> None:
    rows = [frozenset(row for name in names for row in carer_rows(name)) for names in (mine, theirs)]

    assert same_carer(*rows) is same
