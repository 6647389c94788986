"""What a search by a carer or an address reads of the index: equality probes on blind keys, each for so many rows."""

from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, select

from cp.matching import keys
from cp.matching.births import Span
from cp.matching.facts import Where
from cp.models import SearchCarer, SearchKey, SearchPlace
from cp.services.find.lists import one_of
from cp.services.find.prepared import Prepared
from cp.services.find.probes import Ids, Probes

MOST_AROUND = 200
"""Children by one carer's name, or in one street: of more, others of the facts must choose."""

_OF_CARER = select(SearchCarer.child_id).where(one_of(SearchCarer.carer_key, "carers")).limit(bindparam("most"))
_BY_CARER = Prepared(_OF_CARER)
_PLACED, _BORNE = SearchPlace.child_id == SearchCarer.child_id, SearchKey.child_id == SearchCarer.child_id
_BY_CARER_AND = {
    name: Prepared(_OF_CARER.where(exists().where(*which)))
    for name, which in {
        "outward": (_PLACED, one_of(SearchPlace.outward_key, "outward")),
        "born": (_BORNE, SearchKey.born.between(bindparam("first"), bindparam("last"))),
        "named": (_BORNE, one_of(SearchKey.given_id, "named")),
    }.items()
}
_IN_STREET = select(SearchPlace.child_id).where(one_of(SearchPlace.street_key, "streets")).limit(bindparam("most"))
_ON_STREET = Prepared(_IN_STREET)
_BORNE_THERE = SearchKey.child_id == SearchPlace.child_id
_ON_STREET_AND = {
    "named": Prepared(_IN_STREET.where(exists().where(_BORNE_THERE, one_of(SearchKey.given_id, "named")))),
    "family": Prepared(_IN_STREET.where(exists().where(_BORNE_THERE, one_of(SearchKey.family_id, "family")))),
}
_HOMES = Prepared(
    select(SearchPlace.child_id, SearchPlace.outward_key, SearchPlace.postcode_key, SearchPlace.street_key)
    .where(one_of(SearchPlace.child_id, "ids"))
    .limit(bindparam("most"))
)


class Lives(NamedTuple):
    """A home of a child, as blind keys."""

    where: Where
    street: int


class FamilyProbes(Probes):
    """The probes of one search by a carer or an address. `Probes` counts what they read together."""

    def by_carer(self, carers: Ids) -> set[int]:
        """Of a carer under one of these keys."""
        return self._children(_BY_CARER, carers=carers)

    def by_carer_at(self, carers: Ids, outward: Ids) -> set[int]:
        """The same, with a home in this half of a postcode."""
        return self._children(_BY_CARER_AND["outward"], carers=carers, outward=outward)

    def by_carer_born(self, carers: Ids, span: Span) -> set[int]:
        """The same, of children born in this time."""
        first, last = keys.born_key(span.first), keys.born_key(span.last)
        return self._children(_BY_CARER_AND["born"], carers=carers, first=first, last=last)

    def by_carer_of(self, carers: Ids, named: Ids) -> set[int]:
        """The same, of children of one of these given names."""
        return self._children(_BY_CARER_AND["named"], carers=carers, named=named)

    def in_street(self, streets: Ids) -> set[int]:
        return self._children(_ON_STREET, streets=streets)

    def in_street_and(self, streets: Ids, **which: Ids) -> set[int]:
        """In this street, `named` or of the `family` so called."""
        (name, among), *_ = which.items()
        return self._children(_ON_STREET_AND[name], streets=streets, **{name: among})

    def homes(self, ids: Ids) -> dict[int, list[Lives]]:
        found: dict[int, list[Lives]] = {}
        for child_id, outward, whole, street in self._read(_HOMES, self.left, ids=ids):
            found.setdefault(child_id, []).append(Lives(Where(outward, whole), street))
        return found

    def _children(self, statement: Prepared, **given: Any) -> set[int]:
        return {row[0] for row in self._read(statement, MOST_AROUND, **given)}
