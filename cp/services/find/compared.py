"""Records as a supplied row is compared with them: what the index has of places and carers, and nothing is opened."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import sealing
from cp.matching.facts import Facts, OtherName, Where, recorded
from cp.matching.family import carer_rows
from cp.models import SearchCarer, SearchPlace
from cp.models.child import Child, ChildName
from cp.services.find.entry import carer_key
from cp.services.find.lists import one_of
from cp.services.find.prepared import Prepared
from cp.terms import RecordState


class Compared(NamedTuple):
    """A live record. `carers`: a blind key for each whole name of theirs; none of a shielded child, and no place."""

    facts: Facts
    born_on: date
    shielded: bool
    carers: frozenset[int]


_CHILDREN = Prepared(
    select(Child.id, Child.given_names, Child.family_name, Child.born_on, Child.gender, Child.shielded_at).where(
        one_of(Child.id, "ids"), Child.state == RecordState.LIVE
    )
)
_NAMES = Prepared(
    select(ChildName.child_id, ChildName.kind, ChildName.given_names, ChildName.family_name)
    .join(Child, Child.id == ChildName.child_id)
    .where(one_of(ChildName.child_id, "ids"), Child.shielded_at.is_(None))
)
_PLACES = Prepared(
    select(SearchPlace.child_id, SearchPlace.outward_key, SearchPlace.postcode_key).where(
        one_of(SearchPlace.child_id, "ids")
    )
)
_CARERS = Prepared(select(SearchCarer.child_id, SearchCarer.carer_key).where(one_of(SearchCarer.child_id, "ids")))


def compared(session: Session, children: Collection[int]) -> dict[int, Compared]:
    """The live ones among these children, by id."""
    connection = session.connection()
    others: dict[int, list[OtherName]] = defaultdict(list)
    places: dict[int, list[Where]] = defaultdict(list)
    carers: dict[int, list[int]] = defaultdict(list)
    for child_id, *name in _NAMES.read(connection, ids=children):
        others[child_id].append(OtherName(*name))
    for child_id, *place in _PLACES.read(connection, ids=children):
        places[child_id].append(Where(*place))
    for child_id, key in _CARERS.read(connection, ids=children):
        carers[child_id].append(key)
    return {
        child_id: Compared(
            recorded((given, family), born, gender, others[child_id], places[child_id]),
            born,
            shielded_at is not None,
            frozenset(carers[child_id]),
        )
        for child_id, given, family, born, gender, shielded_at in _CHILDREN.read(connection, ids=children)
    }


def carer_keys(names: Iterable[str]) -> frozenset[int]:
    """By which the index may hold carers of these names, under every key; none of somebody with one name alone."""
    rows = [row for name in names for row in carer_rows(name)]
    return frozenset(carer_key(key, *row) for key in sealing.ring().current_first for row in rows)
