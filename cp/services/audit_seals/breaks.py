"""What a log says first that goes on under another name, after the database lost what another one had sealed."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime

from cp.services.audit_seals import notes
from cp.services.audit_seals.notes import Signer

LINES = ("after ", "lodged ", "lost ", "time ", "key ")
KEPT, LOST = "kept", "lost"
FIRST = 1


@dataclass(frozen=True)
class Break:
    """The log `origin` begins with the first `kept` entries of the log `after`, which had `size` when last lodged."""

    origin: str
    after: str
    kept: int
    size: int
    root: bytes
    at: datetime
    key_lost: bool = False
    """Nobody vouches for the key then but who hands it out."""

    @property
    def lost(self) -> int:
        """At most so many entries that were sealed are not in the database any more."""
        return self.size - self.kept

    def text(self, signer: Signer) -> str:
        """A note about a key, with what was lost below it."""
        said = (self.after, f"{self.size} {notes.encoded(self.root)}", self.lost, int(self.at.timestamp()))
        values = (*said, LOST if self.key_lost else KEPT)
        lines = [f"{name}{value}\n" for name, value in zip(LINES, values, strict=True)]
        return notes.key_note(self.origin, signer, self.kept) + "".join(lines)

    def sentence(self) -> str:
        """What whoever checks the log reads."""
        key = " The key of before was lost: check the new one with whoever gave it to you." if self.key_lost else ""
        return (
            f"On {self.at:%d %B %Y} the log {self.after} broke off: of its {self.size} entries at most {self.lost} "
            f"were lost, and {self.origin} goes on after the first {self.kept}.{key}"
        )


def read(note: str) -> Break | None:
    """None where the note is none of these. Raises ValueError where it is a broken one."""
    lines = note.partition("\n\n")[0].split("\n")
    if lines[0] != notes.KEY_LINE or len(lines) < 5:
        return None
    told = [line.removeprefix(name) for name, line in zip(LINES, lines[4:], strict=True)]
    size, root = told[1].split(" ")
    at = datetime.fromtimestamp(int(told[3]), UTC)
    kept = int(lines[3].removeprefix("from "))
    found = Break(lines[1], told[0], kept, int(size), base64.b64decode(root), at, told[4] == LOST)
    (base, number), (before, earlier) = numbered(found.origin), numbered(found.after)
    if found.lost != int(told[2]) or found.lost < 0 or base != before or number <= earlier:
        raise ValueError("the break does not add up")
    return found


def numbered(origin: str) -> tuple[str, int]:
    """The name that all logs of a directory begin with, and which of them this is."""
    base, _, number = origin.rpartition("/")
    return (base, int(number)) if origin.count("/") > 2 and number.isdecimal() else (origin, FIRST)


def named(base: str, number: int) -> str:
    return base if number == FIRST else f"{base}/{number}"
