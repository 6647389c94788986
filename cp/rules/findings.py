"""What a record says once what was found of its disputed facts is heard."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from cp.rules.derive import Address, CarerSaid, Derived, Finding, Said, Stay, Value
from cp.terms import AddressState, Disputable, Gender

Found: TypeAlias = Sequence[tuple[int, Finding]]
"""Each finding with the source that it is the word of, the oldest first."""
_Read: TypeAlias = Mapping[tuple[Disputable, Value], tuple[int, Value | None]]


def findings_of(said: Sequence[Said]) -> list[tuple[int, Finding]]:
    """The findings among what is said of a child, the oldest first.

    Policy: the supply issue.
    """
    ordered = sorted(said, key=lambda one: (one.said_on, one.source))
    return [(one.source, one.finding) for one in ordered if one.finding is not None]


def values_of(said: Said) -> dict[Disputable, tuple[Value, ...]]:
    """What one source says of each fact that can be disputed; of addresses and carers each by itself.

    A school or a practice is known by who says that the child is there, not by what is said.

    Policy: the supply issue.
    """
    return {
        Disputable.NAME: () if said.given_names is None else ((said.given_names, said.family_name or ""),),
        Disputable.BORN_ON: () if said.born_on is None else ((said.born_on.isoformat(),),),
        Disputable.GENDER: () if said.gender is None else ((said.gender.value,),),
        Disputable.ADDRESS: tuple(address_value(one) for one in said.addresses),
        Disputable.CARER: tuple(carer_value(one.name, one.phones) for one in said.carers),
    }


def address_value(at: Address) -> Value:
    """By what an address is the same: town, postcode, lines; a statement that there is none by its kind.

    Policy: the supply issue. When somebody moved in, or that it is the last known one, makes no other address of it.
    """
    return (at.town, at.postcode, *at.lines) if at.lines or at.postcode else (at.state.value,)


def carer_value(name: str, phones: Sequence[str]) -> Value:
    """By what a carer and how to reach them is the same: the name and the telephone numbers.

    Policy: the supply issue. Another email address does not bring a wrong number back.
    """
    return (name, *phones)


def is_there(found: Found, organisation_id: int, stay: Stay) -> bool:
    """Whether a child is with a school or practice as that says itself; not where the same stay was found wrong.

    Policy: the supply issue. Another first day is another stay.
    """
    said = stay_value(organisation_id, stay)
    wrong = {value for _, one in found for value in one.wrong if one.fact in (Disputable.SCHOOL, Disputable.GP)}
    return said not in wrong


def stay_value(organisation_id: int, stay: Stay) -> Value:
    """By what a stay is the same: with whom, and since when as far as that is said.

    Policy: the supply issue.
    """
    return (str(organisation_id), stay.from_on.isoformat() if stay.from_on else "")


def settle(record: Derived, found: Found) -> Derived:
    """Wherever the record would say what was found wrong, it says what was found right, by the word of who found it.

    Whichever source says the wrong value, and however often: the next file does not bring it back. A value that nobody
    had found wrong is shown, as ever: lives change, and a source that was told puts itself right. Of two findings the
    newer holds. Where nobody knows what is right, the value is gone; a name and a date of birth are always known.

    Policy: the supply issue; Hansard 5 November 2008, for correcting.
    """
    read = _read(found)
    if not read:
        return record
    addresses, carers = _addresses(record, read), _carers(record, read)
    return replace(_named(_born(record, read), read), addresses=addresses, carers=carers)


def _read(found: Found) -> _Read:
    """What is to be read in the place of each value that was found wrong."""
    read: dict[tuple[Disputable, Value], tuple[int, Value | None]] = {}
    for source, one in found:
        for before, (_, right) in read.items():
            if before[0] is one.fact and right in one.wrong:
                read[before] = source, one.right
        read |= {(one.fact, wrong): (source, one.right) for wrong in one.wrong}
        read.pop((one.fact, one.right or ()), None)
    return read


def _named(record: Derived, read: _Read) -> Derived:
    source, right = read.get((Disputable.NAME, (record.given_names, record.family_name)), (0, None))
    if right is None:
        return record
    given, family = right
    others = tuple(one for one in record.names if (one[0].given_names, one[0].family_name) != right)
    return replace(record, given_names=given, family_name=family, name_source=source, names=others)


def _born(record: Derived, read: _Read) -> Derived:
    gender = (Disputable.GENDER, (record.gender.value,))
    if gender in read:
        right = read[gender][1]
        record = replace(record, gender=Gender(right[0]) if right else Gender.NOT_SPECIFIED)
    source, right = read.get((Disputable.BORN_ON, (record.born_on.isoformat(),)), (0, None))
    return replace(record, born_on=date.fromisoformat(right[0]), born_source=source) if right else record


def _addresses(record: Derived, read: _Read) -> tuple[tuple[Address, int], ...]:
    """Each once; that none is known, where all that was known is wrong."""
    kept: dict[Value, tuple[Address, int]] = {}
    gone = 0
    for at, source in record.addresses:
        by, right = read.get((Disputable.ADDRESS, address_value(at)), (source, address_value(at)))
        if right is None:
            gone = by
        elif right == address_value(at):
            kept.setdefault(right, (at, source))
        else:
            kept.setdefault(right, (_address(at, right), by))
    return tuple(kept.values()) or (((Address(AddressState.NONE_KNOWN), gone),) if gone else ())


def _address(instead_of: Address, right: Value) -> Address:
    state = instead_of.state if instead_of.lines else AddressState.CURRENT
    town, postcode, *lines = right
    return Address(state, tuple(lines), town, postcode, until_on=instead_of.until_on)


def _carers(record: Derived, read: _Read) -> tuple[tuple[CarerSaid, int], ...]:
    kept = []
    for carer, source in record.carers:
        value = carer_value(carer.name, carer.phones)
        by, right = read.get((Disputable.CARER, value), (source, value))
        if right is not None:
            name, *phones = right
            kept.append((carer if right == value else replace(carer, name=name, phones=tuple(phones)), by))
    return tuple(kept)
