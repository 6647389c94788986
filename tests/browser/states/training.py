"""People named by a school, training sessions, needs, clusters; and the practice tasks of somebody who joins."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from cp import clock
from cp.models import Cluster
from cp.services.implementation import workforce
from cp.terms import Role
from tests import build, build_training
from tests.browser.people import ago
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build import Person

LONG = "Oluwaseun-Alexandra Featherstonehaugh"


def somebody(visitor: Visitor, role: Role, **given: Any) -> Person:
    """Of the council, and nobody else's; at the browser."""
    in_date: dict[str, Any] = {"kept_on": clock.today(), "last_used_on": clock.today(), "check_issued_on": ago(400),
               "trained_on": ago(300)} | given  # fmt: skip
    with visitor.site.session() as session:
        made = build.person(session, visitor.site.directory.world.council, "Imo Hale", f"imo.{uuid4().hex[:6]}", role,
                            **in_date)  # fmt: skip
    visitor.become(made)
    return made


def school(visitor: Visitor) -> UUID:
    """One that names four people, the first of whom has a place and the second waits; the manager is at the browser."""
    world = visitor.site.directory.world
    with visitor.site.session() as session:
        held = build.organisation(session, world.authority, name=f"Weirside School {uuid4().hex[:6]}")
        first, second, _, _ = (
            build_training.named(session, held, name, email=f"{uuid4().hex[:6]}@example.test", post=post)
            for name, post in ((LONG, "head"), ("Bryn Castle", "head"), ("Cai Dunne", None), ("Dee Vale", "head"))
        )
        workforce.set_counts(session, held, {"head": 1, "head_of_year": 7})
        sooner = clock.today() + timedelta(days=9)
        build_training.held(session, world, first, second, held_on=sooner, places=1)
        uid = held.uid
    somebody(visitor, Role.IMPLEMENTATION_MANAGER)
    return uid


def past(visitor: Visitor) -> UUID:
    """A session of last week, with two people."""
    world = visitor.site.directory.world
    with visitor.site.session() as session:
        held = build.organisation(session, world.authority, name=f"Weirside School {uuid4().hex[:6]}")
        people = [build_training.named(session, held, name, email=f"{uuid4().hex[:6]}@example.test")
                  for name in (LONG, "Bryn Castle")]  # fmt: skip
        uid: UUID = build_training.held(session, world, *people, held_on=ago(7)).uid
    somebody(visitor, Role.IMPLEMENTATION_MANAGER)
    return uid


def people_of(visitor: Visitor) -> None:
    visitor.go(f"/implementation/schools/{school(visitor)}/people")


@state
def people_named(visitor: Visitor) -> None:
    people_of(visitor)
    sees(visitor, "Cannot be let in", "Booked for", "Waits for a place on")


@state
def person_wrong(visitor: Visitor) -> None:
    people_of(visitor)
    visitor.press("Name somebody")
    visitor.press("Save")
    sees(visitor, "Enter their name")


@state
def person_changed(visitor: Visitor) -> None:
    people_of(visitor)
    visitor.press("Dee Vale")
    sees(visitor, "Remove Dee Vale")


@state
def staff_by_post(visitor: Visitor) -> None:
    people_of(visitor)
    visitor.press("Change the numbers of staff")
    sees(visitor, "How many staff hold each post?")


@state
def sessions_for_training(visitor: Visitor) -> None:
    school(visitor)
    visitor.go("/implementation/training")
    sees(visitor, "To come", "1 of 1 booked, 1 waits")


@state
def session_wrong(visitor: Visitor) -> None:
    somebody(visitor, Role.IMPLEMENTATION_MANAGER)
    visitor.go("/implementation/training/new")
    visitor.press("Save")
    sees(visitor, "Choose whom it is for")


@state
def session_shown(visitor: Visitor) -> None:
    people_of(visitor)
    visitor.page.get_by_role("link", name="Booked for").click()
    sees(visitor, "Wait for a place, in this order")


@state
def session_booking(visitor: Visitor) -> None:
    session_shown(visitor)
    visitor.page.get_by_role("button", name="Book people").click()
    sees(visitor, "Whom do you book?", "Dee Vale")


@state
def session_cancelling(visitor: Visitor) -> None:
    session_shown(visitor)
    visitor.press("Cancel this session")
    sees(visitor, "2 people are booked")


@state
def session_cancelled(visitor: Visitor) -> None:
    session_cancelling(visitor)
    visitor.press("Cancel the session")
    sees(visitor, "Tell everybody below", "Waited for a place")


@state
def attendance(visitor: Visitor) -> None:
    visitor.go(f"/implementation/training/{past(visitor)}/attendance")
    sees(visitor, "Who came?")


@state
def attendance_given(visitor: Visitor) -> None:
    attendance(visitor)
    visitor.page.get_by_label("Bryn Castle").check()
    visitor.press("Save who came")
    sees(visitor, "It is recorded who came", "Did not come")


@state
def training_needs(visitor: Visitor) -> None:
    school(visitor)
    visitor.go("/implementation/training/needs")
    sees(visitor, "Still to train", "Make a cluster")


@state
def cluster(visitor: Visitor) -> None:
    uid = school(visitor)
    with visitor.site.session() as session:
        authority_id = visitor.site.directory.world.authority.id
        held = build.add(session, Cluster(name=f"Weirside {uuid4().hex[:6]}", authority_id=authority_id)).uid
    visitor.go(f"/implementation/training/clusters/{held}")
    visitor.page.locator(f"#schools-{uid}").check()
    visitor.page.get_by_label("What is the cluster called?").fill("")
    visitor.press("Save")
    sees(visitor, "Enter what the cluster is called")


@state
def region_without(visitor: Visitor) -> None:
    somebody(visitor, Role.REGIONAL_COORDINATOR)
    visitor.go("/region/training")
    sees(visitor, "No region is set")


@state
def named_to_invite(visitor: Visitor) -> None:
    school(visitor)
    somebody(visitor, Role.ACCOUNT_MANAGER)
    visitor.go("/accounts/named")
    sees(visitor, "Whom schools name", LONG)


def newcomer(visitor: Visitor) -> None:
    somebody(visitor, Role.PRACTITIONER, practised_on=None)
    visitor.go("/account")


@state
def account_without_practice(visitor: Visitor) -> None:
    newcomer(visitor)
    sees(visitor, "6 of 6 to do")


@state
def practice(visitor: Visitor) -> None:
    newcomer(visitor)
    visitor.page.get_by_role("link", name="practice tasks", exact=True).click()
    sees(visitor, "Nobody in them exists")


@state
def practice_wrong(visitor: Visitor) -> None:
    newcomer(visitor)
    visitor.go("/practice/find")
    visitor.page.get_by_label("All three, to be sure").check()
    visitor.press("Answer")
    sees(visitor, "Two of these girls cannot be the one")


@state
def practice_done(visitor: Visitor) -> None:
    newcomer(visitor)
    visitor.go("/practice/record")
    visitor.page.get_by_label("Dele Akande, the lead professional").check()
    visitor.press("Answer")
    sees(visitor, "That is right. This task is done.", "Next:")
