"""What a person typed, made plain."""

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cp.rules.typed import MOST, compact, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  14 ", "14", id="spaces around"),
        pytest.param("a \t\n b", "a b", id="runs of spaces"),
        pytest.param("a\u00a0b", "a b", id="a space that does not break"),
        pytest.param("\uff11\uff14", "14", id="full-width digits"),
        pytest.param("\u0661\u0664", "14", id="Arabic digits"),
        pytest.param("\u09e7\u09ea", "14", id="Bengali digits"),
        pytest.param("1\u200b4\u202e", "14", id="characters nobody sees"),
        pytest.param("1\x004", "1 4", id="a NUL parts"),
        pytest.param("Zoë", "Zoë", id="accents stay"),
        pytest.param("Zoe\u0308", "Zoë", id="accents typed apart"),
        pytest.param("", "", id="empty"),
        pytest.param(None, "", id="missing"),
    ],
)
def test_typing_is_made_plain(text: str | None, expected: str) -> None:
    assert plain(text) == expected


def test_of_a_flood_only_so_much_is_read_and_nothing_is_remembered() -> None:
    """14 seconds of a processor for one form that a stranger sends, before."""
    flood = "a" + "\u0315\u0300" * 60_000
    held = sys.getrefcount(flood)

    started = time.process_time()
    made = plain(flood)

    assert time.process_time() - started < 1
    assert len(made) <= MOST
    assert sys.getrefcount(flood) == held


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("cp 402-716\u20115582", "CP4027165582", id="spaces, hyphens and case"),
        pytest.param("sw1h.9na", "SW1H9NA", id="stops"),
        pytest.param(None, "", id="missing"),
    ],
)
def test_an_identifier_is_its_letters_and_digits(text: str | None, expected: str) -> None:
    assert compact(text) == expected


@given(st.text(st.characters(codec="ascii")))
def test_ordinary_letters_are_made_plain_as_all_others_are(text: str) -> None:
    assert plain(f"é {text}") == f"é {plain(text)}".rstrip()
