"""Who reads what sensitive services recorded: the service itself, the management team, and whoever brokers contact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.rules.access import Actor
from cp.rules.sensitive import Reader, sensitive_shown
from cp.services import audit, involved
from cp.services.records import SensitiveShown
from cp.services.sensitive import entries, people
from cp.services.sensitive.entries import Kept
from cp.terms import Act, Part


@dataclass(frozen=True, slots=True)
class ServiceShown:
    """A service that works with a child now, and how to reach it; for brokering contact and nothing else."""

    entry_uid: UUID
    service: str
    """As `Actor.sensitive_service`."""
    name: str
    practitioner: str
    phone: str | None
    email: str | None


def services_of(session: Session, child_uid: UUID) -> tuple[ServiceShown, ...]:
    """Those whose ground is in force today, in the order they were recorded."""
    kept = _in_force(entries.of_child(session, child_uid), "management_team")
    workers = people.by_id(session, (one.entry.practitioner_id for one in kept))
    return tuple(
        ServiceShown(one.uid, one.entry.service, people.called(one.entry.service, who.organisation), who.name,
                     who.phone, who.email)
        for one in kept if (who := workers.get(one.entry.practitioner_id))
    )  # fmt: skip


def _in_force(kept: Iterable[Kept], reader: Reader) -> list[Kept]:
    today = clock.today()
    return [one for one in kept if sensitive_shown(reader, one.entry.in_force(today), False) == "entry"]


def on_record(
    session: Session, actor: Actor, child_uid: UUID, parts: frozenset[Part]
) -> dict[str, tuple[SensitiveShown, ...]]:
    """For the record of whoever may see some: what any service recorded, or the reader's own alone.

    Whoever may see none sends no statement here, and a service reads no row of another.
    """
    if Part.SENSITIVE in parts:
        kept = _in_force(entries.of_child(session, child_uid), "management_team")
        return {"sensitive": _shown(session, actor, kept)}
    if Part.OWN_SENSITIVE in parts and actor.sensitive_service is not None:
        kept = _in_force(entries.of_child(session, child_uid, actor.sensitive_service), "own_service")
        return {"own_service": _shown(session, actor, kept)}
    return {}


def _shown(session: Session, actor: Actor, kept: list[Kept]) -> tuple[SensitiveShown, ...]:
    workers = people.by_id(session, (one.entry.practitioner_id for one in kept))
    return tuple(
        SensitiveShown(
            uid=one.uid, service=people.called(one.entry.service, who.organisation), name=who.name, role=who.role,
            phone=who.phone, email=who.email, started_on=one.entry.started_on, ground=one.entry.ground,
            ends_on=one.entry.ends_on, mine=who.id == actor.practitioner_id,
        )
        for one in kept if (who := workers.get(one.entry.practitioner_id))
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MineShown:
    """One of this person's own, for their list."""

    uid: UUID
    child_uid: UUID
    name: str
    started_on: date
    ends_on: date


def mine(session: Session, actor: Actor) -> tuple[MineShown, ...]:
    """What this person recorded in their sensitive service, whichever ends first standing first.

    For everybody else nothing is asked.
    """
    if actor.sensitive_service is None:
        return ()
    me = people.by_id(session, [actor.practitioner_id or 0]).get(actor.practitioner_id or 0)
    found = entries.of_practitioner(session, me.uid, actor.sensitive_service) if me else []
    kept = {one.uid: one.entry for one in _in_force(found, "own_service")}
    names = involved.named(session, actor, {entry.child for entry in kept.values() if entry.child}, Act.SEE_SENSITIVE)
    rows = [MineShown(uid, entry.child, names[entry.child], entry.started_on, entry.ends_on)
            for uid, entry in kept.items() if entry.child in names]  # fmt: skip
    audit.record(session, actor, Act.SEE_SENSITIVE, audit.About(results=len(rows)))
    return tuple(sorted(rows, key=lambda one: (one.ends_on, one.name, str(one.uid))))
