"""The management team: whose records end, what is held back, who stays."""

from datetime import timedelta
from pathlib import Path

from cp import clock, lodging
from cp.models.child import Child
from cp.services.retention import believing
from tests import build_retention
from tests.browser.directory import aged
from tests.browser.states.families import max_
from tests.browser.states.shields import may
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build import Person


def child(visitor: Visitor, age: int = 17, **given: object) -> Child:
    """Whose birthday is soon, unless `given` says otherwise."""
    world = visitor.site.directory.world
    facts = {"given_names": "Robin", "family_name": "Ash", "born_on": aged(age)} | given
    with visitor.site.session() as session:
        return build_retention.plain(session, world, **facts)


def hold(visitor: Visitor, first: Person, second: Person, **given: object) -> str:
    """The page of one, of a record in the archive."""
    made = child(visitor)
    with visitor.site.session() as session:
        row = session.get_one(Child, made.id)
        build_retention.archived(session, row, clock.today() - timedelta(days=400))
        facts = {"ends_on": clock.today() + timedelta(days=400), "agreed_at": None} | given
        return f"/holds/{build_retention.held(session, row, first, second, **facts).uid}"


@state
def ending(visitor: Visitor) -> None:
    child(visitor, born_on=aged(18) + timedelta(days=5))
    child(visitor, died_on=clock.today() - timedelta(days=350))
    visitor.become(max_(visitor)).go("/ending")
    sees(visitor, "18 years old", "A year since the death")


@state
def ending_stopped(visitor: Visitor) -> None:
    """The last day that was believed is long ago."""
    child(visitor, born_on=aged(18) + timedelta(days=5))
    lodge = Path(visitor.site.settings["CP_LODGE"])
    lodging.set_down(lodge, believing.NOTED, {"day": (clock.today() - timedelta(days=40)).isoformat()})
    visitor.become(max_(visitor)).go("/ending")
    (lodge / believing.NOTED).unlink()
    sees(visitor, "Nothing goes at present")


@state
def holds(visitor: Visitor) -> None:
    other = may(visitor)
    hold(visitor, other, max_(visitor))
    hold(visitor, max_(visitor), other, agreed_at=clock.now())
    visitor.become(max_(visitor)).go("/holds")
    sees(visitor, "Waits for you", "Held back")


@state
def holding(visitor: Visitor) -> None:
    may(visitor)
    visitor.become(max_(visitor)).go("/holds/new")
    sees(visitor, "Ask for agreement")


@state
def holding_wrong(visitor: Visitor) -> None:
    holding(visitor)
    visitor.page.get_by_role("button", name="Ask for agreement").click()
    sees(visitor, "Enter the number of the record: CP and 10 numbers")


@state
def hold_to_agree(visitor: Visitor) -> None:
    path = hold(visitor, may(visitor), max_(visitor))
    visitor.become(max_(visitor)).go(path)
    sees(visitor, "Is this record to be held back?")


@state
def hold_unanswered(visitor: Visitor) -> None:
    hold_to_agree(visitor)
    visitor.page.get_by_role("button", name="Keep my answer").click()
    sees(visitor, "Choose whether you agree")


@state
def hold_of_ones_own(visitor: Visitor) -> None:
    path = hold(visitor, max_(visitor), may(visitor))
    visitor.become(max_(visitor)).go(path)
    sees(visitor, "Take it back")


@state
def hold_that_holds(visitor: Visitor) -> None:
    path = hold(visitor, max_(visitor), may(visitor), agreed_at=clock.now())
    visitor.become(max_(visitor)).go(path)
    sees(visitor, "Ask that it end today")


@state
def hold_to_end(visitor: Visitor) -> None:
    other = may(visitor)
    path = hold(visitor, max_(visitor), other, agreed_at=clock.now(), end_asked_by_id=other.account.id)
    visitor.become(max_(visitor)).go(path)
    sees(visitor, "Is it to end today?")


@state
def staying(visitor: Visitor) -> None:
    visitor.become(max_(visitor)).open(child(visitor))
    visitor.page.get_by_role("link", name="Staying beyond 18").click()
    sees(visitor, "A record goes to the archive on the 18th birthday.")


@state
def staying_wrong(visitor: Visitor) -> None:
    staying(visitor)
    visitor.page.get_by_role("button", name="Keep this consent").click()
    sees(visitor, "Choose why they may stay")


@state
def stays(visitor: Visitor) -> None:
    made = child(visitor)
    with visitor.site.session() as session:
        build_retention.stay(session, visitor.site.directory.world, session.get_one(Child, made.id), 21)
    visitor.become(max_(visitor)).open(made)
    visitor.page.get_by_role("link", name="Staying beyond 18").click()
    sees(visitor, "End this consent")
