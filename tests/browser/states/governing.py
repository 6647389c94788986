"""Agreements and accreditation of a school, what ends, the partners; an authority renewed; a region."""

from datetime import timedelta
from uuid import uuid4

from cp import clock
from cp.models import Agreement, Authority, Organisation
from cp.services.implementation import accrediting, steps
from cp.terms import Region
from tests import build, build_governance
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build_governance import EVERYTHING, NO_PROCEDURE
from tests.web import actor_of


def school(visitor: Visitor) -> Organisation:
    """That nobody else has; the implementation manager is at the browser."""
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        one = build.organisation(session, world.authority, name=f"Weirside School {uuid4().hex[:6]}")
    visitor.become(world.ivy)
    return one


def at(visitor: Visitor, path: str) -> Organisation:
    one = school(visitor)
    visitor.go(f"/implementation/schools/{one.uid}/{path}")
    return one


def answered(visitor: Visitor, complete: bool) -> None:
    one = school(visitor)
    with visitor.site.session() as session:
        ivy = actor_of(session, visitor.site.directory.world.ivy)  # which ends her session at the browser
        by_on = None if complete else clock.today() + timedelta(days=30)
        accrediting.answer(session, ivy, one.uid, EVERYTHING if complete else NO_PROCEDURE, by_on)
    visitor.become(visitor.site.directory.world.ivy)
    visitor.go(f"/implementation/schools/{one.uid}/accreditation")


@state
def no_agreement(visitor: Visitor) -> None:
    at(visitor, "agreement")
    sees(visitor, "No agreement is signed")


@state
def agreement_text(visitor: Visitor) -> None:
    at(visitor, "agreement/text")
    sees(visitor, "Version 1 of this text")


@state
def agreement_recording(visitor: Visitor) -> None:
    at(visitor, "agreement/new")
    sees(visitor, "On which day was it signed?")


@state
def agreement_recorded_wrongly(visitor: Visitor) -> None:
    agreement_recording(visitor)
    visitor.press("Record the agreement")
    sees(visitor, "Enter who signed for the organisation", "Enter the day it was signed")


@state
def agreements_shown(visitor: Visitor) -> Agreement:
    one = school(visitor)
    with visitor.site.session() as session:
        signed = build_governance.agreement(session, visitor.site.directory.world, one)
    visitor.go(f"/implementation/schools/{one.uid}/agreement")
    sees(visitor, "Take this agreement back")
    return signed


@state
def agreement_taking_back(visitor: Visitor) -> None:
    signed: Agreement = agreements_shown(visitor)  # type: ignore[assignment]
    visitor.go(f"/implementation/agreements/{signed.uid}/take-back")
    sees(visitor, "What is wrong with it?")


@state
def agreement_taken_back(visitor: Visitor) -> None:
    agreement_taking_back(visitor)
    visitor.page.get_by_label("It is another organisation’s").check()
    visitor.press("Take it back")
    sees(visitor, "The agreement is taken back.", "Does not count")


@state
def agreements_ending(visitor: Visitor) -> None:
    one = school(visitor)
    with visitor.site.session() as session:
        signed = {"ends_on": clock.today() + timedelta(days=20)}
        build_governance.agreement(session, visitor.site.directory.world, one, **signed)
    visitor.go("/implementation/agreements")
    sees(visitor, "within 60 days", "Who signed an older text")


@state
def partners(visitor: Visitor) -> None:
    agreements_shown(visitor)
    visitor.go("/implementation/agreements/partners")
    sees(visitor, "an agreement in date on")


@state
def older_text(visitor: Visitor) -> None:
    one = school(visitor)
    with visitor.site.session() as session:
        build_governance.agreement(session, visitor.site.directory.world, one, version=0)
    visitor.go("/implementation/agreements/older")
    sees(visitor, "The newest text is version 1", one.name)


@state
def accreditation_answering(visitor: Visitor) -> None:
    at(visitor, "accreditation/answers")
    sees(visitor, "Does its disciplinary procedure cover misuse")


@state
def accreditation_answered_wrongly(visitor: Visitor) -> None:
    accreditation_answering(visitor)
    visitor.press("Record the answers")
    sees(visitor, "Choose who checks its devices and screens")


@state
def accreditation_complete(visitor: Visitor) -> None:
    answered(visitor, complete=True)
    sees(visitor, "What do you decide?")


@state
def accreditation_incomplete(visitor: Visitor) -> None:
    answered(visitor, complete=False)
    sees(visitor, "What is missing", "A disciplinary procedure that covers misuse")


@state
def accreditation_decided(visitor: Visitor) -> None:
    accreditation_complete(visitor)
    visitor.page.get_by_label("2 years").check()
    visitor.press("Decide")
    sees(visitor, "It is accredited.", "What was decided")


@state
def accreditation_withdrawing(visitor: Visitor) -> None:
    at(visitor, "accreditation/withdraw")
    sees(visitor, "Why is the accreditation withdrawn?")


@state
def accreditation_withdrawn(visitor: Visitor) -> None:
    accreditation_withdrawing(visitor)
    visitor.page.get_by_label("Misuse was found").check()
    visitor.press("Withdraw it at once")
    sees(visitor, "The accreditation is withdrawn.", "Nobody there can find a child. It can still send its data.")


def council(visitor: Visitor) -> Organisation:
    """Another authority's own organisation; the national administrator is at the browser."""
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        there = build_governance.authority(session, f"Southvale {uuid4().hex[:6]}", None)
        one = build.organisation(session, there, name=there.name, body_kind=world.council.body_kind)
    visitor.become(world.ade)
    return one


@state
def authorities(visitor: Visitor) -> None:
    one = council(visitor)
    visitor.go("/authorities")
    sees(visitor, one.name, "Accredited until")


@state
def authority_renewing(visitor: Visitor) -> None:
    visitor.go(f"/authorities/{council(visitor).uid}")
    sees(visitor, "For how long is it accredited from today?")


@state
def authority_of_ones_own(visitor: Visitor) -> None:
    council(visitor)
    visitor.go(f"/authorities/{visitor.site.directory.world.council.uid}")
    sees(visitor, "another national administrator renews it")


@state
def authority_withdrawing(visitor: Visitor) -> None:
    visitor.go(f"/authorities/{council(visitor).uid}/withdraw")
    sees(visitor, "its management team included")


def in_region(visitor: Visitor, region: Region | None) -> None:
    """The co-ordinator is at the browser."""
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        session.get_one(Authority, world.authority.id).region = region
        build_governance.authority(session, f"Eastvale {uuid4().hex[:6]}", region)
        steps.keep(session, session.get_one(Organisation, world.practice.id), contacted_on=clock.today())
    visitor.become(visitor.site.directory.world.gil)


@state
def region(visitor: Visitor) -> None:
    in_region(visitor, Region.NORTH_WEST)
    visitor.go("/implementation/region")
    sees(visitor, "Authorities of the North West", "What their organisations wait for")


@state
def region_by_kind(visitor: Visitor) -> None:
    in_region(visitor, Region.NORTH_WEST)
    visitor.go("/implementation/region")
    visitor.press("Northvale Council")
    sees(visitor, "All kinds", "GP practices")


@state
def region_unknown(visitor: Visitor) -> None:
    in_region(visitor, None)
    visitor.go("/implementation/region")
    sees(visitor, "An authority without a region is nobody’s")
