"""The management team: a record found in the archive, read by one in its first year, and by two together after."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from cp import clock
from cp.models.child import Child
from cp.rules.days import anniversary
from cp.terms import ArchivePurpose
from tests import build, build_retention
from tests.browser.states.identities import team
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build import Person


def child(visitor: Visitor, years: int = 0, days: int = 40, **given: Any) -> Child:
    """Archived at 18, so long ago; its family name is nobody else's."""
    on = clock.today() - timedelta(days=days + 366 * years)
    with visitor.site.session() as session:
        world = visitor.site.directory.world
        made = build.child(session, world, given_names="Amira", family_name=f"Haddad{uuid4().hex[:4]}",
                           born_on=date(on.year - 18, on.month, min(on.day, 28)), **given)  # fmt: skip
        build.address(session, made)
        build.carer(session, made)
        build.involvement(session, made, world.school, ended_on=on, started_on=on - timedelta(days=900))
        assert world.nia.practitioner is not None
        build.involvement(session, made, world.nia.practitioner, ended_on=on, started_on=on - timedelta(days=400))
        return build_retention.archived(session, made, anniversary(made.born_on, 18))


def reading(visitor: Visitor, made: Child, *who: Person, **given: Any) -> str:
    with visitor.site.session() as session:
        return f"/archive/{build_retention.reading(session, made, *who, **given).uid}"


@state
def archive(visitor: Visitor) -> None:
    team(visitor)
    visitor.go("/archive")
    sees(visitor, "Find an archived record", "Or by exactly the name and date of birth")


@state
def archive_wrong(visitor: Visitor) -> None:
    archive(visitor)
    visitor.page.get_by_label("Family name").fill("Haddad")
    visitor.press("Find the record")
    sees(visitor, "Enter the given name too, or the ContactPoint number alone", "Choose why you need to read it")


@state
def archive_nobody_found(visitor: Visitor) -> None:
    archive(visitor)
    visitor.page.get_by_label("Given name").fill("Nobody")
    visitor.page.get_by_label("Family name").fill("Atall")
    for name, value in (("Day", "2"), ("Month", "5"), ("Year", "2007")):
        visitor.page.get_by_label(name).fill(value)
    visitor.page.get_by_label("A serious case review").check()
    visitor.press("Find the record")
    sees(visitor, "has exactly this name and date of birth")


@state
def archive_of_yours(visitor: Visitor) -> None:
    first, second = team(visitor)
    reading(visitor, child(visitor), first)
    reading(visitor, child(visitor, 2), first, purpose=ArchivePurpose.SECTION_47)
    reading(visitor, child(visitor, 3), first, second)
    reading(visitor, child(visitor, 3), second, first)
    reading(visitor, child(visitor, 4), first, second, agreed=True)
    reading(visitor, child(visitor, 5), first, second, agreed=False)
    visitor.go("/archive")
    sees(visitor, "Open the record", "See and answer", "See or take it back", "declined")


@state
def archived_record(visitor: Visitor) -> None:
    archive(visitor)
    visitor.page.get_by_label("ContactPoint number").fill(child(visitor).number)
    visitor.page.get_by_label("Putting our own records right").check()
    visitor.press("Find the record")
    sees(visitor, "because Amira turned 18", "Who worked with Amira")


@state
def archived_record_on_paper(visitor: Visitor) -> None:
    archived_record(visitor)
    visitor.page.get_by_role("link", name="Print on one page").click()
    sees(visitor, "This page fits on one sheet.", "The printing is recorded.")


@state
def archived_record_for_two(visitor: Visitor) -> None:
    archive(visitor)
    visitor.page.get_by_label("ContactPoint number").fill(child(visitor, 2).number)
    visitor.page.get_by_label("A serious case review").check()
    visitor.press("Find the record")
    sees(visitor, "Two of you read this record", "Who is the second person?")


@state
def archived_record_for_two_wrong(visitor: Visitor) -> None:
    archived_record_for_two(visitor)
    visitor.press("Ask them to agree")
    sees(visitor, "Choose who the second person is")


@state
def archived_record_asked_for(visitor: Visitor) -> None:
    archived_record_for_two(visitor)
    visitor.page.get_by_label("May").last.check()
    visitor.press("Ask them to agree")
    sees(visitor, "Asked. You both can read it", "See or take it back")


@state
def archived_record_to_agree_to(visitor: Visitor) -> None:
    first, second = team(visitor)
    visitor.go(reading(visitor, child(visitor, 2), second, first) + "/answer")
    sees(visitor, "Read this record together?", "Decline")


@state
def archived_record_to_take_back(visitor: Visitor) -> None:
    first, second = team(visitor)
    visitor.go(reading(visitor, child(visitor, 2), first, second) + "/answer")
    sees(visitor, "You asked to read this record", "ends by itself")


@state
def archived_record_agreed_to(visitor: Visitor) -> None:
    archived_record_to_agree_to(visitor)
    visitor.press("Agree")
    sees(visitor, "You agreed. You both can read it until the end of today.", "Open the record")


@state
def archived_record_of_two(visitor: Visitor) -> None:
    first, second = team(visitor)
    visitor.go(reading(visitor, child(visitor, 2), first, second, agreed=True))
    sees(visitor, "as agreed between", "Who looked after Amira")


@state
def archived_record_shielded(visitor: Visitor) -> None:
    first, _ = team(visitor)
    visitor.go(reading(visitor, child(visitor, shielded=True), first))
    sees(visitor, "This record is shielded.", "Who looked after Amira")
