"""Is the log whole? Every entry, every place, every signature, and everything that was ever lodged."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cpverify.entries import fault
from cpverify.notes import Checkpoint, Key, NewKey, NotANote
from cpverify.reading import Lodged, Place, Source
from cpverify.tree import Growing

YEAR = 365.25 * 24 * 3600
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


def check(source: Source, lodged: Iterable[Lodged], trust: Trust, now: float, seen: Iterable[str] = ()) -> Report:
    """The log in `source` against what was lodged elsewhere, and against checkpoints that somebody else saw."""
    report = Report()
    kept, outside = source.notes(), [one for one in lodged if _origin(one) == trust.origin]
    _same(kept, outside, report)
    points = _Signed(trust, report)
    points.read(kept)
    points.read(outside)
    points.seen(seen)
    if kept and not outside:
        report.wrong("Nothing of this log is in the lodge.")
    report.lodged = max((point.size for point in points.of(outside)), default=0)
    _places(source.places(), points, now - trust.years * YEAR, report)
    return report


def _origin(one: Lodged) -> str:
    first, second = [*one.note.split("\n", 2), "", ""][:2]
    return second if one.kind == "key" else first


def _same(kept: list[Lodged], outside: list[Lodged], report: Report) -> None:
    """What was lodged stands in the log as it was lodged; what the log has besides came after it."""
    known, last = {one.id: one.note for one in kept}, max((one.id for one in outside), default=0)
    seen = {one.id for one in outside}
    for one in outside:
        if known.get(one.id) != one.note:
            report.wrong(f"Note {one.id} was lodged, and is not in the log as it was.")
    for one in kept:
        if one.id < last and one.id not in seen:
            report.wrong(f"Note {one.id} of the log was never lodged, though later ones were.")


class _Signed:
    """What was signed, in its order: which key signs, and which root each size has."""

    def __init__(self, trust: Trust, report: Report) -> None:
        self.trust, self.report = trust, report
        self.points: dict[int, Checkpoint] = {}

    def read(self, notes: list[Lodged]) -> None:
        key: Key | None = None
        for one in sorted(notes, key=lambda one: one.id):
            try:
                key = self._note(one, key)
            except NotANote as problem:
                self.report.wrong(f"Note {one.id}: {problem}.")

    def seen(self, wholes: Iterable[str]) -> None:
        """What a witness remembers: signed by the log, whichever of its keys, or by the witness itself."""
        for whole in wholes:
            point = Checkpoint.read(whole)
            if point.origin == self.trust.origin and self._believed(point):
                self._keep(point)
            else:
                self.report.wrong("What a witness is said to have seen is signed by nobody that you trust.")

    def _believed(self, point: Checkpoint) -> bool:
        return any(point.note.by(key) for key in (*self.trust.keys, *self.trust.witnesses))

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
        if point.origin != self.trust.origin or key is None or not point.note.by(key):
            self.report.wrong(f"The checkpoint of {point.size} entries (note {one.id}) is not signed by the log's key.")
        elif one.kind == "cosigned":
            self._witnessed(point)
        self._keep(point)
        return key

    def _key(self, one: Lodged, key: Key | None) -> Key | None:
        new = NewKey.read(one.note)
        vouched = new.key in self.trust.keys if key is None else new.note.by(key)
        if not vouched or not new.note.by(new.key):
            self.report.wrong(f"The key of note {one.id} is not one that you trust, and none of those vouches for it.")
        return new.key

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


def _places(places: Iterator[Place], signed: _Signed, long_ago: float, report: Report) -> None:
    """Every leaf in its place, every entry against itself, the root at each size that was signed."""
    tree, points = Growing(), signed.points
    old = max((point.size for point in points.values() if point.time and point.time < long_ago), default=0)
    for place in places:
        report.entries += not place.gone
        if problem := fault(place):
            report.wrong(f"Entry {place.entry} {problem}.")
        if place.position is None:
            _unsealed(place, report)
            continue
        if place.position != tree.size:
            report.wrong(f"Place {tree.size} of the log is empty.")
        _gone(place, old, report)
        tree.add(place.leaf)
        if (point := points.get(tree.size)) and point.root != tree.root():
            report.wrong(f"The first {tree.size} entries are not those that were sealed.")
    report.sealed = tree.size
    _size(tree.size, report)


def _gone(place: Place, old: int, report: Report) -> None:
    if place.gone and (place.position or 0) < old:
        report.gone += 1
    elif place.gone:
        report.wrong(f"Entry {place.entry} was sealed and is gone.")


def _size(size: int, report: Report) -> None:
    signed = report.newest.size if report.newest else 0
    if signed != size:
        report.wrong(f"{signed} entries were sealed, and {size} are in the log.")


def _unsealed(place: Place, report: Report) -> None:
    report.unsealed += 1
    if place.slipped:
        report.wrong(f"Entry {place.entry} was put in after entries behind it had been sealed.")
    if place.canonical is not None and (at := _at(place.canonical)) is not None:
        report.oldest = at if report.oldest is None else min(report.oldest, at)


def _at(canonical: bytes) -> float | None:
    try:
        return datetime.fromisoformat(json.loads(canonical)["at"]).astimezone(UTC).timestamp()
    except (ValueError, KeyError, TypeError):
        return None
