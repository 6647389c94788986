"""What of a child may be found by: read from the record, or handed over by a loader, and turned into index rows."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from cp import sealing
from cp.matching import keys
from cp.matching.facts import OtherName, Where
from cp.matching.family import carer_rows
from cp.rules import postcodes, streets
from cp.terms import Gender


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
