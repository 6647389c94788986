"""Agreements and accreditation: how long they last, what is missing before one, and who decides."""

from datetime import date, timedelta
from typing import Any

import pytest

from cp.rules.governing import (
    NEWEST_QUESTIONS,
    QUESTIONS,
    TEXTS,
    accreditation_ends_on,
    accreditation_missing,
    accrediting_refusal,
    agreement_ends_on,
    agreement_problem,
    ending,
)
from cp.terms import AccreditationAnswer as Answer
from cp.terms import AccreditationQuestion as Question
from cp.terms import Ending, Role

TODAY = date(2026, 11, 23)
FIRST = TEXTS[1]
EVERYTHING = {
    Question.MISUSE: Answer.YES, Question.DEVICES: Answer.COUNCIL, Question.JOINERS: Answer.TEN_DAYS,
    Question.LEAVERS: Answer.YES, Question.ACCOUNT_MANAGER: Answer.YES, Question.CHECKS: Answer.YES,
    Question.TRAINING: Answer.YES, Question.BREACHES: Answer.YES,
}  # fmt: skip


@pytest.mark.parametrize(
    ("signed_on", "last_on", "ends_on"),
    [
        (date(2026, 11, 20), None, date(2028, 11, 20)),
        (date(2028, 2, 29), None, date(2030, 3, 1)),
        (date(2026, 11, 20), date(2027, 8, 31), date(2027, 9, 1)),
    ],
)
def test_an_agreement_lasts_two_years_or_until_the_day_agreed(
    signed_on: date, last_on: date | None, ends_on: date
) -> None:
    assert agreement_ends_on(signed_on, last_on) == ends_on


@pytest.mark.parametrize(
    ("version", "signed_on", "last_on", "problem"),
    [
        (1, TODAY, None, None),
        (1, FIRST, None, None),
        (1, TODAY, date(2028, 11, 22), None),
        (1, FIRST, TODAY, None),
        (2, TODAY, None, "no_text"),
        (0, TODAY, None, "no_text"),
        (1, TODAY + timedelta(days=1), None, "in_future"),
        (1, FIRST - timedelta(days=1), None, "before_text"),
        (1, TODAY, TODAY - timedelta(days=1), "before_signing"),
        (1, TODAY, date(2028, 11, 23), "too_long"),
        (1, FIRST, TODAY - timedelta(days=1), "over"),
    ],
)
def test_an_agreement_is_recorded_once_signed_and_while_it_holds(
    version: int, signed_on: date, last_on: date | None, problem: str | None
) -> None:
    assert agreement_problem(version, signed_on, last_on, TODAY) == problem


def test_nothing_is_missing_once_every_question_has_an_answer_that_is_enough() -> None:
    assert set(EVERYTHING) == set(QUESTIONS[NEWEST_QUESTIONS])
    assert accreditation_missing(1, EVERYTHING) == []


@pytest.mark.parametrize("question", QUESTIONS[1])
@pytest.mark.parametrize("answer", [Answer.NOT_YET, None, "of_another_question"])
def test_what_is_not_there_yet_or_not_answered_is_missing(question: Question, answer: Any) -> None:
    other = Answer.SAME_DAY if question is not Question.JOINERS else Answer.COUNCIL
    given = {**EVERYTHING, question: other if answer == "of_another_question" else answer}

    assert accreditation_missing(1, {name: one for name, one in given.items() if one is not None}) == [question]


def test_what_is_missing_is_told_in_the_order_it_was_asked() -> None:
    assert accreditation_missing(1, {}) == list(QUESTIONS[1])


@pytest.mark.parametrize(
    ("years", "ends_on"), [(1, date(2027, 11, 23)), (2, date(2028, 11, 23)), (3, date(2029, 11, 23))]
)
def test_an_accreditation_lasts_one_to_three_years(years: int, ends_on: date) -> None:
    assert accreditation_ends_on(TODAY, years) == ends_on


@pytest.mark.parametrize("years", [-1, 0, 4])
def test_an_accreditation_lasts_no_other_time(years: int) -> None:
    with pytest.raises(ValueError, match="1 to 3 years"):
        accreditation_ends_on(TODAY, years)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("of_authority", [True, False])
def test_nobody_accredits_their_own_organisation(role: Role, own: bool, of_authority: bool) -> None:
    who = {True: Role.NATIONAL_ADMINISTRATOR, False: Role.IMPLEMENTATION_MANAGER}[of_authority]

    assert accrediting_refusal(role, own, of_authority) == (
        "role" if role is not who else "own_organisation" if own else None
    )


@pytest.mark.parametrize(
    ("ends_on", "how"),
    [
        (None, None),
        (date(2026, 1, 1), Ending.ENDED),
        (TODAY, Ending.ENDED),
        (TODAY + timedelta(days=1), Ending.SOON),
        (TODAY + timedelta(days=60), Ending.SOON),
        (TODAY + timedelta(days=61), None),
    ],
)
def test_an_end_is_told_sixty_days_before(ends_on: date | None, how: Ending | None) -> None:
    assert ending(ends_on, TODAY) == how
