"""A peer: SQLite's full-text search, FTS5, with an index of prefixes.

One column each for every folded name of a child, the birth date as a word with its year, and postcodes as words. A
name that is typed is looked for as it is, by its first letters (FTS5 knows no edits) and by the library's nicknames.
First the birth date or the first half of the postcode `AND` either name in full; then both names by their first
letters, `AND` the years of birth where only an age is known; last the date or the place `AND` either name by its first
letters. Each in the order of bm25. An `OR` of everything would read what every namesake has, and what shares one fact
only may not be shown. What ranking needs is beside the index, by the row's key.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.nicknamed import nicknamed
from bench.peer import MOST, Asked, Candidate, Row, folder_size, names_in, places_in
from cp.matching.births import YEAR

FIRST_LETTERS = 3
TABLES = """
CREATE TABLE kept (child_id INTEGER PRIMARY KEY, born TEXT, pairs TEXT, postcodes TEXT, gender TEXT);
CREATE VIRTUAL TABLE found USING fts5(
    name, born, place, content='', detail=column, prefix='3', tokenize='ascii'
);
"""
SEARCH = f"""
SELECT child_id, born, pairs, postcodes
FROM (SELECT rowid AS child_id, rank FROM found WHERE found MATCH ? ORDER BY rank LIMIT {MOST})
JOIN kept USING (child_id)
"""  # noqa: S608 - the number is ours


class Fts5:
    name = "SQLite FTS5"
    scans = False

    def __init__(self, file: Path) -> None:
        self.file = file
        self.connection = sqlite3.connect(file, isolation_level=None)
        self.connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA cache_size=-64000; {TABLES}")

    def build(self, rows: Iterable[Row]) -> int:
        self.connection.execute("BEGIN")
        for row in rows:
            self.connection.execute(
                "INSERT INTO kept VALUES (?, ?, ?, ?, ?)",
                (row.child_id, row.born, row.pairs, row.postcodes, row.gender),
            )
            self.connection.execute("INSERT INTO found (rowid, name, born, place) VALUES (?, ?, ?, ?)", _words(row))
        self.connection.execute("COMMIT")
        self.connection.execute("INSERT INTO found (found) VALUES ('optimize')")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return folder_size([self.file])

    def looks(self, asked: Asked) -> Iterator[list[Candidate]]:
        named = [folded for folded in (asked.family, asked.given) if folded]
        either = [" OR ".join(map(_in_full, named)), " OR ".join(map(_by_first_letters, named))]
        facts = [*_births(asked), *_places(asked)][:1]
        for fact in facts:
            yield self._search([fact, either[0]])
        if len(named) > 1:
            yield self._search([*map(_by_first_letters, named), *_years(asked)])
        for fact in facts:
            yield self._search([fact, either[1]])

    def _search(self, parts: list[str]) -> list[Candidate]:
        found = self.connection.execute(SEARCH, (" AND ".join(f"({part})" for part in parts),))
        return [Candidate(child_id, date.fromisoformat(born), *rest) for child_id, born, *rest in found]


def _words(row: Row) -> tuple[int, str, str, str]:
    born, places = row.born.replace("-", ""), places_in(row.postcodes)
    words = [word for place in places for word in (str(place.outward), _whole(place.whole))]
    return row.child_id, " ".join(names_in(row.pairs)), f"{born} {born[:4]}", " ".join(dict.fromkeys(words))


def _in_full(folded: list[str]) -> str:
    """Any of these names, or a nickname."""
    return " OR ".join(f'name: "{name}"' for name in [*folded, *sorted(nicknamed(folded))])


def _by_first_letters(folded: list[str]) -> str:
    """The same, or any name that begins like one of these."""
    return " OR ".join([_in_full(folded), *(f'name: "{name[:FIRST_LETTERS]}"*' for name in folded)])


def _births(asked: Asked) -> list[str]:
    days = [f"born: {day:%Y%m%d}" for day in asked.days]
    return [" OR ".join(days)] if days else []


def _years(asked: Asked) -> list[str]:
    born = asked.facts.born
    if born is None or born.known:
        return []
    years = range((born.first - YEAR).year, (born.last + YEAR).year + 1)
    return [" OR ".join(f"born: {year}" for year in years)]


def _places(asked: Asked) -> list[str]:
    if asked.place is None:
        return []
    words = [str(asked.place.outward), *([_whole(asked.place.whole)] if asked.place.whole else [])]
    return [" OR ".join(f'place: "{word}"' for word in words)]


def _whole(postcode: object) -> str:
    return str(postcode).replace(" ", "")


@contextmanager
def opened() -> Iterator[Fts5]:
    with TemporaryDirectory(prefix="contactpoint-fts5-") as folder:
        made = Fts5(Path(folder, "fts5.db"))
        with closing(made.connection):
            yield made
