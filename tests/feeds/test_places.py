"""The address of a row."""

import pytest

from cp.feeds.checking import check
from cp.feeds.places import read_postcode
from cp.feeds.supplied import Checked
from cp.rules.derive import Address
from cp.terms import AddressState, Column, Fault
from tests.feeds.rows import GOOD, HEADINGS, context, one, said, saw

C = Column
UNUSUAL = Fault.UNUSUAL


def current(*lines: str, town: str = "", postcode: str = "") -> Address:
    return Address(AddressState.CURRENT, lines, town, postcode)


def in_one_cell(text: str) -> Checked:
    """A row of a file with the whole address in one cell."""
    headings = {column: HEADINGS[column] for column in (*GOOD, C.ADDRESS)}
    (found,) = check([(2, GOOD | {C.ADDRESS: text})], headings, context())
    return found


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("12 Mill Lane\nNorthvale\nZA1 1AA", current("12 Mill Lane", town="Northvale", postcode="ZA1 1AA")),
        ("12, Mill Lane, Northvale", current("12 Mill Lane", town="Northvale")),
        ("12 Mill Lane, Northvale ZA1 1AA", current("12 Mill Lane", town="Northvale", postcode="ZA1 1AA")),
        (
            "Flat 2, 18a Mill Lane, Moss Side, Northvale, za11aa",
            current("Flat 2", "18a Mill Lane", "Moss Side", town="Northvale", postcode="ZA1 1AA"),
        ),
        ("12 Mill Lane", current("12 Mill Lane")),
        ("a, b, c, d, e, f, Northvale", current("a", "b", "c", "d", "e", town="Northvale")),
        ("Not known", None),
        (" , ", None),
    ],
)
def test_an_address_in_one_cell_is_taken_apart(text: str, address: Address | None) -> None:
    found = in_one_cell(text)

    assert found.problems == ()
    assert found.said
    assert found.said.address == address


def test_a_house_number_stands_before_its_street() -> None:
    assert said(address_1="12", address_2="Mill Lane").address == current("12 Mill Lane")
    assert said(address_1="12a", address_2="Mill Lane", address_3="Moss").address == current("12a Mill Lane", "Moss")
    named = said(address_1="Rose Cottage", address_2="12", address_3="Mill Lane", town="Northvale")
    assert named.address == current("Rose Cottage", "12 Mill Lane", town="Northvale")
    assert said(address_1="12 Mill Lane", address_2="12 Mill Lane").address == current("12 Mill Lane")


def test_a_postcode_alone_is_an_address_and_nothing_is_none() -> None:
    assert said(postcode="ZA1 1AA").address == current(postcode="ZA1 1AA")
    assert said(postcode="N/A", address_1="-").address is None


@pytest.mark.parametrize(
    ("text", "postcode", "verdict"),
    [
        ("za11aa", "ZA1 1AA", "ok"),
        ("BFPO 1", "BFPO 1", "forces"),
        ("ZA1 OAA", "ZA1 0AA", "shape"),
        ("ZA1 IAA", "ZA1 1AA", "shape"),
        ("ZA1 LAA", "ZA1 1AA", "shape"),
        ("1P1 1AA", "IP1 1AA", "shape"),
        ("P01 3AX", "PO1 3AX", "unusual"),
        ("W1P 1AA", "W1P 1AA", "unusual"),
        ("Q1 1AA", "Q1 1AA", "unusual"),
        ("ZZ99 3CZ", "", "no_fixed_place"),
        ("NORTHVALE", "", "shape"),
        ("ZA1", "", "shape"),
        ("O" * 400, "", "shape"),
    ],
)
def test_a_postcode_is_read_as_it_was_meant(text: str, postcode: str, verdict: str) -> None:
    assert read_postcode(text) == (postcode, verdict)


def test_a_postcode_that_was_put_right_says_so_and_an_unusual_one_is_never_refused() -> None:
    mistyped, unusual = one(postcode="ZA1 OAA"), one(postcode="Q1 1AA")

    seen = "ZA1 OAA has a letter where a number should be, or a number for a letter"
    assert saw(mistyped) == [(UNUSUAL, "Postcode", seen)]
    assert mistyped.problems[0].do == "Sent as ZA1 0AA, if you leave it"
    assert saw(unusual) == [(UNUSUAL, "Postcode", "Q1 1AA is an unusual postcode")]
    addresses = [row.said.address for row in (mistyped, unusual) if row.said]
    assert addresses == [current(postcode="ZA1 0AA"), current(postcode="Q1 1AA")]
