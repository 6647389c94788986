"""The figures of a roll-out: of an authority that nobody else has, before and after its first contacts; of all."""

from datetime import timedelta
from random import Random
from uuid import uuid4

from cp import clock
from cp.services.implementation import steps
from tests import build
from tests.browser.people import ago
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build_figures import authority, organisations, rolls
from tests.scale import SEED

OWN = "/implementation/figures"


def manager(visitor: Visitor, most: int) -> None:
    """Whoever brings in so many organisations at most is at the browser."""
    chance, number = Random(f"{SEED} figures {most}"), uuid4().int % 10**9
    facts = {"kept_on": clock.today(), "last_used_on": clock.today(), "check_issued_on": ago(400),
             "trained_on": ago(300)}  # fmt: skip
    with visitor.site.session() as session:
        made, ivy = authority(session, chance, number, **facts)
        found = organisations(session, chance, made, most)
        for one in found[:2]:
            steps.keep(session, one, contacted_on=clock.today() - timedelta(days=250))
        children = [build.child(session, visitor.site.directory.world, authority_id=made.id) for _ in range(4)]
        rolls(session, chance, found, children)
    visitor.become(ivy)


@state
def figures(visitor: Visitor) -> None:
    manager(visitor, 60)
    visitor.go(OWN)
    sees(visitor, "Week by week", "These are the last 26 weeks", "What each figure counts")


@state
def figures_before_anything_was_done(visitor: Visitor) -> None:
    manager(visitor, 0)
    visitor.go(OWN)
    sees(visitor, "No organisation was contacted yet, so there is nothing to draw.")


@state
def national_figures(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.ade)
    visitor.go("/implementation/figures/national")
    sees(visitor, "By phase", "Region not said")
