"""What is sealed of a sensitive involvement, and how a row is found again: by keyed hashes alone.

Every row's sealed value has one of few lengths, so that its length does not say on what ground it stands.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from cp.models.sensitive import SensitiveInvolvement
from cp.rules.sensitive import sensitive_refusal
from cp.services import blinding, reading
from cp.terms import SensitiveGround

A_LENGTH = 2048
"""Bytes; what is sealed is filled up to a multiple of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A service works with a child since a day, and on what ground that may be held."""

    child: UUID | None
    """None once it was withdrawn."""
    service: str
    """As `Actor.sensitive_service`."""
    organisation_id: int
    team: str | None
    practitioner_id: int
    started_on: date
    ground: SensitiveGround
    understands: bool | None
    judged_by: int
    """The practitioner who judged that the child understands, or does not, or that there is cause to suspect harm."""
    wording_version: int | None
    wording: str | None
    """What was read out; None where nobody consented."""
    given_on: date | None
    ends_on: date
    """The first day on which it is no ground any more."""
    withdrawn_on: date | None
    recorded_at: datetime
    ended_on: date | None = None
    """The work ended on this day, and nobody withdrew anything."""

    def in_force(self, today: date) -> bool:
        refusal = sensitive_refusal(
            self.ground, self.understands, self.given_on, self.ends_on, self.withdrawn_on, True, today
        )
        return self.child is not None and refusal is None

    def sealable(self) -> dict[str, Any]:
        facts = {name: value if isinstance(value, bool | int | None) else _text(value) for name, value in
                 asdict(self).items()}  # fmt: skip
        bare = json.dumps({**facts, "fill": ""}, ensure_ascii=False, separators=(",", ":")).encode()
        return {**facts, "fill": " " * (-len(bare) % A_LENGTH)}

    @classmethod
    def read(cls, facts: dict[str, Any]) -> Self:
        known = {name: value for name, value in facts.items() if name != "fill"}
        days = {name: date.fromisoformat(value) for name in _DAYS
                if (value := facts[name])}  # fmt: skip
        child = {"child": UUID(facts["child"])} if facts["child"] else {}
        ground, at = SensitiveGround(facts["ground"]), datetime.fromisoformat(facts["recorded_at"])
        return cls(**{**known, **days, **child, "ground": ground, "recorded_at": at})


_DAYS = ("started_on", "given_on", "ends_on", "withdrawn_on", "ended_on")


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry and the row that it is sealed in."""

    row: SensitiveInvolvement
    entry: Entry

    @property
    def uid(self) -> UUID:
        return self.row.uid

    def rewrite(self, **changed: Any) -> None:
        """Seal it anew. Without a child it is found by none."""
        entry = replace(self.entry, **changed)
        self.row.entry = entry.sealable()
        self.row.child_key = blinding.of_child(entry.child)[0] if entry.child else None


def add(session: Session, entry: Entry, practitioner_uid: UUID) -> UUID:
    """Keep a new one. Returns its uid."""
    row = SensitiveInvolvement(
        child_key=blinding.of_child(entry.child)[0] if entry.child else None,
        service_key=blinding.of_service(entry.service)[0],
        practitioner_key=blinding.of_practitioner(practitioner_uid)[0], entry=entry.sealable(),
    )  # fmt: skip
    reading.apart(session)
    session.add(row)
    session.flush()
    return row.uid


def of_child(session: Session, child_uid: UUID, service: str | None = None) -> list[Kept]:
    """Those of a child, in the order they were recorded; with `service`, of that one alone."""
    theirs = [SensitiveInvolvement.child_key.in_(blinding.of_child(child_uid))]
    if service is not None:
        theirs.append(SensitiveInvolvement.service_key.in_(blinding.of_service(service)))
    return _found(session, *theirs)


def of_practitioner(session: Session, practitioner_uid: UUID, service: str) -> list[Kept]:
    """What this person recorded in this service, of children it still belongs to."""
    return _found(
        session,
        SensitiveInvolvement.practitioner_key.in_(blinding.of_practitioner(practitioner_uid)),
        SensitiveInvolvement.service_key.in_(blinding.of_service(service)),
        SensitiveInvolvement.child_key.is_not(None),
    )


def with_a_child(session: Session) -> list[Kept]:
    """All that still belongs to somebody: for a restore alone, which knows entries by another id."""
    return _found(session, SensitiveInvolvement.child_key.is_not(None))


def one(session: Session, uid: UUID, service: str, *, lock: bool = False) -> Kept | None:
    """The entry of this uid, if this service recorded it. `lock` holds it against another who would withdraw it."""
    reading.apart(session)
    query = select(SensitiveInvolvement).where(
        SensitiveInvolvement.uid == uid, SensitiveInvolvement.service_key.in_(blinding.of_service(service))
    )
    query = query.with_for_update().execution_options(populate_existing=True) if lock else query
    row = session.scalars(query).one_or_none()
    return Kept(row, Entry.read(row.entry)) if row else None


def _found(session: Session, *conditions: ColumnElement[bool]) -> list[Kept]:
    reading.apart(session)
    query = select(SensitiveInvolvement).where(*conditions).order_by(SensitiveInvolvement.id)
    return [Kept(row, Entry.read(row.entry)) for row in session.scalars(query)]
