"""Builders of brokered contact: a sensitive service, requests in each state, who answers them."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Authority, ContactRequest, Organisation, new_uid
from cp.models.child import Child
from cp.services.contact import facts
from cp.services.contact.facts import Facts, Passed
from cp.services.sensitive import reading
from cp.services.sensitive.reading import ServiceShown
from cp.terms import (
    Act,
    BodyKind,
    ContactAbout,
    ContactEvent,
    ContactReason,
    ContactState,
    OrganisationKind,
    Reach,
    Role,
    SensitiveSubject,
)
from tests import build
from tests.build import Person, World
from tests.web import Browser, Page

TAKEN = (ContactEvent.TAKE,)
PASSED = (*TAKEN, ContactEvent.PASS_ON)
AGREED = (*PASSED, ContactEvent.AGREE)
DECLINED = (*PASSED, ContactEvent.DECLINE)
CLOSED = (*TAKEN, ContactEvent.CLOSE)


def clinic(session: Session, world: World, tag: str = "") -> Person:
    """A practitioner of a service that the register calls sensitive."""
    place = build.organisation(session, world.authority, OrganisationKind.HEALTH_SERVICE, name="The Quay clinic",
                               body_kind=BodyKind.HEALTH, for_everyone_of_age=None,
                               sensitive_subject=SensitiveSubject.SEXUAL_HEALTH)  # fmt: skip
    return build.person(session, place, "Kit Larsen", f"kit.larsen{tag}", role_title="Clinic nurse")


def service_of(person: Person, session: Session) -> str:
    organisation = session.get_one(Organisation, person.account.organisation_id)
    return str(organisation.uid)


def entry(person: Person, session: Session, entry_uid: UUID | None = None) -> ServiceShown:
    """What the sensitive service recorded of a child, as the management team is shown it."""
    return ServiceShown(entry_uid or new_uid(), service_of(person, session), "The Quay clinic", "Kit Larsen",
                        "+441614960155", None)  # fmt: skip


def second_manager(session: Session, world: World) -> Person:
    return build.person(session, world.council, "May Adeyemi", "may.manager", Role.MANAGEMENT_TEAM)


def elsewhere(session: Session) -> Authority:
    return build.add(  # type: ignore[no-any-return]
        session,
        build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                  help_phone="+441614960101"),
    )  # fmt: skip


def asked(session: Session, person: Person, child: Child, *done: ContactEvent, to: Passed | None = None,
          owner: Person | None = None, **given: Any) -> ContactRequest:  # fmt: skip
    """A request of this person for this child, so far on its way."""
    values = {"about": ContactAbout.SERVICES, "reason": ContactReason.WORRIED, "reach": Reach.EITHER,
              "asked_at": clock.now()} | given  # fmt: skip
    made = ContactRequest(reference=build.reference(), authority_id=child.authority_id, child_id=child.id,
                          account_id=person.account.id, owner_id=owner.account.id if owner else None,
                          **values)  # fmt: skip
    held: Facts | None = Facts()
    for event in done:
        assert held is not None
        held = facts.moved(held, event, clock.now(), to=to if event is ContactEvent.PASS_ON else None)
    assert held is not None
    facts.keep(made, held)
    return build.add(session, made)  # type: ignore[no-any-return]


def on_list(session: Session, world: World, **given: Any) -> Child:
    """A child whom Sam works with, so that Sam need not say why."""
    assert world.sam.practitioner is not None
    child = build.child(session, world, **given)
    build.involvement(session, child, world.sam.practitioner)
    return child


def recorded(monkeypatch: pytest.MonkeyPatch, *entries: ServiceShown) -> None:
    """These sensitive services stand on every record."""
    monkeypatch.setattr(reading, "services_of", lambda *_: entries)


def to_service(shown: ServiceShown) -> Passed:
    return Passed("service", shown.service, shown.entry_uid)


def requests(session: Session) -> list[ContactRequest]:
    session.rollback()
    return list(session.scalars(select(ContactRequest).order_by(ContactRequest.id)))


def written(session: Session, *acts: Act) -> list[tuple[object, ...]]:
    """What the audit says of these acts: which, about whom and what, and why."""
    query = select(AuditEvent).where(AuditEvent.act.in_(acts)).order_by(AuditEvent.id)
    return [(one.act, one.subject_id, one.object_id, one.reason) for one in session.scalars(query)]


def signed_in(app: Flask, session: Session, person: Person) -> Browser:
    """Without the pages of signing in, which take their time on purpose."""
    browser = Browser(app)
    browser.become(session, person)
    return browser


def neutral(page: Page) -> str:
    """The answer without what differs each time: tokens of forms, ids, references, random padding."""
    text = re.sub(r'name="(csrf_token|once)" value="[^"]*"', "", page.response.text)
    return re.sub(r"<!--.*?-->|/[0-9a-f-]{36}|CR-\d{6}", "", text)


def state_of(session: Session, request: ContactRequest) -> ContactState:
    session.refresh(request)
    return facts.of(request.facts).state
