from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp.matching import births
from cp.matching.compare import compare
from cp.matching.facts import Facts, asked
from cp.matching.verdict import ENOUGH, MOST, Helps, helps_most, judge, may_match
from cp.terms import Gender
from tests.matching.children import TODAY, ask, former, home, record, records

EXACT = record()
NEAR = record("Ameera")
FAR = record("Farah")
AGED_TEN = asked("Amira", "Siddiqui", births.aged(10, TODAY))


def verdict_of(mine: Facts, *children: Facts) -> tuple[list[int], bool, int]:
    """Which of the children are shown, by their place in the list; whether too many match; how many tie."""
    verdict = judge(((place, compare(mine, child)) for place, child in enumerate(children)), order=int)
    return [place for place, _ in verdict.matches], verdict.too_many, verdict.tied


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param(ask(), record(), id="exact"),
        pytest.param(ask("Amira", "Sidiqi"), record(), id="misspelt family name"),
        pytest.param(ask("Ameera", "Sidiqi"), record(), id="both names misspelt"),
        pytest.param(ask("Kate"), record("Catherine"), id="short form"),
        pytest.param(ask("Amira", "Nowak"), record(others=[former("Nowak")]), id="former name"),
        pytest.param(ask("Siddiqui", "Amira"), record(), id="names in the other order"),
        pytest.param(ask("Siddiqui", ""), record(), id="the family name as the given name, with the birth date"),
        pytest.param(ask(born=date(2016, 4, 3)), record(born_on=date(2016, 3, 4)), id="day and month exchanged"),
        pytest.param(ask("Amira", "", born=date(2016, 4, 3)), record(born_on=date(2016, 3, 4)), id="and one name"),
        pytest.param(ask(), record(born_on=date(2016, 3, 13)), id="a digit wrong"),
        pytest.param(ask("Amira", "Sidiqi"), record(born_on=date(2016, 3, 13)), id="a digit wrong and misspelt"),
        pytest.param(ask(), record(born_on=date(2016, 7, 2)), id="another day of the same year"),
        pytest.param(ask("Farah"), record(), id="a twin, or another name of the child"),
        pytest.param(AGED_TEN, record(), id="names and age"),
        pytest.param(AGED_TEN, record(born_on=date(2015, 3, 14)), id="a year out"),
        pytest.param(AGED_TEN, record("Ameera", "Sidiqi"), id="age, both names near"),
        pytest.param(ask(born=None, place=home("ZA4")), record(places=[home()]), id="names and half a postcode"),
        pytest.param(ask("Ameera", "Sidiqi", None, place=home()), record(places=[home()]), id="and both near"),
    ],
)
def test_who_may_be_the_child(mine: Facts, theirs: Facts) -> None:
    assert may_match(compare(mine, theirs))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param(ask(), record("Oliver", "Smith"), id="only the birth date"),
        pytest.param(ask(), record(born_on=date(2012, 7, 2)), id="only the names"),
        pytest.param(ask(born=None, place=home()), record(), id="only the names, where a place was asked"),
        pytest.param(ask(born=None, place=home()), record(places=[home("ZA9 1AA")]), id="the names, another place"),
        pytest.param(ask("Farah", "", place=home()), record(places=[home()]), id="birth date and place, another name"),
        pytest.param(AGED_TEN, record("Oliver"), id="one name and an age"),
        pytest.param(AGED_TEN, record(born_on=date(2010, 1, 1)), id="the names, another age"),
    ],
)
def test_who_is_not_the_child(mine: Facts, theirs: Facts) -> None:
    assert not may_match(compare(mine, theirs))


def test_the_likeliest_comes_first() -> None:
    assert verdict_of(ask("Amire"), FAR, NEAR, record("Amira")) == ([2, 1], False, 0)


def test_children_who_match_equally_well_are_counted_and_keep_their_order() -> None:
    assert verdict_of(ask(), EXACT, NEAR, EXACT) == ([0, 2, 1], False, 2)


def test_weak_matches_give_way_to_an_exact_one() -> None:
    assert verdict_of(ask(), FAR, NEAR, EXACT) == ([2, 1], False, 0)


def test_weak_matches_are_shown_where_there_is_nothing_better() -> None:
    assert verdict_of(ask(), FAR) == ([0], False, 0)


def test_more_than_ten_that_match_alike_are_too_many_and_none_is_shown() -> None:
    assert verdict_of(ask(), *[EXACT] * MOST) == (list(range(MOST)), False, MOST)
    assert verdict_of(ask(), *[EXACT] * (MOST + 1)) == ([], True, 0)


def test_near_matches_never_crowd_out_an_exact_one() -> None:
    assert verdict_of(ask(), *[NEAR] * 50, EXACT) == ([50], False, 0)


def test_many_weak_matches_never_crowd_out_a_strong_one() -> None:
    assert verdict_of(ask("Amira", "Sidiqi"), *[FAR] * 50, EXACT) == ([50], False, 0)


@pytest.mark.parametrize(
    "others",
    [
        pytest.param(record("Amira", "Nowak"), id="who share a name and the day that was typed"),
        pytest.param(record(born_on=date(2016, 7, 2)), id="of both names, born on another day of the year"),
    ],
)
def test_no_number_of_others_crowds_out_whoever_differs_by_a_digit(others: Facts) -> None:
    assert verdict_of(ask(), *[others] * 50, record(born_on=date(2016, 3, 13))) == ([50], False, 0)


def test_nobody_matches_where_nobody_is() -> None:
    assert verdict_of(ask(), record("Oliver", "Smith")) == verdict_of(ask()) == ([], False, 0)


@given(records, st.lists(records, max_size=20))
def test_an_exact_match_is_shown_first_or_there_are_too_many_exact_ones(child: Facts, others: list[Facts]) -> None:
    mine = replace(child, gender=None, places=frozenset())
    if not (mine.given or mine.family):
        return
    exact = sum(compare(mine, each).exact for each in [*others, child])

    shown, too_many, _ = verdict_of(mine, *others, child)

    assert too_many == (exact > MOST)
    assert too_many or all(compare(mine, [*others, child][place]).exact for place in shown[:exact])


@given(records, st.lists(records, max_size=20))
def test_no_more_than_ten_are_shown_and_each_has_enough_for_it(mine: Facts, children: list[Facts]) -> None:
    shown, too_many, _ = verdict_of(mine, *children)

    assert len(shown) <= MOST
    assert not (too_many and shown)
    assert all(compare(mine, children[place]).score >= ENOUGH for place in shown)


@pytest.mark.parametrize(
    ("mine", "helps"),
    [
        pytest.param(AGED_TEN, Helps.DATE_OF_BIRTH, id="an age"),
        pytest.param(ask(born=None, place=home()), Helps.DATE_OF_BIRTH, id="a place"),
        pytest.param(ask("Amira", ""), Helps.FAMILY_NAME, id="no family name"),
        pytest.param(ask("", "Siddiqui"), Helps.GIVEN_NAME, id="no given name"),
        pytest.param(ask(), Helps.POSTCODE, id="no postcode"),
        pytest.param(ask(place=home()), Helps.GENDER, id="only the gender is left"),
        pytest.param(ask(place=home(), gender=Gender.FEMALE), Helps.GENDER, id="everything"),
    ],
)
def test_what_would_narrow_a_search_most(mine: Facts, helps: Helps) -> None:
    assert helps_most(mine) is helps
