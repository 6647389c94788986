"""Past a limit, where the limits are set, and what a reviewer reads of it."""

from typing import Any
from uuid import uuid4

from sqlalchemy import delete

from cp import clock
from cp.models import Alert
from cp.terms import Act, AlertKind, Finding
from tests import build, build_watched
from tests.browser.people import ago
from tests.browser.states.steps import children, sam, sees, state
from tests.browser.visitor import Visitor
from tests.build import Person


def busy(visitor: Visitor, records: int, searches: int = 0) -> Person:
    """Somebody new, who has opened so many records today and searched so often within the hour."""
    today: dict[str, Any] = {"kept_on": clock.today(), "last_used_on": clock.today(), "check_issued_on": ago(400),
             "trained_on": ago(300)}  # fmt: skip
    school = visitor.site.directory.world.school
    with visitor.site.session() as session:
        person = build.person(session, school, "Bo Keane", f"bo.keane.{uuid4().hex[:8]}", **today)
        for _ in range(records):
            build_watched.did(session, person, Act.OPEN_RECORD, uuid4())
        for _ in range(searches):
            build_watched.did(session, person, Act.SEARCH)
    visitor.become(person)
    return person


@state
def find_with_the_budget(visitor: Visitor) -> None:
    busy(visitor, 12)
    visitor.search("Amira", "Sidiqi")
    sees(visitor, "12 of 40 children outside your own list this week")


@state
def find_too_often(visitor: Visitor) -> None:
    busy(visitor, 0, 60)
    visitor.search("Amira", "Siddiqui", postcode="ZA4 7QD")
    sees(visitor, "You have searched 60 times in an hour.")


@state
def more(visitor: Visitor) -> None:
    busy(visitor, 41)
    visitor.open(children(visitor).nobody)
    sees(visitor, "Why do you need to open more records than usual?", "If it cannot wait")


@state
def more_not_said(visitor: Visitor) -> None:
    more(visitor)
    visitor.press("Open the record")
    sees(visitor, "Choose why you need to open more records than usual")


@state
def stopped(visitor: Visitor) -> None:
    busy(visitor, 200)
    visitor.open(children(visitor).nobody)
    sees(visitor, "You have opened 200 records in a day", "Una Kowalski")


@state
def opened_because_it_could_not_wait(visitor: Visitor) -> None:
    stopped(visitor)
    visitor.press("It cannot wait: open this record")
    sees(visitor, "Who is working with Cher")


@state
def limits(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.una).go("/accounts/limits")
    sees(visitor, "How many records may be opened?")


@state
def limits_wrong(visitor: Visitor) -> None:
    limits(visitor)
    visitor.page.get_by_label("Records of any kind, in a day").fill("many")
    visitor.press("Save the limits")
    sees(visitor, "There is a problem")


@state
def limit_reached(visitor: Visitor) -> None:
    person = busy(visitor, 200)
    visitor.become(visitor.site.directory.world.una).go(f"/accounts/{person.account.uid}/limit")
    sees(visitor, "May they open more records today?", "Bo Keane has opened 200 records")


@state
def limit_reached_and_not_answered(visitor: Visitor) -> None:
    limit_reached(visitor)
    visitor.press("Save your answer")
    sees(visitor, "Choose whether they may open more records today")


@state
def limit_answered(visitor: Visitor) -> None:
    limit_reached(visitor)
    visitor.page.get_by_label("Yes, 50 more in the next 24 hours").check()
    visitor.press("Save your answer")
    sees(visitor, "Bo Keane may open 50 more records in the next 24 hours.")


def reviewer(visitor: Visitor, *alerts: tuple[AlertKind, int, int], closed: bool = False) -> None:
    """Rex, with these alerts and no others: kind, how many, due in how many days."""
    world = visitor.site.directory.world
    over = {"closed_at": clock.now(), "closed_by_id": world.rex.account.id, "finding": Finding.SPOKEN_TO}
    with visitor.site.session() as session:
        session.execute(delete(Alert))
        for kind, count, days in alerts:
            person = world.una if kind is AlertKind.LIMITS_CHANGED else world.nia
            build_watched.alert(session, person, kind, count=count, due_on=ago(-days), **(over if closed else {}))
    visitor.become(world.rex).go("/alerts")


SOME = (
    (AlertKind.URGENT_LOOK_UP, 1, -1), (AlertKind.LIMITS_CHANGED, 0, 0), (AlertKind.MANY_LOOK_UPS, 40, 1),
    (AlertKind.LIMIT_REACHED, 200, 2),
)  # fmt: skip


@state
def alerts_none(visitor: Visitor) -> None:
    reviewer(visitor)
    sees(visitor, "Nothing is to be reviewed.")


@state
def alerts(visitor: Visitor) -> None:
    reviewer(visitor, *SOME)
    sees(visitor, "4 alerts wait for a reviewer.", "Late")


@state
def alert(visitor: Visitor) -> None:
    alerts(visitor)
    visitor.page.get_by_role("link", name="Many records opened").click()
    sees(visitor, "What did you find?", "What they said")


@state
def alert_without_a_finding(visitor: Visitor) -> None:
    alert(visitor)
    visitor.press("Close this alert")
    sees(visitor, "Choose what you found")


@state
def alert_closed(visitor: Visitor) -> None:
    alert(visitor)
    visitor.page.get_by_label("It was in order").check()
    visitor.press("Close this alert")
    sees(visitor, "Your finding is kept. 3 alerts are left to review.")


@state
def closed_alerts_none(visitor: Visitor) -> None:
    reviewer(visitor)
    visitor.go("/alerts/closed")
    sees(visitor, "No alert has been closed yet.")


@state
def closed_alerts(visitor: Visitor) -> None:
    reviewer(visitor, *SOME, closed=True)
    visitor.go("/alerts/closed")
    sees(visitor, "4 alerts are closed, the newest first.")


@state
def refused_to_others(visitor: Visitor) -> None:
    sam(visitor).go("/alerts")
    sees(visitor, "Your role does not allow this")
