"""The index against the records: what is not as it should be, and making it so."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import sealing
from cp.matching import keys
from cp.models import Name, NameKey
from cp.models.child import Child
from cp.services.find import areas, indexing
from cp.services.find.carers import entries
from cp.services.find.entry import Entry, rows_of

BATCH = 1000
SAID = ("names or birth", "places", "carers")
"""What each of `indexing.OF_CHILDREN` is called."""


def check(session: Session) -> Iterator[str]:
    """A sentence for each thing wrong: every live record has exactly its keys, and nothing hidden is indexed.

    While keys change, a child may be found by one or by the other.
    """
    for ids in _batches(session):
        yield from _children(session, ids)
    for strays in areas.strays(session):
        for *_, child_id in strays:
            yield f"Child {child_id}: a name stands beside a place that is not the child’s."
    for names in _dictionary(session):
        yield from _names(session, names)


def rebuild(session: Session, after: int = 0) -> Iterator[int]:
    """Bring every child's rows up to date, batch by batch; yields the last id done, to commit at and to go on after.

    Then who bears which name where, and the dictionary; both yield 0.
    """
    for ids in _batches(session, after):
        again(session, ids)
        yield ids[-1]
    for strays in areas.strays(session):
        areas.remove(session.connection(), strays)
        yield 0
    for names in _dictionary(session):
        for name_id in _wrongly_keyed(session, names):
            indexing.key_again(session.connection(), name_id, *names[name_id])
        indexing.prune(session.connection(), names.keys())
        yield 0


def again(session: Session, ids: Sequence[int]) -> None:
    """Index these children afresh, their records held against whoever would shield or change one meanwhile."""
    session.execute(select(Child.id).where(Child.id.in_(ids)).order_by(Child.id).with_for_update(read=True)).all()
    indexing.reindex(session, *ids)


def _batches(session: Session, after: int = 0) -> Iterator[Sequence[int]]:
    while ids := _next(session, after, BATCH):
        yield ids
        after = ids[-1]


def _next(session: Session, after: int, most: int) -> Sequence[int]:
    return session.scalars(select(Child.id).where(Child.id > after).order_by(Child.id).limit(most)).all()


def _children(session: Session, ids: Sequence[int]) -> Iterator[str]:
    found = entries(session, ids)
    right = [_made(session, found, key) for key in sealing.ring().current_first]
    stored = indexing.stored(session.connection(), ids)
    for at, said in enumerate(SAID):
        for child_id in ids:
            if stored[child_id][at] not in [made.get(child_id, indexing.NOTHING)[at] for made in right]:
                yield f"Child {child_id}: the {said} in the index are not those that may be found by."
    for child_id in areas.lacking(session, ids):
        yield f"Child {child_id}: a name does not stand beside the child’s place."


def behind(session: Session, after: int, most: int) -> tuple[Sequence[int], list[int]]:
    """The next children after this one, and those of them whom the key in use does not find by place or carer."""
    ids = _next(session, after, most)
    wanted = _made(session, entries(session, ids), sealing.ring().current)
    stored = indexing.stored(session.connection(), ids)
    return ids, [key for key in ids if stored[key][1:] != wanted.get(key, indexing.NOTHING)[1:]]


def _made(session: Session, found: dict[int, Entry], key: sealing.Key) -> dict[int, indexing.Made]:
    """The rows that these children should have."""
    rows = {child_id: rows_of(entry, key) for child_id, entry in found.items()}
    known = indexing.ids_of(session.connection(), {name for each in rows.values() for name in indexing.names_of(each)})
    complete = defaultdict(int, known)  # a name that is missing has no id, and 0 is nobody's
    return {child_id: indexing.as_rows(entry, rows[child_id], complete) for child_id, entry in found.items()}


def _dictionary(session: Session) -> Iterator[dict[int, tuple[str, bool]]]:
    after = 0
    query = select(Name.id, Name.folded, Name.family).order_by(Name.id).limit(BATCH)
    while found := session.execute(query.where(Name.id > after)).all():
        yield {name_id: (folded, family) for name_id, folded, family in found}
        after = found[-1].id


def _names(session: Session, names: dict[int, tuple[str, bool]]) -> Iterator[str]:
    for name_id in _wrongly_keyed(session, names):
        yield f"Name {name_id}: its keys are not those of its letters and sounds."
    for name_id in sorted(names.keys() - indexing.borne(session.connection(), names.keys())):
        yield f"Name {name_id}: no child in the index bears it."


def _wrongly_keyed(session: Session, names: dict[int, tuple[str, bool]]) -> list[int]:
    stored: dict[int, set[int]] = defaultdict(set)
    for key, name_id in session.execute(select(NameKey.key, NameKey.name_id).where(NameKey.name_id.in_(names))):
        stored[name_id].add(key)
    return [
        name_id
        for name_id, (folded, family) in names.items()
        if stored[name_id] != keys.name_keys(folded, family=family)
    ]
