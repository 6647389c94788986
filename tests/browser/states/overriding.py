"""Looking through a shield, and whoever says whether it was right: in an authority of its own each time."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Authority, Organisation, Override, SignedIn
from cp.rules.days import anniversary
from cp.terms import BodyKind, OrganisationKind, OverrideFinding, Role
from tests import build, build_overriding
from tests.browser.people import ago
from tests.browser.states.steps import children, sees, state
from tests.browser.visitor import Visitor
from tests.build import Person

GO, WARNING = "Override the shield", "See what is shielded on this record?"


def in_date() -> dict[str, Any]:
    return {"kept_on": clock.today(), "last_used_on": clock.today(), "check_issued_on": ago(400),
            "trained_on": ago(300)}  # fmt: skip


def holder(visitor: Visitor, session: Session) -> Person:
    """Ola, in an authority where nobody else works."""
    elsewhere = build.add(session, build.opened(name="Westmoor Council", education_code="998",
                                             team_phone="+441614960131", help_phone="+441614960101"))  # fmt: skip
    made = build_overriding.holder(session, elsewhere, email=f"ola.{uuid4().hex[:8]}", **in_date())
    session.get_one(Organisation, made.account.organisation_id).accreditation_ends_on = anniversary(clock.today(), 1)
    return made


def colleague(session: Session, person: Person, role: Role, name: str) -> Person:
    """Somebody at the council of that authority."""
    authority_id = session.get_one(Organisation, person.account.organisation_id).authority_id
    council = build.organisation(
        session, session.get_one(Authority, authority_id), OrganisationKind.COUNCIL_SERVICE, name="Westmoor Council",
        body_kind=BodyKind.AUTHORITY, accreditation_ends_on=anniversary(clock.today(), 1),
    )  # fmt: skip
    email = f"{name.split()[0].lower()}.{uuid4().hex[:8]}"
    return build.person(session, council, name, email, role, **in_date())


def ola(visitor: Visitor) -> Person:
    """Signed in, with the shielded record open."""
    with visitor.site.session() as session:
        person = holder(visitor, session)
    visitor.become(person).open(children(visitor).shielded)
    return person


def time_is_up(visitor: Visitor, person: Person) -> None:
    """Whatever the person looks at through a shield was opened a quarter of an hour ago."""
    theirs = update(Override).where(Override.account_id == person.account.id)
    with visitor.site.session() as session:
        session.execute(theirs.values(opened_at=clock.now() - timedelta(minutes=15)))


@state
def record_shielded_for_a_holder(visitor: Visitor) -> None:
    ola(visitor)
    sees(visitor, GO)


@state
def override_warning(visitor: Visitor) -> None:
    ola(visitor)
    visitor.press(GO)
    sees(visitor, WARNING)


@state
def override_with_a_code(visitor: Visitor) -> None:
    person = ola(visitor)
    earlier = update(SignedIn).where(SignedIn.account_id == person.account.id)
    with visitor.site.session() as session:
        session.execute(earlier.values(factor_at=clock.now() - timedelta(minutes=6)))
    visitor.press(GO)
    sees(visitor, WARNING, "A new one from your app or printed codes")


@state
def override_not_filled_in(visitor: Visitor) -> None:
    override_with_a_code(visitor)
    visitor.press(GO)
    sees(visitor, "Choose why you need it now", "Enter a new security code")


@state
def override_open(visitor: Visitor) -> None:
    override_warning(visitor)
    visitor.page.get_by_label("A court or police protection order").check()
    visitor.press(GO)
    sees(visitor, "Shield overridden.", "15 minutes left.", "1 Hidden Lane")


@state
def override_closed_again(visitor: Visitor) -> None:
    override_open(visitor)
    visitor.press("Close it now")
    sees(visitor, "The shield is closed again.")


@state
def override_over(visitor: Visitor) -> None:
    ola(visitor)
    visitor.go(f"/children/{children(visitor).shielded.uid}?over=time#said")
    sees(visitor, "Time is up. The shield is closed again.")


@state
def override_while_one_waits(visitor: Visitor) -> None:
    override_closed_again(visitor)
    visitor.press(GO)
    sees(visitor, "You have an override waiting for a finding")


@state
def override_not_shielded(visitor: Visitor) -> None:
    ola(visitor)
    visitor.open(children(visitor).nobody)
    visitor.go(f"/children/{children(visitor).nobody.uid}/override")
    sees(visitor, "There is no shield to look through now.")


def reviewed(visitor: Visitor, role: Role = Role.REVIEWER, name: str = "Ron Castle", **given: Any) -> Person:
    """An override of Ola's, which somebody in this role has before them. Answers Ola."""
    with visitor.site.session() as session:
        person = holder(visitor, session)
        other = colleague(session, person, role, name)
        if given.pop("named", False):
            given["reviewer_id"] = colleague(session, person, Role.REVIEWER, "Rea Named").account.id
        if "finding" in given:
            given |= {"closed_by_id": other.account.id}
        build_overriding.override(session, person, children(visitor).shielded, **given)
    visitor.become(other)
    return person


def shown(visitor: Visitor, person: Person) -> None:
    with visitor.site.session() as session:
        uid = session.scalars(select(Override.uid).where(Override.account_id == person.account.id)).one()
    visitor.go(f"/overrides/{uid}")


@state
def overrides(visitor: Visitor) -> None:
    reviewed(visitor, Role.MANAGEMENT_TEAM, "May Lindholm", opened_at=clock.now() - timedelta(days=9))
    visitor.go("/")
    sees(visitor, "1 override is waiting for a finding")
    visitor.go("/overrides")
    sees(visitor, "Gone up", "For any reviewer")


@state
def overrides_none(visitor: Visitor) -> None:
    with visitor.site.session() as session:
        reviewer = colleague(session, holder(visitor, session), Role.REVIEWER, "Ron Castle")
    visitor.become(reviewer).go("/overrides")
    sees(visitor, "No override waits for a finding.")


@state
def override_to_review(visitor: Visitor) -> None:
    shown(visitor, reviewed(visitor))
    sees(visitor, "Was this override right?", "I need Ola’s answer first")


@state
def override_without_a_finding(visitor: Visitor) -> None:
    override_to_review(visitor)
    visitor.page.get_by_role("button", name="Close OV-").click()
    sees(visitor, "Choose your finding")


@state
def override_for_another_reviewer(visitor: Visitor) -> None:
    shown(visitor, reviewed(visitor, named=True))
    sees(visitor, "Rea Named answers it by")


@state
def override_reviewed(visitor: Visitor) -> None:
    override_to_review(visitor)
    visitor.page.get_by_label("It was not right").check()
    visitor.page.get_by_role("button", name="Close OV-").click()
    sees(visitor, "is closed.", "It was not right")


@state
def override_asked(visitor: Visitor) -> None:
    visitor.become(reviewed(visitor, asked_at=clock.now())).go("/account/overrides")
    sees(visitor, "Why could it not wait?")


@state
def override_not_answered(visitor: Visitor) -> None:
    override_asked(visitor)
    visitor.press("Send answer")
    sees(visitor, "Choose why it could not wait")


@state
def override_answered(visitor: Visitor) -> None:
    override_asked(visitor)
    visitor.page.get_by_label("I looked by mistake").check()
    visitor.press("Send answer")
    sees(visitor, "is kept. The reviewer reads it.")


@state
def override_found(visitor: Visitor) -> None:
    person = reviewed(visitor, finding=OverrideFinding.NOT_RIGHT, closed_at=clock.now())
    visitor.become(person).go("/")
    sees(visitor, "The finding: it was not right.")


@state
def override_none_of_ones_own(visitor: Visitor) -> None:
    ola(visitor)
    visitor.go("/account/overrides")
    sees(visitor, "You have looked through no shield.")
