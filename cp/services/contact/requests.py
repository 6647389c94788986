"""A request with its child and the person who asked, for those who broker and answer it."""

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, ContactRequest, Organisation, Practitioner, RoleGrant
from cp.models.child import Child
from cp.rules.access import Actor, Allowed, Refused, Subject, decide
from cp.services import looking_up
from cp.services.contact import facts
from cp.services.contact.facts import Facts
from cp.terms import Act, Reach, RecordState, Role


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and how they want to be reached: nothing that they did not offer."""

    name: str
    helps: str | None
    """For whom, where it is an assistant."""
    role: str
    organisation: str
    phone: str | None
    email: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class Found:
    """For services, never for a page."""

    request: ContactRequest
    child: Child
    asker: Asker
    owner: str | None

    @property
    def facts(self) -> Facts:
        return facts.of(self.request.facts)

    def decision(self, actor: Actor, act: Act) -> Allowed | Refused:
        """Of a record that is no longer live, nobody sees what was asked either."""
        child = self.child
        subject = Subject(child.authority_id, child.shielded, child.state is RecordState.LIVE)
        return decide(actor, act, subject, clock.today())


Query: TypeAlias = Select[ContactRequest, Child, str, str, str, str, str, str, bool, str]
_HELPED, _OWNER = aliased(Account), aliased(Account)
_PRINCIPAL = (
    select(RoleGrant.principal_id)
    .where(RoleGrant.account_id == Account.id, RoleGrant.role == Role.ASSISTANT)
    .order_by(RoleGrant.starts_on.desc(), RoleGrant.id.desc())
    .limit(1)
    .scalar_subquery()
)
FOUND = (
    select(
        ContactRequest, Child, Account.name, _HELPED.name, Practitioner.role, Organisation.name,
        func.coalesce(Practitioner.phone, Organisation.phone), func.coalesce(Practitioner.email, Organisation.email),
        Account.active, _OWNER.name,
    )
    .join(Child, Child.id == ContactRequest.child_id)
    .join(Account, Account.id == ContactRequest.account_id)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .outerjoin(_HELPED, (_HELPED.id == _PRINCIPAL) & Account.practitioner_id.is_(None))
    .outerjoin(Practitioner, Practitioner.id == func.coalesce(Account.practitioner_id, _HELPED.practitioner_id))
    .outerjoin(_OWNER, _OWNER.id == ContactRequest.owner_id)
    .order_by(ContactRequest.asked_at, ContactRequest.id)
)  # fmt: skip
"""The oldest first. An assistant is reached as the one they assist."""


def found(session: Session, query: Query) -> list[Found]:
    rows = []
    for request, child, name, helps, role, place, phone, email, active, owner in session.execute(query):
        asker = Asker(name, helps, role or "", place, None if request.reach is Reach.EMAIL else phone,
                      None if request.reach is Reach.PHONE else email, active)  # fmt: skip
        rows.append(Found(request, child, asker, owner))
    return rows


def hold(session: Session, actor: Actor, one: Found) -> None:
    """Nobody else changes the request or its record until the transaction ends: account, child, request."""
    looking_up.hold(session, actor)
    for row in (one.child, one.request):
        session.refresh(row, with_for_update=True)


def by_uid(uid: UUID) -> Query:
    return FOUND.where(ContactRequest.uid == uid)
