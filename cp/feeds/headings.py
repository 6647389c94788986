"""What a heading says: a meaning that is on the list, something a record may never hold, or nothing we know."""

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from cp.rules.typed import plain
from cp.terms import Column

_WORD = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\\W\\d_]+")
_AFTER = frozenset({"dd", "mm", "yy", "yyyy", "ddmmyy", "ddmmyyyy", "format"})
_BEFORE = frozenset({"pupil", "pupils", "student", "students", "child", "childs", "learner", "current", "txt"})
_COLUMNS = frozenset(Column)
_SAYS_NOTHING = frozenset({"", "column", "col", "field", "unnamed", "f", "c", "x", "heading", "header"})


class Heading(NamedTuple):
    """`rank` counts from 0; of two headings with one meaning the smaller is the better."""

    column: Column
    rank: int


class _Known(NamedTuple):
    columns: dict[str, Heading]
    carers: dict[str, str]
    """`parent1` is `carer_1`."""
    of_carers: dict[str, tuple[str, int]]
    """`mobile` is `phone` and its rank."""
    never_words: tuple[tuple[str, ...], ...]
    never_letters: tuple[str, ...]


def meaning_of(heading: str) -> Heading | None:
    """What a column so headed means, `Legal Surname` or `Parent 1 Email`; None where we do not know."""
    said = words(heading)
    while said:
        found = _known().columns.get("".join(said)) or _of_a_carer("".join(said))
        if found:
            return found
        if said[-1] in _AFTER:
            said = said[:-1]
        elif said[0] in _BEFORE:
            said = said[1:]
        else:
            return None
    return None


def never_held(heading: str) -> bool:
    """Whether the heading names what no record may hold, so that it is left out whatever anybody says of it.

    Ethnicity, needs, health, free meals, attendance, results, care, conduct, pictures, brothers and sisters, free text.

    Sch. 1 and Reg. 4: a closed list. Domain 2.3 and 5.5: what must never be held, and that a school's file carries it.
    """
    said, known = words(heading), _known()
    letters = "".join(said)
    if any(part in letters for part in known.never_letters):
        return True
    return any(_stand_in(run, said) for run in known.never_words)


def says_nothing(heading: str) -> bool:
    """Whether a heading tells nothing of what is under it: empty, `Column 5`, `F3`."""
    return "".join(word for word in words(heading) if not word.isdigit()) in _SAYS_NOTHING


@lru_cache(4096)
def words(heading: str) -> tuple[str, ...]:
    """The words of a heading in small letters: `PostCode` is `post`, `code`; `Mother's Name` is `mothers`, `name`."""
    without_marks = re.sub("['\u2019`]", "", plain(heading))
    return tuple(word.casefold() for word in _WORD.findall(without_marks))


def folded(heading: str) -> str:
    """The letters and digits of a heading: two that are folded alike are the same heading."""
    return "".join(words(heading))


def _of_a_carer(letters: str) -> Heading | None:
    for who, carer in _known().carers.items():
        for rest in (letters.removeprefix(who), letters.removesuffix(who)):
            what = _known().of_carers.get(rest) if rest != letters else None
            if what:
                return Heading(Column(f"{carer}_{what[0]}"), what[1])
    return None


def _stand_in(run: tuple[str, ...], said: tuple[str, ...]) -> bool:
    return any(said[at : at + len(run)] == run for at in range(len(said) - len(run) + 1))


@cache
def _known() -> _Known:
    known = _Known({}, {}, {"": ("name", 0)}, (), ())
    never_words: list[tuple[str, ...]] = []
    never_letters: list[str] = []
    for rank, (means, heading) in enumerate(_rows()):
        letters = folded(heading)
        match means.split():
            case ["never", "words"]:
                never_words.append(words(heading))
            case ["never", _]:
                never_letters.append(letters)
            case ["carer_1" | "carer_2"]:
                known.carers[letters] = means
            case _ if means in _COLUMNS:
                known.columns[letters] = Heading(Column(means), rank)
            case _:
                known.of_carers[letters] = (means.removeprefix("carer_"), rank)
    return known._replace(never_words=tuple(never_words), never_letters=tuple(never_letters))


def _rows() -> Iterator[tuple[str, str]]:
    text = files("cp.feeds").joinpath("headings.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return ((row["means"], row["heading"]) for row in csv.DictReader(lines))
