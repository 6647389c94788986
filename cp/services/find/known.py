"""The records that a search compares: what of a child may be found by, read in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cp import sealing
from cp.matching.facts import OtherName
from cp.matching.keys import born_key
from cp.models import SearchKey
from cp.models.child import Child, ChildLocation, ChildName
from cp.rules import postcodes
from cp.services import reading
from cp.services.find.entry import Entry, Home
from cp.services.find.lists import one_of, one_read
from cp.services.find.prepared import Prepared
from cp.services.find.probes import GIVEN_TOO, MOST_LIKE, Hashes, like
from cp.terms import AddressState, RecordState


class Known(NamedTuple):
    """A child as it was read: the addresses still sealed, for a search compares many and shows few."""

    entry: Entry
    sealed: tuple[tuple[UUID, bytes], ...]

    def addresses(self) -> list[dict[str, Any]]:
        """The current addresses, unsealed; none of a shielded child, whose addresses were not read."""
        ring = sealing.ring()
        return [ring.unseal(sealed, ChildLocation.__tablename__, "address", uid) for uid, sealed in self.sealed]

    def outward(self) -> str | None:
        """The first half of the postcode of now; None for a shielded child, as for one with no known address."""
        return next((postcodes.outward(address["postcode"]) for address in self.addresses()), None)

    def whole(self, carers: tuple[str, ...] = ()) -> Entry:
        """With the addresses, and these carers, that the child may be found by."""
        homes = (Home(address["postcode"], (address["lines"] or [""])[0]) for address in self.addresses())
        return self.entry._replace(homes=tuple(homes), carers=carers)


_OPEN = Child.shielded_at.is_(None)
_RECORDS = (
    select(
        Child.id, Child.given_names, Child.family_name, Child.born_on, Child.gender, Child.shielded_at,
        ChildName.id, ChildName.kind, ChildName.given_names, ChildName.family_name,
        ChildLocation.id, ChildLocation.uid, ChildLocation.address_sealed,
    )
    .outerjoin(ChildName, (ChildName.child_id == Child.id) & _OPEN)
    .outerjoin(
        ChildLocation,
        (ChildLocation.child_id == Child.id) & _OPEN & (ChildLocation.state == AddressState.CURRENT),
    )
    .where(Child.state == RecordState.LIVE)
    .order_by(Child.id, ChildName.id, ChildLocation.id)
)  # fmt: skip
_BY_IDS = Prepared(_RECORDS.where(one_of(Child.id, "ids")))
_LIKE_BOTH = like(SearchKey.family_id, "family"), like(GIVEN_TOO, "given")
_BORN_AND_NAMED = Prepared(
    _RECORDS.where(
        one_read(
            Child.id,
            select(SearchKey.child_id)
            .where(one_of(SearchKey.born, "days"), like(SearchKey.family_id, "family"), like(GIVEN_TOO, "given"))
            .distinct()
            .limit(bindparam("most")),
        )
    )
)
MOST_AT_ONCE = 24
"""Children from whose names one statement goes on to their records: of more, those that matter are chosen first."""


def read(session: Session, ids: Iterable[int]) -> dict[int, Known]:
    """The live ones among these children, in one statement; what a shield hides is not even read."""
    reading.unshielded(session)
    return _known(_BY_IDS.read(session.connection(), ids=list(ids)))


def born_and_named(session: Session, days: Iterable[date], family: Hashes, given: Hashes) -> dict[int, Known]:
    """The same of those born on these days with both names under these hashes; nobody where there may be more."""
    reading.unshielded(session)
    born = [born_key(day) for day in days]
    rows = _BORN_AND_NAMED.read(
        session.connection(), days=born, family=family, given=given, like=MOST_LIKE, most=MOST_AT_ONCE
    )
    known = _known(rows)
    return known if len(known) < MOST_AT_ONCE else {}


def _known(rows: Iterable[Sequence[Any]]) -> dict[int, Known]:
    children: dict[int, Sequence[Any]] = {}
    others: dict[int, dict[int, OtherName]] = defaultdict(dict)
    sealed: dict[int, dict[int, tuple[UUID, bytes]]] = defaultdict(dict)
    for row in rows:
        child_id, name_id, location_id = row[0], row[6], row[10]
        children[child_id] = row[1:6]
        if name_id is not None:
            others[child_id][name_id] = OtherName(*row[7:10])
        if location_id is not None and row[12]:
            sealed[child_id][location_id] = row[11], row[12]
    return {
        child_id: Known(
            Entry(
                child_id, (given, family), born_on, gender, shielded_at is not None, tuple(others[child_id].values())
            ),
            tuple(sealed[child_id].values()),
        )
        for child_id, (given, family, born_on, gender, shielded_at) in children.items()
    }
