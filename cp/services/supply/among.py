"""Rows of one batch that may be one child: the later waits for the next batch, by when the earlier has its record.

So what a row is compared with does not hang on where a batch ends.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from cp.matching import keys
from cp.matching.facts import OtherName
from cp.matching.glance import Glance
from cp.services.find.near import FAMILY, hashes
from cp.services.find.tiers import likely_days
from cp.services.supply.candidates import Row


def first(rows: Sequence[Row]) -> list[Row]:
    """Those of these rows that are like none before them, as the index would find it: by names, birth, home, number.

    Nor like one before them that waits: it would meet a record that comes after it in its file.
    """
    before: dict[Hashable, list[int]] = defaultdict(list)
    kept, waiting = list[Row](), set[int]()
    for at, row in enumerate(rows):
        by = {*_found_by(row)}
        met = {earlier for key in by for earlier in before[key]}
        if _like(row, [rows[earlier] for earlier in met]) or any(_like(rows[one], [row]) for one in met & waiting):
            waiting.add(at)
        else:
            kept.append(row)
        for key in by:
            before[key].append(at)
    return kept


def _found_by(row: Row) -> Iterator[Hashable]:
    yield from row.said.numbers
    yield from (place.whole for place in row.facts.places if place.whole is not None)
    yield from hashes(row.facts.family, FAMILY)
    yield from likely_days(row.born_on)


def _like(row: Row, others: Sequence[Row]) -> bool:
    if not others:
        return False
    glance, numbers = Glance(row.facts), {*row.said.numbers}
    return any(
        not numbers.isdisjoint(other.said.numbers)
        or any(glance.weigh(given, family, other.born_on) >= glance.least for family, given in _names(other))
        for other in others
    )


def _names(row: Row) -> list[tuple[str, str]]:
    """As they would be indexed."""
    others = (OtherName(one.kind, one.given_names, one.family_name) for one in row.said.names)
    return keys.name_rows((row.said.given_names or "", row.said.family_name or ""), others)
