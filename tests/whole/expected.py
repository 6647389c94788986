"""The one table of what everybody is answered, everywhere: `expected.txt`, read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from werkzeug.test import TestResponse

from tests.whole.kinds import KINDS

TABLE = Path(__file__).with_name("expected.txt")
REFUSED = "sckxnu"
"""To sign in; to say in which role; to give a code again; it says why not; it is not there; a credential is missing."""


@dataclass(frozen=True, order=True)
class Row:
    """One endpoint, by one method, asked about something in one state (`-`: it is about nothing that has one)."""

    endpoint: str
    method: str
    state: str


Table = dict[Row, dict[str, str]]


def table() -> Table:
    """By row and kind of person, one letter each."""
    found: Table = {}
    for line in _lines():
        endpoint, method, state, *letters = line.split()
        answers = "".join(letters)
        assert len(answers) == len(KINDS), f"{len(answers)} answers for {len(KINDS)} kinds: {line}"
        assert Row(endpoint, method, state) not in found, f"twice: {line}"
        found[Row(endpoint, method, state)] = dict(zip(KINDS, answers, strict=True))
    return found


def _lines() -> Iterator[str]:
    return (line for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#"))


def line(row: Row, letters: dict[str, str]) -> str:
    """The row as the table writes it: roles, what is not in order, elsewhere."""
    said = "".join(letters[kind] for kind in KINDS)
    name = f"{row.endpoint} {row.method} {row.state}"
    return f"{name:<46} {said[:1]} {said[1:14]} {said[14:28]} {said[28:]}"


def letter(answer: TestResponse) -> str:
    """What an answer comes to: `p` a page or file, `f` a form that asks again, `r` on to another page of ours."""
    if answer.status_code == 303:
        to = answer.location
        return "s" if to == "/sign-in" else "c" if to == "/sign-in/role" else "k" if "/sign-in/again" in to else "r"
    return {200: "p", 422: "f", 403: "x", 404: "n", 401: "u", 400: "t", 503: "!", 500: "!"}.get(answer.status_code, "?")
