"""How a supplier's standing is worded: by when it is due, what each figure is counted from, what would better it."""

from typing import NamedTuple

from flask import Flask

from cp.forms.suppliers import OFTEN, OFTEN_NOTES
from cp.matching import rates
from cp.rules.supplying import JOIN_BETWEEN, LOOK_BETWEEN
from cp.services.supply.standing import Card, Standing
from cp.terms import FileForm, Given
from cp.views.words import day, plural

FACTS = {
    Given.BORN: "date of birth",
    Given.HOME: "postcode in the address",
    Given.CARER: "carer",
    Given.NUMBER: "pupil or NHS number",
}
MEANS = {
    FileForm.CSV: "Spreadsheet",
    FileForm.XLSX: "Spreadsheet",
    FileForm.ODS: "Spreadsheet",
    FileForm.CTF: "Common Transfer File",
    FileForm.MACHINE: "Its own system",
}
SAID = {
    "often": "It is changed. When the next file is due follows from it.",
    "thresholds": "It is changed. The next rows are judged by it.",
    "same": "Nothing has changed.",
}


class Line(NamedTuple):
    """A line of the scorecard; its figure may have parts."""

    name: str
    figures: tuple[str, ...]
    counted: str
    better: str


def percent(found: int, of: int) -> str:
    """Rounded down, so that 100% is all of them; a dash where there is nothing to count."""
    return f"{100 * found // of}%" if of else "–"


def share(found: int, of: int) -> str:
    """What was measured, with the range in which the true share lies, 95 times of 100."""
    low, high = rates.interval(found, of)
    return f"{found / of:.2%} ({low:.2%} to {high:.2%})" if found else f"None (at most {high:.2%})"


def due_said(how: Standing) -> str:
    """The state in words: a colour says nothing to whoever does not see it."""
    if how.due_on is None:
        return "Nothing is due before the first file"
    return f"Overdue. It was due by {day(how.due_on)}" if how.overdue else f"By {day(how.due_on)}"


def means_said(how: Standing) -> str:
    if how.means is None:
        return "–"
    return f"{MEANS[how.means]}, {'sent by itself' if how.at_the_server else 'sent on the web'}"


def card_said(how: Standing) -> list[Line]:
    """Three lines; none before the first file."""
    card = how.card
    if not (card.rows or card.due):
        return []
    return [
        Line("Complete", _complete(card), rows_said(card), _fuller(card)),
        Line("Correct", _correct(card), rows_said(card), _righter(card)),
        Line("On time", (f"{card.in_time} of {plural(card.due, 'file', 'files')}" if card.due else "Not known yet",),
             _due(card), _sooner(how)),
    ]  # fmt: skip


def score_said(card: Card) -> list[Line]:
    """How complete and correct: all that can be said of one file, of which nothing has come again."""
    correct = f"{percent(card.faultless, card.rows)} had no fault"
    return [
        Line("Complete", _complete(card), rows_said(card), _fuller(card)),
        Line("Correct", (correct,), rows_said(card), _righter(card)),
    ]


def rows_said(card: Card) -> str:
    return f"{plural(card.rows, 'row', 'rows')} in {plural(card.files, 'file', 'files')}"


def _complete(card: Card) -> tuple[str, ...]:
    return tuple(f"{percent(card.given[fact], card.rows)} have a {FACTS[fact]}" for fact in Given)


def _fuller(card: Card) -> str:
    lacking = card.rows - card.given[card.least]
    if not lacking:
        return "Nothing: every row has all four"
    return f"{plural(lacking, 'row has', 'rows have')} no {FACTS[card.least]}. Add it where you know it"


def _correct(card: Card) -> tuple[str, ...]:
    figure = f"{percent(card.faultless, card.rows)} had no fault"
    again = f"{card.corrected} of the {card.held} held back came again corrected"
    return (figure, again) if card.held else (figure,)


def _righter(card: Card) -> str:
    left = card.held - card.corrected
    if left:
        them = "it" if left == 1 else "them"
        return f"Correct the {plural(left, 'row that is', 'rows that are')} still held back, and send {them} again"
    return "Nothing" if card.faultless == card.rows else "Put right what looks unusual before you send"


def _due(card: Card) -> str:
    return f"The last {plural(card.due, 'file', 'files')} that were due" if card.due else "No second file was due yet"


def _sooner(how: Standing) -> str:
    if how.overdue:
        return "Send a file today"
    return f"Send the next file by {day(how.due_on)}" if how.due_on else "Send the first file"


def said_of_suppliers(code: str | None) -> str:
    return SAID.get(code or "", "")


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(bits="{:g}".format)
    app.jinja_env.globals.update(
        OFTEN=OFTEN, OFTEN_NOTES=OFTEN_NOTES, JOIN_BETWEEN=JOIN_BETWEEN, LOOK_BETWEEN=LOOK_BETWEEN, percent=percent,
        share=share, due_said=due_said, means_said=means_said, card_said=card_said,
        score_said=score_said,
        said_of_suppliers=said_of_suppliers,
    )  # fmt: skip
