"""One organisation on its way: what it waits for, what is done, whom to contact, which contacts were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import Onboarding, Organisation, SchoolContact
from cp.rules.access import Actor
from cp.services import audit
from cp.services.implementation import carried, contacts, log, schools, steps
from cp.services.implementation.log import Logged
from cp.terms import Act


@dataclass(frozen=True, slots=True)
class School:
    """`closed_on` is the first day on which it is no more; `successor` is named whoever's it is, `ours` if it is.

    `came_after`: others of this authority have closed into it.
    """

    organisation: Organisation
    row: Onboarding
    closed_on: date | None
    successor: Organisation | None
    ours: bool
    came_after: bool
    contacts: Sequence[SchoolContact]
    log: Sequence[Logged]

    @property
    def open_steps(self) -> Sequence[Logged]:
        """Next steps still to be done, the first due first."""
        return sorted((one for one in self.log if one.is_open), key=lambda one: one.entry.next_on or date.max)


def show(session: Session, actor: Actor, uid: UUID) -> School:
    """Raises Refusal: one of another authority is not there. One that has closed is."""
    organisation = schools.one_of_ours(session, actor, uid)
    row, ends = steps.held(session, organisation), organisation.valid_to
    closed_on = ends if ends and ends <= clock.today() else None
    after = session.get(Organisation, organisation.successor_id) if organisation.successor_id else None
    found = School(
        organisation, row, closed_on, after, after is not None and after.authority_id == actor.authority_id,
        carried.came_after(session, organisation), contacts.there(session, organisation), log.of(session, organisation),
    )  # fmt: skip
    audit.record(session, actor, Act.SEE_SCHOOL, audit.About(object_id=uid))
    return found
