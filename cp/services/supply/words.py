"""What sources have said that stands, and whether a row says the same again."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import sealing
from cp.models import SourceVersion, SupplyRow
from cp.rules import derive
from cp.services.find.lists import among
from cp.services.source_facts import said

Newest = Mapping[int, SourceVersion]
"""By source record: its newest version that stands."""


def newest_of(session: Session, records: Collection[int]) -> Newest:
    query = (
        select(SourceVersion)
        .where(among(SourceVersion.record_id, records), SourceVersion.withdrawn_at.is_(None))
        .order_by(SourceVersion.said_on, SourceVersion.id)
    )
    return {version.record_id: version for version in session.scalars(query)} if records else {}


def again(newest: Newest, record_id: int, now: derive.Said) -> SourceVersion | None:
    """The version that said just what is said now, where that is this source's newest."""
    before = newest.get(record_id)
    return before if before is not None and same(said(before, now.kind), now) else None


def same(before: derive.Said, now: derive.Said) -> bool:
    """Whether two words say the same, whenever they were said. A day of beginning that only one knows is no change."""
    return _facts_of(before) == _facts_of(now)


def digest(key: str, one: derive.Said) -> int:
    """By this, words of one supplier that are the same, under the same key of its own, are known without being opened.

    It stays when keys change: what was said cannot all be opened for it.
    """
    return sealing.ring().lasting_look_up("supplied words", repr((key, _facts_of(one))))


def confirmed(row: SupplyRow) -> date | None:
    """When its source had said before what a row said again; `date.min`: on the day on which it was new. None where
    the row was new itself."""
    if row.before_on or "before" not in row.facts:
        return row.before_on
    before: str | None = row.facts["before"]
    return date.fromisoformat(before) if before else date.min


def _facts_of(one: derive.Said) -> tuple[Any, ...]:
    stay = one.stay and (one.stay.until_on is not None, one.stay.until_on)
    identity = (one.given_names, one.family_name, one.born_on, one.gender)
    return (*identity, one.names, one.addresses, one.carers, sorted(one.numbers), stay)
