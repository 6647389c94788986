"""How suppliers stand, as the management team sees them, and what it sets for one of them."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, Supplier
from tests import build
from tests.browser.states import identities
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build_supply import AMIRA, IFEOMA, csv_of, receive


def overdue(visitor: Visitor) -> Organisation:
    """A school that nobody else has, whose file is overdue. Somebody of the team is at the browser."""
    with Session(visitor.site.engine, expire_on_commit=False) as session:
        authority = visitor.site.directory.world.authority
        school = build.organisation(session, authority, name=f"Weirside School {uuid4().hex[:6]}")
        receive(session, school, csv_of(AMIRA, IFEOMA | {"DOB": "31/02/2015"}))
        late = {"due_on": clock.today() - timedelta(days=3)}
        session.execute(update(Supplier).where(Supplier.organisation_id == school.id).values(late))
        session.commit()
    identities.team(visitor)
    return school


def shown(visitor: Visitor) -> str:
    """Its page; its name."""
    school = overdue(visitor)
    visitor.go(f"/suppliers/{school.uid}")
    return school.name


@state
def suppliers(visitor: Visitor) -> None:
    overdue(visitor)
    visitor.go("/suppliers")
    sees(visitor, "Overdue since", "Download all as a spreadsheet (CSV)")


@state
def supplier_shown(visitor: Visitor) -> None:
    shown(visitor)
    sees(visitor, "Overdue. It was due by", "30 (in use)", "None (at most 0.02%)")


@state
def supplier_frequency(visitor: Visitor) -> None:
    shown(visitor)
    visitor.press("Change how often it sends a file")
    sees(visitor, "By the same day of the next month")


@state
def supplier_frequency_changed(visitor: Visitor) -> None:
    supplier_frequency(visitor)
    visitor.page.get_by_label("Every term").check()
    visitor.press("Save")
    sees(visitor, "It is changed. When the next file is due follows from it.")


@state
def supplier_thresholds(visitor: Visitor) -> None:
    shown(visitor)
    visitor.press("Change when a row joins")
    sees(visitor, "From which weight does a row join?")


@state
def supplier_thresholds_wrong(visitor: Visitor) -> None:
    supplier_thresholds(visitor)
    visitor.page.get_by_label("A row joins a record by itself from").fill("12")
    visitor.press("Continue")
    sees(visitor, "must be a whole number from 26 to 60")


@state
def supplier_thresholds_sure(visitor: Visitor) -> None:
    supplier_thresholds(visitor)
    visitor.page.get_by_label("A row joins a record by itself from").fill("40")
    visitor.press("Continue")
    sees(visitor, "Before you change it", "wait for a person")


@state
def supplier_thresholds_changed(visitor: Visitor) -> None:
    supplier_thresholds_sure(visitor)
    visitor.press("Change it")
    sees(visitor, "It is changed. The next rows are judged by it.", "40 or more")
