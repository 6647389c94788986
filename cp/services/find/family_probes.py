"""What a search by a carer or an address reads of the index: equality probes on blind keys, each for so many rows."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select

from cp.matching import keys
from cp.matching.births import Span
from cp.matching.facts import Where
from cp.models import SearchCarer, SearchKey, SearchPlace
from cp.services.find.lists import one_of
from cp.services.find.probes import Ids, Probes, Statement

MOST_AROUND = 200
"""Children by one carer's name, or in one street: of more, others of the facts must choose."""

_CARERS = select(SearchCarer.child_id, SearchCarer.family_key, SearchCarer.given_key).limit(bindparam("most"))
_BY_CARER = _CARERS.where(one_of(SearchCarer.family_key, "family"), one_of(SearchCarer.given_key, "given"))
_PLACED, _BORNE = SearchPlace.child_id == SearchCarer.child_id, SearchKey.child_id == SearchCarer.child_id
_BY_CARER_AND: dict[str, Statement] = {
    "outward": _BY_CARER.where(exists().where(_PLACED, one_of(SearchPlace.outward_key, "outward"))),
    "born": _BY_CARER.where(exists().where(_BORNE, SearchKey.born.between(bindparam("first"), bindparam("last")))),
    "named": _BY_CARER.where(exists().where(_BORNE, one_of(SearchKey.given_id, "named"))),
}
_OF_CHILDREN = _CARERS.where(one_of(SearchCarer.child_id, "ids"))

_ON_STREET = select(SearchPlace.child_id).where(one_of(SearchPlace.street_key, "streets")).limit(bindparam("most"))
_IN_HOMES = _ON_STREET.where(SearchPlace.variant == 0)
_ON_STREET_AND: dict[str, Statement] = {
    "named": _ON_STREET.where(one_of(SearchPlace.given_id, "named")),
    "family": _ON_STREET.where(one_of(SearchPlace.family_id, "family")),
    "cared": _IN_HOMES.where(
        exists().where(SearchCarer.child_id == SearchPlace.child_id, one_of(SearchCarer.family_key, "cared"))
    ),
}
_HOMES = (
    select(SearchPlace.child_id, SearchPlace.outward_key, SearchPlace.postcode_key, SearchPlace.street_key)
    .where(one_of(SearchPlace.child_id, "ids"), SearchPlace.variant == 0)
    .limit(bindparam("most"))
)


class CaredFor(NamedTuple):
    """A child under one form of a carer's name, as blind keys."""

    child_id: int
    family: int
    given: int


class Lives(NamedTuple):
    """A home of a child, as blind keys."""

    where: Where
    street: int


class FamilyProbes(Probes):
    """The probes of one search by a carer or an address. `Probes` counts what they read together."""

    def by_carer(self, family: Ids, given: Ids) -> list[CaredFor]:
        """Of a carer with one of these family names and one of these given names."""
        return self._cared_for(_BY_CARER, MOST_AROUND, family=list(family), given=list(given))

    def by_carer_at(self, family: Ids, given: Ids, outward: Ids) -> list[CaredFor]:
        """The same, with a home in this half of a postcode."""
        among = {"family": list(family), "given": list(given)}
        return self._cared_for(_BY_CARER_AND["outward"], MOST_AROUND, **among, outward=list(outward))

    def by_carer_born(self, family: Ids, given: Ids, span: Span) -> list[CaredFor]:
        """The same, of children born in this time."""
        among = {"family": list(family), "given": list(given)}
        first, last = keys.born_key(span.first), keys.born_key(span.last)
        return self._cared_for(_BY_CARER_AND["born"], MOST_AROUND, **among, first=first, last=last)

    def by_carer_of(self, family: Ids, given: Ids, named: Ids) -> list[CaredFor]:
        """The same, of children of one of these given names."""
        among = {"family": list(family), "given": list(given)}
        return self._cared_for(_BY_CARER_AND["named"], MOST_AROUND, **among, named=list(named))

    def carers_of(self, ids: Ids) -> list[CaredFor]:
        return self._cared_for(_OF_CHILDREN, self.left, ids=list(ids))

    def in_street(self, streets: Ids) -> set[int]:
        return self._children(_IN_HOMES, streets=list(streets))

    def in_street_and(self, streets: Ids, **which: Ids) -> set[int]:
        """In this street, `named` or of the `family` so called, or `cared` for by somebody of such a family name."""
        (name, among), *_ = which.items()
        return self._children(_ON_STREET_AND[name], streets=list(streets), **{name: list(among)})

    def homes(self, ids: Ids) -> dict[int, list[Lives]]:
        found: dict[int, list[Lives]] = {}
        for child_id, outward, whole, street in self._read(_HOMES, self.left, ids=list(ids)):
            found.setdefault(child_id, []).append(Lives(Where(outward, whole), street))
        return found

    def _cared_for(self, statement: Statement, most: int, **given: object) -> list[CaredFor]:
        return [CaredFor(*row) for row in self._read(statement, most, **given)]

    def _children(self, statement: Statement, **given: Collection[int]) -> set[int]:
        return {row[0] for row in self._read(statement, MOST_AROUND, **given)}
