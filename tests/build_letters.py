"""Schools that a letter can go to, and letters that were made."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Letter, LetterRun, Organisation
from cp.services.implementation import steps
from cp.services.implementation.letters import making, whom
from cp.services.implementation.letters.making import Asked, Made
from cp.services.implementation.letters.words import Writer
from cp.terms import LetterKind, LetterWay, OrganisationKind
from tests import build
from tests.build import World
from tests.web import actor_of

IVY = Writer("Ivy Hartley", "+441614960137", "Northvale Council", "https://contactpoint.example/about")
ADDRESS = {"head_name": "Ruth Castle", "address": "24 Heath Lane\nHollin Bank\nNorthvale", "postcode": "ZA1 5PH"}


def school(session: Session, world: World, name: str = "Ashgrove Prep", **given: Any) -> Organisation:
    """An independent school with a head and an address."""
    return build.organisation(
        session, world.authority, OrganisationKind.INDEPENDENT_SCHOOL, name=name, **(ADDRESS | given)
    )


def alone(session: Session, world: World, **facts: Any) -> Organisation:
    """The one that waits: all others have been contacted and have answered. With these facts kept."""
    one = school(session, world)
    done = dict.fromkeys(("contacted_on", "duty_explained_on", "answered_on"), one.accreditation_ends_on)
    for other in (world.school, world.health, world.practice):
        steps.keep(session, other, **done)
    if facts:
        steps.keep(session, one, **facts)
    return one


def make(session: Session, world: World, kind: LetterKind = LetterKind.FIRST, way: LetterWay = LetterWay.PRINTED,
         chosen: Sequence[Organisation] | None = None, again: bool = False) -> Made | None:  # fmt: skip
    """By Ivy; a school's own form has the address of its name."""
    uids = None if chosen is None else tuple(one.uid for one in chosen)
    actor = actor_of(session, world.ivy)
    return making.make(session, actor, Asked(kind, uids, again), way, IVY, lambda _, __, to: f"https://form/{to.id}")


def waiting(session: Session, world: World, kind: LetterKind) -> list[str]:
    return [one.name for one, _ in session.execute(whom.waiting(world.authority.id, kind))]


def written(session: Session) -> list[tuple[LetterKind, LetterWay, str]]:
    """Every letter that is kept: which, how and to whom, in their order."""
    query = (
        select(LetterRun.kind, LetterRun.way, Organisation.name)
        .select_from(Letter)
        .join(LetterRun, LetterRun.id == Letter.run_id)
        .join(Organisation, Organisation.id == Letter.organisation_id)
        .order_by(Letter.id)
    )
    return [(kind, way, name) for kind, way, name in session.execute(query)]
