"""What a row has of what a record is found by, right or not."""

from collections.abc import Iterator

from cp.feeds.supplied import Reading, Supplied
from cp.terms import Column, Given

CELLS = {
    Given.BORN: (Column.BORN_ON,),
    Given.HOME: (Column.POSTCODE,),
    Given.CARER: (
        Column.CARER_1_NAME, Column.CARER_1_GIVEN_NAMES, Column.CARER_1_FAMILY_NAME,
        Column.CARER_2_NAME, Column.CARER_2_GIVEN_NAMES, Column.CARER_2_FAMILY_NAME,
    ),
    Given.NUMBER: (Column.UPN, Column.NHS),
}  # fmt: skip
"""Cells of which one is enough; a postcode may stand among the lines of an address, too."""


def given_in(row: Reading, said: Supplied | None) -> frozenset[Given]:
    """By what its cells say, and where that was read, by the address in it."""
    return frozenset(_given(row, said))


def _given(row: Reading, said: Supplied | None) -> Iterator[Given]:
    if said and said.address and said.address.postcode:
        yield Given.HOME
    for given, columns in CELLS.items():
        if any(map(row.cell, columns)):
            yield given
