"""Whoever brings an authority's schools in: the board, one school, whom to contact there, the log of contacts."""

from uuid import uuid4

from cp import clock
from cp.models import Organisation
from cp.services.implementation import steps
from cp.terms import NextStep
from tests import build, build_schools
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor

HERE = "/implementation"


def manager(visitor: Visitor) -> Organisation:
    """A school that nobody else has, whose next step is overdue. Ivy is at the browser."""
    world = visitor.site.directory.world
    with visitor.site.session() as session:
        school = build.organisation(session, world.authority, name=f"The Larches School {uuid4().hex[:6]}")
        jo = build_schools.contact(session, school, main=True)
        build_schools.made(session, school, world.ivy, contact_id=jo.id, next_on=build_schools.ago(3))
        build_schools.made(session, school, world.ivy, next_step=NextStep.CALL, taken_back_at=clock.now())
        steps.keep(session, school, **build_schools.answered(), next_on=build_schools.ago(3))
    visitor.become(world.ivy)
    return school


def shown(visitor: Visitor) -> Organisation:
    school = manager(visitor)
    visitor.go(f"{HERE}/schools/{school.uid}")
    return school


@state
def schools(visitor: Visitor) -> None:
    manager(visitor)
    visitor.go(f"{HERE}?step=means")
    sees(visitor, "3 days late", "Download as a spreadsheet")


@state
def schools_swapped(visitor: Visitor) -> None:
    schools(visitor)
    visitor.press("Nothing: live")
    sees(visitor, "No school waits for this.")


@state
def schools_narrowed(visitor: Visitor) -> None:
    manager(visitor)
    visitor.go(f"{HERE}?step=all&kind=primary_school&who=you&name=larch&sort=name")
    sees(visitor, "Only primary schools where you act, with “larch” in the name.")


@state
def school_shown(visitor: Visitor) -> None:
    shown(visitor)
    sees(visitor, "Main contact", "Taken back", "3 days late")


@state
def contact_at_school_wrong(visitor: Visitor) -> None:
    shown(visitor)
    visitor.press("Add a contact")
    visitor.press("Save")
    sees(visitor, "Enter a telephone number or an email address, or both")


@state
def school_contact_removed(visitor: Visitor) -> None:
    shown(visitor)
    visitor.press("Remove Jo Bell")
    sees(visitor, "Nobody will be the main contact")
    visitor.press("Remove")
    sees(visitor, "The contact is removed. The log names them still.")


@state
def school_log_wrong(visitor: Visitor) -> None:
    shown(visitor)
    visitor.press("Write down a contact")
    visitor.press("Save")
    sees(visitor, "Choose what came of it")


@state
def school_entry_taken_back(visitor: Visitor) -> None:
    shown(visitor)
    visitor.page.get_by_role("link", name="Take back").first.click()
    sees(visitor, "Take this entry back?")
    visitor.press("Take it back")
    sees(visitor, "It stays in the log as taken back.")
