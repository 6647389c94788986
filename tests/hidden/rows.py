"""Rows that a school may send of the child in question, of somebody near, of nobody: places hidden and not."""

from collections.abc import Sequence
from random import Random

from tests.build_supply import AMIRA, HEADINGS, IFEOMA, JACK, csv_of
from tests.hidden.facts import FIRST, SECOND, Told

Row = dict[str, str]
NAMES = (
    ("Amira", "Siddiqui"), ("Amira", "Siddiqui"), ("Amirah", "Siddiqi"), ("Amina", "Siddiqui"), ("Zara", "Siddiqui"),
    ("Zuzanna", "Nowak"), ("Zuzanna", "Thistle"), ("Amelia", "Farouk-Price"),
)  # fmt: skip
WRONG = (
    {"DOB": "31/02/2016"},
    {"PostCode": "ZA4"},
    {"DOB": "14/03/1916"},
    {"Parent 1 Telephone": "0163"},
    {"Sex": "?"},
)
COLUMNS = (*HEADINGS, "NHS number", "Ethnicity")
"""Of the last nothing may be kept."""
MOST = 6


def csv_at_random(chance: Random, keys: Sequence[str], *, old: bool) -> bytes:
    """A file of a few rows. With `keys`, the supplier's own of rows that were tied before, one of them is tied by a
    key or by a number that is hidden; `old`: under the name of an old identity."""
    rows = [_row(chance, f"{100 + at}") for at in range(chance.randint(1, MOST))]
    if keys:
        rows.insert(chance.randint(0, len(rows)), _tied(chance, keys, old=old))
    return csv_of(*rows, headings=COLUMNS)


def _row(chance: Random, key: str) -> Row:
    if chance.random() < 0.2:
        return chance.choice((JACK, IFEOMA)) | {"Adno": key}
    given, family = chance.choice(NAMES)
    return _home(chance) | {"Adno": key, "Forename": given, "Legal Surname": family} | _wrong(chance)


def _tied(chance: Random, keys: Sequence[str], *, old: bool) -> Row:
    """Under the child's own name only: any number that is on some record keeps a row of another name waiting, and so
    it is whether or not the record is hidden."""
    names = {"Forename": "Zuzanna", "Legal Surname": "Thistle"} if old else {}
    told = chance.choice((FIRST, SECOND))
    by = chance.choice(({"Adno": chance.choice(keys)}, {"UPN": told.upn}, {"NHS number": told.nhs}))
    return _home(chance) | {"Adno": "99"} | names | by


def _home(chance: Random) -> Row:
    told: Told | None = chance.choice((FIRST, SECOND, None))
    lives = {"Address Line 1": told.street, "PostCode": told.postcode, "Parent 1 Name": told.carer} if told else {}
    return AMIRA | lives | {"Ethnicity": "B4"}


def _wrong(chance: Random) -> Row:
    return chance.choice(WRONG) if chance.random() < 0.2 else {}
