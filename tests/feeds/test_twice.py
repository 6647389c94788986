"""The same pupil in two rows, and what is unusual about a file as a whole."""

from collections.abc import Mapping, Sequence

from cp.feeds.checking import check
from cp.feeds.supplied import LastTime, Problem
from cp.feeds.whole_file import file_problems
from cp.terms import Column, Fault
from tests.feeds.rows import GOOD, HEADINGS, checked, context, saw

C = Column
TWICE, UNUSUAL = Fault.TWICE, Fault.UNUSUAL
ANA = {C.GIVEN_NAMES: "Ana", C.FAMILY_NAME: "Bell", C.BORN_ON: "02/05/2015"}
UPN = "A999200422000"
AMERICAN = [f"{1 + at % 12}/{1 + at}/2015" for at in range(25)]
EARLY = [f"2015-{1 + at % 12:02}-{1 + at % 9:02}" for at in range(25)]


def test_a_row_that_is_there_again_is_sent_once() -> None:
    first, second, third = checked(GOOD, GOOD, GOOD)

    assert first.problems == ()
    assert first.said
    assert [saw(row) for row in (second, third)] == [[(TWICE, "All", "The same as row 2")]] * 2
    assert (second.said, third.said) == (None, None)
    assert second.problems[0].sentence == "Row 3: the same as row 2"
    assert second.problems[0].do == "Nothing: it is sent once"


def test_two_children_with_one_key_are_both_to_be_looked_at() -> None:
    rows = checked(GOOD | {C.ROW_KEY: "7"}, ANA | {C.ROW_KEY: "7"})

    assert [saw(row) for row in rows] == [
        [(TWICE, "Row Key", "The same as in row 3, with another name")],
        [(TWICE, "Row Key", "The same as in row 2, with another name")],
    ]
    assert [row.said for row in rows] == [None, None]
    assert rows[0].problems[0].do == "Give each pupil their own key"
    assert rows[0].problems[0].sentence == "Row 2: pupil key is the same as in row 3, with another name"


def test_two_children_with_one_pupil_number_are_both_to_be_looked_at() -> None:
    rows = checked(GOOD | {C.ROW_KEY: "7", C.UPN: UPN}, ANA | {C.ROW_KEY: "8", C.UPN: UPN})

    assert [saw(row) for row in rows] == [
        [(TWICE, "Upn", "The same as in row 3, with another name")],
        [(TWICE, "Upn", "The same as in row 2, with another name")],
    ]
    assert rows[1].problems[0].do == "Give each pupil their own number"


def test_the_same_child_with_other_details_is_sent_as_it_first_stands() -> None:
    first, second = checked(GOOD | {C.TOWN: "Northvale"}, GOOD | {C.GIVEN_NAMES: "SAM", C.TOWN: "Weirside"})

    assert first.problems == ()
    assert saw(second) == [(TWICE, "All", "The same pupil as row 2, with other details")]
    assert second.said is None


def test_one_pupil_number_or_none_leaves_them_one_pupil() -> None:
    numbered, bare, again = checked(
        GOOD | {C.ROW_KEY: "7", C.UPN: UPN}, GOOD | {C.ROW_KEY: "8"}, GOOD | {C.ROW_KEY: "9", C.UPN: UPN}
    )

    assert numbered.said
    assert [saw(row) for row in (bare, again)] == [[(TWICE, "All", "The same pupil as row 2, with other details")]] * 2
    assert bare.problems[0].do == "Leave one row, or give both their own pupil numbers. The first is sent"


def test_what_else_was_odd_in_a_row_that_is_there_twice_stays_said() -> None:
    row = GOOD | {C.GENDER: "Q"}

    assert [problem.saw for problem in checked(row, row)[1].problems] == [
        "Q is not a word that we know",
        "The same as row 2",
    ]


def test_two_pupil_numbers_are_two_pupils_whatever_they_are_called() -> None:
    first, second = checked(GOOD | {C.UPN: UPN}, GOOD | {C.UPN: "D999200422002"})

    assert saw(second) == [(UNUSUAL, "All", "The same name and birth date as row 2, another pupil number")]
    assert second.problems[0].do == "Check that they are two pupils. Both are sent"
    assert first.said
    assert second.said


def test_rows_that_are_wrong_are_compared_with_nothing() -> None:
    wrong = {**GOOD, C.BORN_ON: "31/02/2015"}

    assert [[problem.fault for problem in row.problems] for row in checked(wrong, wrong)] == [[Fault.WRONG]] * 2


def test_a_file_of_half_or_twice_the_size_is_unusual() -> None:
    assert told(20, last=41) == ["This file has 20 pupils, last time it had 41"]
    assert told(20, last=40) == ["This file has 20 pupils, last time it had 40"]
    assert told(20, last=10) == ["This file has 20 pupils, last time it had 10"]
    assert told(20, last=39) == told(20, last=11) == told(20, last=0) == []


def test_one_birth_date_for_half_the_file_is_unusual() -> None:
    births = ["14/03/2016"] * 10 + [f"{day}/05/2015" for day in range(13, 23)]

    assert told(20, births=births) == ["10 of 20 pupils were born on 14/03/2016"]
    assert told(20, births=["13/03/2016", *births[1:]]) == []
    assert told(19, births=["14/03/2016"] * 19) == []


def test_one_postcode_for_all_is_unusual() -> None:
    assert told(20, postcodes=["ZA1 1AA"] * 20) == ["All 20 pupils live in ZA1 1AA"]
    assert told(20, postcodes=["ZA1 1AA"] * 19 + ["ZA1 1AB"]) == []
    assert told(19, postcodes=["ZA1 1AA"] * 19) == []


def test_dates_with_day_and_month_exchanged_throughout_are_unusual() -> None:
    half = EARLY + [f"{13 + at % 12}/03/2016" for at in range(25)]

    assert told(25, births=AMERICAN) == ["The dates seem to have the month first"]
    exchanged = "No date has a day after the 12th, so day and month may have been exchanged"
    assert told(25, births=EARLY) == told(50, births=half) == [exchanged]
    assert told(25, births=[*EARLY[:-1], "2015-03-13"]) == []


def test_a_problem_of_the_file_has_no_row_and_says_what_to_do() -> None:
    found = [*problems(20, last=41), *problems(20, last=10), *problems(20, births=["14/03/2016"] * 20)]
    found += [*problems(20, postcodes=["ZA1 1AA"] * 20), *problems(25, births=AMERICAN), *problems(25, births=EARLY)]

    assert {(problem.number, problem.fault) for problem in found} == {(None, UNUSUAL)}
    assert [(problem.heading, problem.do) for problem in found] == [
        ("All", "Is it everyone? If not, choose the file again and say that it lists only some pupils"),
        ("All", "Does it list anybody twice, or others’ as well?"),
        ("Born On", "Check the column: it may have been filled down by mistake"),
        ("Postcode", "Is that your own postcode?"),
        ("Born On", "Export the file with the day first, or with dates like 2016-03-14, and choose that"),
        ("Born On", "Compare a few birth dates with your own records"),
    ]


def told(
    count: int, *, last: int | None = None, births: Sequence[str] = (), postcodes: Sequence[str] = ()
) -> list[str]:
    return [problem.sentence for problem in problems(count, last=last, births=births, postcodes=postcodes)]


def problems(
    count: int, *, last: int | None = None, births: Sequence[str] = (), postcodes: Sequence[str] = ()
) -> tuple[Problem, ...]:
    """Of a file of so many pupils, each with another name and, unless it is said, another birth date."""
    rows: list[tuple[int, Mapping[Column, str]]] = []
    for at in range(count):
        born = births[at] if births else f"{13 + at % 15}/{1 + at % 12}/{2012 + at % 7}"
        postcode = {C.POSTCODE: postcodes[at]} if postcodes else {}
        rows.append((at + 2, {**GOOD, C.FAMILY_NAME: "Ash" + "a" * at, C.BORN_ON: born, **postcode}))
    asked = context(last=LastTime(last) if last is not None else None)
    return file_problems(rows, check(rows, HEADINGS, asked), HEADINGS, asked)
