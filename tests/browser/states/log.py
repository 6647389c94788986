"""The log: what a reviewer reads, asks and prints; what each user reads of themselves."""

from cp.terms import Act
from tests import build, build_log
from tests.browser.states.steps import sam, sees, state
from tests.browser.visitor import Visitor


def happened(visitor: Visitor) -> None:
    """Some of everything that the log may say; Rex reads it."""
    directory = visitor.site.directory
    world, child = directory.world, directory.children.nobody
    with visitor.site.session() as session:
        search = build.search(session, world.sam, criteria={"given_name": "Amira", "family_name": "Siddiqui"})
        build_log.entry(session, world.sam, Act.SEARCH, object_id=search.uid, reason="working_with")
        build_log.opened(session, world.sam, child)
        build_log.opened(session, world.nia, child, parts="identity")
        build_log.entry(session, world.nia, Act.OVERRIDE, child, reason="section_47", object_id=search.uid)
        build_log.refused(session, world.lou, Act.PREPARE_SEARCH, None, "check")
    visitor.become(world.rex)


@state
def log(visitor: Visitor) -> None:
    happened(visitor)
    visitor.go("/log")
    sees(visitor, "Look at these first", "Overrode a shield", "Everything else")


@state
def log_asked_for(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.rex).go("/log")
    visitor.press("Choose what to read")
    sees(visitor, "What do you want to read?")


@state
def log_asked_for_wrongly(visitor: Visitor) -> None:
    log_asked_for(visitor)
    visitor.page.get_by_label("Work email of the person").fill("nobody@example.test")
    visitor.page.get_by_label("ContactPoint number of the child").fill("402 716 5582")
    visitor.press("Read the log")
    sees(visitor, "There is a problem", "That is not a ContactPoint number.")


@state
def log_of_a_person(visitor: Visitor) -> None:
    happened(visitor)
    visitor.go("/log/new")
    visitor.page.get_by_label("Work email of the person").fill(visitor.site.directory.world.sam.email)
    visitor.press("Read the log")
    sees(visitor, "Log of all days", "Only Sam Okafor")


@state
def log_without_an_entry(visitor: Visitor) -> None:
    log_asked_for(visitor)
    visitor.page.get_by_label("ContactPoint number of the child").fill("CP 000 000 0000")
    visitor.press("Read the log")
    sees(visitor, "Nothing else is in the log for this.")


@state
def log_on_paper(visitor: Visitor) -> None:
    log_of_a_person(visitor)
    visitor.press("Print")
    sees(visitor, "Printed by Rex Hale")


@state
def what_was_searched_for_asked(visitor: Visitor) -> None:
    log(visitor)
    visitor.page.get_by_role("link", name="What was searched for").first.click()
    sees(visitor, "What do you need to read it for?")


@state
def what_was_searched_for_without_a_review(visitor: Visitor) -> None:
    what_was_searched_for_asked(visitor)
    visitor.press("Show what was searched for")
    sees(visitor, "Choose what you need to read it for")


@state
def what_was_searched_for(visitor: Visitor) -> None:
    what_was_searched_for_asked(visitor)
    visitor.page.get_by_label("A complaint").check()
    visitor.press("Show what was searched for")
    sees(visitor, "Amira Siddiqui", "This is shown once")


@state
def own_log(visitor: Visitor) -> None:
    happened(visitor)
    sam(visitor).go("/account")
    visitor.press("What you did")
    sees(visitor, "Everything that you did while you were signed in", "Opened a record")
