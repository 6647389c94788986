"""People whom schools name, and sessions that train them."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from cp.models import NamedPerson, Organisation, TrainingPlace, TrainingSession
from cp.services.implementation import counting_people
from cp.terms import Training
from tests import build
from tests.build import World

WHO = count(1)
SOON, PAST = date(2026, 12, 3), date(2026, 11, 10)


def named(session: Session, school: Organisation, name: str = "", **given: Any) -> NamedPerson:
    """A head of year, to find children, unless told otherwise."""
    number = next(WHO)
    facts = {"name": name or f"Bryn Castle {number}", "email": f"bryn.{number}@example.test", "post": "head_of_year",
             "need": Training.USERS} | given  # fmt: skip
    made = build.add(session, NamedPerson(organisation_id=school.id, **facts))
    counting_people.renew(session, [school])
    return made  # type: ignore[no-any-return]


def held(session: Session, world: World, *booked: NamedPerson, **given: Any) -> TrainingSession:
    """Two hours at the town hall for twelve users, and these people booked for it."""
    facts = {
        "kind": Training.USERS, "held_on": SOON, "starts_at": "14:00", "minutes": 120, "online": False,
        "place": "Town Hall, Northvale", "places": 12, "formats": "step_free+large_print", "version": 1,
        "authority_id": world.authority.id,
    } | given  # fmt: skip
    made = build.add(session, TrainingSession(**facts))
    for person in booked:
        build.add(session, TrainingPlace(session_id=made.id, person_id=person.id))
    counting_people.renew(session, counting_people.booked_at(session, [made.id]))
    return made  # type: ignore[no-any-return]
