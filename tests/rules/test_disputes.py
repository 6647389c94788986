"""Disputes: which facts, by when, what may be found, what a source may bring back."""

from datetime import date

import pytest

from cp.rules.disputes import State, answer_due, dispute_state, fed_value, findings_open, may_be_disputed
from cp.terms import Disputable, DisputeFinding, Part

NAME, BORN_ON, GENDER, ADDRESS, CARER, SCHOOL, GP = Disputable
RIGHT, WRONG, NOT_KNOWN = DisputeFinding
MONDAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(set(), set(), id="nothing is shown"),
        pytest.param({Part.IDENTITY}, {NAME, BORN_ON, GENDER}, id="what a shielded record shows"),
        pytest.param({Part.IDENTITY, Part.LOCATION}, {NAME, BORN_ON, GENDER, ADDRESS}, id="where the child is"),
        pytest.param({Part.CARERS, Part.INVOLVEMENTS}, {CARER, SCHOOL, GP}, id="who looks after the child, and works"),
        pytest.param({Part.EDUCATION_NUMBERS, Part.SENSITIVE, Part.OTHER_NAMES}, set(), id="what is never disputed"),
        pytest.param(set(Part), set(Disputable), id="everything"),
    ],
)
def test_only_what_somebody_is_shown_may_be_disputed(parts: set[Part], expected: set[Disputable]) -> None:
    assert may_be_disputed(parts) == expected


@pytest.mark.parametrize(
    ("disputed_on", "within", "holidays", "expected"),
    [
        pytest.param(MONDAY, None, (), date(2026, 11, 23), id="ten working days, a fortnight on"),
        pytest.param(date(2026, 11, 13), None, (), date(2026, 11, 27), id="from a Friday"),
        pytest.param(date(2026, 11, 14), None, (), date(2026, 11, 27), id="a Saturday counts from the Monday"),
        pytest.param(date(2026, 11, 15), None, (), date(2026, 11, 27), id="and a Sunday"),
        pytest.param(MONDAY, 5, (), date(2026, 11, 16), id="an authority's own"),
        pytest.param(MONDAY, 0, (), date(2026, 11, 10), id="never less than one"),
        pytest.param(MONDAY, -3, (), date(2026, 11, 10), id="nor in the past"),
        pytest.param(MONDAY, 400, (), date(2026, 12, 7), id="never more than twenty"),
        pytest.param(date(2026, 12, 21), None, (date(2026, 12, 25), date(2026, 12, 28)), date(2027, 1, 6), id="feasts"),
    ],
)  # fmt: skip
def test_an_answer_is_due_in_ten_working_days(
    disputed_on: date, within: int | None, holidays: tuple[date, ...], expected: date
) -> None:
    assert answer_due(disputed_on, within, holidays) == expected


@pytest.mark.parametrize(
    ("disputed_on", "due_on", "decided_on", "today", "expected"),
    [
        pytest.param(None, None, None, date(2026, 11, 23), "none", id="nobody disputes it"),
        pytest.param(MONDAY, date(2026, 11, 23), None, MONDAY, "disputed", id="at once"),
        pytest.param(MONDAY, date(2026, 11, 23), None, date(2026, 11, 23), "disputed", id="on the last good day"),
        pytest.param(MONDAY, date(2026, 11, 23), None, date(2026, 11, 24), "overdue", id="a day late"),
        pytest.param(MONDAY, date(2026, 11, 23), None, date(2028, 11, 24), "overdue", id="it never lapses"),
        pytest.param(MONDAY, date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 23), "decided", id="decided"),
        pytest.param(MONDAY, date(2026, 11, 23), date(2026, 12, 1), date(2026, 12, 1), "decided", id="late, decided"),
        pytest.param(MONDAY, date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 23), "disputed", id="not yet"),
        pytest.param(MONDAY, None, None, date(2026, 11, 23), "disputed", id="without a day it is never overdue"),
    ],
)  # fmt: skip
def test_a_fact_is_disputed_until_somebody_has_decided(
    disputed_on: date | None, due_on: date | None, decided_on: date | None, today: date, expected: State
) -> None:
    assert dispute_state(disputed_on, due_on, decided_on, today) == expected


def test_what_may_be_found_depends_on_the_fact() -> None:
    every = (RIGHT, WRONG, NOT_KNOWN)

    assert {fact: findings_open(fact) for fact in Disputable} == {
        NAME: (RIGHT, WRONG), BORN_ON: (RIGHT, WRONG), GENDER: every, ADDRESS: every, CARER: every,
        SCHOOL: (RIGHT, NOT_KNOWN), GP: (RIGHT, NOT_KNOWN),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "same", "wrong", "expected"),
    [
        ("none", True, False, "show"),
        ("disputed", True, False, "show_disputed"),
        ("disputed", False, False, "show"),
        ("overdue", True, False, "show_disputed"),
        ("decided", True, True, "raise"),
        ("decided", True, False, "show"),
        ("decided", False, True, "show"),
    ],
)
def test_a_later_file_does_not_bring_a_wrong_value_back(state: State, same: bool, wrong: bool, expected: str) -> None:
    assert fed_value(state, same, wrong) == expected
