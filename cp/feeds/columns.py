"""What each column of a supplier's file means, and what of a row is kept: the allow-list, and nothing else."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cp.feeds.headings import folded, meaning_of, never_held, says_nothing
from cp.feeds.looks import LOOK_OF, MEANT_BY, Look, look_of, typical_year
from cp.feeds.sheet import Row, Sheet
from cp.terms import Column

LOOKED_AT = 300
"""Rows by which the contents of a column are judged."""

_LINES = (Column.ADDRESS_1, Column.ADDRESS_2, Column.ADDRESS_3)
_CARER_NAMES = frozenset({Column.CARER_1_NAME, Column.CARER_1_GIVEN_NAMES, Column.CARER_1_FAMILY_NAME})
_BY_CONTENTS = 10_000
_BY_A_LYING_HEADING = 20_000


class Why(StrEnum):
    """Why a column is taken to mean what it means, or is left out."""

    HEADING = "heading"
    CONTENTS = "contents"
    BEFORE = "before"  # confirmed last time
    NEVER = "never"  # no record may hold it
    TAKEN = "taken"  # another column says the same, and better
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Meant:
    """A column of the file. Without a `column` it is left out; `never` says that it must be."""

    heading: str
    column: Column | None
    never: bool
    why: Why


@dataclass(frozen=True, slots=True)
class _Guess:
    at: int
    column: Column
    rank: tuple[int, int]
    """The smaller, the better: the heading's rank, then how many cells are empty; of nameless dates, the year."""
    why: Why


def guess(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> tuple[Meant, ...]:
    """What each column means, by its heading and, where that says nothing or lies, by its first cells.

    Each meaning goes to one column: of two that want it, to the better heading, then to the fuller column.

    Sch. 1; Reg. 4: what is not on the closed list of `Column` is left out. Policy: the supply issue.
    """
    return _settled(headings, rows, {})


def remembered(
    headings: tuple[str, ...], before: Mapping[str, Column | None], rows: Sequence[tuple[str, ...]] = ()
) -> tuple[Meant, ...]:
    """The same, last time's confirmed answers first. `before` goes by heading; None is a column that was left out."""
    known = {folded(heading): column for heading, column in before.items() if may_mean(heading, column)}
    return _settled(headings, rows, known)


def may_mean(heading: str, column: Column | None) -> bool:
    """Whether a person may say that a column means this. What no record may hold can only be left out.

    Sch. 1; Reg. 4. Domain 2.3 and 5.5: what must never be held.
    """
    return column is None or not never_held(heading)


def keep(sheet: Sheet, meant: Sequence[Meant]) -> list[tuple[int, dict[Column, str]]]:
    """Each row's number, and its filled cells by meaning: all that is ever kept. A row without any cell filled is none.

    Raises ValueError for a column that may not mean what is said of it, so that no caller can keep it by mistake.

    Sch. 1; Reg. 4: what is not on the list is not kept.
    """
    wrong = [one.heading for one in meant if not may_mean(one.heading, one.column)]
    if wrong:
        raise ValueError(f"must not be held: {', '.join(wrong)}")
    kept = [(at, one.column) for at, one in enumerate(meant) if one.column is not None]
    return [(row.number, _cells(row, kept)) for row in sheet.rows if any(row.cells)]


def headings_of(meant: Iterable[Meant]) -> dict[Column, str]:
    """The supplier's own heading of each meaning, in the order of the file."""
    return {one.column: one.heading for one in meant if one.column is not None}


def problems_of_mapping(meant: Sequence[Meant]) -> list[str]:
    """Sentences for what must be put right before rows can be checked; none where nothing is missing or doubled."""
    named = Counter(one.column for one in meant if one.column is not None)
    forbidden = [one.heading for one in meant if not may_mean(one.heading, one.column)]
    found = [f"“{heading}” must not be held. Leave it out" for heading in forbidden]
    found += [_doubled(column, meant) for column, count in named.items() if count > 1]
    if Column.WHOLE_NAME not in named:
        wanted = (Column.GIVEN_NAMES, Column.FAMILY_NAME)
        found += [f"Say which column holds the {called(one)}" for one in wanted if one not in named]
    if Column.BORN_ON not in named:
        found.append("Say which column holds the date of birth")
    return found


def called(column: Column) -> str:
    """What a column is called in a sentence: `date of birth`, `first carer’s phone`."""
    for carer, who in (("carer_1_", "first carer’s "), ("carer_2_", "second carer’s ")):
        if column.startswith(carer):
            return who + column.removeprefix(carer).replace("_", " ")
    return _CALLED.get(column) or column.replace("_", " ")


_CALLED = {
    Column.ROW_KEY: "pupil key", Column.BORN_ON: "date of birth", Column.UPN: "pupil number", Column.NHS: "NHS number",
    Column.STARTED_ON: "start date", Column.LEFT_ON: "leaving date", Column.WHOLE_NAME: "name",
    Column.GIVEN_NAMES: "given name",
}  # fmt: skip


def _settled(
    headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], before: Mapping[str, Column | None]
) -> tuple[Meant, ...]:
    """Last time's answers, then the best guess for each meaning, then whatever is left without one."""
    never = [never_held(heading) for heading in headings]
    guesses: list[_Guess] = []
    for at, heading in enumerate(headings):
        if not never[at] and (folded(heading) not in before or says_nothing(heading)):
            guesses += _guess(at, heading, [row[at] for row in rows[:LOOKED_AT]])
    won = _answered(headings, before)
    for one in sorted(_numbered(guesses), key=lambda one: (one.rank, one.at)):
        won.setdefault(one.column, one)
    if not won.keys() & _CARER_NAMES:  # a number of nobody in particular is not a carer's
        won = {column: one for column, one in won.items() if one.why is not Why.CONTENTS or column in _OF_THE_CHILD}
    by_place = {one.at: one for one in won.values()}
    wanted = {one.at for one in guesses}
    return tuple(_meant(at, heading, by_place.get(at), at in wanted) for at, heading in enumerate(headings))


_OF_THE_CHILD = frozenset(column for column in Column if not column.startswith("carer"))


def _answered(headings: tuple[str, ...], before: Mapping[str, Column | None]) -> dict[Column, _Guess]:
    found: dict[Column, _Guess] = {}
    for at, heading in enumerate(headings):
        column = before.get(folded(heading)) if not says_nothing(heading) else None
        if column is not None:
            found.setdefault(column, _Guess(at, column, (0, 0), Why.BEFORE))
    return found


def _guess(at: int, heading: str, cells: Sequence[str]) -> list[_Guess]:
    """What one column may mean: nothing, or one thing."""
    said, look, empty = meaning_of(heading), look_of(cells), cells.count("")
    if said and look in (None, LOOK_OF.get(said.column)):
        return [_Guess(at, said.column, (said.rank, empty), Why.HEADING)]
    if look and (said or says_nothing(heading)):
        rank = _BY_A_LYING_HEADING if said else _BY_CONTENTS
        worse = typical_year(cells) if look is Look.DATE else empty
        return [_Guess(at, MEANT_BY[look], (rank, worse), Why.CONTENTS)]
    return []


def _numbered(guesses: Sequence[_Guess]) -> list[_Guess]:
    """Lines of an address are the first, second and third in the order of the file, whatever each is called."""
    lines = sorted((one for one in guesses if one.column in _LINES), key=lambda one: (one.column, one.at))
    others = [one for one in guesses if one.column not in _LINES]
    return others + [replace(one, column=column) for one, column in zip(lines, _LINES, strict=False)]


def _meant(at: int, heading: str, won: _Guess | None, wanted: bool) -> Meant:
    if won:
        return Meant(heading, won.column, never=False, why=won.why)
    if never_held(heading):
        return Meant(heading, None, never=True, why=Why.NEVER)
    return Meant(heading, None, never=False, why=Why.TAKEN if wanted else Why.UNKNOWN)


def _cells(row: Row, kept: Sequence[tuple[int, Column]]) -> dict[Column, str]:
    return {column: row.cells[at] for at, column in kept if row.cells[at]}


def _doubled(column: Column, meant: Sequence[Meant]) -> str:
    names = " and ".join(f"“{one.heading}”" for one in meant if one.column is column)
    return f"{names} both mean the {called(column)}. Choose one"
