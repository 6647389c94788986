"""Is the log whole? Every entry, every place, every signature, and everything that was ever lodged."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from cpverify import breaks, older
from cpverify.breaks import origin_of
from cpverify.entries import fault
from cpverify.notes import Checkpoint
from cpverify.reading import Lodged, Place, Source
from cpverify.signed import Report, Signed, Trust
from cpverify.tree import Growing

DAY = 24 * 3600
YEAR = 365.25 * DAY
LEAP = 2 * DAY
"""Leap years, and where a day begins: whoever erases counts years by the calendar of London."""


def check(source: Source, lodged: Iterable[Lodged], trust: Trust, now: float, seen: Iterable[str] = ()) -> Report:
    """The log in `source` against what was lodged elsewhere, and against checkpoints that somebody else saw."""
    report, kept, outside, wholes = Report(), source.notes(), list(lodged), list(seen)
    report.breaks = breaks.chain([*kept, *outside], trust.origin)
    points = older.check(kept, outside, wholes, trust, report)
    earlier = {one.after for one in report.breaks}
    own = [one for one in kept if origin_of(one) not in earlier]
    outside = [one for one in outside if origin_of(one) == report.origin]
    _same(own, outside, report)
    points.read(own)
    points.read(outside)
    points.grow(own)
    points.seen(one for one in wholes if Checkpoint.read(one).origin not in earlier)
    if own and not outside:
        report.wrong("Nothing of this log is in the lodge.")
    report.lodged = max((point.size for point in points.of(outside)), default=0)
    _places(source.places(), points, now - trust.years * YEAR + LEAP, report)
    return report


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


def _places(places: Iterator[Place], signed: Signed, long_ago: float, report: Report) -> None:
    """Every leaf in its place, every entry against itself, the root at each size that was signed."""
    tree, old = Growing(), signed.ended(long_ago)
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
        if any(root != tree.root() for root in signed.roots(tree.size)):
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
    if report.breaks and size < report.breaks[-1].new.since:
        report.wrong(f"The log was begun again with {report.breaks[-1].new.since} entries, and has {size}.")


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
