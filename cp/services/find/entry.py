"""What of a child may be found by: read from the record, or handed over by a loader, and turned into index rows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import sealing
from cp.matching import keys
from cp.matching.facts import OtherName, Where
from cp.matching.family import carer_rows
from cp.models.child import Child, ChildLocation, ChildName
from cp.rules import postcodes, streets
from cp.services import reading
from cp.services.find.lists import one_of
from cp.services.find.prepared import Prepared
from cp.terms import AddressState, Gender, RecordState


class Home(NamedTuple):
    """A current address, as far as it can be found by. `street` is the line with the house number."""

    postcode: str
    street: str


class Entry(NamedTuple):
    """What is known of one child. What a shield hides may be in it: it does not come out in the rows."""

    child_id: int
    names: tuple[str, str]
    """Given names and family name."""
    born_on: date
    gender: Gender
    shielded: bool
    others: tuple[OtherName, ...] = ()
    homes: tuple[Home, ...] = ()
    carers: tuple[str, ...] = ()
    """The names of those who have responsibility or care now."""


class Rows(NamedTuple):
    """What is indexed: pairs (family, given) of folded names, and (outward, postcode, street) of blind keys.

    Of carers, a blind key of both names together.
    """

    names: list[tuple[str, str]]
    places: list[tuple[int, int, int]]
    carers: list[int]


def rows_of(entry: Entry, key: sealing.Key | None = None) -> Rows:
    """A shielded child is found by the current name, the birth date and the gender; by nothing that is hidden.

    Places and carers under the key that is in use, where no other is named. Reg. 6(5), 6(6).
    """
    if entry.shielded:
        return Rows(keys.name_rows(entry.names), [], [])
    key = key or sealing.ring().current
    places = [place for home in entry.homes if (place := _place(home, key))]
    carers = [carer for name in entry.carers for carer in _carer(name, key)]
    return Rows(keys.name_rows(entry.names, entry.others), list(dict.fromkeys(places)), list(dict.fromkeys(carers)))


@lru_cache(16384)
def _place(home: Home, key: sealing.Key) -> tuple[int, int, int] | None:
    postcode = postcodes.normalise(home.postcode)
    if postcode is None:
        return None
    outward = postcode.split()[0]
    return blind(key, "outward", outward), blind(key, "postcode", postcode), on_street(key, outward, home.street)


def on_street(key: sealing.Key, outward: str, line: str) -> int:
    """The blind key of the street that a line of an address names, within the first half of its postcode."""
    return blind(key, "street", f"{outward} {streets.street_of(line)}")


@lru_cache(16384)
def _carer(name: str, key: sealing.Key) -> tuple[int, ...]:
    return tuple(carer_key(key, family, given) for family, given in carer_rows(name))


def carer_key(key: sealing.Key, family: str, given: str) -> int:
    """Not remembered, as places are: a search makes some hundreds that nobody asks for again."""
    return _short(key.digest("find carer", f"{family} {given}"))


@lru_cache(16384)
def blind(key: sealing.Key, kind: str, text: str) -> int:
    """32 bits of the HMAC: enough to find by. One postcode in 2,500 shares its key, none within one first half."""
    return _short(key.digest(f"find {kind}", text))


def _short(digest: bytes) -> int:
    return int.from_bytes(digest[:4], "big", signed=True)


def where(postcode: str) -> tuple[Where, ...]:
    """A typed postcode, whole or its first half, as the blind keys that the index may hold it by: one for each key."""
    outward, whole = postcodes.outward(postcode), postcodes.normalise(postcode)
    if outward is None:
        return ()
    return tuple(
        Where(blind(key, "outward", outward), blind(key, "postcode", whole) if whole else None)
        for key in sealing.ring().current_first
    )


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
_CHILDREN = Prepared(
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
    .where(Child.state == RecordState.LIVE, one_of(Child.id, "ids"))
    .order_by(Child.id, ChildName.id, ChildLocation.id)
)  # fmt: skip


def read(session: Session, ids: Iterable[int]) -> dict[int, Known]:
    """The live ones among these children, in one statement; what a shield hides is not even read."""
    children: dict[int, tuple[Any, ...]] = {}
    others: dict[int, dict[int, OtherName]] = defaultdict(dict)
    sealed: dict[int, dict[int, tuple[UUID, bytes]]] = defaultdict(dict)
    reading.unshielded(session)
    for row in _CHILDREN.read(session.connection(), ids=list(ids)):
        child_id, name_id, location_id = row[0], row[6], row[10]
        children[child_id] = tuple(row[1:6])
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
