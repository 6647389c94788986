"""A child whom a practitioner did not find: told, received, beside a record, beside none."""

from uuid import uuid4

from sqlalchemy.orm import Session

from cp import clock
from cp.terms import Column
from tests import build
from tests.browser.people import ago
from tests.browser.states import identities
from tests.browser.states.steps import sees, state
from tests.browser.states.supply import surname, worked
from tests.browser.visitor import Visitor
from tests.build import Person
from tests.build_telling import AMIRA, told

TELL = "Tell the management team"


def teller(visitor: Visitor) -> Person:
    """A practitioner who has told of nobody yet."""
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        return build.person(session, world.school, "Tilly Bright", f"tilly.{uuid4().hex[:6]}", kept_on=clock.today(),
                            last_used_on=clock.today(), check_issued_on=ago(400), trained_on=ago(300))  # fmt: skip


def telling(visitor: Visitor) -> None:
    visitor.become(teller(visitor)).go("/told/new")
    sees(visitor, "Why do you think that the child belongs in this directory?")


@state
def telling_not_answered(visitor: Visitor) -> None:
    telling(visitor)
    visitor.press(TELL)
    sees(visitor, "Enter a date of birth, or an age if you do not know it")


@state
def told_and_received(visitor: Visitor) -> None:
    telling(visitor)
    visitor.page.get_by_label("Given name").fill("Zebedee")
    visitor.page.get_by_label("Family name").fill("Quillfeather")
    visitor.page.get_by_label("Age, if you do not know the date of birth").fill("7")
    visitor.page.get_by_label("Boy").check()
    visitor.page.get_by_label("Postcode").fill("ZA4 7QD")
    visitor.page.get_by_label("The child lives here").check()
    visitor.press(TELL)
    sees(visitor, "The management team has it.", "Received")


def _told(visitor: Visitor) -> str:
    """Of somebody who is not recorded; the family name."""
    family = surname()
    with Session(visitor.site.engine, expire_on_commit=False) as session:
        told(session, teller(visitor), AMIRA | {Column.FAMILY_NAME: family, Column.POSTCODE: "ZA9 9ZZ"}, worked=False)
    worked(visitor)
    return family


def told_child(visitor: Visitor) -> None:
    identities.team(visitor)
    family = _told(visitor)
    visitor.go("/review/told")
    visitor.page.get_by_role("link", name=f"Amira {family}").click()
    sees(visitor, "Is this a new child?")


@state
def told_child_not_answered(visitor: Visitor) -> None:
    told_child(visitor)
    visitor.press("Save")
    sees(visitor, "Choose what is to become of it")
