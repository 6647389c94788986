"""Which columns a key stands behind: what is sealed, of any table, and what is known by a keyed hash of it.

The tables are taken as they are, not through their models: nothing of a child is given out here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, LargeBinary, RowMapping, Table, func, select
from sqlalchemy.orm import Session

from cp import sealing
from cp.models import Base, Practitioner
from cp.services import blinding

ENDING = "_sealed"
Row = Mapping[Any, Any]


class Known(NamedTuple):
    """A column that holds a keyed hash of what is sealed in the same row."""

    column: str
    sealed: str
    """The sealed value that says what it is a hash of."""
    kind: Callable[[Row], str]
    text: Callable[[Session, Any], str | None]
    """From the sealed value, the text that is hashed; None where there is none."""
    beside: tuple[str, ...] = ()
    """Other columns that the kind is told by."""


def _phone(_: Session, details: Any) -> str | None:
    return details["phones"][0] if details["phones"] else None


def _practitioner(session: Session, entry: Any) -> str | None:
    query = select(Practitioner.uid).where(Practitioner.id == entry.get("practitioner_id"))
    uid: UUID | None = session.scalar(query)
    return str(uid) if uid else None


def _passed_to(kind: str) -> Callable[[Session, Any], str | None]:
    """Whom of this kind a request was passed to; None where it was another, or nobody."""
    return lambda _, facts: to["key"] if (to := facts.get("passed_to") or {}).get("kind") == kind else None


def _entry(_: Session, facts: Any) -> str | None:
    return (facts.get("passed_to") or {}).get("entry")


_KNOWN = {
    "carer": (Known("phone_key", "details", lambda _: "phone", _phone),),
    "outside_number": (
        Known("value_key", "value", lambda row: str(row["kind"].value), lambda _, value: str(value), ("kind",)),
    ),
    "sensitive_involvement": (
        Known("child_key", "entry", lambda _: blinding.CHILD, lambda _, entry: entry.get("child")),
        Known("service_key", "entry", lambda _: blinding.SERVICE, lambda _, entry: entry.get("service")),
        Known("practitioner_key", "entry", lambda _: blinding.PRACTITIONER, _practitioner),
    ),
    "contact_request": (
        Known("passed_key", "facts", lambda _: blinding.SERVICE, _passed_to("service")),
        Known("passed_key", "facts", lambda _: blinding.PRACTITIONER, _passed_to("practitioner")),
        Known("entry_key", "facts", lambda _: blinding.ENTRY, _entry),
    ),
}  # fmt: skip
"""Besides these, places and carers in the search index, which `find` makes again, and what the lasting secret knows."""


def sealed_tables() -> list[Table]:
    """Every table with a sealed column, new ones by themselves."""
    return [table for table in Base.metadata.sorted_tables if sealed_names(table)]


def sealed_names(table: Table) -> list[str]:
    """The values that are kept sealed, by their names without the ending."""
    return [column.name.removesuffix(ENDING) for column in table.columns if column.name.endswith(ENDING)]


def known_of(table: Table) -> tuple[Known, ...]:
    return _KNOWN.get(table.name, ())


def sealed_by(table: Table, name: str) -> ColumnElement[bytes]:
    """The first byte: the number of the key."""
    return func.substr(table.c[name + ENDING], 1, 1, type_=LargeBinary)


def batches(
    engine: Engine, table: Table, most: int, *which: ColumnElement[bool]
) -> Iterator[tuple[Session, Sequence[RowMapping]]]:
    """Rows by the hundred, as far as a key stands behind them, each batch with its transaction."""
    names = {"id", "uid", *(name + ENDING for name in sealed_names(table))}
    names |= {name for known in known_of(table) for name in (known.column, *known.beside)}
    query = select(*(table.c[name] for name in sorted(names))).where(*which).order_by(table.c.id).limit(most)
    after = 0
    while True:
        with Session(engine) as session, session.begin():
            found = session.execute(query.where(table.c.id > after)).mappings().all()
            if not found:
                return
            yield session, found
            after = found[-1]["id"]


def opened(table: Table, row: Row) -> dict[str, Any]:
    """What the sealed columns of a row say. Raises KeyProblem where one does not open."""
    ring = sealing.ring()
    return {
        name: ring.unseal(row[name + ENDING], table.name, name, row["uid"])
        for name in sealed_names(table)
        if row[name + ENDING] is not None
    }


def hashed(session: Session, table: Table, row: Row, says: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Of a row and what its sealed columns say: each keyed column in use, with the kind and the text behind it."""
    for known in known_of(table):
        if row[known.column] is not None and (value := says.get(known.sealed)) is not None:
            text = known.text(session, value)
            if text is not None:
                yield known.column, known.kind(row), text
