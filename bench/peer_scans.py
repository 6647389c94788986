"""Two peers: what a plain application does, a table and `LIKE '%…%'`, on SQLite and with `ILIKE` on PostgreSQL.

Each name must be somewhere in the names of its kind or among the other names, the birth date must be that day, an age
must fit, and the postcode must begin so; everything asked is asked at once. No column but the key has an index, as in
the applications that are meant: a date of birth with one would no longer be a scan. `pairs` is there for our ranking.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from bench.peer import MOST, Asked, Candidate, Row, folder_size
from bench.peer_postgresql import copied, database, finished

TABLE = """
CREATE TABLE kept (
    child_id bigint PRIMARY KEY, given_names text, family_name text, other_names text, born date, gender text,
    postcodes text, pairs text
)
"""
FOUND = "SELECT child_id, born, pairs, postcodes FROM kept WHERE "
GIVEN = "(given_names LIKE {} OR other_names LIKE {})"
FAMILY = "(family_name LIKE {} OR other_names LIKE {})"
PLACED, BORN = "postcodes LIKE {}", "born BETWEEN {} AND {}"


class SqliteScan:
    name = "SQLite LIKE"
    scans = True

    def __init__(self, file: Path) -> None:
        self.file = file
        self.connection = sqlite3.connect(file, isolation_level=None)
        self.connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA cache_size=-64000; {TABLE}")

    def build(self, rows: Iterable[Row]) -> int:
        self.connection.execute("BEGIN")
        self.connection.executemany("INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self.connection.execute("COMMIT")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return folder_size([self.file])

    def looks(self, asked: Asked) -> Iterator[list[Candidate]]:
        where, values = conditions(asked, "?")
        found = self.connection.execute(f"{FOUND}{where} LIMIT {MOST}", values)
        yield [Candidate(child_id, date.fromisoformat(born), *rest) for child_id, born, *rest in found]


class PostgresqlScan:
    name = "PostgreSQL ILIKE"
    scans = True

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        connection.execute(TABLE)

    def build(self, rows: Iterable[Row]) -> int:
        copied(self.connection, rows)
        return finished(self.connection)

    def looks(self, asked: Asked) -> Iterator[list[Candidate]]:
        where, values = conditions(asked, "%s")
        statement = f"{FOUND}{where.replace(' LIKE ', ' ILIKE ')} LIMIT {MOST}"
        yield [Candidate(*row) for row in self.connection.execute(statement.encode(), values)]


def conditions(asked: Asked, mark: str) -> tuple[str, list[str]]:
    """What a child must meet, each value marked in this way, and the values."""
    typed, born, place = asked.criteria, asked.facts.born, asked.place
    met: list[tuple[str, list[str]]] = []
    for name, condition in ((typed.given_name, GIVEN), (typed.family_name, FAMILY)):
        if name:
            met.append((condition, [f"%{name}%"] * 2))
    if born:
        met.append((BORN, [born.first.isoformat(), born.last.isoformat()]))
    if place:
        met.append((PLACED, [f"%{place.whole}%" if place.whole else f"%{place.outward} %"]))
    where = " AND ".join(condition.replace("{}", mark) for condition, _ in met)
    return where, [value for _, values in met for value in values]


@contextmanager
def on_sqlite() -> Iterator[SqliteScan]:
    with TemporaryDirectory(prefix="contactpoint-scan-") as folder:
        made = SqliteScan(Path(folder, "scan.db"))
        with closing(made.connection):
            yield made


@contextmanager
def on_postgresql() -> Iterator[PostgresqlScan]:
    with database() as connection:
        yield PostgresqlScan(connection)
