"""Rows of one batch that may be one child: the later waits for the next batch, by when the earlier has its record.

So what a row is compared with does not hang on where a batch ends.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date

from cp.matching import keys
from cp.matching.facts import Facts, OtherName
from cp.matching.glance import Glance
from cp.services.find.near import FAMILY, hashes
from cp.services.find.tiers import likely_days
from cp.services.supply.candidates import Row, facts_of_row


def first(rows: Sequence[Row]) -> list[Row]:
    """Those of these rows that are like none before them, as the index would find it: by names, birth, home, number."""
    before: dict[Hashable, list[int]] = defaultdict(list)
    kept = list[Row]()
    for at, row in enumerate(rows):
        facts = facts_of_row(row.said)
        by = {*_found_by(row, facts)}
        met = {earlier for key in by for earlier in before[key]}
        if not _like(row, facts, [rows[earlier] for earlier in met]):
            kept.append(row)
        for key in by:
            before[key].append(at)
    return kept


def _found_by(row: Row, facts: Facts) -> Iterator[Hashable]:
    yield from row.said.numbers
    yield from (place.whole for place in facts.places if place.whole is not None)
    yield from hashes(facts.family, FAMILY)
    yield from likely_days(_born(row))


def _like(row: Row, facts: Facts, others: Sequence[Row]) -> bool:
    if not others:
        return False
    glance, numbers = Glance(facts), {*row.said.numbers}
    return any(
        not numbers.isdisjoint(other.said.numbers)
        or any(glance.weigh(given, family, _born(other)) >= glance.least for family, given in _names(other))
        for other in others
    )


def _names(row: Row) -> list[tuple[str, str]]:
    """As they would be indexed."""
    others = (OtherName(one.kind, one.given_names, one.family_name) for one in row.said.names)
    return keys.name_rows((row.said.given_names or "", row.said.family_name or ""), others)


def _born(row: Row) -> date:
    if row.said.born_on is None:
        raise ValueError("a row without a date of birth is never placed")
    return row.said.born_on
