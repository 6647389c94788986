"""What of a child may be found by: read from the record, or handed over by a loader, and turned into index rows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import sealing
from cp.matching import keys
from cp.matching.facts import OtherName, Where
from cp.matching.names import fold
from cp.models.child import Child, ChildLocation, ChildName
from cp.rules import postcodes
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


class Rows(NamedTuple):
    """What is indexed: pairs (family, given) of folded names, and (outward, postcode, street) of blind keys."""

    names: list[tuple[str, str]]
    places: list[tuple[int, int, int]]


def rows_of(entry: Entry) -> Rows:
    """A shielded child is found by the current name, the birth date and the gender; by nothing that is hidden.

    Reg. 6(5), 6(6).
    """
    if entry.shielded:
        return Rows(keys.name_rows(entry.names), [])
    ring = sealing.ring()
    places = [place for home in entry.homes if (place := _place(home, ring))]
    return Rows(keys.name_rows(entry.names, entry.others), list(dict.fromkeys(places)))


@lru_cache(16384)
def _place(home: Home, ring: sealing.KeyRing) -> tuple[int, int, int] | None:
    postcode = postcodes.normalise(home.postcode)
    if postcode is None:
        return None
    outward = postcode.split()[0]
    street = fold(home.street.split(",")[-1])
    return (
        blind(ring, "outward", outward), blind(ring, "postcode", postcode), blind(ring, "street", f"{outward} {street}")
    )  # fmt: skip


@lru_cache(16384)
def blind(ring: sealing.KeyRing, kind: str, text: str) -> int:
    """32 bits of the HMAC: enough to find by. One postcode in 2,500 shares its key, none within one first half."""
    return int.from_bytes(ring.digest(f"find {kind}", text)[:4], "big", signed=True)


def where(postcode: str) -> Where | None:
    """A typed postcode, whole or its first half, as the blind keys that the index holds."""
    outward = postcodes.outward(postcode)
    if outward is None:
        return None
    ring, whole = sealing.ring(), postcodes.normalise(postcode)
    return Where(blind(ring, "outward", outward), blind(ring, "postcode", whole) if whole else None)


_CHILDREN = select(
    Child.id, Child.given_names, Child.family_name, Child.born_on, Child.gender, Child.shielded_at
).where(Child.state == RecordState.LIVE)


def read(session: Session, ids: Iterable[int], *, homes: bool = True) -> dict[int, Entry]:
    """The live ones among these children; what a shield hides is not even read. Without `homes`, no address is."""
    found = session.execute(_CHILDREN.where(Child.id.in_(list(ids)))).all()
    open_ids = [row.id for row in found if row.shielded_at is None]
    others, lived = _others(session, open_ids), _homes(session, open_ids if homes else [])
    return {
        row.id: Entry(
            row.id, (row.given_names, row.family_name), row.born_on, row.gender, row.shielded_at is not None,
            tuple(others[row.id]), tuple(lived[row.id]),
        )
        for row in found
    }  # fmt: skip


def _others(session: Session, ids: list[int]) -> dict[int, list[OtherName]]:
    others: dict[int, list[OtherName]] = defaultdict(list)
    query = select(ChildName.child_id, ChildName.kind, ChildName.given_names, ChildName.family_name)
    found = session.execute(query.where(ChildName.child_id.in_(ids)).order_by(ChildName.id)) if ids else ()
    for child_id, kind, given_names, family_name in found:
        others[child_id].append(OtherName(kind, given_names, family_name))
    return others


def _homes(session: Session, ids: list[int]) -> dict[int, list[Home]]:
    homes: dict[int, list[Home]] = defaultdict(list)
    for child_id, address in addresses(session, ids):
        homes[child_id].append(Home(address["postcode"], address["lines"][0] if address["lines"] else ""))
    return homes


_ADDRESSES = (
    select(ChildLocation.child_id, ChildLocation.uid, ChildLocation.address_sealed)
    .where(ChildLocation.state == AddressState.CURRENT, ChildLocation.address_sealed.is_not(None))
    .order_by(ChildLocation.id)
)


def addresses(session: Session, ids: list[int]) -> list[tuple[int, dict[str, str]]]:
    """The current addresses of these children, unsealed; only ever asked for children that are not shielded."""
    found = session.execute(_ADDRESSES.where(ChildLocation.child_id.in_(ids))).all() if ids else []
    return [(child_id, _unsealed(uid, sealed)) for child_id, uid, sealed in found if sealed]


def _unsealed(uid: UUID, sealed: bytes) -> dict[str, str]:
    address: dict[str, str] = sealing.ring().unseal(sealed, ChildLocation.__tablename__, "address", uid)
    return address
