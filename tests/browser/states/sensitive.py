"""A sensitive service: recorded by consent, withdrawn, called so by its manager; and the sentence on every record."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import delete

from cp import clock
from cp.models import Setting
from cp.models.child import Child
from cp.terms import SensitiveSubject
from tests import build
from tests.browser.directory import aged
from tests.browser.states.steps import sees, state
from tests.browser.visitor import Visitor
from tests.build_sensitive import Clinic, entry


def clinic(visitor: Visitor, subject: SensitiveSubject | None = SensitiveSubject.SEXUAL_HEALTH) -> Clinic:
    """One of its own for whoever asks, whose accounts are in date."""
    with visitor.site.session() as session:
        made = Clinic.make(session, visitor.site.directory.world, subject, tag=uuid4().hex[:8])
        made.organisation.accreditation_ends_on = clock.today() + timedelta(days=300)
        for person in (made.kit, made.wren, made.cleo):
            account, today = person.account, clock.today()
            account.kept_on = account.last_used_on = account.trained_on = account.check_issued_on = today
        if made.wren.practitioner:
            made.wren.practitioner.team = "Young minds"
    return made


def young(visitor: Visitor) -> Child:
    return visitor.site.add("Zofia", "Nowak", aged(15))


def at_the_form(visitor: Visitor) -> Child:
    """Kit has the form on the screen."""
    child = young(visitor)
    visitor.become(clinic(visitor).kit).open(child)
    visitor.press("Record your involvement")
    return child


@state
def sensitive_form(visitor: Visitor) -> None:
    at_the_form(visitor)
    sees(visitor, "Read this out before you ask", "Nobody else sees anything")


@state
def sensitive_form_wrong(visitor: Visitor) -> None:
    at_the_form(visitor)
    visitor.page.get_by_label("Who judged it?").select_option("")
    visitor.press("Record involvement")
    sees(visitor, "There is a problem", "Choose on what ground you record it")


@state
def sensitive_form_refused(visitor: Visitor) -> None:
    at_the_form(visitor)
    visitor.page.get_by_label("A parent or carer consents").check()
    visitor.press("Record involvement")
    sees(visitor, "Nobody consents for a child who understands.")


@state
def sensitive_recorded(visitor: Visitor) -> None:
    at_the_form(visitor)
    visitor.page.get_by_label("Zofia consents", exact=True).check()
    visitor.page.get_by_label("Yes", exact=True).check()
    visitor.press("Record involvement")
    sees(visitor, "Your involvement with Zofia is recorded.", "Your service and the management team see this.")


@state
def sensitive_for_the_team(visitor: Visitor) -> None:
    child, made = young(visitor), clinic(visitor)
    with visitor.site.session() as session:
        entry(session, made.kit, child)
        entry(session, made.wren, child, ground="suspected_harm")
    visitor.become(visitor.site.directory.world.max).open(child)
    sees(visitor, "The management team and each service itself see this.", "Significant harm is suspected")


def with_one(visitor: Visitor) -> None:
    """Kit has My involvements on the screen, with one entry."""
    child, made = young(visitor), clinic(visitor)
    with visitor.site.session() as session:
        entry(session, made.kit, child)
    visitor.become(made.kit).go("/involvements")


@state
def sensitive_mine(visitor: Visitor) -> None:
    with_one(visitor)
    sees(visitor, "By consent, in your service")


@state
def sensitive_withdrawing(visitor: Visitor) -> None:
    with_one(visitor)
    visitor.press("Withdraw or end the entry for Zofia Nowak")
    sees(visitor, "Why is it withdrawn?")


@state
def sensitive_withdrawing_wrong(visitor: Visitor) -> None:
    sensitive_withdrawing(visitor)
    visitor.press("Withdraw entry")
    sees(visitor, "Choose why it is withdrawn")


@state
def sensitive_withdrawn(visitor: Visitor) -> None:
    sensitive_withdrawing(visitor)
    visitor.page.get_by_label("Consent is withdrawn").check()
    visitor.press("Withdraw entry")
    sees(visitor, "The entry is gone. Nobody sees it any more.")


@state
def sensitive_refused_elsewhere(visitor: Visitor) -> None:
    child = at_the_form(visitor)
    visitor.go(f"/children/{child.uid}/involvements/new")
    sees(visitor, "Your service is recorded by consent")


@state
def services(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.una).go("/services")
    sees(visitor, "Hollin Bank Primary School")


def at_the_service(visitor: Visitor) -> None:
    """Cleo has the question on the screen, for a service with a team and an involvement."""
    made, child = clinic(visitor, None), young(visitor)
    with visitor.site.session() as session:
        assert made.kit.practitioner is not None
        build.involvement(session, child, made.kit.practitioner)
    visitor.become(made.cleo).go("/services")
    visitor.press("Change what Vale Young People’s Clinic is")


@state
def service(visitor: Visitor) -> None:
    at_the_service(visitor)
    sees(visitor, "What kind of service is it?")


@state
def service_wrong(visitor: Visitor) -> None:
    at_the_service(visitor)
    visitor.page.get_by_label("Which service?").select_option("")
    visitor.press("Continue")
    sees(visitor, "Choose the whole organisation or a team")


@state
def service_sure(visitor: Visitor) -> None:
    at_the_service(visitor)
    visitor.page.get_by_label("Sexual health").check()
    visitor.press("Continue")
    sees(visitor, "1 involvement recorded by this service leaves the directory now.")


@state
def service_declared(visitor: Visitor) -> None:
    service_sure(visitor)
    visitor.press("Change it")
    sees(visitor, "It is changed. 1 involvement has left the directory.")


@state
def service_ordinary_again(visitor: Visitor) -> None:
    visitor.become(clinic(visitor).cleo).go("/services")
    visitor.press("Change what Vale Young People’s Clinic is")
    visitor.page.get_by_label("Ordinary").check()
    visitor.press("Continue")
    sees(visitor, "stays hidden")


def line(visitor: Visitor, words: str) -> None:
    visitor.become(visitor.site.directory.world.max).go("/neutral-line")
    visitor.page.get_by_label(words).check()
    visitor.press("Save")


@state
def neutral_line(visitor: Visitor) -> None:
    visitor.become(visitor.site.directory.world.max).go("/neutral-line")
    sees(visitor, "Should every record say that there may be other services?")


@state
def neutral_line_on_a_record(visitor: Visitor) -> None:
    """And off again, so that no other state has it."""
    line(visitor, "Yes, on every record alike")
    visitor.become(visitor.site.directory.world.sam).open(visitor.site.directory.children.shielded)
    sees(visitor, "Ask the management team to contact other services.")
    with visitor.site.session() as session:
        session.execute(delete(Setting).where(Setting.name == "neutral_line"))
