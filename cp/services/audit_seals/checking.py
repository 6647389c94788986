"""What the seals prove of the audit, as far as the database and its lodge can say. An outsider asks `cpverify`."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, AuditLeaf, AuditNote
from cp.rules.days import london_day
from cp.rules.retention import kept_until
from cp.services.audit_seals import breaks, lodging, notes, older, sealing, taking, tree
from cp.services.audit_seals.breaks import Break
from cp.services.audit_seals.older import Older
from cp.services.audit_seals.sealing import Log
from cp.terms import KeptKind, NoteKind

BATCH = 5000
LATE = timedelta(minutes=10)
"""From when on whoever reviews is told that entries wait to be sealed."""


@dataclass
class Sealed:
    """`problems` are sentences; `waiting` counts entries that no seal covers yet, `since` is when the oldest was."""

    problems: list[str] = field(default_factory=list)
    size: int = 0
    checkpoints: int = 0
    newest: datetime | None = None
    gone: int = 0
    waiting: int = 0
    since: datetime | None = None
    lodged: int = 0
    others: int = 0
    """Logs of other names in the lodge: somebody started over."""
    cosigned: int = 0
    breaks: list[Break] = field(default_factory=list)
    """Where this log was begun again, the newest first."""


@dataclass(frozen=True)
class _Point:
    size: int
    root: bytes
    at: datetime


def check(session: Session, lodge: Path) -> Sealed:
    """The leaves against the entries, the tree against every checkpoint, the lodge against the database."""
    known = _log(session)
    before = older.check(session, lodge, known)
    found = inside(session, known, before)
    found.problems += before.problems
    found.breaks = before.breaks
    _lodged(session, lodge, known, found)
    return found


def inside(session: Session, known: Log | None, before: Older) -> Sealed:
    """What the database says by itself, and against what older logs signed of the same entries."""
    found = Sealed()
    waiting(session, found)
    _slipped(session, found)
    points = _signed(session, found)
    found.newest = points[-1].at if points else None
    own = AuditNote.id >= (known.begins if known else 0)
    kinds = select(AuditNote.kind, func.count(), func.max(AuditNote.size)).where(own).group_by(AuditNote.kind)
    counts = {kind: (count, size) for kind, count, size in session.execute(kinds)}
    found.checkpoints = counts.get(NoteKind.CHECKPOINT, (0, 0))[0]
    found.cosigned = counts.get(NoteKind.COSIGNED, (0, 0))[1]
    _tree(session, points, before.roots, found)
    return found


def _log(session: Session) -> Log | None:
    """None also where the notes are not what they should be, which is found elsewhere."""
    try:
        return sealing.log(session)
    except (ValueError, StopIteration):
        return None


def late(session: Session) -> Sealed | None:
    """What waits to be sealed, where the oldest of it has waited too long; None where sealing keeps up."""
    if not rests(session):
        return None
    found = Sealed()
    waiting(session, found)
    return found


def rests(session: Session) -> bool:
    """Whether an entry has waited too long: the worker, which seals within seconds whatever is written, does not run or
    cannot write. Asked by pages that ask again by themselves, so nothing is counted."""
    old = AuditEvent.at < clock.now() - LATE
    return session.scalar(select(AuditEvent.id).where(_behind(session), taking.UNPLACED, old).limit(1)) is not None


def waiting(session: Session, found: Sealed) -> None:
    """How many entries are not sealed yet, and since when."""
    query = select(func.count(), func.min(AuditEvent.at)).where(_behind(session), taking.UNPLACED)
    found.waiting, found.since = session.execute(query).one()


_HAS_PLACE = select(AuditLeaf.position).where(AuditLeaf.entry_id == AuditEvent.id).exists()


def _behind(session: Session) -> ColumnElement[bool]:
    """What came after all that is sealed."""
    last = taking.newest(session)
    if session.get_bind().dialect.name == "sqlite":
        return AuditEvent.id > (last.upto if last and last.upto else 0)
    return AuditEvent.transaction_id >= taking.begins(session, last)[1]


def _slipped(session: Session, found: Sealed) -> None:
    """What should have a place and has none."""
    behind = _behind(session)
    query = select(AuditEvent.id).where(or_(~behind, behind.is_(None)), ~_HAS_PLACE).order_by(AuditEvent.id)
    for entry in session.scalars(query.limit(BATCH)):
        found.problems.append(f"Entry {entry} was put in after entries behind it had been sealed.")


def _signed(session: Session, found: Sealed) -> list[_Point]:
    """Every checkpoint, signed by the key that the notes before it name last."""
    key, points = "", []
    for note in session.scalars(select(AuditNote).order_by(AuditNote.id)):
        try:
            if note.kind == NoteKind.KEY:
                old, key = key, note.text.split("\n")[2]
                again = breaks.read(note.text) is not None  # the lodge tells which key vouches for it
                right = notes.is_signed(note.text, key if again or not old else old)
            else:
                right = notes.is_signed(note.text, key)
            if note.kind == NoteKind.CHECKPOINT:
                points.append(_point(note))
        except ValueError:
            right = False
        if not right:
            found.problems.append(f"Note {note.id} of the log is not what the log's key signed.")
    return points


def _point(note: AuditNote) -> _Point:
    """Raises ValueError where this is not a checkpoint."""
    _, size, root, time, *_ = note.text.split("\n")
    at = datetime.fromtimestamp(int(time.removeprefix("time ")), UTC)
    return _Point(int(size), base64.b64decode(root), at)


def _may_be_gone(point: _Point) -> bool:
    """Whether what was sealed by then is no longer kept; so only where all before are as old, whatever it says."""
    return kept_until(KeptKind.AUDIT, london_day(point.at)) <= clock.today()


def _tree(session: Session, points: list[_Point], before: dict[int, bytes], found: Sealed) -> None:
    """Every leaf in its place; the root at each size that was signed."""
    old = max((point.size for point in takewhile(_may_be_gone, points)), default=0)
    signed = {size: {root} for size, root in before.items()}
    for point in points:
        signed.setdefault(point.size, set()).add(point.root)
    roots: tree.Roots = ()
    for position, entry, leaf, said in _leaves(session):
        if position != found.size:
            found.problems.append(f"Place {found.size} of the log is empty.")
            return
        found.gone += said is None and position < old
        if said != leaf and not (said is None and position < old):
            found.problems.append(f"Entry {entry} was sealed and is {'gone' if said is None else 'another one now'}.")
        roots = tree.extended(position, roots, [leaf])
        found.size += 1
        if found.size in signed and signed[found.size] != {tree.root(roots)}:
            found.problems.append(f"The first {found.size} entries are not those that were sealed.")
    if points and points[-1].size != found.size:
        found.problems.append(f"{points[-1].size} entries were sealed, and {found.size} are in the log.")


def _leaves(session: Session) -> Iterator[tuple[int, int, bytes, bytes | None]]:
    at = -1
    columns = AuditLeaf.position, AuditLeaf.entry_id, AuditLeaf.leaf, AuditEvent.leaf
    joined = select(*columns).outerjoin(AuditEvent, AuditEvent.id == AuditLeaf.entry_id).order_by(AuditLeaf.position)
    while rows := session.execute(joined.where(AuditLeaf.position > at).limit(BATCH)).all():
        yield from ((row.position, row.entry_id, row[2], row[3]) for row in rows)
        at = rows[-1].position


def _lodged(session: Session, folder: Path, known: Log | None, found: Sealed) -> None:
    """Everything that was lodged of this log stands in the database as it was lodged."""
    origin = known.origin if known else ""
    if known and (later := lodging.newest(folder, origin)) != origin:
        found.problems.append(f"The lodge holds a later log, {later}, that the database does not.")
    for path in lodging.files(folder, origin):
        for one in lodging.read(path):
            note = session.get(AuditNote, one.id)
            if note is None or note.text != one.note:
                found.problems.append(f"The lodge holds a {one.kind} of {one.size} entries that the database does not.")
            elif one.kind == NoteKind.CHECKPOINT:
                found.lodged = one.size
        session.expunge_all()
    found.others = len(lodging.others(folder, origin))
