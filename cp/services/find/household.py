"""Whom the index knows at a place or as born around a day: where to look for a child's household, no more than that."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import SearchKey, SearchPlace
from cp.services.find.entry import where


def at_postcodes(session: Session, postcodes: Iterable[str]) -> set[int]:
    """The unshielded children with a current address there; some of another postcode, for a key is short."""
    keys = {place.whole for postcode in postcodes for place in where(postcode) if place.whole is not None}
    return (
        set(session.scalars(select(SearchPlace.child_id).where(SearchPlace.postcode_key.in_(keys)))) if keys else set()
    )


def born_around(session: Session, child_id: int) -> Collection[int]:
    """The children under one of this child's family names, born the same day or a day apart; shielded ones, too."""
    rows = session.execute(select(SearchKey.family_id, SearchKey.born).where(SearchKey.child_id == child_id)).all()
    days = {row.born + apart for row in rows for apart in (-1, 0, 1)}
    query = select(SearchKey.child_id).where(
        SearchKey.born.in_(days), SearchKey.family_id.in_({row.family_id for row in rows})
    )
    return set(session.scalars(query)) - {child_id} if rows else set()
