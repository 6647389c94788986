"""What is handed to outsiders: the whole log as a file, or the proof of one entry to whom it is about."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cp.models import AuditEvent, AuditLeaf, AuditNote
from cp.services.audit_seals import leaves, sealing, tree
from cp.services.audit_seals.notes import encoded
from cp.terms import NoteKind

BATCH = 5000


class NotSealed(Exception):
    """There is no such entry, or no checkpoint covers it yet."""


def export(session: Session, *, contents: bool = True) -> Iterator[str]:
    """Lines of JSON: every note, every leaf in its place, then what is not sealed yet.

    Without `contents` nobody learns what an entry says, and the tree can be checked all the same.
    """
    for note in session.scalars(select(AuditNote).order_by(AuditNote.id)):
        yield json.dumps({"id": note.id, "kind": note.kind, "size": note.size, "note": note.text})
    query = select(AuditLeaf.position, AuditLeaf.entry_id, AuditLeaf.leaf, *leaves.CONTENTS)
    joined = query.outerjoin(AuditEvent, AuditEvent.id == AuditLeaf.entry_id)
    yield from _lines(session, joined, AuditLeaf.position, contents)
    sealed = select(AuditLeaf.position).where(AuditLeaf.entry_id == AuditEvent.id).exists()
    columns = AuditEvent.id.label("entry_id"), AuditEvent.leaf
    yield from _lines(session, select(*columns, *leaves.CONTENTS).where(~sealed), AuditEvent.id, contents)


def _lines(session: Session, query: Any, by: InstrumentedAttribute[int], contents: bool) -> Iterator[str]:
    at = -1
    while rows := session.execute(query.where(by > at).order_by(by).limit(BATCH)).mappings().all():
        for row in rows:
            yield json.dumps(_line(row, contents))
        at = rows[-1].get("position", rows[-1]["entry_id"])


def _line(row: RowMapping, contents: bool) -> dict[str, object]:
    line = {name: row[name] for name in ("position", "entry_id") if name in row}
    line["leaf"] = encoded(_bytes(row["leaf"]))
    if row["salt"] is None:
        return line | {"gone": True}
    return line | ({"salt": encoded(_bytes(row["salt"])), "canonical": encoded(leaves.said(row))} if contents else {})


def _bytes(value: object) -> bytes:
    """Whatever somebody wrote there: the verifier has a sentence for it."""
    return value if isinstance(value, bytes) else b""


def prove(session: Session, entry_id: int) -> str:
    """One entry, its way to the root, and a checkpoint (C2SP tlog-proof): of the others it shows hashes alone.

    The first checkpoint that covers it and is cosigned; else the first that covers it. It is one of the log that goes
    on now, whose key `audit key show` tells.
    """
    row = session.execute(_ONE.where(AuditEvent.id == entry_id)).one_or_none()
    note = row and (
        _first(session, NoteKind.COSIGNED, row.position) or _first(session, NoteKind.CHECKPOINT, row.position)
    )
    if row is None or note is None:
        raise NotSealed
    under = select(AuditLeaf.leaf).where(AuditLeaf.position < note.size).order_by(AuditLeaf.position)
    path = "".join(f"{encoded(one)}\n" for one in tree.inclusion(row.position, session.scalars(under).all()))
    extra = encoded(_bytes(row.salt) + leaves.said(row._mapping))
    return f"c2sp.org/tlog-proof@v1\nextra {extra}\nindex {row.position}\n{path}\n{note.text}"


_ONE = select(AuditLeaf.position, *leaves.CONTENTS).join(AuditEvent, AuditEvent.id == AuditLeaf.entry_id)


def _first(session: Session, kind: NoteKind, position: int) -> AuditNote | None:
    known = sealing.log(session)
    own = AuditNote.id >= (known.begins if known else 0)
    query = select(AuditNote).where(AuditNote.kind == kind, AuditNote.size > position, own)
    return session.scalars(query.order_by(AuditNote.size, AuditNote.id).limit(1)).first()
