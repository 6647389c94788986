"""Telling a reviewer, in the transaction of what they are told of: without the alert it did not happen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Alert
from cp.rules.access import Actor
from cp.rules.days import working_days_after
from cp.terms import AlertKind

REVIEWED_IN = 2
"""Working days. No holidays are known here, so that an alert is due too early rather than too late."""


def tell(
    session: Session,
    actor: Actor,
    kind: AlertKind,
    *,
    count: int | None = None,
    subject_id: UUID | None = None,
    authority_id: int | None = None,
) -> None:
    """The reviewers of this person's own authority, or of the one named, have two working days."""
    session.add(
        Alert(
            kind=kind, authority_id=authority_id or actor.authority_id, account_id=actor.account_id, at=clock.now(),
            due_on=working_days_after(clock.today(), REVIEWED_IN), count=count, subject_id=subject_id,
        )
    )  # fmt: skip
    session.flush()


def tell_once(session: Session, actor: Actor, kind: AlertKind, since: datetime, *, count: int) -> None:
    """Unless they were told the same of this person since then. The person's account is held meanwhile."""
    told = exists().where(Alert.account_id == actor.account_id, Alert.kind == kind, Alert.at > since)
    if not session.scalar(select(told)):
        tell(session, actor, kind, count=count)
