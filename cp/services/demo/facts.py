"""What a source said, in three shapes: as the population has it, as the rule derives from it, as it is sealed."""

from enum import StrEnum
from typing import Any, TypeVar

from bench import shapes
from cp.rules import derive
from cp.terms import AddressState, BestTime, Gender, LeaveKind, NameKind, NumberKind, Relationship, SourceKind

Kind = TypeVar("Kind", bound=StrEnum)


def _words(kinds: type[Kind]) -> dict[str | None, Kind]:
    """Members by their words: looked up ten times a child, several times as fast as asking the class."""
    return {kind.value: kind for kind in kinds}


_SOURCE, _GENDER, _NAME, _STATE = _words(SourceKind), _words(Gender), _words(NameKind), _words(AddressState)
_RELATIONSHIP, _NUMBER, _TIME, _LEAVE = _words(Relationship), _words(NumberKind), _words(BestTime), _words(LeaveKind)


def said(source: int, one: shapes.Said) -> derive.Said:
    return derive.Said(
        source,
        _SOURCE[one.kind],
        one.said_on,
        one.given_names,
        one.family_name,
        one.born_on,
        _GENDER[one.gender],
        tuple(derive.OtherName(_NAME[name.kind], name.given_names, name.family_name) for name in one.names),
        tuple(_address(place) for place in one.locations),
        tuple(_carer(carer) for carer in one.carers),
        tuple((_NUMBER[kind], value) for kind, value in one.numbers),
    )


def _address(place: shapes.Location) -> derive.Address:
    lines, town, postcode = place.address or ((), "", "")
    return derive.Address(
        _STATE[place.state], lines, town, postcode, place.from_on, place.until_on, _LEAVE.get(place.leave_kind)
    )


def _carer(carer: shapes.Carer) -> derive.CarerSaid:
    return derive.CarerSaid(
        carer.name,
        _RELATIONSHIP[carer.relationship],
        carer.responsibility,
        carer.care,
        carer.phones,
        carer.email,
        _TIME.get(carer.best_time),
    )


def facts(one: derive.Said) -> dict[str, list[dict[str, Any]]]:
    """What is sealed of a source's version, each thing by the names of its class; what is empty is left out."""
    return {
        "names": [
            _held({"kind": name.kind, "given_names": name.given_names, "family_name": name.family_name})
            for name in one.names
        ],
        "addresses": [_address_held(address) for address in one.addresses],
        "carers": [_carer_held(carer) for carer in one.carers],
        "numbers": [{"kind": kind, "value": value} for kind, value in one.numbers],
    }


def _address_held(at: derive.Address) -> dict[str, Any]:
    return _held({
        "state": at.state, "lines": at.lines, "town": at.town, "postcode": at.postcode,
        "from_on": at.from_on and at.from_on.isoformat(), "until_on": at.until_on and at.until_on.isoformat(),
        "leave_kind": at.leave_kind,
    })  # fmt: skip


def _carer_held(carer: derive.CarerSaid) -> dict[str, Any]:
    return _held({
        "name": carer.name, "relationship": carer.relationship, "responsibility": carer.responsibility,
        "care": carer.care, "phones": carer.phones, "email": carer.email, "best_time": carer.best_time,
    })  # fmt: skip


def _held(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value or value is False}
