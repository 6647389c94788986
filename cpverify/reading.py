"""Where a log is read from: a database file, a PostgreSQL server, or a file that `audit export` wrote."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cpverify.facts import FACTS, bytes_of

BATCH = 5000


class Place(NamedTuple):
    """A leaf of the log with the entry that stands there.

    Of what is not sealed `position` is None; of what nobody told, `salt` and `canonical`.
    """

    position: int | None
    entry: int
    leaf: bytes
    own: bytes | None
    """The leaf as the entry itself says it."""
    salt: bytes | None
    canonical: bytes | None
    """What the entry says, as bytes that are the same for ever."""
    gone: bool = False
    slipped: bool = False
    """It has no place though the log went on behind it: somebody put it in later."""


class Lodged(NamedTuple):
    id: int
    kind: str
    note: str


class Source:
    """A log: its notes, its leaves in their places, then the entries that have none."""

    def notes(self) -> list[Lodged]:
        raise NotImplementedError

    def places(self) -> Iterator[Place]:
        raise NotImplementedError

    def close(self) -> None:
        """It is read."""


_FACTS = ", ".join(f"e.{name}" for name in FACTS)
_SEALED = f"""SELECT l.position, l.entry_id, l.leaf, e.leaf, e.salt, {_FACTS}
FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.entry_id ORDER BY l.position"""  # noqa: S608 (names of this file)
_OTHERS = f"""SELECT {{late}}, e.id, e.leaf, e.leaf, e.salt, {_FACTS} FROM audit_event e
WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id) ORDER BY e.id"""  # noqa: S608 (the same)
_NOTES = "SELECT id, kind, text FROM audit_note ORDER BY id"
_UPTO = "SELECT upto, server FROM audit_note WHERE kind = 'checkpoint' ORDER BY size DESC LIMIT 1"
_SERVER = "SELECT system_identifier::text FROM pg_control_system()"


class Database(Source):
    """Read in one transaction, so that what is sealed meanwhile changes nothing."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    @classmethod
    def at(cls, where: str) -> "Database":
        return cls(_sqlite(where) if Path(where).is_file() else _postgresql(where))

    def notes(self) -> list[Lodged]:
        return [Lodged(*row) for row in self.connection.execute(_NOTES).fetchall()]

    def places(self) -> Iterator[Place]:
        for position, entry, leaf, own, salt, *facts in self._rows(_SEALED):
            canonical = bytes_of(facts) if own is not None else None
            yield Place(position, entry, leaf, own, salt, canonical, gone=own is None)
        for late, entry, leaf, own, salt, *facts in self._rows(_OTHERS.format(late=self._late())):
            yield Place(None, entry, leaf, own, salt, bytes_of(facts), slipped=late)

    def close(self) -> None:
        self.connection.close()

    def _late(self) -> str:
        """What is so of an entry without a place that should have one: every one before `upto` was sealed."""
        found = self.connection.execute(_UPTO).fetchone()
        upto, server = (int(found[0] or 0), found[1]) if found else (0, None)
        if isinstance(self.connection, sqlite3.Connection):
            return f"e.id <= {upto}"
        same = self.connection.execute(_SERVER).fetchone()[0] == server
        return f"e.transaction_id IS NULL OR e.transaction_id < {upto if same else 0}"

    def _rows(self, query: str) -> Iterator[Any]:
        if isinstance(self.connection, sqlite3.Connection):
            yield from self.connection.execute(query)
            return
        with self.connection.cursor(name="places") as cursor:
            cursor.itersize = BATCH
            yield from cursor.execute(query)


def _sqlite(where: str) -> Any:
    connection = sqlite3.connect(f"file:{Path(where).resolve()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("BEGIN")
    return connection


def _postgresql(where: str) -> Any:
    import psycopg

    connection = psycopg.connect(where.replace("postgresql+psycopg://", "postgresql://", 1))
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    return connection


class Exported(Source):
    """A file of JSON lines. What it does not say (salts, contents) is not checked, and the rest is."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def _lines(self) -> Iterator[dict[str, Any]]:
        with self.path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)

    def notes(self) -> list[Lodged]:
        return [Lodged(line["id"], line["kind"], line["note"]) for line in self._lines() if "note" in line]

    def places(self) -> Iterator[Place]:
        for line in self._lines():
            if "leaf" in line:
                leaf, salt, canonical = (_bytes(line.get(name)) for name in ("leaf", "salt", "canonical"))
                gone = bool(line.get("gone"))
                yield Place(line.get("position"), line["entry_id"], leaf or b"", None, salt, canonical, gone)


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def source(where: str) -> Source:
    """A URL of PostgreSQL, a file of SQLite, or else a file that was exported."""
    if where.startswith(("postgres://", "postgresql://", "postgresql+psycopg://")):
        return Database.at(where)
    with Path(where).open("rb") as file:
        begins = file.read(16)
    return Database.at(where) if begins == b"SQLite format 3\0" else Exported(Path(where))


def lodged(folder: Path) -> tuple[list[Lodged], int]:
    """Every note of a lodge, and how many lines are not one: half written when somebody pulled the plug."""
    found, torn = [], 0
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else [folder]:
        for line in path.read_bytes().splitlines():
            try:
                one = json.loads(line)
                found.append(Lodged(int(one["id"]), str(one["kind"]), str(one["note"])))
            except (ValueError, KeyError, TypeError):
                torn += bool(line.strip())
    return found, torn
