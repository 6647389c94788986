"""What a supplied row is to the records: joined, looked at, or new; and when one that was tied is raised."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp.matching.apart import Number, Numbers
from cp.matching.facts import Facts
from cp.matching.joining import Judged, Kind, Thresholds, decide, judge_pair, still_fits
from cp.terms import Gender, Judgement
from tests.matching.children import home, record, records
from tests.matching.pairs import BY_UPN, OTHER_UPN, child, judged, moved

SAME, MAYBE, DIFFERENT = Judgement
NEXT_DAY = date(2016, 3, 15)
OTHER_DAY = date(2012, 7, 2)
STRANGER = record("Oliver", "Smith", OTHER_DAY, Gender.MALE, places=[home("ZA9 1AA")])
numbers = st.builds(Numbers, st.sampled_from(Number), st.sampled_from(Number))


@pytest.mark.parametrize(
    ("row", "beside", "judgement"),
    [
        pytest.param(child(), {}, SAME, id="all agrees"),
        pytest.param(child("Amira", "Sidiqi"), {}, SAME, id="a misspelt family name"),
        pytest.param(child("Amira Noor"), {}, SAME, id="a later name that was not known"),
        pytest.param(child("Siddiqui", "Amira"), {}, SAME, id="names in the other order"),
        pytest.param(child(born_on=NEXT_DAY), {}, SAME, id="a digit of the birth date"),
        pytest.param(moved(), {"numbers": BY_UPN}, SAME, id="moved, with the number"),
        pytest.param(moved("Amira", "Nowak"), {"numbers": BY_UPN}, SAME, id="moved, under another family name"),
        pytest.param(moved(), {}, MAYBE, id="names and birth date alone"),
        pytest.param(child("Amina"), {"numbers": BY_UPN, "same_carer": True}, MAYBE, id="twins"),
        pytest.param(child("Farah"), {}, MAYBE, id="twins of other names"),
        pytest.param(child(), {"numbers": OTHER_UPN}, MAYBE, id="another number"),
        pytest.param(child("Amira", "Nowak", gender=Gender.MALE), {}, MAYBE, id="too little"),
        pytest.param(STRANGER, {"numbers": BY_UPN}, MAYBE, id="nothing but the number"),
        pytest.param(STRANGER, {}, DIFFERENT, id="nothing"),
        pytest.param(moved(born_on=OTHER_DAY), {}, DIFFERENT, id="names alone"),
        pytest.param(child("Oliver", "Smith"), {}, MAYBE, id="one birth date at one postcode, under other names"),
        pytest.param(child("", "", NEXT_DAY), {}, DIFFERENT, id="a birth date nearly, at one postcode, without names"),
        pytest.param(child(), {"numbers": BY_UPN, "told_apart": True}, DIFFERENT, id="told apart"),
    ],
)
def test_what_a_row_is_to_a_record(row: Facts, beside: dict[str, Any], judgement: Judgement) -> None:
    assert judged(row, **beside).judgement is judgement


@pytest.mark.parametrize(
    ("score_of_join", "score_of_maybe", "judgement"), [(0.0, 0.0, SAME), (0.1, 0.0, MAYBE), (0.2, 0.1, DIFFERENT)]
)
def test_a_row_joins_from_one_threshold_on_and_is_looked_at_from_another(
    score_of_join: float, score_of_maybe: float, judgement: Judgement
) -> None:
    score = judged(child()).score
    thresholds = Thresholds(join=score + score_of_join, maybe=score + score_of_maybe)

    assert judged(child(), thresholds=thresholds).judgement is judgement


def test_numbers_weigh_once_and_a_carer_beside_them() -> None:
    both = Numbers(Number.AGREES, Number.AGREES)
    weights = [
        judged(child(), **beside).score - judged(child()).score
        for beside in ({"numbers": BY_UPN}, {"numbers": both}, {"numbers": OTHER_UPN}, {"same_carer": True})
    ]

    assert weights == pytest.approx([20.0, 20.0, -6.0, 8.0])


def decided(*rows: Judged) -> tuple[Kind, list[int], int | None]:
    """What becomes of it, the records by their place in the list, and the one that it joins."""
    found = decide(enumerate(rows), order=int)
    return found.kind, [key for key, _ in found.matches], found.one


def test_what_becomes_of_a_row() -> None:
    same, maybe, twin, none = (judged(row) for row in (child(), moved(), child("Amina"), STRANGER))

    assert decided() == (Kind.NEW, [], None)
    assert decided(none, none) == (Kind.NEW, [], None)
    assert decided(none, maybe) == (Kind.MAYBE, [1], None)
    assert decided(maybe, none, twin, same) == (Kind.SAME, [3, 2, 0], 3)
    assert decided(maybe, maybe) == (Kind.MAYBE, [0, 1], None)


def test_two_records_that_it_is_the_same_as_are_looked_at() -> None:
    near = judged(child("Amira", "Sidiqi"))

    assert decided(near, judged(child())) == (Kind.MAYBE, [1, 0], None)


def test_a_row_does_not_join_where_another_record_weighs_more() -> None:
    numbered = judged(child("Amina"), numbers=BY_UPN)

    assert decided(judged(child()), numbered) == (Kind.MAYBE, [1, 0], None)


def test_one_told_apart_leaves_the_other_to_join() -> None:
    assert decided(judged(child(), told_apart=True), judged(child())) == (Kind.SAME, [1], 1)


@pytest.mark.parametrize(
    ("row", "beside", "fits"),
    [
        pytest.param(child(), {}, True, id="all agrees"),
        pytest.param(moved(), {}, True, id="moved"),
        pytest.param(moved("Amira", "Nowak"), {}, True, id="moved, under another family name"),
        pytest.param(child(born_on=OTHER_DAY), {}, True, id="another birth date"),
        pytest.param(moved(born_on=OTHER_DAY), {}, False, id="another birth date, moved"),
        pytest.param(STRANGER, {}, False, id="another child under the old key"),
        pytest.param(STRANGER, {"numbers": BY_UPN}, False, id="with the old number"),
        pytest.param(child("Amina"), {}, False, id="a twin under the old key"),
        pytest.param(moved("Farah"), {"numbers": BY_UPN}, False, id="another given name"),
        pytest.param(child(), {"numbers": OTHER_UPN}, False, id="another number"),
        pytest.param(child(), {"told_apart": True}, False, id="told apart since"),
    ],
)
def test_whether_a_tied_row_still_fits(row: Facts, beside: dict[str, Any], fits: bool) -> None:
    assert still_fits(judged(row, **beside)) is fits


def test_a_short_form_fits_once_it_is_tied() -> None:
    assert still_fits(judge_pair(child("Kate"), child("Catherine")))


@given(records, records, numbers, st.booleans(), st.booleans())
def test_a_judgement_does_not_depend_on_who_is_the_row(
    a: Facts, b: Facts, numbers: Numbers, same_carer: bool, told_apart: bool
) -> None:
    one, two = [judge_pair(*pair, numbers, same_carer=same_carer, told_apart=told_apart) for pair in ((a, b), (b, a))]

    assert one.score == pytest.approx(two.score)
    assert (one.judgement, one.rests_on, one.why_not) == (two.judgement, two.rests_on, two.why_not)


@given(records, records, numbers, st.booleans())
def test_told_apart_never_joins_and_is_never_asked_about_again(
    a: Facts, b: Facts, numbers: Numbers, same_carer: bool
) -> None:
    found = judge_pair(a, b, numbers, same_carer=same_carer, told_apart=True)

    assert found.judgement is DIFFERENT
    assert not still_fits(found)
    assert decided(found) == (Kind.NEW, [], None)


@given(records, records, numbers, st.booleans())
def test_what_joins_has_no_bar_a_third_fact_and_the_weight(
    a: Facts, b: Facts, numbers: Numbers, same_carer: bool
) -> None:
    found = judge_pair(a, b, numbers, same_carer=same_carer)

    assert (found.judgement is SAME) == (not found.why_not)
    assert found.judgement is not SAME or (found.rests_on and found.score >= Thresholds().join)


@given(st.lists(st.tuples(records, numbers), max_size=6))
def test_a_row_joins_one_record_at_the_most_and_the_order_of_the_records_does_not_matter(
    held: Sequence[tuple[Facts, Numbers]],
) -> None:
    rows = [(place, judge_pair(child(), each, numbers)) for place, (each, numbers) in enumerate(held)]

    found, again = decide(rows, order=int), decide(rows[::-1], order=int)

    assert found == again
    assert (found.one is not None) == (found.kind is Kind.SAME)
    assert found.kind is not Kind.SAME or sum(judged.judgement is SAME for _, judged in rows) == 1
