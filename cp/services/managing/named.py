"""Whom the schools in a manager's scope name for ContactPoint, and who has not been invited yet."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import NamedPerson, Organisation
from cp.rules.access import Actor
from cp.rules.training import ROLE_OF, named_problem
from cp.services import audit
from cp.services.managing import holders
from cp.terms import Act, BodyKind, Role


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody to invite, in which role."""

    person: NamedPerson
    place: Organisation
    role: Role


def waiting(session: Session, actor: Actor) -> list[Named]:
    """By school and name; only who may be let in."""
    query = (
        select(NamedPerson, Organisation)
        .join(Organisation, Organisation.id == NamedPerson.organisation_id)
        .where(NamedPerson.account_id.is_(None), Organisation.authority_id == actor.authority_id)
        .order_by(Organisation.name, Organisation.id, NamedPerson.name, NamedPerson.id)
    )
    if actor.body_kind is not BodyKind.AUTHORITY:
        query = query.where(Organisation.id == actor.organisation_id)
    every = [Named(person, place, ROLE_OF[person.need]) for person, place in session.execute(query)]
    return [one for one in every if _may_be_invited(actor, one)]


def show(session: Session, actor: Actor) -> list[Named]:
    """For the page."""
    found = waiting(session, actor)
    audit.record(session, actor, Act.SEE_ACCOUNTS, audit.About(results=len(found)))
    return found


def one(session: Session, actor: Actor, uid: UUID | None) -> Named | None:
    """One of them by its id; None for any other."""
    return next((one for one in waiting(session, actor) if one.person.uid == uid), None) if uid else None


def _may_be_invited(actor: Actor, one: Named) -> bool:
    may = holders.may(actor, Act.INVITE, holders.newcomer(one.place, one.role))
    return may and named_problem(one.person.need, one.place.kind, one.person.post) is None
