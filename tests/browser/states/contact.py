"""Asking for contact, the management team's requests, and the answer of whoever was asked."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from cp import clock
from cp.models import ContactRequest
from cp.models.child import Child
from cp.services.contact.facts import Passed
from cp.terms import ContactAbout, ContactEvent
from tests import build
from tests.browser.states.steps import children, opened, sees, state
from tests.browser.visitor import Visitor
from tests.build import Person
from tests.build_contact import AGREED, CLOSED, DECLINED, PASSED, TAKEN, asked, clinic, entry, to_service


def asker(visitor: Visitor, name: str = "Dee Whitlock") -> Person:
    """Somebody of their own, who has asked for nothing yet."""
    with visitor.site.session() as session:
        world, today = visitor.site.directory.world, clock.today()
        facts: dict[str, Any] = {"kept_on": today, "last_used_on": today, "check_issued_on": today, "trained_on": today}
        return build.person(session, world.school, name, f"dee.{uuid4().hex[:8]}", role_title="Teacher",
                            **facts)  # fmt: skip


def asked_by(visitor: Visitor, person: Person, child: Child, *done: ContactEvent, **given: Any) -> ContactRequest:
    """A request of this person, which Max has taken if it is that far."""
    with visitor.site.session() as session:
        owner = visitor.site.directory.world.max if done else None
        return asked(session, person, child, *done, owner=owner, **given)


def nurse(visitor: Visitor, *asking: Person) -> Person:
    """A practitioner of a sensitive service, to whom requests of these people were passed."""
    with visitor.site.session() as session:
        world, today = visitor.site.directory.world, clock.today()
        kit = clinic(session, world, f".{uuid4().hex[:8]}")
        account = session.merge(kit.account)
        account.kept_on = account.last_used_on = account.check_issued_on = account.trained_on = today
        to = to_service(entry(kit, session))
        for person in asking:
            asked(session, person, children(visitor).crowded, *PASSED, to=to, owner=world.max)
    return kit


def team(visitor: Visitor, request: ContactRequest | None = None) -> None:
    where = f"/contact-requests/{request.uid}" if request else "/contact-requests"
    visitor.become(visitor.site.directory.world.max).go(where)


@state
def contact_asking(visitor: Visitor) -> None:
    opened(visitor, children(visitor).amira)
    visitor.press("Ask for contact")
    sees(visitor, "You ask to reach other services that may work with Amira.")


@state
def contact_asking_behind_a_shield(visitor: Visitor) -> None:
    opened(visitor, children(visitor).shielded)
    visitor.press("Ask for contact")
    sees(visitor, "Leo’s family")


@state
def contact_not_asked(visitor: Visitor) -> None:
    contact_asking_behind_a_shield(visitor)
    visitor.press("Ask for contact")
    sees(visitor, "Choose whom you want to reach", "Choose why you ask")


@state
def contact_asked(visitor: Visitor) -> None:
    visitor.become(asker(visitor)).open(children(visitor).amira)
    visitor.press("Ask for contact")
    visitor.page.get_by_label("I am planning support for this child").check()
    visitor.page.get_by_label("Either").check()
    visitor.press("Ask for contact")
    sees(visitor, "The management team has your request.", "Waiting")


@state
def contact_asked_already(visitor: Visitor) -> None:
    contact_asked(visitor)
    visitor.go(f"/children/{children(visitor).amira.uid}/contact")
    sees(visitor, "You have asked already and wait for an answer")


@state
def contact_with_every_answer(visitor: Visitor) -> None:
    person, long_ago = asker(visitor), clock.now() - timedelta(days=20)
    asked_by(visitor, person, children(visitor).crowded, *AGREED, to=Passed("family"))
    asked_by(visitor, person, children(visitor).amira)
    asked_by(visitor, person, children(visitor).shielded, *CLOSED, asked_at=long_ago, about=ContactAbout.FAMILY)
    visitor.become(person).go("/contacts")
    sees(visitor, "They will call you", "Waiting", "No contact will be made")


@state
def contact_of_nobody(visitor: Visitor) -> None:
    visitor.become(asker(visitor)).go("/contacts")
    sees(visitor, "You have not asked for contact.")


@state
def contact_requests(visitor: Visitor) -> None:
    person, long_ago = asker(visitor), clock.now() - timedelta(days=20)
    asked_by(visitor, person, children(visitor).crowded, asked_at=long_ago)
    asked_by(visitor, person, children(visitor).amira, *TAKEN)
    asked_by(visitor, person, children(visitor).amira, *DECLINED, to=Passed("family"))
    team(visitor)
    sees(visitor, "The oldest stands first.", "Overdue", "Nobody will call")


@state
def contact_request_not_taken(visitor: Visitor) -> None:
    team(visitor, asked_by(visitor, asker(visitor), children(visitor).amira))
    sees(visitor, "Nobody has taken it")


@state
def contact_request_with_nobody_to_ask(visitor: Visitor) -> None:
    contact_request_not_taken(visitor)
    visitor.press("Take this request")
    sees(visitor, "You have taken this request.", "There is nobody to ask.")


@state
def contact_request_closed(visitor: Visitor) -> None:
    contact_request_with_nobody_to_ask(visitor)
    visitor.press("Close this request")
    sees(visitor, "This request is closed.", "Nothing is left to do.")


@state
def contact_request_to_be_passed_on(visitor: Visitor) -> None:
    team(visitor, asked_by(visitor, asker(visitor), children(visitor).shielded, *TAKEN))
    sees(visitor, "Who is to be asked?", "Nia Pritchard", "Do not confirm or deny")


@state
def contact_request_not_passed_on(visitor: Visitor) -> None:
    contact_request_to_be_passed_on(visitor)
    visitor.press("Save")
    sees(visitor, "There is a problem")


@state
def contact_request_passed_on(visitor: Visitor) -> None:
    contact_request_to_be_passed_on(visitor)
    visitor.page.get_by_label("Nia Pritchard").check()
    visitor.press("Save")
    sees(visitor, "It is passed on.", "What did they say?")


@state
def contact_request_with_a_service(visitor: Visitor) -> None:
    with visitor.site.session() as session:
        kit = clinic(session, visitor.site.directory.world, f".{uuid4().hex[:8]}")
        to = to_service(entry(kit, session))
    team(visitor, asked_by(visitor, asker(visitor), children(visitor).amira, *PASSED, to=to))
    sees(visitor, "Only the service can say that it will call.")


@state
def contact_request_with_the_family(visitor: Visitor) -> None:
    request = asked_by(visitor, asker(visitor), children(visitor).shielded, *PASSED, to=Passed("family"),
                       about=ContactAbout.FAMILY)  # fmt: skip
    team(visitor, request)
    sees(visitor, "Call the family")


@state
def contact_request_answered(visitor: Visitor) -> None:
    contact_request_with_the_family(visitor)
    visitor.page.get_by_label("They agree: they will call").check()
    visitor.press("Save")
    sees(visitor, "whoever asked reads that they will call", "Answered by")


@state
def contact_request_of_somebody_suspended(visitor: Visitor) -> None:
    person = asker(visitor)
    request = asked_by(visitor, person, children(visitor).amira, *TAKEN)
    with visitor.site.session() as session:
        session.merge(person.account).active = False
    team(visitor, request)
    sees(visitor, "may not use ContactPoint now")


@state
def asked_to_call(visitor: Visitor) -> None:
    kit = nurse(visitor, asker(visitor), visitor.site.directory.world.ash)
    visitor.become(kit).go("/involvements")
    visitor.press("You are asked to call somebody")
    sees(visitor, "2 people ask to be called", "Ash Bello, for Nia Pritchard")


@state
def asked_to_call_and_answered(visitor: Visitor) -> None:
    visitor.become(nurse(visitor, asker(visitor))).go("/contact-requests/passed")
    visitor.page.get_by_role("button", name="We will call them").click()
    sees(visitor, "Your answer is kept.", "Nobody waits for a call from you.")
