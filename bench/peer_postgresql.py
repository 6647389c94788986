"""A peer: PostgreSQL's pg_trgm, on a temporary server of its own.

A GIN index of trigrams on the full name, every other name in it, and further indexes on the birth date and the first
half of the postcode. First whoever is like that name among those of that birth date (or with day and month exchanged)
or of that place, the likest first; then everybody of that date, whatever the name; then the index of trigrams for both
names, born in those years where only an age is known. A name alone is measured against the likest word of the full
name. The thresholds are the extension's own. Nicknames are left to the date: no trigrams make Kate out of Catherine.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

import psycopg

from bench.peer import MOST, Asked, Candidate, Row, names_in, places_in
from cp.matching.births import YEAR
from tests import postgres

TABLE = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE kept (
    child_id bigint PRIMARY KEY, born date NOT NULL, full_name text NOT NULL, gender text NOT NULL,
    outwards text[] NOT NULL, pairs text NOT NULL, postcodes text NOT NULL
)
"""
INDEXES = """
CREATE INDEX ON kept USING gin (full_name gin_trgm_ops);
CREATE INDEX ON kept (born);
CREATE INDEX ON kept USING gin (outwards)
"""
FOUND = "SELECT child_id, born, pairs, postcodes FROM kept WHERE "
LIKEST = f" ORDER BY {{}}(%(name)s, full_name) DESC LIMIT {MOST}"
WHOLE = "full_name %% %(name)s", LIKEST.format("similarity")
PART = "%(name)s <%% full_name", LIKEST.format("word_similarity")
BORN, PLACED = "born = ANY(%(days)s)", "outwards @> ARRAY[%(outward)s]"
BETWEEN = "born BETWEEN %(first)s AND %(last)s"


class Trigrams:
    name = "PostgreSQL pg_trgm"
    scans = False

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        connection.execute(TABLE)

    def build(self, rows: Iterable[Row]) -> int:
        copied(self.connection, map(_kept, rows))
        self.connection.execute(INDEXES)
        return finished(self.connection)

    def looks(self, asked: Asked) -> Iterator[list[Candidate]]:
        both = bool(asked.family and asked.given)
        like, order = WHOLE if both else PART
        for fact in [BORN] if asked.days else [PLACED] if asked.place else []:
            yield self._search([fact, like], order, asked)
        if asked.days:
            yield self._search([BORN], order, asked)
        if both:
            known = asked.facts.born is None or asked.facts.born.known
            yield self._search([like] if known else [like, BETWEEN], order, asked)

    def _search(self, where: list[str], order: str, asked: Asked) -> list[Candidate]:
        born = asked.facts.born
        values = {
            "name": " ".join([*asked.given[:1], *asked.family[:1]]),
            "days": asked.days,
            "first": born and born.first - YEAR,
            "last": born and born.last + YEAR,
            "outward": asked.place and asked.place.outward,
        }
        statement = f"{FOUND}{' AND '.join(where)}{order}"
        return [Candidate(*row) for row in self.connection.execute(statement.encode(), values)]


def _kept(row: Row) -> tuple[int, str, str, str, list[str], str, str]:
    outwards = [str(place.outward) for place in places_in(row.postcodes)]
    return row.child_id, row.born, " ".join(names_in(row.pairs)), row.gender, outwards, row.pairs, row.postcodes


def copied(connection: psycopg.Connection, rows: Iterable[Sequence[object]]) -> None:
    """Rows, as the table has them, into the new table."""
    with connection.cursor().copy("COPY kept FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def finished(connection: psycopg.Connection) -> int:
    """Take stock of the new table for the planner; how many bytes it has with its indexes."""
    connection.execute("VACUUM ANALYZE kept")
    found = connection.execute("SELECT pg_total_relation_size('kept')").fetchone()
    return int(found[0]) if found else 0


@contextmanager
def database() -> Iterator[psycopg.Connection]:
    """A connection to a new database, gone at the end, on the server of this run or on one of its own."""
    with postgres.server() as server:
        name = f"peer_{uuid4().hex}"
        try:
            with psycopg.connect(postgres.create_database(server, name), autocommit=True) as connection:
                yield connection
        finally:
            postgres.drop_database(server, name)


@contextmanager
def opened() -> Iterator[Trigrams]:
    with database() as connection:
        yield Trigrams(connection)


def missing() -> str | None:
    """Why the server cannot have this peer; None where it can."""
    with postgres.server() as server, psycopg.connect(server) as connection:
        found = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'").fetchone()
    return None if found else "the extension pg_trgm is not installed"
