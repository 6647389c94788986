"""When each authority and national partner begins, as it is read and as it is set; a school that came after another."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from cp import clock
from cp.models import Authority, Organisation
from cp.services.implementation import steps
from cp.terms import Means, Region
from tests import build, build_phases
from tests.browser.people import ago
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor

HERE = "/implementation/phases"
LONG = "Featherstonehaugh-upon-Weir and Old Vale Unitary"


def authority(visitor: Visitor, **days: Any) -> Authority:
    """One that nobody else has, in which nothing has begun but what is given; the administrator is at the browser."""
    with visitor.site.session() as session:
        made = build_phases.authority(session, f"{LONG} {uuid4().hex[:6]}", **days)
        build_phases.placed(made, Region.NORTH_WEST, 2)
    visitor.become(visitor.site.directory.world.ade)
    return made


def partner(visitor: Visitor) -> Organisation:
    with visitor.site.session() as session:
        made = build_phases.charity(session, visitor.site.directory.world, national_phase=1, access_from=ago(-30))
        made.name = f"Wayside Trust for Children and Families {uuid4().hex[:6]}"
    visitor.become(visitor.site.directory.world.ade)
    return made


@state
def phases_to_set(visitor: Visitor) -> None:
    made, after = authority(visitor, data_from=ago(40), shields_from=ago(-7)), partner(visitor)
    visitor.go(HERE)
    sees(visitor, made.name, after.name, "Data comes in", "Make a charity a national partner")


@state
def phases_to_read(visitor: Visitor) -> None:
    authority(visitor)
    visitor.become(visitor.site.directory.world.ivy)
    visitor.go(HERE)
    sees(visitor, "Nothing has begun", "No day is set for data")


@state
def phase_setting(visitor: Visitor) -> None:
    visitor.go(f"{HERE}/{authority(visitor, data_from=ago(40)).uid}")
    sees(visitor, "A day that has come stays.", "Practitioners begin after shields")


@state
def phase_set_wrongly(visitor: Visitor) -> None:
    phase_setting(visitor)
    visitor.page.get_by_label("Phase").fill("first")
    visitor.page.get_by_role("group", name="Practitioners").get_by_label("Day").fill("3")
    visitor.press("Save")
    sees(visitor, "There is a problem")


@state
def phase_set(visitor: Visitor) -> None:
    phase_setting(visitor)
    on = clock.today() + timedelta(days=30)
    group = visitor.page.get_by_role("group", name="Shields")
    for part, number in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        group.get_by_label(part).fill(str(number))
    visitor.press("Save")
    sees(visitor, "It is saved. The reviewers of the authority are told.")


@state
def phase_of_a_partner(visitor: Visitor) -> None:
    visitor.go(f"{HERE}/partners/{partner(visitor).uid}")
    sees(visitor, "begin on a day of their own", "Opens on its day")


def successor(visitor: Visitor, *before: str) -> Organisation:
    """A school to which the pupils of these went; the implementation manager is at the browser."""
    tag, world = uuid4().hex[:6], visitor.site.directory.world
    with visitor.site.session() as session:
        made = build.organisation(session, world.authority, name=f"Weirside School {tag}", email=None)
        for name in before:
            gone = build.organisation(session, world.authority, name=f"{name} {tag}", valid_to=ago(60),
                                      successor_id=made.id, email=f"office@{tag}.example.test")  # fmt: skip
            steps.keep(session, gone, contacted_on=ago(200), means=Means.TRANSFER_FILE, means_agreed_on=ago(100))
    visitor.become(world.ivy)
    return made


@state
def school_after_another(visitor: Visitor) -> None:
    visitor.go(f"/implementation/schools/{successor(visitor, 'Ashgrove Prep').uid}")
    sees(visitor, "Schools that closed before this one")


@state
def schools_before(visitor: Visitor) -> None:
    visitor.go(f"/implementation/schools/{successor(visitor, 'Ashgrove Prep', 'Fell End School').uid}")
    visitor.press("Schools that closed before this one")
    sees(visitor, "Nothing is taken over until you say so", "it uploads a Common Transfer File, agreed on")


@state
def schools_before_taken_over(visitor: Visitor) -> None:
    schools_before(visitor)
    visitor.page.get_by_role("button", name="Take over from Ashgrove Prep").click()
    sees(visitor, "It is taken over. Ask the school whether it is still right.", "There is nothing to take over.")


@state
def schools_before_none(visitor: Visitor) -> None:
    visitor.go(f"/implementation/schools/{successor(visitor).uid}/before")
    sees(visitor, "names no school whose pupils came here")
