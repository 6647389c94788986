"""Who a browser's token stands for now: read afresh at every request, with all that a decision needs to know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import (
    Account,
    Authority,
    Organisation,
    Override,
    Practitioner,
    RightGrant,
    RoleGrant,
    SensitiveTeam,
    SignedIn,
)  # fmt: skip
from cp.rules.access import Actor, Principal
from cp.rules.overriding import OVERRIDE_LASTS
from cp.rules.signing_in import session_refusal
from cp.terms import Right, Role


@dataclass(frozen=True, slots=True)
class Found:
    """What a browser's token stands for now. `actor` is None before the second factor and after the end."""

    session_id: int
    account_id: int
    role: Role
    actor: Actor | None
    ended: str | None
    ended_at: datetime | None
    last_used_at: datetime
    started_at: datetime
    said: str | None
    pending: bool
    """The second factor is still to come."""
    choosing: bool = False
    """Which of several roles is still to be said."""


GRANTED = exists().where(
    RoleGrant.account_id == SignedIn.account_id, RoleGrant.role == SignedIn.role,
    RoleGrant.starts_on <= bindparam("today"),
    RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on > bindparam("today")),
)  # fmt: skip
"""The role of the session is still theirs today: one that was taken away counts from the next request."""
_HELD = aliased(RoleGrant)
_PRACTISES = exists().where(
    _HELD.account_id == Account.id, _HELD.role == Role.PRACTITIONER, _HELD.starts_on <= bindparam("today"),
    _HELD.ends_on.is_(None) | (_HELD.ends_on > bindparam("today")),
)  # fmt: skip
"""The principal is still a practitioner today."""
_MAY_OVERRIDE = exists().where(
    RightGrant.account_id == Account.id, RightGrant.right == Right.OVERRIDE, RightGrant.starts_on <= bindparam("today"),
    RightGrant.ends_on.is_(None) | (RightGrant.ends_on > bindparam("today")),
)  # fmt: skip
_OVERRIDDEN = (
    select(Override.child_id)
    .where(Override.account_id == Account.id, Override.left_at.is_(None), Override.opened_at > bindparam("since"),
           Override.opened_at <= bindparam("now"), _MAY_OVERRIDE)
    .order_by(Override.opened_at.desc())
    .limit(1)
    .scalar_subquery()
)  # fmt: skip
"""The record whose shield this person has overridden and not left yet; none once the right has ended."""
_SERVICE = (
    Practitioner.team, Organisation.sensitive_subject,
    exists()
    .where(SensitiveTeam.organisation_id == Organisation.id, SensitiveTeam.name == Practitioner.team)
    .label("sensitive_team"),
)  # fmt: skip
_CONDITIONS = (
    Account.uid.label("account_uid"), func.coalesce(Account.kept_on, Account.opened_on).label("kept_on"),
    func.coalesce(Account.last_used_on, Account.opened_on).label("unused_since"),
    Account.agreement_version, Account.check_issued_on, Account.trained_on,
    Account.practised_on,
)  # fmt: skip
_NATIONAL = Organisation.national_phase.is_not(None)
_OPENING = (
    Authority.shields_from,
    case((_NATIONAL, Organisation.access_from), else_=Authority.access_from).label("access_from"),
    case((_NATIONAL, Organisation.opened_on), else_=Authority.opened_on).label("opened_on"),
)  # fmt: skip
"""A national partner has a day of its own; shields come first by its authority's."""
_ROW = (
    select(
        SignedIn.id, SignedIn.account_id, SignedIn.role, SignedIn.factor_at, SignedIn.started_at,
        SignedIn.last_used_at, SignedIn.ended_at, SignedIn.end_reason, SignedIn.said,
        SignedIn.choosing, Account.name, Account.practitioner_id, (Account.active & GRANTED).label("active"),
        *_CONDITIONS, *_SERVICE, *_OPENING, _MAY_OVERRIDE.label("may_override"), _OVERRIDDEN.label("overridden_id"),
        Organisation.id.label("organisation_id"), Organisation.uid.label("organisation_uid"),
        Organisation.name.label("organisation_name"), Organisation.body_kind, Organisation.accreditation_ends_on,
        Authority.id.label("authority_id"), Authority.uid.label("authority_uid"),
        Authority.name.label("authority_name"), Authority.team_phone, Authority.help_phone,
    )
    .join(Account, Account.id == SignedIn.account_id)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .join(Authority, Authority.id == Organisation.authority_id)
    .outerjoin(Practitioner, Practitioner.id == Account.practitioner_id)
    .where(SignedIn.token_hash == bindparam("token_hash"))
)  # fmt: skip


def find(session: Session, token_hash: bytes, request_id: UUID) -> Found | None:
    """The session of a token, whatever its state; None for a token nobody was given.

    The clock is read after the row: another request of the same person may have been waiting for the same lock, and
    a time from before its touch would look like a clock gone back.
    """
    now = clock.now()
    values = {"token_hash": token_hash, "today": clock.today(), "now": now, "since": now - OVERRIDE_LASTS}
    row = session.connection().execute(_ROW, values).one_or_none()
    if row is None:
        return None
    refusal = session_refusal(row.started_at, row.last_used_at, row.ended_at is not None, clock.now())
    ended = (row.end_reason or "ended") if refusal == "ended" else refusal
    waits = row.factor_at is None or row.choosing
    actor = None if ended or waits else _actor(session, row, request_id)
    return Found(
        session_id=row.id, account_id=row.account_id, role=row.role, actor=actor, ended=ended, ended_at=row.ended_at,
        last_used_at=row.last_used_at, started_at=row.started_at, said=row.said,
        pending=not ended and row.factor_at is None,
        choosing=not ended and row.factor_at is not None and row.choosing,
    )  # fmt: skip


def _actor(session: Session, row: Any, request_id: UUID) -> Actor:
    facts = _known(row, Actor)
    if row.role is Role.ASSISTANT:
        held = session.connection().execute(_PRINCIPAL, {"account_id": row.account_id, "today": clock.today()}).first()
        facts["principal"] = Principal(**_known(held, Principal)) if held else None
        facts["practitioner_id"] = held.practitioner_id if held else None
        facts["sensitive_service"] = service_of(held) if held else None
    return Actor(**facts, request_id=request_id, second_factor=True)


def _known(row: Any, of: type) -> dict[str, Any]:
    named = {name: value for name, value in row._mapping.items() if name in of.__slots__}  # type: ignore[attr-defined]
    return named | {"sensitive_service": service_of(row)}


def service_of(row: Any) -> str | None:
    """What a person's service is known by, where the register calls it sensitive: the organisation or one team of it.

    Whoever is no practitioner provides no service.
    """
    if row.practitioner_id is None:
        return None
    if row.sensitive_subject is not None:
        return str(row.organisation_uid)
    return f"{row.organisation_uid} {row.team}" if row.sensitive_team else None


_PRINCIPAL = (
    select(
        *_CONDITIONS, *_SERVICE, *_OPENING, Organisation.uid.label("organisation_uid"), Account.name,
        Organisation.name.label("organisation_name"), Organisation.body_kind,
        Organisation.accreditation_ends_on, Account.practitioner_id, RoleGrant.starts_on, RoleGrant.ends_on,
        (Account.active & _PRACTISES).label("active"),
    )
    .select_from(RoleGrant)
    .join(Account, Account.id == RoleGrant.principal_id)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .join(Authority, Authority.id == Organisation.authority_id)
    .outerjoin(Practitioner, Practitioner.id == Account.practitioner_id)
    .where(RoleGrant.account_id == bindparam("account_id"), RoleGrant.role == Role.ASSISTANT)
    .order_by(RoleGrant.starts_on.desc(), RoleGrant.id.desc())
)  # fmt: skip
"""Whom an assistant acts for, by the newest grant."""
