"""The entries of the audit that are about one child, each with what the registers know of whoever made it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session, aliased

from cp.models import (
    Account,
    AuditEvent,
    Involvement,
    Organisation,
    Practitioner,
    RightGrant,
    SensitiveTeam,
)
from cp.rules.days import day_begins
from cp.rules.families import PROTECTING_POSTS, Looked
from cp.services.record_row import Row
from cp.terms import BodyKind, Decision, Part, Right


@dataclass(frozen=True, slots=True)
class Entry:
    """For services, never for a page. `organisation_id`: None where it is in no register."""

    id: int
    at: datetime
    name: str
    """Of whoever looked: told on request, and in no letter."""
    reason: str | None
    principal: bool
    title: str
    organisation_id: int | None
    organisation: str
    more_than_four_facts: bool
    looked: Looked


_PRINCIPAL = aliased(Account)
_WORKER = func.coalesce(_PRINCIPAL.practitioner_id, Account.practitioner_id)
_TEAMS = exists().where(SensitiveTeam.organisation_id == Organisation.id)
_IN_TEAM = exists().where(SensitiveTeam.organisation_id == Organisation.id, SensitiveTeam.name == Practitioner.team)
_SENSITIVE = case(
    (Organisation.sensitive_subject.is_not(None), True),
    (Practitioner.organisation_id == Organisation.id, _IN_TEAM),
    else_=_TEAMS,  # which team they were in is not known any longer
)
_RIGHT = exists().where(RightGrant.account_id.in_([Account.id, _PRINCIPAL.id]), RightGrant.right == Right.OVERRIDE)
_PROTECTS = Account.post.in_(PROTECTING_POSTS) | _PRINCIPAL.post.in_(PROTECTING_POSTS) | _RIGHT


def _query(row: Row, since: datetime, until: datetime) -> Any:
    openly = exists().where(
        Involvement.child_id == row.id, Involvement.practitioner_id == _WORKER, Involvement.in_error.is_(False)
    )
    return (
        select(
            AuditEvent, Organisation.id, Organisation.name, Organisation.kind, Organisation.body_kind,
            Practitioner.role, Practitioner.organisation_id, _SENSITIVE, func.coalesce(_PROTECTS, False),
            openly, Account.name,
        )
        .outerjoin(Account, Account.uid == AuditEvent.account_id)
        .outerjoin(_PRINCIPAL, _PRINCIPAL.uid == AuditEvent.principal_id)
        .outerjoin(Practitioner, Practitioner.id == _WORKER)
        .outerjoin(Organisation, Organisation.uid == AuditEvent.organisation_id)
        .where(
            AuditEvent.subject_id == row.subject_id, AuditEvent.decision == Decision.ALLOWED,
            AuditEvent.at >= since, AuditEvent.at < until,
        )
        .order_by(AuditEvent.id)
    )  # fmt: skip


def of_child(session: Session, row: Row, from_on: date, until_on: date) -> Iterator[Entry]:
    """Those of these days in London, both counted."""
    since, until = day_begins(from_on), day_begins(until_on + timedelta(days=1))
    for event, place_id, name, kind, body, title, works_at, sensitive, protects, openly, called in session.execute(
        _query(row, since, until)
    ):
        parts = frozenset((event.parts or "").split("+"))
        known = called is not None and place_id is not None
        looked = Looked(
            event.act, event.role, body, kind, bool(sensitive) or Part.OWN_SENSITIVE in parts if known else None,
            bool(protects) if known else None, bool(openly), through_shield=False,
        )  # fmt: skip
        yield Entry(
            event.id, event.at, called or "", event.reason, event.principal_id is not None,
            title or "" if works_at == place_id else "", place_id, name or "",
            bool(parts & {Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS}), looked,
        )  # fmt: skip


def open_organisations(session: Session, row: Row) -> frozenset[int]:
    """Those that stand on the record, now or before."""
    query = select(Involvement.organisation_id).where(Involvement.child_id == row.id, Involvement.in_error.is_(False))
    return frozenset(session.scalars(query.distinct()))


def uids_of_justice(session: Session, uids: list[UUID | None]) -> frozenset[UUID]:
    """The police, probation and youth justice among these organisations."""
    query = select(Organisation.uid).where(Organisation.uid.in_(uids), Organisation.body_kind == BodyKind.JUSTICE)
    return frozenset(session.scalars(query))
