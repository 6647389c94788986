"""The logs before the one that goes on now: what their lodged notes still prove, and what was lost at each break."""

import base64
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from cp.models import AuditNote
from cp.services.audit_seals import breaks, lodging, notes, tree
from cp.services.audit_seals.breaks import Break
from cp.services.audit_seals.lodging import Lodged
from cp.services.audit_seals.sealing import Log
from cp.terms import NoteKind


@dataclass
class Older:
    """`roots` are those that older logs signed of entries that the log still begins with, by size."""

    problems: list[str] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)


@dataclass
class Read:
    """One log as it is lodged: the key that signed last, the root of each size, and the largest of these."""

    origin: str
    key: str = ""
    first: str = ""
    points: dict[int, bytes] = field(default_factory=dict)
    size: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def root(self) -> bytes:
        return self.points.get(self.size, tree.EMPTY)

    def wrong(self, one: Lodged, words: str) -> None:
        self.problems.append(f"Note {one.id} that was lodged of {self.origin} {words}.")

    def add(self, one: Lodged) -> None:
        """The next note."""
        try:
            if one.kind == NoteKind.KEY:
                new = one.note.split("\n")[2]
                right, self.key, self.first = notes.is_signed(one.note, self.key or new), new, self.first or one.note
            else:
                right = notes.is_signed(one.note, self.key)
            if not right or notes.origin_of(one.note) != self.origin:
                self.wrong(one, "is not what the log's key signed")
            elif one.kind == NoteKind.CHECKPOINT:
                self._point(one)
        except ValueError:
            self.wrong(one, "is not a note")

    def _point(self, one: Lodged) -> None:
        _, size, root, *_ = one.note.split("\n")
        if int(size) < self.size or self.points.setdefault(int(size), base64.b64decode(root)) != base64.b64decode(root):
            self.wrong(one, "does not go on from those before it")
        self.size = max(self.size, int(size))


def read(session: Session, folder: Path, origin: str) -> Read:
    """Every note that was lodged of one log; where the database has it too, it is the same."""
    found = Read(origin)
    for one in lodging.notes_of(folder, origin):
        found.add(one)
        note = session.get(AuditNote, one.id)
        if note and note.text != one.note and notes.origin_of(f"{note.text}\n\n") == origin:
            found.wrong(one, "is another one in the database")
    session.expunge_all()
    return found


def check(session: Session, folder: Path, known: Log | None) -> Older:
    """From the log that goes on now back to the first one."""
    found, first = Older(), session.get(AuditNote, known.begins) if known else None
    size, text = known.size if known else 0, first.text if first else ""
    while broke := _broke(text, found):
        before = read(session, folder, broke.after)
        found.breaks.append(broke)
        kept = min(one.kept for one in found.breaks)
        found.problems += before.problems
        found.roots |= {size: root for size, root in before.points.items() if size <= kept}
        found.problems += _answers(text, broke, before)
        text = before.first
    found.problems += _stayed(found, size)
    return found


def _stayed(found: Older, size: int) -> list[str]:
    """What a break says was left is here, and an older log signed it."""
    if not found.breaks:
        return []
    problems, kept = [], min(one.kept for one in found.breaks)
    if size < found.breaks[0].kept:
        problems.append(f"The log was begun again with {found.breaks[0].kept} entries, and has {size}.")
    if kept and kept not in found.roots:
        problems.append(f"That {kept} entries stayed at a break was never lodged.")
    return problems


def _broke(text: str, found: Older) -> Break | None:
    try:
        return breaks.read(text) if text else None
    except ValueError:
        found.problems.append("The note that begins the log again is not what it should be.")
        return None


def _answers(text: str, broke: Break, before: Read) -> list[str]:
    """What the note that begins a log says of the one before, against what that one lodged."""
    if not before.first:
        return [f"The lodge holds nothing of {broke.after}, after which {broke.origin} was begun."]
    problems = []
    if (before.size, before.root) != (broke.size, broke.root):
        problems.append(f"{broke.after} was lodged up to {before.size} entries, and {broke.origin} says {broke.size}.")
    if not broke.key_lost and not notes.is_signed(text, before.key):
        problems.append(f"The key of {broke.after} does not vouch for {broke.origin}.")
    return problems
