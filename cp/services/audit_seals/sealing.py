"""Sealing: entries get their places in the tree, and the root of the tree is signed, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.orm import Session, sessionmaker

from cp import clock, engines
from cp.models import AuditLeaf, AuditNote
from cp.services.audit_seals import notes, taking, tree
from cp.services.audit_seals.notes import Signer
from cp.services.audit_seals.taking import Batch
from cp.terms import NoteKind

SOME = 100
"""Places given by one statement on PostgreSQL, so that no processor is taken from writers for long at a time."""


class Sessions(NamedTuple):
    """To write in, which holds the database; to read in, which holds up nobody (`engines.reading_first`)."""

    writing: sessionmaker[Session]
    reading: sessionmaker[Session]


def sessions_of(engine: Engine) -> Sessions:
    return Sessions(sessionmaker(engine), sessionmaker(engines.reading_first(engine)))


class Wrong(Exception):
    """Sealing must not go on; the sentence why, for whoever runs ContactPoint."""


@dataclass(frozen=True)
class Log:
    """Where the log stands: its name, the key that signs, its newest checkpoint and the number of its last note.

    A log that was begun again stands on what was left of another one: its own notes are those from `begins` on.
    """

    origin: str
    key: str
    last: AuditNote | None
    notes: int
    begins: int

    @property
    def size(self) -> int:
        return self.last.size if self.last else 0


def log(session: Session) -> Log | None:
    """None before the first key has been noted."""
    named = session.scalars(select(AuditNote).where(AuditNote.kind == NoteKind.KEY).order_by(AuditNote.id)).all()
    if not named:
        return None
    count = session.scalar(select(func.max(AuditNote.id))) or 0
    origin, vkey = named[-1].text.split("\n", 3)[1:3]
    begins = next(note.id for note in named if notes.origin_of(note.text) == origin)
    return Log(origin, vkey, taking.newest(session), count, begins)


def begin(sessions: Sessions, signer: Signer) -> None:
    """Note the first key of the log, signed by itself, where none is noted yet."""
    with sessions.reading() as session:
        if log(session) is not None:
            return
    with sessions.writing() as session, session.begin():
        if log(session) is None:
            origin = notes.new_origin()
            text = notes.key_note(origin, signer, 0)
            session.add(_note(1, NoteKind.KEY, 0, notes.signed(text, signer.line(origin, text))))


def step(sessions: Sessions, signer: Signer, *, least: int = 1) -> Batch | None:
    """Seal what is there, at most a batch; None where fewer than `least` entries wait.

    What is computed is computed before anything is written. Two sealers at once: the second one's rows are refused,
    since their places are taken.
    """
    with sessions.reading() as session:
        known = log(session)
        if known is None or signer.vkey(known.origin) != known.key:
            raise Wrong("The signing key is not the one that the log names last. Put the right one back.")
        batch = taking.take(session, known.last)
        if len(batch.entries) < max(1, least):
            return None
        note = checkpoint(known, batch, signer, clock.now())
        place(session, known, batch)
        session.add(note)
        session.commit()
    return batch


def place(session: Session, known: Log, batch: Batch) -> None:
    """Give these entries the next places. What takes time is done before SQLite is held, and outside PostgreSQL."""
    if not batch.entries:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        for at in range(0, len(batch.entries), SOME):
            entries, leaves = zip(*batch.entries[at : at + SOME], strict=True)
            connection.execute(_AT_ONCE, {"size": known.size + at, "entries": list(entries), "leaves": list(leaves)})
        return
    places = enumerate(batch.entries, known.size)
    rows = [{"position": place, "entry_id": entry, "leaf": leaf} for place, (entry, leaf) in places]
    connection.execute(insert(AuditLeaf), rows)


_AT_ONCE = text("""INSERT INTO audit_leaf (position, entry_id, leaf) SELECT :size + number - 1, entry_id, leaf
FROM unnest(CAST(:entries AS bigint[]), CAST(:leaves AS bytea[])) WITH ORDINALITY AS given (entry_id, leaf, number)""")
"""A thousand statements of a row each take thrice the time of both sides."""


def checkpoint(known: Log, batch: Batch, signer: Signer, now: datetime) -> AuditNote:
    """What is signed once these entries are in the tree."""
    before = tree.unpacked(known.last.roots) if known.last else ()
    roots = tree.extended(known.size, before, [leaf for _, leaf in batch.entries])
    size = known.size + len(batch.entries)
    text = notes.checkpoint(known.origin, size, tree.root(roots), now)
    note = _note(known.notes + 1, NoteKind.CHECKPOINT, size, notes.signed(text, signer.line(known.origin, text)))
    note.roots, note.upto, note.server = tree.packed(roots), batch.upto, batch.server
    return note


def add(session: Session, kind: NoteKind, size: int, text: str) -> None:
    """Keep a note that no leaves come with."""
    session.add(_note((session.scalar(select(func.max(AuditNote.id))) or 0) + 1, kind, size, text))


def _note(number: int, kind: NoteKind, size: int, text: str) -> AuditNote:
    return AuditNote(id=number, at=clock.now(), kind=kind, size=size, text=text)
