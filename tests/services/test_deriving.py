"""A record derived again from what its sources say now."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import SourceVersion
from cp.models.carer import Carer, ChildCarer
from cp.models.child import ChildLocation, ChildName, OutsideNumber
from cp.rules.derive import Address, CarerSaid, OtherName
from cp.services import deriving, find
from cp.services.source_facts import facts, said
from cp.terms import AddressState, BestTime, LeaveKind, NameKind, NumberKind, Relationship, SourceKind
from tests import build
from tests.build import World
from tests.build_identities import derived, home, says

FARAH = CarerSaid("Farah Siddiqui", Relationship.MOTHER, True, True, ("+441614960163",), "farah@example.test",
                  BestTime.AFTER_FOUR)  # fmt: skip
LEFT = Address(AddressState.LEFT_AREA, from_on=date(2026, 6, 1), leave_kind=LeaveKind.RETURNING)
EVERYTHING: dict[str, Any] = {
    "names": (OtherName(NameKind.PREFERRED, "Ami", ""),), "addresses": (home("ZA4 7QD"),), "carers": (FARAH,),
    "numbers": ((NumberKind.UPN, "H999200001001"),),
}  # fmt: skip


def test_what_is_sealed_of_a_source_says_the_same_again(session: Session, world: World) -> None:
    child = build.child(session, world)
    told: tuple[dict[str, Any], ...] = (EVERYTHING, {"addresses": (LEFT,)}, {})
    for what in told:
        record = says(session, child, world.school, said_on=date(2026, 9, 7 + len(what)), **what)
        version = session.scalars(select(SourceVersion).where(SourceVersion.record_id == record.id)).one()

        again = said(version, SourceKind.SCHOOL)

        assert json.loads(json.dumps(facts(again))) == version.facts
        assert {name: getattr(again, name) for name in EVERYTHING} == dict.fromkeys(EVERYTHING, ()) | what


def test_every_fact_is_derived_from_the_sources(session: Session, world: World) -> None:
    child = build.child(session, world, given_names="", family_name="Unknown")
    says(session, child, world.school, given_names="Amira", family_name="Siddiqui", **EVERYTHING)

    assert deriving.derive(session, child.id) == set()

    names = session.execute(select(ChildName.kind, ChildName.given_names).where(ChildName.child_id == child.id)).all()
    place = session.scalars(select(ChildLocation).where(ChildLocation.child_id == child.id)).one()
    cared = session.scalars(select(ChildCarer).where(ChildCarer.child_id == child.id)).one()
    number = session.scalars(select(OutsideNumber).where(OutsideNumber.child_id == child.id)).one()
    assert (child.given_names, child.family_name, child.version) == ("Amira", "Siddiqui", 2)
    assert [tuple(name) for name in names] == [(NameKind.PREFERRED, "Ami")]
    assert place.address == {"lines": ["18 Tanner’s Row", "Hollin Bank"], "town": "Northvale", "postcode": "ZA4 7QD"}
    assert session.get_one(Carer, cared.carer_id).details == {
        "name": "Farah Siddiqui", "phones": ["+441614960163"], "email": "farah@example.test", "best_time": "after_four",
    }  # fmt: skip
    assert (number.value, cared.relationship, child.name_source_id) == (
        "H999200001001", Relationship.MOTHER, place.source_id,
    )  # fmt: skip
    assert list(find.check(session)) == []


def test_a_newer_version_takes_the_place_of_what_was_said_before(session: Session, world: World) -> None:
    child = derived(session, world, "ZA4 7QD")
    record = session.scalars(select(SourceVersion.record_id)).one()
    newer = SourceVersion(record_id=record, said_on=date(2026, 10, 1), given_names="Amira", family_name="Nowak",
                          born_on=child.born_on, gender=child.gender, facts={})  # fmt: skip
    build.add(session, newer)

    deriving.derive(session, child.id)

    assert (child.family_name, child.name_source_id) == ("Nowak", newer.id)
    assert session.scalars(select(ChildLocation)).all() == []
    assert list(find.check(session)) == []


def test_what_no_source_says_stays(session: Session, world: World) -> None:
    child = derived(session, world, "ZA4 7QD")
    build.address(session, child, "ZA1 2AB", "2 Weir Street")
    build.carer(session, child)

    deriving.derive(session, child.id)

    places = [one.address["postcode"] for one in session.scalars(select(ChildLocation).order_by(ChildLocation.id))]
    assert sorted(places) == ["ZA1 2AB", "ZA4 7QD"]
    assert len(session.scalars(select(Carer)).all()) == 1


def test_a_record_of_which_no_source_gives_a_name_stays_as_it_is(session: Session, world: World) -> None:
    child = build.child(session, world)
    source = build.source(session, child, world.school)
    build.address(session, child, source_id=source)

    assert deriving.derive(session, child.id) == {child.id}

    assert (child.given_names, child.version) == ("Amira", 1)
    assert len(session.scalars(select(ChildLocation)).all()) == 1
