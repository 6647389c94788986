"""A reviewer's work: what was told, what they found, what is closed. No child is named anywhere here."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from cp import clock
from cp.models import Account, Alert, AuditEvent, Organisation
from cp.rules.access import Actor
from cp.rules.looking_up import WEEK
from cp.services import audit, settings
from cp.services.settings import Limits
from cp.terms import Act, AlertKind, Decision, Finding, MoreReason

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Told:
    """One alert, as a reviewer sees it."""

    uid: UUID
    kind: AlertKind
    name: str
    email: str
    organisation: str
    at: datetime
    due_on: date
    count: int
    own: bool
    """It is about the reviewer's own doing: somebody else answers it."""
    late: bool
    closed_at: datetime | None = None
    closed_by: str | None = None
    finding: Finding | None = None
    limits: Limits | None = None
    """What was set, where that is what happened."""
    said: tuple[tuple[MoreReason, int], ...] = ()
    """What the person gave as reasons in that week, each with how often; the most frequent first."""


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Told, ...]
    total: int
    number: int = 1

    @property
    def last(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def open_alerts(session: Session, actor: Actor) -> Page:
    """What is to be reviewed, whatever is due first; as many as a page holds."""
    query = _TOLD.where(Alert.authority_id == actor.authority_id, Alert.closed_at.is_(None))
    return _page(session, actor, query.order_by(Alert.due_on, Alert.id), 1)


def closed_alerts(session: Session, actor: Actor, number: int) -> Page:
    """What was found, the newest first."""
    query = _TOLD.where(Alert.authority_id == actor.authority_id, Alert.closed_at.is_not(None))
    return _page(session, actor, query.order_by(Alert.closed_at.desc(), Alert.id.desc()), number)


def one(session: Session, actor: Actor, uid: UUID) -> Told:
    """With what there is to know besides. Raises Refusal: another authority's is not there."""
    row = session.execute(_TOLD.where(Alert.uid == uid, Alert.authority_id == actor.authority_id)).one_or_none()
    if row is None:
        raise audit.Refusal("none", hidden=True)
    told, alert = _told(actor, *row), row[0]
    audit.record(session, actor, Act.SEE_ALERTS, audit.About(object_id=uid))
    if alert.kind is AlertKind.LIMITS_CHANGED:
        return replace(told, limits=settings.limits(session, alert.authority_id, alert.at))
    return replace(told, said=_said(session, alert)) if alert.kind is AlertKind.MANY_LOOK_UPS else told


def close(session: Session, actor: Actor, uid: UUID, finding: Finding) -> bool:
    """Whether it is closed with this finding now: False where somebody else was faster. Raises Refusal."""
    query = select(Alert).where(Alert.uid == uid, Alert.authority_id == actor.authority_id)
    alert = session.scalars(query.with_for_update()).one_or_none()
    if alert is None:
        raise audit.Refusal("none", hidden=True)
    if alert.account_id == actor.account_id:
        raise audit.Refusal("to_oneself")
    if alert.closed_at is not None:
        return (alert.closed_by_id, alert.finding) == (actor.account_id, finding)
    alert.closed_at, alert.closed_by_id, alert.finding = clock.now(), actor.account_id, finding
    session.flush()
    audit.record(session, actor, Act.CLOSE_ALERT, audit.About(object_id=uid, reason=finding))
    return True


_CLOSER = aliased(Account)
_TOLD = (
    select(Alert, Account.name, Account.email, Organisation.name, _CLOSER.name)
    .join(Account, Account.id == Alert.account_id)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .outerjoin(_CLOSER, _CLOSER.id == Alert.closed_by_id)
)


def _page(session: Session, actor: Actor, query: Select[Alert, str, str, str, str], number: int) -> Page:
    total = session.scalar(query.with_only_columns(func.count()).order_by(None)) or 0
    rows = session.execute(query.limit(A_PAGE).offset((number - 1) * A_PAGE))
    found = tuple(_told(actor, *row) for row in rows)
    audit.record(session, actor, Act.SEE_ALERTS, audit.About(results=len(found)))
    return Page(found, total, number)


def _told(actor: Actor, alert: Alert, name: str, email: str, organisation: str, closer: str | None) -> Told:
    return Told(
        uid=alert.uid, kind=alert.kind, name=name, email=email, organisation=organisation, at=alert.at,
        due_on=alert.due_on, count=alert.count or 0, own=alert.account_id == actor.account_id,
        late=alert.closed_at is None and alert.due_on < clock.today(), closed_at=alert.closed_at, closed_by=closer,
        finding=alert.finding,
    )  # fmt: skip


def _said(session: Session, alert: Alert) -> tuple[tuple[MoreReason, int], ...]:
    query = (
        select(AuditEvent.reason)
        .join(Account, Account.uid == AuditEvent.account_id)
        .where(Account.id == alert.account_id, AuditEvent.act == Act.GIVE_MORE_REASON, AuditEvent.at >= alert.at,
               AuditEvent.at < alert.at + WEEK, AuditEvent.decision == Decision.ALLOWED,
               AuditEvent.reason.in_(list(MoreReason)))
    )  # fmt: skip
    return tuple((MoreReason(code), times) for code, times in Counter(session.scalars(query)).most_common() if code)
