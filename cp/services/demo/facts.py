"""What a source said, from the shape that the population has it in into the one that the rule derives from."""

from enum import StrEnum
from typing import TypeVar

from bench import shapes
from cp.rules import derive
from cp.terms import AddressState, BestTime, Gender, LeaveKind, NameKind, NumberKind, Relationship, SourceKind

Kind = TypeVar("Kind", bound=StrEnum)


def _words(kinds: type[Kind]) -> dict[str | None, Kind]:
    """Members by their words: looked up ten times a child, several times as fast as asking the class."""
    return {kind.value: kind for kind in kinds}


_SOURCE, _GENDER, _NAME, _STATE = _words(SourceKind), _words(Gender), _words(NameKind), _words(AddressState)
_RELATIONSHIP, _NUMBER, _TIME, _LEAVE = _words(Relationship), _words(NumberKind), _words(BestTime), _words(LeaveKind)


def said(source: int, one: shapes.Said, stay: derive.Stay | None) -> derive.Said:
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
        stay,
    )


def stays(child: shapes.Child) -> dict[int, derive.Stay]:
    """By organisation: that the child is there now, where that is nobody's own involvement."""
    here = (one for one in child.involvements if one.practitioner is None and one.ended_on is None)
    return {one.organisation: derive.Stay(one.started_on) for one in here}


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
