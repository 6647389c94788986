"""Logs that go on one after the other: each but the first begins with a note of what was lost before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from cpverify.notes import KEY_LINES, NewKey, NotANote, decoded
from cpverify.reading import Lodged

NAMES = ("after ", "lodged ", "lost ", "time ", "key ")


@dataclass(frozen=True)
class Break:
    """`new` begins with the first `new.since` entries of the log `after`, whose last lodged checkpoint had `size`."""

    new: NewKey
    after: str
    size: int
    root: bytes
    time: int
    key_lost: bool

    @classmethod
    def read(cls, whole: str) -> "Break | None":
        """None where a note about a key says nothing of a break. Raises NotANote."""
        new = NewKey.read(whole)
        lines = new.note.text.rstrip("\n").split("\n")[KEY_LINES:]
        if not lines:
            return None
        if len(lines) != len(NAMES) or not all(line.startswith(name) for name, line in zip(NAMES, lines, strict=True)):
            raise NotANote("this note about a break lacks a line")
        after, lodged, lost, time, key = (line.removeprefix(name) for name, line in zip(NAMES, lines, strict=True))
        size, _, root = lodged.partition(" ")
        if not all(one.isascii() and one.isdecimal() for one in (size, lost, time)) or key not in ("kept", "lost"):
            raise NotANote("this note about a break is not one")
        if int(size) - new.since != int(lost):
            raise NotANote("what this note says was lost does not add up")
        return cls(new, after, int(size), decoded(root), int(time), key == "lost")

    def __str__(self) -> str:
        key = " The key of before was lost: nobody vouches for the new one but who gave it to you."
        return (
            f"On {datetime.fromtimestamp(self.time, UTC):%d %B %Y} the log {self.after} broke off: of its {self.size} "
            f"entries at most {self.size - self.new.since} were lost, and {self.new.origin} goes on after the first "
            f"{self.new.since}.{key if self.key_lost else ''}"
        )


def origin_of(one: Lodged) -> str:
    first, second = [*one.note.split("\n", 2), "", ""][:2]
    return second if one.kind == "key" else first


def chain(notes: Iterable[Lodged], begin: str) -> list[Break]:
    """The breaks before and after the log that is trusted, the oldest first. Raises NotANote where the way forks."""
    found = {one.new.origin: one for one in map(_broken, notes) if one}
    followed: dict[str, str] = {}
    for origin, one in found.items():
        if followed.setdefault(one.after, origin) != origin:
            raise NotANote(f"two logs say that they go on after {one.after}")
    first = begin
    for _ in found:  # a circle ends too
        first = found[first].after if first in found else first
    breaks: list[Break] = []
    while (after := followed.get(first)) is not None and len(breaks) < len(found):
        breaks.append(found[after])
        first = after
    return breaks


def _broken(one: Lodged) -> Break | None:
    try:
        return Break.read(one.note) if one.kind == "key" else None
    except NotANote:
        return None
