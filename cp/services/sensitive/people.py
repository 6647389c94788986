"""Who works in a sensitive service: named for the service itself and for the management team."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Organisation, Practitioner
from cp.rules.access import Actor
from cp.services import audit


@dataclass(frozen=True, slots=True)
class Worker:
    """A practitioner as they can be reached."""

    id: int
    uid: UUID
    name: str
    role: str
    team: str | None
    phone: str | None
    email: str | None
    organisation_id: int
    organisation: str


_WORKERS = select(
    Practitioner.id, Practitioner.uid, Practitioner.name, Practitioner.role, Practitioner.team, Practitioner.phone,
    Practitioner.email, Organisation.id, Organisation.name, Organisation.phone,
).join(Organisation, Organisation.id == Practitioner.organisation_id)  # fmt: skip


def _worker(row: Any) -> Worker:
    """Where they have no telephone of their own, the organisation's."""
    worker = Worker(*row[:-1])
    return worker if worker.phone else replace(worker, phone=row[-1])


def by_id(session: Session, ids: Iterable[int]) -> dict[int, Worker]:
    """Those of these ids; no statement where there are none."""
    asked = set(ids)
    if not asked:
        return {}
    return {row[0]: _worker(row) for row in session.execute(_WORKERS.where(Practitioner.id.in_(asked)))}


def colleagues(session: Session, actor: Actor) -> tuple[Worker, list[Worker]]:
    """Whose involvements are this person's, and everybody in the same service today, by name. Raises Refusal."""
    me = by_id(session, [actor.practitioner_id or 0]).get(actor.practitioner_id or 0)
    if me is None or actor.sensitive_service is None:
        raise audit.Refusal("role")
    query = _WORKERS.where(
        Practitioner.organisation_id == me.organisation_id,
        Practitioner.left_on.is_(None) | (Practitioner.left_on > clock.today()),
    )
    if team_of(actor.sensitive_service):
        query = query.where(Practitioner.team == me.team)
    return me, [_worker(row) for row in session.execute(query.order_by(Practitioner.name, Practitioner.id))]


def team_of(service: str) -> str:
    """The team that a service is, where it is not a whole organisation; else nothing."""
    return service.partition(" ")[2]


def called(service: str, organisation: str) -> str:
    """Vale Young People’s Clinic; or Young minds, Vale Community Health."""
    return f"{team_of(service)}, {organisation}" if team_of(service) else organisation
