"""The address of a row: from one cell or several, and its postcode read as it was meant."""

import re
from itertools import product

from cp.feeds.supplied import Reading, fact, quoted
from cp.rules.derive import Address
from cp.rules.postcodes import PostcodeVerdict, normalise, postcode_verdict
from cp.rules.typed import compact
from cp.terms import AddressState, Column

MOST_LINES = 5
_LINES = (Column.ADDRESS_1, Column.ADDRESS_2, Column.ADDRESS_3)
_BREAK = re.compile(r"\s*[\r\n,;]+\s*")
_HOUSE_ALONE = re.compile("(no\\.? ?)?[0-9]+ ?[a-z]?", re.IGNORECASE)
_AT_THE_END = re.compile(r"[A-Z]{1,2}[0-9O][0-9A-Z]? *[0-9O][A-Z]{2}$|GIR *0AA$", re.IGNORECASE)
_ALIKE = {"O": "O0", "0": "0O", "I": "I1", "L": "L1", "1": "1I"}
"""Letters and figures that are typed for one another."""


def address_of(row: Reading) -> Address | None:
    """The current address; None where the row says nothing of one. A postcode that cannot be read is left out."""
    lines, town = _lines(row), row.cell(Column.TOWN)
    text = row.cell(Column.POSTCODE)
    if not text and lines and (found := _AT_THE_END.search(lines[-1])):
        text, last = found.group(), lines[-1][: found.start()].strip()
        lines = [*lines[:-1], last] if last else lines[:-1]
    if not town and len(lines) > 1 and Column.TOWN not in row.headings:
        *lines, town = lines
    postcode = _postcode(row, text) if text else ""
    if not lines and not town and not postcode:
        return None
    return Address(AddressState.CURRENT, tuple(lines[:MOST_LINES]), town, postcode)


def read_postcode(text: str) -> tuple[str, PostcodeVerdict]:
    """The postcode as it is kept, "" where it is none, and what is odd about it as it was typed.

    A letter for a figure, or the other way round, is put right where only one postcode can be meant.
    """
    verdict, typed = postcode_verdict(text), compact(text)
    if verdict in ("ok", "forces"):
        return normalise(text) or "", verdict
    if verdict == "no_fixed_place":
        return "", verdict
    meant = {"".join(letters) for letters in product(*(_ALIKE.get(letter, letter) for letter in typed[:8]))}
    good = [other for other in sorted(meant) if postcode_verdict(other) == "ok"] if len(typed) <= 8 else []
    return normalise(good[0] if len(good) == 1 else text) or "", verdict


def _postcode(row: Reading, text: str) -> str:
    column = Column.POSTCODE if Column.POSTCODE in row.headings else Column.ADDRESS
    postcode, verdict = read_postcode(text)
    match verdict:
        case "no_fixed_place":
            row.left_out(column, f"{quoted(text)} is no place", "postcode")
        case "shape" if not postcode:
            row.left_out(column, f"{quoted(text)} is not a postcode", "postcode")
        case "shape" | "unusual" if compact(postcode) != compact(text):
            saw = f"{quoted(text)} has a letter where a number should be, or a number for a letter"
            row.odd(column, saw, f"Sent as {postcode}, if you leave it")
        case "unusual":
            row.odd(column, f"{quoted(text)} is an unusual postcode", "Check it. It is sent, if you leave it")
    return postcode


def _lines(row: Reading) -> list[str]:
    """Every line once, without those that say nothing; a house number stands before the street."""
    apart = [row.cell(column) for column in _LINES]
    if apart[0] and apart[1] and _HOUSE_ALONE.fullmatch(apart[0]):
        apart[:2] = [f"{apart[0]} {apart[1]}"]
    elif apart[1] and apart[2] and _HOUSE_ALONE.fullmatch(apart[1]):
        apart[1:] = [f"{apart[1]} {apart[2]}"]
    whole = _broken(row.cells.get(Column.ADDRESS, ""))
    return list(dict.fromkeys(line for line in (*whole, *apart) if line))


def _broken(text: str) -> list[str]:
    """The lines of one cell; a house number that stands alone before its street belongs to it."""
    found = [line for part in _BREAK.split(text) if (line := fact(part))]
    if len(found) > 1 and _HOUSE_ALONE.fullmatch(found[0]):
        found[:2] = [f"{found[0]} {found[1]}"]
    return found
