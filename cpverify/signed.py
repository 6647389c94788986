"""What was signed of a log: which key signs, which checkpoints it made, who cosigned them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from cpverify.breaks import Break
from cpverify.notes import Checkpoint, Key, NewKey, NotANote
from cpverify.reading import Lodged

MOST = 100
"""So many problems are enough to know."""


@dataclass
class Report:
    """What was found. `problems` are sentences: the log is whole where there are none."""

    problems: list[str] = field(default_factory=list)
    entries: int = 0
    sealed: int = 0
    gone: int = 0
    unsealed: int = 0
    oldest: float | None = None
    """When the oldest entry without a seal was written, in seconds since 1970."""
    checkpoints: int = 0
    lodged: int = 0
    newest: Checkpoint | None = None
    cosigned: dict[str, int] = field(default_factory=dict)
    """By witness, the largest size that it cosigned."""
    origin: str = ""
    """The log that goes on now."""
    breaks: list[Break] = field(default_factory=list)

    def wrong(self, sentence: str) -> None:
        if len(self.problems) < MOST and sentence not in self.problems:
            self.problems.append(sentence)


@dataclass(frozen=True)
class Trust:
    """Whom this check believes: keys of the log, keys of witnesses, and from how many years on entries may be gone."""

    keys: tuple[Key, ...]
    witnesses: tuple[Key, ...] = ()
    years: float = 7

    @property
    def origin(self) -> str:
        return self.keys[0].name

    def knows(self, origin: str) -> bool:
        return any(key.name == origin for key in self.keys)


class Signed:
    """What was signed of one log, in its order: which key signs, and which root each size has.

    `before` is the key of the log before, which may vouch for the first one. `known_later` is so of a log before the
    first one whose key is trusted: it is believed about itself, and vouches for nothing.
    """

    def __init__(self, trust: Trust, report: Report, origin: str, *, before: Key | None, known_later: bool) -> None:
        self.trust, self.report, self.origin = trust, report, origin
        self.before, self.known_later = before, known_later
        self.key: Key | None = None
        self.points: dict[int, Checkpoint] = {}
        self.older: dict[int, Checkpoint] = {}
        """Of logs before, as far as this one begins with the same entries."""

    def read(self, notes: list[Lodged]) -> None:
        key: Key | None = None
        for one in sorted(notes, key=lambda one: one.id):
            try:
                key = self._note(one, key)
            except NotANote as problem:
                self.report.wrong(f"Note {one.id}: {problem}.")
        self.key = key or self.key

    def seen(self, wholes: Iterable[str]) -> None:
        """What a witness remembers: signed by the log, whichever of its keys, or by the witness itself."""
        for whole in wholes:
            point = Checkpoint.read(whole)
            if point.origin == self.origin and self._believed(point):
                self._keep(point)
            else:
                self.report.wrong("What a witness is said to have seen is signed by nobody that you trust.")

    def _believed(self, point: Checkpoint) -> bool:
        return any(
            point.note.by(key) for key in (*self.trust.keys, *([self.key] if self.key else []), *self.trust.witnesses)
        )

    def of(self, notes: list[Lodged]) -> Iterator[Checkpoint]:
        for one in notes:
            if one.kind == "checkpoint":
                try:
                    yield Checkpoint.read(one.note)
                except NotANote:
                    continue

    def _note(self, one: Lodged, key: Key | None) -> Key | None:
        """The key that signs after this note."""
        if one.kind == "key":
            return self._key(one, key)
        point = Checkpoint.read(one.note)
        if point.origin != self.origin or key is None or not point.note.by(key):
            self.report.wrong(f"The checkpoint of {point.size} entries (note {one.id}) is not signed by the log's key.")
        elif one.kind == "cosigned":
            self._witnessed(point)
        self._keep(point)
        return key

    def _key(self, one: Lodged, key: Key | None) -> Key | None:
        new = NewKey.read(one.note)
        vouched = self._first(new) if key is None else new.note.by(key)
        if not vouched or not new.note.by(new.key):
            self.report.wrong(f"The key of note {one.id} is not one that you trust, and none of those vouches for it.")
        return new.key

    def _first(self, new: NewKey) -> bool:
        vouched = self.before is not None and new.note.by(self.before)
        return new.origin == self.origin and (new.key in self.trust.keys or vouched or self.known_later)

    def begins_with(self, point: Checkpoint) -> None:
        """What a log before signed of the entries that this one begins with."""
        if any(
            one.root != point.root
            for one in (self.points.get(point.size), self.older.setdefault(point.size, point))
            if one
        ):
            self.report.wrong(f"Two different logs of {point.size} entries were signed.")

    def roots(self, size: int) -> Iterator[bytes]:
        """What was signed of so many entries."""
        yield from (points[size].root for points in (self.points, self.older) if size in points)

    def grow(self, notes: list[Lodged]) -> None:
        """Each checkpoint is larger than those before it."""
        sizes = [point.size for point in self.of(sorted(notes, key=lambda one: one.id))]
        if sizes != sorted(set(sizes)):
            self.report.wrong(f"The checkpoints of {self.origin} do not go on from one another.")

    def ended(self, when: float) -> int:
        """The largest size that was signed before then, as were all smaller ones.

        Whoever holds the key can sign a date of long ago: it does not stand behind those that were lodged since.
        """
        points = [point for point in (*self.points.values(), *self.older.values()) if point.time]
        points.sort(key=lambda point: (point.size, -(point.time or 0)))
        return max((point.size for point in takewhile(lambda point: (point.time or 0) < when, points)), default=0)

    def _keep(self, point: Checkpoint) -> None:
        before = self.points.setdefault(point.size, point)
        if before.root != point.root:
            self.report.wrong(f"Two different logs of {point.size} entries were signed.")
        newest = self.report.newest
        if newest is None or point.size > newest.size:
            self.report.newest = point
        self.report.checkpoints = len(self.points)

    def _witnessed(self, point: Checkpoint) -> None:
        if not self.trust.witnesses:
            return
        held = [witness for witness in self.trust.witnesses if point.note.by(witness)]
        if not held:
            self.report.wrong(f"No witness that you trust cosigned the checkpoint of {point.size} entries.")
        for witness in held:
            so_far = self.report.cosigned.get(witness.name, 0)
            self.report.cosigned[witness.name] = max(so_far, point.size)
