"""Telling a reviewer, in the transaction of what they are told of: without the alert it did not happen."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Alert
from cp.rules.access import Actor
from cp.rules.days import anniversary, london_day, working_days_after
from cp.rules.retention import kept_until
from cp.terms import AlertKind, KeptKind

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


def forget(session: Session, today: date, most: int) -> int:
    """Delete those whose time is over, found in order or not. Returns how many."""
    soon = datetime.combine(anniversary(today, -2) + timedelta(days=2), time(), UTC)
    oldest = session.execute(select(Alert.id, Alert.at).where(Alert.at < soon).order_by(Alert.at).limit(most)).all()
    old = [alert_id for alert_id, at in oldest if kept_until(KeptKind.ALERT, london_day(at)) <= today]
    session.execute(delete(Alert).where(Alert.id.in_(old)))
    return len(old)
