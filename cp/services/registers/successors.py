"""Who came after a school that closed: at the end of every chain of links, one school, and never in a circle."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from cp.feeds.registers import Link
from cp.models import Organisation


def tie(held: Mapping[str, Organisation], links: Iterable[Link], today: date) -> int:
    """Give each closed or closing school its successor; how many got another one.

    Of all that the links lead to, the one that stays open, else the newest. A successor always ranks above the school
    itself, so that however the links run, no circle can be. A school that stays open has none; without a link, a
    closed one keeps the one that it has, also where that is no school.
    """
    ranks = {urn: _rank(one, today) for urn, one in held.items()}
    last, kept = _last(held, links, ranks), {one.id: urn for urn, one in held.items()}
    tied = 0
    for urn, one in held.items():
        before = one.successor_id
        above = [after for after in (last.get(urn), kept.get(before or 0)) if after and ranks[after] > ranks[urn]]
        if one.valid_to is None or above or before in kept:
            one.successor_id = held[above[0]].id if above and one.valid_to else None
        tied += one.successor_id not in (None, before)
    return tied


def _rank(one: Organisation, today: date) -> tuple[date, bool, date, str]:
    """By its end, which comes last where it stays open; then those open today; then the newest."""
    start = one.valid_from or date.min
    return one.valid_to or date.max, start <= today, start, one.urn or ""


def _last(
    held: Mapping[str, Organisation], links: Iterable[Link], ranks: Mapping[str, tuple[date, bool, date, str]]
) -> dict[str, str]:
    """The highest that each school which ends is led to. From the highest down, so that each link is followed once."""
    before = defaultdict(list)
    for link in links:
        before[link.after].append(link.before)
    found: dict[str, str] = {}
    for urn in sorted(ranks, key=ranks.__getitem__, reverse=True):
        waiting = [urn]
        while waiting:
            for one in before[waiting.pop()]:
                if one not in found and not _stays(held.get(one)):
                    found[one] = urn
                    waiting.append(one)
    return found


def _stays(one: Organisation | None) -> bool:
    """Whether its pupils stay with it: whoever was led here is led no further."""
    return one is not None and one.valid_to is None
