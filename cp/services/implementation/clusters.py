"""Schools that a manager looks at together."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cp.models import Cluster, ClusterSchool, Organisation
from cp.rules.access import Actor
from cp.services import audit
from cp.services.implementation.schools import ours
from cp.services.managing.problems import Problem
from cp.terms import Act


@dataclass(frozen=True, slots=True)
class Held:
    """A cluster with the ids of its schools."""

    cluster: Cluster
    schools: tuple[UUID, ...]


def listed(session: Session, actor: Actor) -> list[Cluster]:
    """By name."""
    query = select(Cluster).where(Cluster.authority_id == actor.authority_id)
    return list(session.scalars(query.order_by(Cluster.name)))


def schools(session: Session, actor: Actor) -> list[Organisation]:
    """For a form: every one that may be in a cluster, by name."""
    found = list(session.scalars(ours(actor.authority_id).order_by(Organisation.name, Organisation.id)))
    audit.record(session, actor, Act.SEE_TRAINING_NEEDS, audit.About(results=len(found)))
    return found


def one(session: Session, actor: Actor, uid: UUID | None) -> Held:
    """Raises Refusal."""
    query = select(Cluster).where(Cluster.uid == uid, Cluster.authority_id == actor.authority_id)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    inside = select(Organisation.uid).join(ClusterSchool, ClusterSchool.organisation_id == Organisation.id)
    return Held(found, tuple(session.scalars(inside.where(ClusterSchool.cluster_id == found.id))))


def keep(session: Session, actor: Actor, uid: UUID | None, name: str, chosen: Collection[UUID]) -> None:
    """A new one where `uid` is None. Raises Problem for a name that is taken, and Refusal."""
    cluster = one(session, actor, uid).cluster if uid else Cluster(authority_id=actor.authority_id)
    taken = next((other for other in listed(session, actor) if other.name.casefold() == name.casefold()), None)
    if taken is not None and taken is not cluster:
        raise Problem("name", "taken", taken.name)
    cluster.name = name
    session.add(cluster)
    session.flush()
    _fill(session, actor, cluster, chosen)
    audit.record(session, actor, Act.SET_CLUSTER, audit.About(object_id=cluster.uid, results=len(chosen)))


def remove(session: Session, actor: Actor, uid: UUID) -> None:
    """Raises Refusal."""
    cluster = one(session, actor, uid).cluster
    _fill(session, actor, cluster, ())
    session.delete(cluster)
    audit.record(session, actor, Act.SET_CLUSTER, audit.About(object_id=uid, results=0))


def _fill(session: Session, actor: Actor, cluster: Cluster, chosen: Collection[UUID]) -> None:
    session.execute(delete(ClusterSchool).where(ClusterSchool.cluster_id == cluster.id))
    inside = session.scalars(ours(actor.authority_id).where(Organisation.uid.in_(chosen)))
    session.add_all(ClusterSchool(cluster_id=cluster.id, organisation_id=school.id) for school in inside.all())
    session.flush()
