"""Rows that another system sends as JSON, read: as strictly as a machine can be asked for, and nothing guessed."""

import codecs
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cp.feeds.cells import Cells
from cp.feeds.schema_checking import problems
from cp.feeds.sent_schema import BODY, MOST_BYTES
from cp.feeds.supplied import fact, quoted
from cp.terms import Column

MOST_TOLD = 20
"""Problems that one answer lists."""
_OF_LEAVING = frozenset({Column.ROW_KEY, Column.LEFT_ON})
_A_NUMBER = object()
"""In the place of every number: none is taken, so none is worked out, however long it is."""


@dataclass(frozen=True, slots=True)
class RowSent:
    """One row, its cells made plain. `number` counts from 1."""

    number: int
    key: str
    cells: dict[Column, str]

    @property
    def leaves(self) -> bool:
        """It says that the child has left, and nothing else."""
        return self.cells.keys() == _OF_LEAVING


@dataclass(frozen=True, slots=True)
class Sent:
    rows: tuple[RowSent, ...]
    unusual_too: bool
    """Rows in which something is unusual are sent as they are."""


class Unfit(Exception):
    """It cannot be taken: nobody can read it. `problems` are sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class NotDescribed(Unfit):
    """It can be read, and is not what the schema says."""


class Contradictory(Unfit):
    """It is what the schema says, and its rows cannot stand beside each other."""


def read(data: bytes) -> Sent:
    """Raises Unfit: of one row that does not fit, nothing is taken."""
    if len(data) > MOST_BYTES:
        raise Unfit([f"The body must be {MOST_BYTES >> 20} MB at most"])
    body = _parsed(data)
    if found := tuple(islice(problems(body, BODY), MOST_TOLD)):
        raise NotDescribed(found)
    rows = tuple(_row(number, one) for number, one in enumerate(body["rows"], 1))
    if found := tuple(islice(_of_keys(rows), MOST_TOLD)):
        raise Contradictory(found)
    return Sent(rows, body.get("send_unusual", False))


def _parsed(data: bytes) -> Any:
    if data.startswith(codecs.BOM_UTF8):
        raise Unfit(["The body begins with a byte order mark. Send it without"])
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=_once_each, parse_int=_number, parse_float=_number,
            parse_constant=_no_json,
        )  # fmt: skip
    except UnicodeDecodeError:
        raise Unfit(["The body is not UTF-8"]) from None
    except json.JSONDecodeError as problem:
        raise Unfit([f"The body is not JSON: look at line {problem.lineno}, column {problem.colno}"]) from None
    except RecursionError:
        raise Unfit(["The body is nested too deep"]) from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a name that stands twice, one reader takes the first and another the last."""
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise Unfit([f"“{quoted(name.encode(errors='replace').decode())}” stands twice in one object"])
        made[name] = value
    return made


def _number(_: str) -> object:
    return _A_NUMBER


def _no_json(name: str) -> object:
    raise Unfit([f"{name} is not JSON"])


def _row(number: int, one: dict[str, str]) -> RowSent:
    plain = Cells().plain
    cells = {Column(name): said for name, value in one.items() if (said := plain(value))}
    return RowSent(number, one[Column.ROW_KEY], cells)


def _of_keys(rows: Sequence[RowSent]) -> Sequence[str]:
    """A key ties a row to a child for good, so that none may stand for nothing, or for two in one request."""
    first: dict[str, int] = {}
    found: list[str] = []
    for row in rows:
        before = first.setdefault(row.key.casefold(), row.number)
        if not fact(row.key):
            found.append(f"Row {row.number}: row_key “{row.key}” stands for nothing. Give each child their own")
        elif before != row.number:
            found.append(f"Rows {before} and {row.number} have the same row_key “{row.key}”. Send one for each child")
    return found
