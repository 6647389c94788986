"""Who bears which name in which half of a postcode: what follows from a child's other rows, and what does not."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import Connection, and_, delete, exists, func, insert, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from cp.models import SearchArea, SearchKey, SearchPlace
from cp.models.index import NOWHERE
from cp.services.find.lists import among, row_among

BATCH = 1000

Area = tuple[int, int, int]
"""Name, outward key, child."""

_KEY = SearchArea.name_id, SearchArea.outward_key, SearchArea.child_id
_its_key = tuple_(*_KEY)
_placed = SearchPlace.child_id == SearchKey.child_id
_outward = func.coalesce(SearchPlace.outward_key, NOWHERE)
_lacking = [
    select(SearchKey.child_id)
    .join(SearchPlace, _placed, isouter=True)
    .where(
        ~exists().where(
            SearchArea.name_id == name, SearchArea.outward_key == _outward, SearchArea.child_id == SearchKey.child_id
        )
    )
    for name in (SearchKey.family_id, SearchKey.given_id)
]  # fmt: skip
_lives = SearchPlace.child_id == SearchArea.child_id
_bears = or_(SearchKey.family_id == SearchArea.name_id, SearchKey.given_id == SearchArea.name_id)
_stands = exists().where(SearchKey.child_id == SearchArea.child_id, _bears) & or_(
    exists().where(_lives, SearchPlace.outward_key == SearchArea.outward_key),
    and_(SearchArea.outward_key == NOWHERE, ~exists().where(_lives)),
)
_every = (
    select(SearchArea.name_id, SearchArea.outward_key, SearchArea.child_id, _stands)
    .order_by(SearchArea.name_id, SearchArea.outward_key, SearchArea.child_id)
    .limit(BATCH)
)


def add(connection: Connection, rows: Iterable[Area]) -> None:
    """Those of these rows that are not there."""
    named = [{"name_id": name, "outward_key": outward, "child_id": child_id} for name, outward, child_id in rows]
    if named:
        engine = sqlite if connection.dialect.name == "sqlite" else postgresql
        connection.execute(engine.insert(SearchArea).on_conflict_do_nothing(), named)


def remove(connection: Connection, rows: Sequence[Area]) -> None:
    """Those of these rows that nothing bears out now, whatever it was when they were looked for."""
    if rows:
        connection.execute(delete(SearchArea).where(row_among(_KEY, rows), ~_stands))


def lacking(session: Session, ids: Collection[int]) -> list[int]:
    """Those of these children of whom a row is missing."""
    if not ids:
        return []
    return sorted({key for query in _lacking for key in session.scalars(query.where(among(SearchKey.child_id, ids)))})


def strays(session: Session) -> Iterator[list[Area]]:
    """The rows that no other row of the child bears out, batch by batch over all there are."""
    query = _every
    while found := session.execute(query).all():
        yield [(name, outward, child_id) for name, outward, child_id, stands in found if not stands]
        query = _every.where(_its_key > tuple_(*found[-1][:3]))


def make_all(connection: Connection) -> None:
    """Every row, in one statement: sorted once, and so written without gaps."""
    connection.execute(delete(SearchArea))
    of = [
        select(name.label("name"), _outward.label("outward"), SearchKey.child_id).join_from(
            SearchKey, SearchPlace, _placed, isouter=True
        )
        for name in (SearchKey.family_id, SearchKey.given_id)
    ]
    each = of[0].union(of[1]).subquery()
    wanted = select(each).order_by(*each.c)
    connection.execute(insert(SearchArea).from_select(["name_id", "outward_key", "child_id"], wanted))
