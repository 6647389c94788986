"""A manager's side: the people, inviting, the review, hand-over."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from cp import clock
from cp.models import Approval, Involvement, JoinRequest
from cp.terms import Role
from tests import build
from tests.browser.directory import aged
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build import Person


def una(visitor: Visitor) -> Visitor:
    return visitor.become(visitor.site.directory.world.una)


def team(visitor: Visitor) -> Person:
    """A manager of a school of its own, whose four colleagues nobody has confirmed for long."""
    long_ago, tag = clock.today() - timedelta(days=200), uuid4().hex[:6]
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        school = build.organisation(session, world.authority, name="Weirside School")
        people: tuple[tuple[str, dict[str, Any]], ...] = (
            ("Piotr Malinowski", {"last_used_on": clock.today() - timedelta(days=70)}),
            ("Ava Blackwood", {"opened_on": None, "last_used_on": None, "password_hash": None}),
            ("Isaac Obi", {"last_used_on": clock.today()}),
            ("Megan Tudor", {"last_used_on": clock.today()}),
        )
        for name, given in people:
            kept = None if "opened_on" in given else long_ago
            build.person(session, school, name, f"{name.split()[0].lower()}.{tag}", **{"kept_on": kept, **given})
        facts: dict[str, Any] = {"kept_on": clock.today(), "last_used_on": clock.today()}
        return build.person(session, school, "Ann Close", f"ann.{tag}", Role.ACCOUNT_MANAGER, **facts)


def left(visitor: Visitor) -> Involvement:
    """An involvement of somebody who has left."""
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        gone = build.practitioner(session, world.school, "Felix Gone", left_on=clock.today() - timedelta(days=4))
        child = build.child(session, world, given_names="Zofia", family_name="Lark", born_on=aged(8))
        return build.involvement(session, child, gone, lead=True)


@state
def accounts(visitor: Visitor) -> None:
    una(visitor).go("/accounts")
    sees(visitor, "Invite somebody", "can see children here", "Enhanced check not in date")


@state
def accounts_found(visitor: Visitor) -> None:
    accounts(visitor)
    visitor.page.get_by_label("Find somebody by name").fill("okafor")
    visitor.press("Find")
    sees(visitor, "1 person found")


@state
def accounts_not_found(visitor: Visitor) -> None:
    accounts(visitor)
    visitor.press("Find")
    sees(visitor, "Enter some letters of the name")


@state
def accounts_with_a_review(visitor: Visitor) -> None:
    visitor.become(team(visitor)).go("/accounts?shown=stuck")
    sees(visitor, "Not confirmed in the four-month review")


@state
def invite_where(visitor: Visitor) -> None:
    una(visitor).go("/accounts/new")
    sees(visitor, "What will they do in ContactPoint?")


@state
def invite_nowhere(visitor: Visitor) -> None:
    invite_where(visitor)
    visitor.press("Continue")
    sees(visitor, "Choose where they work")


@state
def invite(visitor: Visitor) -> None:
    invite_where(visitor)
    visitor.page.get_by_label("Where do they work?").select_option("Hollin Bank Primary School")
    visitor.page.get_by_label("Works with children: finds them").check()
    visitor.press("Continue")
    sees(visitor, "Which listed post do they hold?")


@state
def invite_wrongly(visitor: Visitor) -> None:
    invite(visitor)
    visitor.press("Invite")
    sees(visitor, "Enter their name", "Choose their post")


@state
def invite_assistant(visitor: Visitor) -> None:
    una(visitor).go(f"/accounts/new?organisation={visitor.site.directory.world.health.uid}&role=assistant")
    sees(visitor, "Work email address of the person they assist")


@state
def invited(visitor: Visitor) -> None:
    invite(visitor)
    page = visitor.page
    page.get_by_label("Name", exact=True).fill("Ola Grant")
    page.get_by_label("Work email address").fill(f"ola.{uuid4().hex[:8]}@example.test")
    page.get_by_label("Head", exact=True).check()
    page.get_by_label("What do they do, as others will read it?").fill("Head")
    visitor.press("Invite")
    sees(visitor, "A joining link for Ola Grant", "It is shown only now.")


@state
def invited_not_joined(visitor: Visitor) -> None:
    invited(visitor)
    visitor.press("Back to Ola Grant")
    sees(visitor, "Ola Grant has not joined yet.", "What is missing")


@state
def join_requests(visitor: Visitor) -> None:
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        session.add(JoinRequest(name="Kit Moor", email=f"kit.{uuid4().hex[:6]}@example.test", post="head",
                                organisation_id=world.school.id, asked_at=clock.now()))  # fmt: skip
    una(visitor).go("/accounts/requests")
    sees(visitor, "Kit Moor")


@state
def approvals(visitor: Visitor) -> None:
    world = visitor.site.directory.world
    with visitor.site.session() as session:
        session.add(Approval(account_id=world.rex.account.id, role=Role.MANAGEMENT_TEAM,
                             asked_by_id=world.amir.account.id, asked_at=clock.now()))  # fmt: skip
    una(visitor).go("/approvals")
    sees(visitor, "Asked by Amir Patel")


@state
def review(visitor: Visitor) -> None:
    visitor.become(team(visitor)).go("/accounts/review")
    sees(visitor, "Look at these first", "Piotr Malinowski", "Never. Invited")


@state
def review_not_said(visitor: Visitor) -> None:
    review(visitor)
    visitor.press("Save answers")
    sees(visitor, "Nothing is chosen.")


@state
def review_answered(visitor: Visitor) -> None:
    review(visitor)
    for name in ("Piotr Malinowski", "Ava Blackwood", "Isaac Obi", "Megan Tudor"):
        visitor.page.get_by_role("group", name=name).get_by_label("Keep").check()
    visitor.press("Save answers")
    sees(visitor, "Your 4 answers are saved.")


@state
def handovers(visitor: Visitor) -> None:
    left(visitor)
    visitor.become(visitor.site.directory.world.max).go("/handovers")
    sees(visitor, "Zofia Lark", "Felix Gone")


@state
def handover(visitor: Visitor) -> None:
    held = left(visitor)
    visitor.become(visitor.site.directory.world.max).go(f"/handovers/{held.uid}")
    visitor.press("Save")
    sees(visitor, "Choose who works with them now", "Nobody: end it")
