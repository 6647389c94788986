"""Whom schools name, and sessions, clusters and practice tasks: what an address of training can name."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Cluster, Organisation
from tests import build, build_training
from tests.build import World

OF_SCHOOLS = ("open", "bare", "elsewhere", "none")
STATES = {
    "person_uid": OF_SCHOOLS, "session_uid": OF_SCHOOLS, "cluster_uid": ("open", "elsewhere", "none"),
    "task_code": ("open", "none"),
}  # fmt: skip
"""`bare`: of the organisation that is `bare` itself; a session for which nobody is booked."""
Ids = dict[str, dict[str, UUID | str]]


def make(session: Session, world: World, schools: dict[str, UUID | str], there: Organisation) -> Ids:
    """People of the organisations that an address can name, sessions to come and clusters, here and elsewhere."""
    places = {state: _at(session, schools[state]) for state in ("open", "bare", "elsewhere")}
    people = {state: build_training.named(session, place) for state, place in places.items()}
    booked = {"open": people["open"], "elsewhere": people["elsewhere"]}
    sessions = {
        state: build_training.held(
            session, world, *([booked[state]] if state in booked else []),
            authority_id=there.authority_id if state == "elsewhere" else world.authority.id,
        )
        for state in ("open", "bare", "elsewhere")
    }  # fmt: skip
    clusters = {
        state: build.add(session, Cluster(name="Weirside", authority_id=authority_id))
        for state, authority_id in (("open", world.authority.id), ("elsewhere", there.authority_id))
    }
    return {
        "person_uid": {state: one.uid for state, one in people.items()},
        "session_uid": {state: one.uid for state, one in sessions.items()},
        "cluster_uid": {state: one.uid for state, one in clusters.items()},
        "task_code": {"open": "find"},
    }


def _at(session: Session, uid: UUID | str) -> Organisation:
    return session.scalars(select(Organisation).where(Organisation.uid == uid)).one()


def made(session: Session, world: World) -> dict[str, UUID | str]:
    """One of each."""
    person = build_training.named(session, world.school)
    held = build_training.held(session, world, person)
    cluster = build.add(session, Cluster(name="Weirside", authority_id=world.authority.id))
    return {"person_uid": person.uid, "session_uid": held.uid, "cluster_uid": cluster.uid, "task_code": "find"}
