"""A school's own form, page by page, and the manager's pages of its link and its answers."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, SchoolLink
from cp.services.implementation import steps
from cp.terms import Means, SchoolQuestion
from tests import build
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build_school_form import link, say_all


@dataclass(frozen=True)
class Invited:
    """A school that nobody else has, and the path of its link."""

    school: Organisation
    path: str


def invited(visitor: Visitor, *, answered: bool = False, but: SchoolQuestion | None = None, **facts: Any) -> Invited:
    with Session(visitor.site.engine, expire_on_commit=False) as session:
        world = visitor.site.directory.world
        school = build.organisation(session, world.authority, name=f"Ashgrove School {uuid4().hex[:6]}", **facts)
        token = link(session, world, school)
        if answered:
            say_all(session, token, but)
        return Invited(school, f"/school/{token}")


def ivy(visitor: Visitor, one: Invited, page: str) -> None:
    """Ivy has this page of the school on the screen."""
    visitor.become(visitor.site.directory.world.ivy)
    visitor.go(f"/implementation/schools/{one.school.uid}/{page}")


@state
def school_start(visitor: Visitor) -> None:
    visitor.go(invited(visitor).path)
    sees(visitor, "6 questions, about 10 minutes", "Ivy Hartley, your Local Implementation Manager")


@state
def school_stopped(visitor: Visitor) -> None:
    visitor.go(invited(visitor, answered=True, but=SchoolQuestion.SESSION).path + "/6")
    visitor.press("Stop for now")
    sees(visitor, "5 answers are saved. Come back with the same link.", "Go on")


@state
def school_contact(visitor: Visitor) -> None:
    visitor.go(invited(visitor).path + "/1")
    sees(visitor, "Who is our contact at your school?")


@state
def school_contact_wrong(visitor: Visitor) -> None:
    school_contact(visitor)
    visitor.press("Save and continue")
    sees(
        visitor, "There is a problem", "Enter the name of your contact", "Enter a telephone number or an email address"
    )


@state
def school_system(visitor: Visitor) -> None:
    school_contact(visitor)
    for name, typed in (("Name", "Bea Lindholm"), ("Post", "Bursar"), ("Telephone number", "020 7946 0123")):
        visitor.page.get_by_label(name, exact=True).fill(typed)
    visitor.press("Save and continue")
    sees(visitor, "Answer 1 is saved.", "Spreadsheets or paper")


@state
def school_wish(visitor: Visitor) -> None:
    visitor.go(invited(visitor).path + "/3")
    sees(visitor, "Which way of sending suits you?")


@state
def school_staff(visitor: Visitor) -> None:
    visitor.go(invited(visitor).path + "/4")
    sees(visitor, "Special needs co-ordinator")


@state
def school_training(visitor: Visitor) -> None:
    visitor.go(invited(visitor).path + "/5")
    visitor.press("Save and continue")
    sees(visitor, "Choose the training that your staff have had, or I do not know")


@state
def school_session(visitor: Visitor) -> None:
    visitor.go(invited(visitor).path + "/6")
    sees(visitor, "A British Sign Language interpreter")


@state
def school_done(visitor: Visitor) -> None:
    visitor.go(invited(visitor, answered=True).path + "/done")
    sees(visitor, "Upload one file each term.", "will call you by")


@state
def school_answers(visitor: Visitor) -> None:
    school_done(visitor)
    visitor.press("Change an answer")
    sees(visitor, "Bea Lindholm, Bursar", "Teacher with pastoral duties: 12")


@state
def school_agreed(visitor: Visitor) -> None:
    one = invited(visitor, answered=True)
    with visitor.site.session() as session:
        school = session.get_one(Organisation, one.school.id)
        steps.keep(session, school, means=Means.TRANSFER_FILE, means_agreed_on=clock.today())
    visitor.go(one.path)
    sees(visitor, "has agreed with you how you send data")


@state
def school_ended(visitor: Visitor) -> None:
    one = invited(visitor)
    with visitor.site.session() as session:
        theirs = update(SchoolLink).where(SchoolLink.organisation_id == one.school.id)
        session.execute(theirs.values(ends_at=clock.now() - timedelta(days=1)))
    visitor.go(one.path)
    sees(visitor, "This link ended on")


@state
def school_closed(visitor: Visitor) -> None:
    visitor.go(invited(visitor, valid_to=clock.today()).path)
    sees(visitor, "Our list says that this school closed on")


@state
def school_link_unknown(visitor: Visitor) -> None:
    visitor.go("/school/" + "x" * 43)
    sees(visitor, "We know no such link.")


@state
def school_not_ours(visitor: Visitor) -> None:
    visitor.go(invited(visitor).path)
    visitor.press("This is not our school")
    sees(visitor, "Destroy the letter or email with this link")


@state
def school_link(visitor: Visitor) -> None:
    ivy(visitor, invited(visitor, answered=True), "link")
    sees(visitor, "Once you make another, that one ends.", "6 of 6 questions are answered")


@state
def school_link_made(visitor: Visitor) -> None:
    school_link(visitor)
    visitor.press("Make a new link")
    sees(visitor, "It is shown only now.", "You can stop, come back")


@state
def school_answers_read(visitor: Visitor) -> None:
    ivy(visitor, invited(visitor, answered=True), "answers")
    sees(visitor, "What the system proposes", "Safeguarding, Data protection")
