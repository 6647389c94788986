"""The management team's pages of shields: a family to shield, the list, one to look at again, one to lift."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from cp import clock
from cp.models.child import Child
from cp.services import find
from cp.terms import AddressState, Role
from tests import build, build_shields
from tests.browser.directory import aged
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build import Person

PHONE = "+447700900{:03}"
FAMILIES = count(100)
"""No two live in one house: whoever was born there on one day is asked about with the rest."""


def max_(visitor: Visitor) -> Visitor:
    return visitor.become(visitor.site.directory.world.max)


def may(visitor: Visitor) -> Person:
    """Another of the team."""
    with visitor.site.session() as session:
        council = visitor.site.directory.world.council
        return build.person(session, council, "May Fielding", f"may.{uuid4().hex[:6]}", Role.MANAGEMENT_TEAM)


def family(visitor: Visitor, *besides: str) -> list[Child]:
    """Zara and Idris, twins, and Maryam, at a home and with a mother of their own; `besides` live elsewhere."""
    world, tag = visitor.site.directory.world, next(FAMILIES)
    home, phone = f"{tag} Larch Close", PHONE.format(tag)
    theirs = [("Zara", home, 9), ("Idris", home, 9), ("Maryam", home, 6)]
    with visitor.site.session() as session:
        return [
            build_shields.child(session, world, name, home=home, phone=phone, postcode="ZA8 8ZZ", family_name="Tariq",
                                born_on=aged(years))
            for name, home, years in [*theirs, *((name, f"{tag + 1000} Far Road", 12) for name in besides)]
        ]  # fmt: skip


def shielded(visitor: Visitor, asker: Person | None = None, days: int = 90) -> Child:
    """A shielded child, to be looked at again in so many days."""
    world = visitor.site.directory.world
    with visitor.site.session() as session:
        return build_shields.shielded(session, world, world.max, given_names="Ines", family_name="Wolf", home=None,
                                      born_on=aged(11), phone=None, lift_asked_by=asker,
                                      review_on=clock.today() + timedelta(days=days))  # fmt: skip


def opened(visitor: Visitor, child: Child, page: str = "") -> None:
    max_(visitor).open(child)
    if page:
        visitor.go(f"/children/{child.uid}/{page}")


@state
def record_that_the_team_may_shield(visitor: Visitor) -> None:
    opened(visitor, family(visitor)[0])
    sees(visitor, "Shield this record")


@state
def record_shielded_as_the_team_sees_it(visitor: Visitor) -> None:
    opened(visitor, shielded(visitor))
    sees(visitor, "Domestic abuse. Owner Max Adeyemi.")


@state
def shield(visitor: Visitor) -> None:
    opened(visitor, _everybody(visitor), "shield")
    sees(visitor, "Idris Tariq, born the same day", "Brothers and sisters elsewhere", "I have told them",
         "Shielded already")  # fmt: skip


def _everybody(visitor: Visitor) -> Child:
    """One of each kind to be thought of."""
    zara, _, maryam, omar = family(visitor, "Omar")
    with visitor.site.session() as session:
        there, _ = build_shields.elsewhere(session, f"eve.{uuid4().hex[:6]}")
        session.get_one(Child, omar.id).authority_id = there.id
        session.get_one(Child, maryam.id).shielded_at = clock.now()
        session.flush()
        find.reindex(session, maryam.id)
    return zara


@state
def shield_unanswered(visitor: Visitor) -> None:
    shield(visitor)
    visitor.page.get_by_label("Day", exact=True).fill("45")
    visitor.press("Shield now")
    sees(visitor, "Choose why the place must stay unknown", "Review date must be a real date", "then say so")


@state
def shield_of_one_alone(visitor: Visitor) -> None:
    with visitor.site.session() as session:
        child = build.child(session, visitor.site.directory.world, given_names="Solo", family_name="Lind")
        build.address(session, child, state=AddressState.NONE_KNOWN)
        find.reindex(session, child.id)
    opened(visitor, child, "shield")
    sees(visitor, "Nobody to decide on is known there.")


@state
def shields(visitor: Visitor) -> None:
    shielded(visitor, may(visitor))
    shielded(visitor, days=-3)
    max_(visitor).go("/shields")
    sees(visitor, "Review due", "May Fielding asked on", "Owner Max Adeyemi")


@state
def shields_none(visitor: Visitor) -> None:
    with visitor.site.session() as session:
        _, eve = build_shields.elsewhere(session, f"eve.{uuid4().hex[:6]}")
    visitor.become(eve).go("/shields")
    sees(visitor, "No record of Eastvale Council is shielded.")


@state
def shields_one_more(visitor: Visitor) -> None:
    shield_of_one_alone(visitor)
    visitor.page.get_by_label("Adoption").check()
    visitor.page.get_by_label("The child", exact=True).check()
    visitor.press("Shield now")
    sees(visitor, "1 record is shielded.")


@state
def shield_to_review(visitor: Visitor) -> None:
    opened(visitor, shielded(visitor, days=-3), "shield/keep")
    sees(visitor, "Is this shield still needed?", "which is now")


@state
def shield_reviewed_wrongly(visitor: Visitor) -> None:
    shield_to_review(visitor)
    visitor.page.get_by_label("Year").fill("2040")
    visitor.press("Keep the shield")
    sees(visitor, "Review date must be within 6 months")


@state
def lift(visitor: Visitor) -> None:
    opened(visitor, shielded(visitor), "shield/lift")
    sees(visitor, "Ask a colleague to agree")


@state
def lift_asked(visitor: Visitor) -> None:
    opened(visitor, shielded(visitor, visitor.site.directory.world.max), "shield/lift")
    sees(visitor, "Take it back")


@state
def lift_to_agree(visitor: Visitor) -> None:
    opened(visitor, shielded(visitor, may(visitor)), "shield/lift")
    sees(visitor, "Agree, and lift the shield")
