"""What one version of a source says, as it is sealed and as the rule derives from it: each the other's way back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cp.models import SourceVersion
from cp.rules import derive
from cp.terms import AddressState, BestTime, Disputable, LeaveKind, NameKind, NumberKind, Relationship, SourceKind


def facts(one: derive.Said) -> dict[str, Any]:
    """What is sealed of a source's version, each thing by the names of its class; what is empty is left out."""
    besides = {"stay": [_text(one.stay.from_on), _text(one.stay.until_on)]} if one.stay else _finding_held(one.finding)
    return besides | {
        "names": [
            _held({"kind": name.kind, "given_names": name.given_names, "family_name": name.family_name})
            for name in one.names
        ],
        "addresses": [_address_held(address) for address in one.addresses],
        "carers": [_carer_held(carer) for carer in one.carers],
        "numbers": [{"kind": kind, "value": value} for kind, value in one.numbers],
    }


def said(version: SourceVersion, kind: SourceKind) -> derive.Said:
    """What a version that is kept says."""
    held: Mapping[str, Any] = version.facts or {}
    return derive.Said(
        version.id,
        kind,
        version.said_on,
        version.given_names,
        version.family_name,
        version.born_on,
        version.gender,
        tuple(_name(one) for one in held.get("names", ())),
        tuple(_address(one) for one in held.get("addresses", ())),
        tuple(_carer(one) for one in held.get("carers", ())),
        tuple((NumberKind(one["kind"]), one["value"]) for one in held.get("numbers", ())),
        derive.Stay(*map(_day, held["stay"])) if "stay" in held else None,
        _finding(held["finding"]) if "finding" in held else None,
    )


def _finding(one: Mapping[str, Any]) -> derive.Finding:
    right = one["right"]
    wrong = tuple(tuple(value) for value in one["wrong"])
    return derive.Finding(Disputable(one["fact"]), wrong, None if right is None else tuple(right))


def _name(one: Mapping[str, Any]) -> derive.OtherName:
    return derive.OtherName(NameKind(one["kind"]), one.get("given_names", ""), one.get("family_name", ""))


def _address(at: Mapping[str, Any]) -> derive.Address:
    return derive.Address(
        AddressState(at["state"]),
        tuple(at.get("lines", ())),
        at.get("town", ""),
        at.get("postcode", ""),
        _day(at.get("from_on")),
        _day(at.get("until_on")),
        LeaveKind(at["leave_kind"]) if "leave_kind" in at else None,
    )


def _carer(carer: Mapping[str, Any]) -> derive.CarerSaid:
    return derive.CarerSaid(
        carer["name"],
        Relationship(carer["relationship"]),
        carer["responsibility"],
        carer["care"],
        tuple(carer.get("phones", ())),
        carer.get("email"),
        BestTime(carer["best_time"]) if "best_time" in carer else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _address_held(at: derive.Address) -> dict[str, Any]:
    return _held({
        "state": at.state, "lines": at.lines, "town": at.town, "postcode": at.postcode,
        "from_on": _text(at.from_on), "until_on": _text(at.until_on),
        "leave_kind": at.leave_kind,
    })  # fmt: skip


def _carer_held(carer: derive.CarerSaid) -> dict[str, Any]:
    return _held({
        "name": carer.name, "relationship": carer.relationship, "responsibility": carer.responsibility,
        "care": carer.care, "phones": carer.phones, "email": carer.email, "best_time": carer.best_time,
    })  # fmt: skip


def _finding_held(one: derive.Finding | None) -> dict[str, Any]:
    return {"finding": {"fact": one.fact, "wrong": one.wrong, "right": one.right}} if one else {}


def _held(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value or value is False}
