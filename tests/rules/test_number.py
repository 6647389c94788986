"""Our own number; that no single wrong digit and no exchange of neighbours passes, proved and then tried."""

import random
from collections.abc import Iterator
from itertools import pairwise, permutations, product

import pytest
from stdnum import damm

from cp.rules.number import QUASIGROUP, make, normalise, number_ok, shown

DIGITS = range(10)
MANY, SOME = 100_000, 1_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("CP4027165582", True, id="right"),
        pytest.param("cp 402 716 5582", True, id="spaces and small letters"),
        pytest.param("CP-402-716-5582", True, id="hyphens"),
        pytest.param("CP4027165583", False, id="wrong check digit"),
        pytest.param("CP4027165852", False, id="neighbours exchanged"),
        pytest.param("CP0000000013", True, id="leading noughts"),
        pytest.param("4027165582", False, id="without CP"),
        pytest.param("CP402716558", False, id="a digit short"),
        pytest.param("CP40271655820", False, id="a digit too many"),
        pytest.param("CP402716558O", False, id="a letter O"),
        pytest.param("CQ4027165582", False, id="another prefix"),
        pytest.param("", False, id="empty"),
        pytest.param(None, False, id="missing"),
    ],
)
def test_a_number_is_ours_or_not(text: str | None, expected: bool) -> None:
    assert number_ok(text) is expected


def test_a_number_is_kept_in_one_form_and_shown_in_groups() -> None:
    assert normalise(" cp 402-716 5582 ") == "CP4027165582"
    assert normalise("402 716 5582") is None
    assert shown("CP4027165582") == "CP 402 716 5582"


def test_a_number_is_made_from_nine_digits() -> None:
    assert make("402716558") == "CP4027165582"
    for wrong in ("40271655", "4027165580", "40271655x", "", "\u0664027165\u06658"):
        with pytest.raises(ValueError, match="nine digits"):
            make(wrong)


def test_the_library_counts_the_same_check_digit() -> None:
    for nine in _nine_digits(SOME, seed=1):
        assert make(nine) == f"CP{nine}{damm.calc_check_digit(nine)}"


def test_the_table_catches_every_such_error_in_every_number() -> None:
    """Over the whole space of ten digits, by induction on the position.

    A wrong digit, or two neighbours exchanged, leave the sum in another state than the right ones (the first three
    statements, for each state that can come before). From two different states the same digits after lead to two
    different states again (the second statement), so at the end at most one of the two is 0. The last: the digit
    that brings a state to 0 is the state itself, so a right number exists for any nine digits.
    """
    for state in DIGITS:
        assert len({QUASIGROUP[state][digit] for digit in DIGITS}) == 10
        assert len({QUASIGROUP[before][state] for before in DIGITS}) == 10
        assert all(
            QUASIGROUP[QUASIGROUP[state][one]][other] != QUASIGROUP[QUASIGROUP[state][other]][one]
            for one, other in permutations(DIGITS, 2)
        )
        assert QUASIGROUP[state][state] == 0


def test_no_error_in_a_thousand_numbers_passes() -> None:
    passed = [(nine, wrong) for nine in _nine_digits(SOME, seed=2) for wrong in _errors(make(nine)) if number_ok(wrong)]

    assert passed == []


def test_no_error_in_a_hundred_thousand_numbers_passes() -> None:
    """The same with all numbers at once, a column a digit place, through the same table."""
    numbers = [make(nine) for nine in _nine_digits(MANY, seed=3)]
    columns = [bytes(int(number[place]) for number in numbers) for place in range(2, 12)]
    assert _sums(columns) == bytes(MANY)

    for place, added in product(range(10), range(1, 10)):
        wrong = list(columns)
        wrong[place] = wrong[place].translate(bytes((digit + added) % 10 for digit in range(256)))
        assert 0 not in _sums(wrong), f"digit {place + 1} raised by {added}"
    for left, right in pairwise(range(10)):
        wrong = list(columns)
        wrong[left], wrong[right] = wrong[right], wrong[left]
        right_still = [one == other for one, other in zip(columns[left], columns[right], strict=True)]
        assert [total == 0 for total in _sums(wrong)] == right_still, f"digits {left + 1} and {right + 1} exchanged"


def _sums(columns: list[bytes]) -> bytes:
    """What each number comes to; one step for all numbers is one multiplication, one addition and one look-up."""
    step = bytes(QUASIGROUP[pair // 10][pair % 10] if pair < 100 else 0 for pair in range(256))
    states = bytes(len(columns[0]))
    for column in columns:
        pairs = int.from_bytes(states, "big") * 10 + int.from_bytes(column, "big")  # at most 99, so nothing carries
        states = pairs.to_bytes(len(column), "big").translate(step)
    return states


def _errors(number: str) -> Iterator[str]:
    for place, digit in product(range(2, 12), "0123456789"):
        if number[place] != digit:
            yield number[:place] + digit + number[place + 1 :]
    for left, right in pairwise(range(2, 12)):
        if number[left] != number[right]:
            yield number[:left] + number[right] + number[left] + number[right + 1 :]


def _nine_digits(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [f"{chance.randrange(10**9):09}" for _ in range(count)]
