"""What another system sends as JSON: what is taken, what is refused, and what the programmer of it reads."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cp.feeds.rows_sent import Contradictory, NotDescribed, RowSent, Unfit, read
from cp.feeds.sent_schema import MOST_BYTES, MOST_ROWS, ROW
from cp.terms import Column
from tests.build_machines import body
from tests.scale import scaled

ROW_KEYED = {"row_key": "1"}


def refused(data: bytes) -> tuple[type[Unfit], tuple[str, ...]]:
    with pytest.raises(Unfit) as found:
        read(data)
    return type(found.value), found.value.problems


def test_rows_are_read_in_their_order_with_what_can_be_seen_of_each_cell() -> None:
    row = {"row_key": "A/1", "given_names": " Zoë\u200b ", "family_name": "", "left_on": "2026-11-20"}

    sent = read(body(row, {"row_key": "A/2", "left_on": "2026-11-20"}))

    assert sent.rows == (
        RowSent(1, "A/1", {Column.ROW_KEY: "A/1", Column.GIVEN_NAMES: "Zoë", Column.LEFT_ON: "2026-11-20"}),
        RowSent(2, "A/2", {Column.ROW_KEY: "A/2", Column.LEFT_ON: "2026-11-20"}),
    )
    assert [row.leaves for row in sent.rows] == [False, True]
    assert [sent.unusual_too, read(body(ROW_KEYED, send_unusual=True)).unusual_too] == [False, True]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The body is not JSON: look at line 1, column 1"),
        (b'{"rows": [\n{"row_key": }]}', "The body is not JSON: look at line 2, column 13"),
        (b"\xff\xfe{\x00}\x00", "The body is not UTF-8"),
        (b"\xef\xbb\xbf{}", "The body begins with a byte order mark. Send it without"),
        (b"[" * 100_000, "The body is nested too deep"),
        (b'{"a":' * 100_000, "The body is nested too deep"),
        (b'{"rows": [{"row_key": "1", "upn": "A", "upn": "B"}]}', "“upn” stands twice in one object"),
        (b'{"rows": [], "rows": []}', "“rows” stands twice in one object"),
        (b'{"\\ud800": 1, "\\ud800": 1}', "“?” stands twice in one object"),
        (b'{"rows": NaN}', "NaN is not JSON"),
        (b'{"rows": -Infinity}', "-Infinity is not JSON"),
        (b" " * (MOST_BYTES + 1), "The body must be 1 MB at most"),
    ],
)
def test_what_is_not_strictly_json_is_not_read(data: bytes, sentence: str) -> None:
    assert refused(data) == (Unfit, (sentence,))


NOT_DESCRIBED: list[tuple[Any, tuple[str, ...]]] = [
    ([], ("The body must be an object, in braces",)),
    ("rows", ("The body must be an object, in braces",)),
    ({}, ("rows is missing",)),
    ({"rows": {}}, ("rows must be a list, in square brackets",)),
    ({"rows": []}, ("rows must hold something",)),
    ({"rows": [{}] * (MOST_ROWS + 1)}, ("rows must hold 500 at most. Send the others in another request",)),
    ({"rows": [1, None]}, ("Row 1 must be an object, in braces", "Row 2 must be an object, in braces")),
    ({"rows": [ROW_KEYED], "whole": True}, ("“whole” is not a property that is taken. Leave it out",)),
    ({"rows": [ROW_KEYED], "send_unusual": "yes"}, ("send_unusual must be true or false",)),
]
BAD_CELLS: list[tuple[Any, str]] = [
    ({}, "Row 1: row_key is missing"),
    ({"row_key": 417}, "Row 1: row_key must be text, in quotation marks"),
    ({"row_key": "1", "nhs": 9990000001}, "Row 1: nhs must be text, in quotation marks"),
    ({"row_key": "1", "town": None}, "Row 1: town must be text, in quotation marks"),
    ({"row_key": "1", "town": "a" * 2001}, "Row 1: town must be 2,000 characters or fewer"),
    ({"row_key": "1", "town": "a\0"}, "Row 1: town holds the character NUL. Leave it out"),
    ({"row_key": "1", "town": "\ud83d"}, "Row 1: town holds half of a character. Send the whole text as UTF-8"),
    ({"row_key": "1", "shoe_size": "4"}, "Row 1: “shoe_size” is not a property that is taken. Leave it out"),
    ({"row_key": "1", "a" * 99: ""}, f"Row 1: “{'a' * 60}…” is not a property that is taken. Leave it out"),
]


@pytest.mark.parametrize(("sent", "sentences"), NOT_DESCRIBED + [({"rows": [row]}, (said,)) for row, said in BAD_CELLS])
def test_what_is_not_described_is_refused_by_its_place(sent: Any, sentences: tuple[str, ...]) -> None:
    assert refused(json.dumps(sent).encode()) == (NotDescribed, sentences)


@pytest.mark.parametrize("name", ["ethnicity", "sen_status", "FSM", "childProtectionPlan", "notes", "photo"])
def test_what_no_record_may_hold_is_refused_by_its_name(name: str) -> None:
    said = f"Row 1: “{name}” must not be held. Leave it out"

    assert refused(body(ROW_KEYED | {name: "x"})) == (NotDescribed, (said,))


@pytest.mark.parametrize("key", ["", " 1", "1\n", "a b", "-1", "é", "a" * 65, "upn:A1", "1\u200b"])
def test_a_row_key_is_plain_letters_and_digits(key: str) -> None:
    kind, (sentence,) = refused(body({"row_key": key}))

    assert (kind, sentence.startswith("Row 1: row_key must be 1 to 64 letters")) == (NotDescribed, True)


def test_no_two_rows_have_one_key_and_none_has_a_key_that_stands_for_nothing() -> None:
    rows = [{"row_key": key} for key in ("a1", "b", "A1", "none", "Unknown")]

    assert refused(body(*rows)) == (Contradictory, (
        "Rows 1 and 3 have the same row_key “A1”. Send one for each child",
        "Row 4: row_key “none” stands for nothing. Give each child their own",
        "Row 5: row_key “Unknown” stands for nothing. Give each child their own",
    ))  # fmt: skip


def test_of_very_many_problems_the_first_are_told() -> None:
    assert len(refused(body(*[{}] * MOST_ROWS))[1]) == 20


SCALARS = some.none() | some.booleans() | some.text() | some.integers()
CELLS = some.dictionaries(some.sampled_from([*ROW["properties"], "x"]), SCALARS, max_size=3)


@settings(max_examples=scaled(30, 2_000))
@given(some.dictionaries(some.sampled_from(["rows", "send_unusual", "x"]), SCALARS | some.lists(SCALARS | CELLS)))
def test_whatever_is_json_is_read_or_refused(value: Any) -> None:
    with suppress(Unfit):
        assert read(json.dumps(value).encode()).rows
