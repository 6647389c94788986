"""Telling the database who reads, before it gives out where a child is or what a sensitive service recorded.

On PostgreSQL it answers as if there were no rows until this is said, in each transaction, and refuses to write any
(`cp/engines_rows.py`). It is said by whoever has just been allowed by the one decision, and never in advance. SQLite
has no such guard: there the one loader and the sealed columns are it.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, String, bindparam, func, select
from sqlalchemy.orm import Session

from cp.engines_rows import OPENED, READER, SENSITIVE

SYSTEM = "system"
"""Who reads where no person asks: the index, the worker, a command."""

_SAID_IN = "reading_unshielded"
"""Under which the session keeps the transaction in which it was said."""

_SAY = select(
    func.set_config(READER, bindparam("reader"), True),
    func.set_config(OPENED, bindparam("opened"), True),
    func.set_config(SENSITIVE, bindparam("sensitive"), True),
)
_SOMEBODY = func.set_config(READER, func.coalesce(func.nullif(func.current_setting(READER, True), ""), SYSTEM), True)
_SAY_SOMEBODY = select(_SOMEBODY)
_BEFORE = func.nullif(func.current_setting(OPENED, True), "")
_SAY_ALSO = select(
    _SOMEBODY, func.set_config(OPENED, func.concat_ws(",", _BEFORE, bindparam("more", type_=String)), True)
)
_SAY_APART = select(_SOMEBODY, func.set_config(SENSITIVE, "on", True))


def by(
    session: Session | Connection, reader: UUID | str, opened: Iterable[int] = (), *, sensitive: bool = False
) -> None:
    """Until this transaction ends, or says it again, `reader` (an account's uid, or SYSTEM) reads.

    `opened`: ids of the children whose location this person may see although it is shielded, or may change.
    `sensitive`: what sensitive services recorded opens as well. Whatever was said before holds no longer.
    """
    if connection := _guarded(session):
        values = {"reader": str(reader), "opened": ",".join(map(str, opened)), "sensitive": "on" if sensitive else ""}
        connection.execute(_SAY, values)


def unshielded(session: Session) -> None:
    """Somebody reads what no shield hides; whoever has said more already keeps it.

    Said once in each transaction: what is said more takes nothing of it back, and a savepoint that is taken back
    takes along what was said in it.
    """
    if connection := _guarded(session):
        now = session.get_nested_transaction() or session.get_transaction()
        if session.info.get(_SAID_IN) is not now:
            connection.execute(_SAY_SOMEBODY)
            session.info[_SAID_IN] = now


def also(session: Session, children: Iterable[int]) -> None:
    """These children's locations open besides: whoever answers for their protection changes them, or compares them."""
    if connection := _guarded(session):
        connection.execute(_SAY_ALSO, {"more": ",".join(map(str, children)) or None})


def apart(session: Session) -> None:
    """What sensitive services recorded opens besides, for the service itself and whoever brokers contact."""
    if connection := _guarded(session):
        connection.execute(_SAY_APART)


def _guarded(session: Session | Connection) -> Connection | None:
    """The connection, where its database asks who reads."""
    connection = session.connection() if isinstance(session, Session) else session
    return connection if connection.dialect.name == "postgresql" else None
