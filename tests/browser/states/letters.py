"""Letters to schools, and the pages that anybody reads."""

from uuid import uuid4

from sqlalchemy.orm import Session

from cp.models import Organisation
from tests import build_letters
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor


def prep(visitor: Visitor) -> Organisation:
    """A school that nobody else has. The implementation manager is at the browser."""
    world = visitor.site.directory.world
    with Session(visitor.site.engine, expire_on_commit=False) as session:
        made = build_letters.school(session, world, f"Ashgrove Prep {uuid4().hex[:6]}")
        session.commit()
    visitor.become(world.ivy)
    return made


@state
def about(visitor: Visitor) -> None:
    visitor.go("/about")
    sees(visitor, "What if I object?")


@state
def about_schools(visitor: Visitor) -> None:
    visitor.go("/about/schools")
    sees(visitor, "What do we not send?")


@state
def about_easy_read(visitor: Visitor) -> None:
    visitor.go("/about/easy-read")
    sees(visitor, "The computer writes down who looks.")


@state
def local_contact(visitor: Visitor) -> None:
    visitor.go("/local-contact")
    sees(visitor, "Find your local contact")


@state
def local_contact_wrong(visitor: Visitor) -> None:
    local_contact(visitor)
    visitor.press("Find my contact")
    sees(visitor, "Enter the name of a school, or a postcode")


@state
def local_contact_found(visitor: Visitor) -> None:
    local_contact(visitor)
    visitor.page.get_by_label("Name of the school").fill("Hollin Bank")
    visitor.press("Find my contact")
    sees(visitor, "Your local contact", "Northvale Council")


@state
def local_contact_not_known(visitor: Visitor) -> None:
    local_contact(visitor)
    visitor.page.get_by_label("Postcode").fill("ZA9 9ZZ")
    visitor.press("Find my contact")
    sees(visitor, "We could not tell the area from what you typed.")


@state
def letters_of_every_kind(visitor: Visitor) -> None:
    prep(visitor)
    visitor.go("/implementation/letters")
    sees(visitor, "How many wait for it", "Made before")


@state
def letters_for_whom(visitor: Visitor) -> None:
    name = prep(visitor).name
    visitor.go("/implementation/letters/new?letter=first")
    sees(visitor, "Who gets it?", name)


@state
def letters_for_nobody(visitor: Visitor) -> None:
    letters_for_whom(visitor)
    visitor.page.get_by_label("Only those that I tick below").check()
    visitor.press("Continue")
    sees(visitor, "Tick at least one, or choose all that wait for it")


def _seen(visitor: Visitor, school: Organisation) -> None:
    visitor.go(f"/implementation/letters/to/{school.uid}?letter=first")


@state
def letter_seen(visitor: Visitor) -> None:
    _seen(visitor, prep(visitor))
    sees(visitor, "As it would be today", "What happens next")


@state
def letter_before_it_is_made(visitor: Visitor) -> None:
    letter_seen(visitor)
    visitor.press("Make this letter")
    sees(visitor, "Before you make the letters")


@state
def letter_made(visitor: Visitor) -> None:
    letter_before_it_is_made(visitor)
    visitor.press("Make the letters to print")
    sees(visitor, "Each letter is on a sheet of its own")


@state
def letter_had_today(visitor: Visitor) -> None:
    school = prep(visitor)
    _seen(visitor, school)
    visitor.press("Make this letter")
    visitor.press("Make the letters to print")
    sees(visitor, "Each letter is on a sheet of its own")
    _seen(visitor, school)
    visitor.press("Make this letter")
    sees(visitor, "Had this letter today already")
