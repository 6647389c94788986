"""The logs before the one that goes on now: their signatures, their order, and what the break after each says."""

from collections.abc import Sequence

from cpverify.breaks import Break, origin_of
from cpverify.notes import Checkpoint, Key
from cpverify.reading import Lodged
from cpverify.signed import Report, Signed, Trust
from cpverify.tree import EMPTY


def check(
    kept: Sequence[Lodged], outside: Sequence[Lodged], seen: Sequence[str], trust: Trust, report: Report
) -> Signed:
    """The log that goes on now, still to be read, with what it must answer to of those before it."""
    logs = [trust.origin] if not report.breaks else [report.breaks[0].after, *(one.new.origin for one in report.breaks)]
    first = min(at for at, origin in enumerate(logs) if trust.knows(origin))
    before: Key | None = None
    found: list[Signed] = []
    for at, origin in enumerate(logs[:-1]):
        signed = Signed(trust, Report(), origin, before=before, known_later=at < first)
        own = [one for one in outside if origin_of(one) == origin]
        signed.read(own)
        signed.seen(one for one in seen if Checkpoint.read(one).origin == origin)
        signed.grow(own)
        _answers(signed, own, kept, report.breaks[at])
        before = None if at < first else signed.key
        found.append(signed)
    report.origin = logs[-1]
    for problem in (problem for signed in found for problem in signed.report.problems):
        report.wrong(problem)
    newest = Signed(trust, report, report.origin, before=before, known_later=False)
    _begins(newest, found, report)
    return newest


def _answers(signed: Signed, own: Sequence[Lodged], kept: Sequence[Lodged], broke: Break) -> None:
    """What the next log says of this one, and what the database still has of it, is what was lodged."""
    lodged, last = {one.id: one.note for one in own}, signed.report.newest
    if not own:
        signed.report.wrong(f"The lodge holds nothing of {signed.origin}, after which {broke.new.origin} was begun.")
    for one in kept:
        if origin_of(one) == signed.origin and one.id <= max(lodged, default=0) and lodged.get(one.id) != one.note:
            signed.report.wrong(f"Note {one.id} of {signed.origin} was lodged as another one.")
    size, root = (last.size, last.root) if last else (0, EMPTY)
    if (size, root) != (broke.size, broke.root):
        signed.report.wrong(f"{signed.origin} was lodged up to {size} entries, and the next log says {broke.size}.")


def _begins(newest: Signed, found: Sequence[Signed], report: Report) -> None:
    """The entries that stayed at every break are still those that the older logs signed."""
    for at, signed in enumerate(found):
        stayed = min(one.new.since for one in report.breaks[at:])
        for point in signed.points.values():
            if point.size <= stayed:
                newest.begins_with(point)
    stayed = min((one.new.since for one in report.breaks), default=0)
    if stayed and stayed not in newest.older:
        report.wrong(f"That {stayed} entries stayed at a break was never lodged.")
