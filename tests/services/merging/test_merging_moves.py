"""What goes along when two records are joined: nothing is lost, and nothing is there twice."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Involvement
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.models.sensitive import SensitiveInvolvement
from cp.rules.access import Actor
from cp.rules.derive import CarerSaid
from cp.services import blinding, deriving, find, involved
from cp.services.children import open_record
from cp.services.merging import deciding
from cp.terms import (
    NumberKind,
    Relationship,
    SourceKind,
)  # fmt: skip
from tests import build
from tests.build import World
from tests.build_contact import asked
from tests.build_identities import home, says, sensitive_entry
from tests.web import actor_of

TODAY = date(2026, 11, 23)


def test_the_facts_are_derived_from_the_sources_of_both(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    carer = CarerSaid("Farah Siddiqui", Relationship.MOTHER, True, True, ("+441614960163",))
    says(session, gone, world.council, SourceKind.AUTHORITY, addresses=(home("ZA3 3CD"),), carers=(carer,),
         numbers=((NumberKind.UPN, "H999200001001"),), family_name="Siddiqui-Khan")  # fmt: skip
    deriving.derive(session, gone.id)
    gone.family_name = "Siddiqui"
    session.flush()

    deciding.join(session, max_, kept.uid, gone.uid)

    found = open_record(session, max_, kept.uid)
    assert (found.name, [one.address.postcode for one in found.addresses]) == ("Amira Siddiqui-Khan", ["ZA3 3CD"])
    assert [one.name for one in found.carers] == ["Farah Siddiqui"]
    assert [one.value for one in found.numbers] == ["H999200001001"]
    assert [one.name for one in found.names] == ["Amira Siddiqui"]
    assert list(find.check(session)) == []


def test_what_no_source_says_goes_along(session: Session, world: World, max_: Actor, pair: tuple[Child, Child]) -> None:
    kept, gone = pair
    build.other_name(session, gone)
    build.address(session, gone, "ZA9 9ZZ")
    build.carer(session, gone)
    build.outside_number(session, gone)

    deciding.join(session, max_, kept.uid, gone.uid)

    found = open_record(session, max_, kept.uid)
    assert "ZA9 9ZZ" in {one.address.postcode for one in found.addresses}
    assert ([one.name for one in found.names], len(found.carers), len(found.numbers)) == (["Nowak"], 1, 1)
    for model in (ChildName, ChildLocation, OutsideNumber):
        assert session.scalars(select(model).where(model.child_id == gone.id)).all() == []


def test_nobody_runs_twice_one_leads_and_nobody_is_lost(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    sam, nia = world.sam.practitioner, world.nia.practitioner
    assert sam is not None
    assert nia is not None
    grace = build.practitioner(session, world.council)
    build.involvement(session, kept, sam, lead=True, started_on=date(2026, 9, 1))
    build.involvement(session, gone, sam, assessment=True, started_on=date(2026, 5, 1), confirmed_on=date(2026, 8, 1))
    build.involvement(session, gone, nia, lead=True)
    build.involvement(session, gone, grace, ended_on=date(2026, 10, 1))
    for child in pair:
        build.involvement(session, child, world.school)

    deciding.join(session, max_, kept.uid, gone.uid)

    query = select(Involvement).where(Involvement.child_id == kept.id).order_by(Involvement.id)
    worked = {(one.practitioner_id, one.organisation_id): one for one in session.scalars(query)}
    assert list(worked) == [
        (sam.id, world.school.id), (nia.id, world.health.id), (grace.id, world.council.id), (None, world.school.id),
    ]  # fmt: skip
    his, hers = worked[sam.id, world.school.id], worked[nia.id, world.health.id]
    assert (his.started_on, his.confirmed_on, his.lead, his.assessment) == (
        date(2026, 5, 1), date(2026, 8, 1), True, True,
    )  # fmt: skip
    assert (hers.lead, hers.lead_passed_to_id, hers.lead_passed_on) == (False, sam.id, TODAY)
    (told,) = involved.mine(session, actor_of(session, world.nia))
    assert (told.child_uid, told.led_now_by) == (kept.uid, "Sam Okafor")
    assert [one.child_uid for one in involved.mine(session, actor_of(session, world.sam))] == [kept.uid]


def test_the_lead_of_the_record_that_goes_leads_where_nobody_did(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    assert world.nia.practitioner is not None
    build.involvement(session, gone, world.nia.practitioner, lead=True)

    deciding.join(session, max_, kept.uid, gone.uid)

    found = open_record(session, max_, kept.uid)
    assert found.lead is not None
    assert found.lead.name == "Nia Pritchard"


def test_what_sensitive_services_recorded_and_what_was_asked_for_goes_along(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    entry = sensitive_entry(session, gone.uid)
    request = asked(session, world.sam, gone)

    deciding.join(session, max_, kept.uid, gone.uid)

    session.expire_all()
    assert (entry.child_key, entry.entry["child"]) == (blinding.of_child(kept.uid)[0], str(kept.uid))
    assert request.child_id == kept.id
    assert str(kept.uid).encode() not in session.scalars(select(SensitiveInvolvement.entry_sealed)).one()
