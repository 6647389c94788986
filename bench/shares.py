"""How many searches show the right child: what it takes to ask, and to count."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from bench.queries import Query
from cp.services.find import Found, search


def place(found: Found, child_id: int) -> int | None:
    """Where the child stands, from 1; those who match equally well stand together."""
    ids = [match.child_id for match in found.matches]
    if child_id not in ids:
        return None
    at = ids.index(child_id)
    return 1 if at < found.equal else at + 1


def share(places: Sequence[int | None], most: int) -> float:
    return sum(place is not None and place <= most for place in places) / len(places)


def places(session: Session, queries: Iterable[Query], today: date) -> dict[str, list[int | None]]:
    """By kind of query, where each right child stands; queries for nobody are left out."""
    found: dict[str, list[int | None]] = {}
    for query in queries:
        if query.child_id is not None:
            at = place(search(session, query.criteria, today), query.child_id)
            found.setdefault(query.kind, []).append(at)
    return found


def first_ten(session: Session, queries: Iterable[Query], today: date) -> float:
    return share([at for each in places(session, queries, today).values() for at in each], 10)
