"""What becomes of the key file: a key added, put in use, taken out. Each holds `key_check`, so that one goes first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, delete, text
from sqlalchemy.orm import Session

from cp import clock, database, engines, keyfile
from cp.models import KeyCheck, new_uid
from cp.sealing import Key, KeyRing
from cp.services import audit
from cp.services.changing_keys.left import left
from cp.terms import Act

SETTLED = timedelta(minutes=1)
"""No request that began before a change of the key file is still running after this: the server ends it sooner."""


class NotNow(Exception):
    """The sentence why this cannot be done."""


def add(owner: Engine, path: Path) -> int:
    """Put a second key into the file, which opens and finds but does not seal yet; its number, also the second time.

    The file first: a key that the database knew and the file did not would stop every start.
    """
    with _alone(owner) as session:
        ring = keyfile.read(path)
        number = ring.current.next
        if number not in ring.keys:
            if len(ring.keys) > 1:
                old = next(key for key in ring.keys if key != ring.current.id)
                raise NotNow(f"Key {old} is not retired yet. Run: keys rotate, then: keys retire {old}.")
            ring = KeyRing([*ring.keys.values(), Key.new(number)], ring.current.id, ring.lasting)
            keyfile.replace(path, ring)
            _note(session, "key_added", number)
        database.note(session.connection(), ring)
    return number


def switch(owner: Engine, path: Path) -> KeyRing:
    """From now on the key that was added seals. The ring, also where it does so already."""
    with _alone(owner) as session:
        ring = keyfile.read(path)
        if ring.current.next not in ring.keys:
            return ring
        database.note(session.connection(), ring)
        _note(session, "key_in_use", ring.current.next)
    with _alone(owner):
        ring = keyfile.read(path)
        if ring.current.next in ring.keys:
            ring = KeyRing(list(ring.keys.values()), ring.current.next, ring.lasting)
            keyfile.replace(path, ring)
    return ring


def rests(path: Path) -> float:
    """Seconds until no request may still be running that knows the file as it was before its last change."""
    changed = path.stat().st_mtime
    return min(max(0.0, changed + SETTLED.total_seconds() - clock.now().timestamp()), SETTLED.total_seconds())


def retire(owner: Engine, path: Path, number: int) -> None:
    """Take a key out of the database's notes and out of the file. Raises NotNow while anything is still its.

    The notes first: a file that lacks a key the database knows would stop every start.
    """
    _may_retire(keyfile.read(path), number)
    if kept := left(owner, number):
        raise NotNow(f"Key {number} is still needed. Run: keys rotate. " + " ".join(kept))
    with _alone(owner) as session:
        _may_retire(keyfile.read(path), number)
        session.execute(delete(KeyCheck).where(KeyCheck.key_id == number))
        _note(session, "key_retired", number)
    with _alone(owner):
        ring = keyfile.read(path)
        _may_retire(ring, number)
        keyfile.replace(path, KeyRing([k for k in ring.keys.values() if k.id != number], ring.current.id, ring.lasting))
    engines.forget(owner)


def _may_retire(ring: KeyRing, number: int) -> None:
    if number not in ring.keys:
        raise NotNow(f"There is no key {number} in the key file.")
    if number == ring.current.id:
        raise NotNow(f"Key {number} is the one in use. Run: keys add, then: keys rotate.")


@contextmanager
def _alone(owner: Engine) -> Iterator[Session]:
    """A transaction that nobody else who would change the keys can be in at the same time; everybody else works on."""
    with Session(owner) as session, session.begin():
        if owner.dialect.name == "postgresql":
            session.execute(text("LOCK TABLE key_check IN EXCLUSIVE MODE"))
        session.connection()
        yield session


def _note(session: Session, what: str, number: int) -> None:
    audit.record(session, None, Act.SET_UP, audit.About(reason=what, results=number), request_id=new_uid())
