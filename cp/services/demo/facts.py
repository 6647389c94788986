"""What a source said, in three shapes: as the population has it, as the rule derives from it, as it is sealed."""

from typing import Any

from bench import shapes
from cp.rules import derive
from cp.terms import AddressState, BestTime, Gender, LeaveKind, NameKind, NumberKind, Relationship, SourceKind


def said(source: int, one: shapes.Said) -> derive.Said:
    return derive.Said(
        source,
        SourceKind(one.kind),
        one.said_on,
        one.given_names,
        one.family_name,
        one.born_on,
        Gender(one.gender),
        tuple(derive.OtherName(NameKind(name.kind), name.given_names, name.family_name) for name in one.names),
        tuple(_address(place) for place in one.locations),
        tuple(_carer(carer) for carer in one.carers),
        tuple((NumberKind(kind), value) for kind, value in one.numbers),
    )


def _address(place: shapes.Location) -> derive.Address:
    lines, town, postcode = place.address or ((), "", "")
    leave = LeaveKind(place.leave_kind) if place.leave_kind else None
    return derive.Address(AddressState(place.state), lines, town, postcode, place.from_on, place.until_on, leave)


def _carer(carer: shapes.Carer) -> derive.CarerSaid:
    return derive.CarerSaid(
        carer.name,
        Relationship(carer.relationship),
        carer.responsibility,
        carer.care,
        carer.phones,
        carer.email,
        BestTime(carer.best_time) if carer.best_time else None,
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
