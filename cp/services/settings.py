"""What an authority has set: every version is kept, the newest holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cp import clock
from cp.models import Authority, Setting, new_uid
from cp.rules.access import Actor
from cp.rules.looking_up import HARD, SOFT, sets_limits
from cp.services import alerts, audit
from cp.terms import Act, AlertKind

LOOK_UP_SOFT, LOOK_UP_HARD = "look_up_soft", "look_up_hard"
NEUTRAL_LINE, ON, OFF = "neutral_line", "on", "off"
JOINING = "joining"
"""Of the whole directory: whether a row joins a record by itself."""
DISPUTE_DAYS = "dispute_days"
"""Working days in which a disputed fact is decided."""


_AUTHORITY: ColumnElement[int] = bindparam("authority_id")


@dataclass(frozen=True, slots=True)
class Limits:
    """Children outside one's own list in a week, records of any kind in a day; and which versions these are."""

    soft: int = SOFT
    hard: int = HARD
    version: str = "0.0"


class ChangedMeanwhile(Exception):
    """Somebody else set them after this person's page was made. `now` is what holds."""

    def __init__(self, now: Limits) -> None:
        super().__init__(now.version)
        self.now = now


def newest(name: str, authority_id: ColumnElement[int] | InstrumentedAttribute[int] = _AUTHORITY) -> Select[str]:
    """The value that holds for `:authority_id`, or that of a row; no row where nothing was ever set."""
    query = select(Setting.value).where(Setting.authority_id == authority_id, Setting.name == literal(name))
    return query.order_by(Setting.version.desc()).limit(1)


def dispute_days(session: Session, authority_id: int) -> int | None:
    """None where the authority has set none."""
    held = session.scalars(newest(DISPUTE_DAYS), {"authority_id": authority_id}).first()
    return None if held is None else int(held)


def limits(session: Session, authority_id: int, at: datetime | None = None) -> Limits:
    """Those that hold now, or held at an earlier moment."""
    query = select(Setting.name, Setting.value, Setting.version).where(
        Setting.authority_id == authority_id, Setting.name.in_((LOOK_UP_SOFT, LOOK_UP_HARD))
    )
    if at is not None:
        query = query.where(Setting.set_at <= at)
    kept = {name: (int(value), version) for name, value, version in session.execute(query.order_by(Setting.version))}
    (soft, first), (hard, second) = kept.get(LOOK_UP_SOFT, (SOFT, 0)), kept.get(LOOK_UP_HARD, (HARD, 0))
    return Limits(soft, hard, f"{first}.{second}")


def seen(session: Session, actor: Actor) -> Limits:
    """For the page of somebody who may set them. Raises Refusal."""
    if not sets_limits(actor.body_kind):
        raise audit.Refusal("role")
    return limits(session, actor.authority_id)


def set_limits(session: Session, actor: Actor, soft: int, hard: int, version: str) -> bool:
    """Whether anything changed. Raises Refusal, and ChangedMeanwhile unless `version` is the one that holds.

    Reviewers are told. Sending the same twice changes nothing the second time.
    """
    seen(session, actor)
    session.scalars(select(Authority.id).where(Authority.id == actor.authority_id).with_for_update()).one()
    held, now = limits(session, actor.authority_id), clock.now()
    if (held.soft, held.hard) == (soft, hard):
        return False
    if held.version != version:
        raise ChangedMeanwhile(held)
    before = zip(
        (LOOK_UP_SOFT, LOOK_UP_HARD), (held.soft, held.hard), (soft, hard), held.version.split("."), strict=True
    )
    for name, old, new, number in before:
        if old != new:
            session.add(
                Setting(authority_id=actor.authority_id, name=name, version=int(number) + 1, value=str(new), set_at=now)
            )
    session.flush()
    audit.record(session, actor, Act.SET_LIMITS, audit.About(object_id=actor.authority_uid, reason=f"{soft}+{hard}"))
    alerts.tell(session, actor, AlertKind.LIMITS_CHANGED)
    return True


@dataclass(frozen=True, slots=True)
class Line:
    """Whether every record says that the management team can be asked for other services; which version that is."""

    on: bool = False
    version: str = "0"


class LineChanged(Exception):
    """Somebody else set it after this person's page was made. `now` is what holds."""

    def __init__(self, now: Line) -> None:
        super().__init__(now.version)
        self.now = now


def neutral_line(session: Session, actor: Actor) -> Line:
    """For the page of the management team, whose seeing it is written down."""
    held = _line(session, actor.authority_id)
    audit.record(session, actor, Act.SEE_NEUTRAL_LINE)
    return held


def _line(session: Session, authority_id: int) -> Line:
    query = select(Setting.value, Setting.version).where(
        Setting.authority_id == authority_id, Setting.name == NEUTRAL_LINE
    )
    held = session.execute(query.order_by(Setting.version.desc()).limit(1)).one_or_none()
    return Line(held[0] == ON, str(held[1])) if held else Line()


def set_neutral_line(session: Session, actor: Actor, on: bool, version: str) -> bool:
    """Whether anything changed; every version is kept. Raises LineChanged unless `version` is the one that holds."""
    session.scalars(select(Authority.id).where(Authority.id == actor.authority_id).with_for_update()).one()
    held, value = _line(session, actor.authority_id), ON if on else OFF
    if held.on == on:
        return False
    if held.version != version:
        raise LineChanged(held)
    session.add(
        Setting(authority_id=actor.authority_id, name=NEUTRAL_LINE, version=int(held.version) + 1, value=value,
                set_at=clock.now())
    )  # fmt: skip
    session.flush()
    audit.record(session, actor, Act.SET_NEUTRAL_LINE, audit.About(object_id=actor.authority_uid, reason=value))
    return True


def rows_join(session: Session) -> bool:
    """Whether a supplier's row may join a record with nobody looking: not from a restore on, until somebody says so."""
    return _joining(session).on


def let_rows_join(session: Session, on: bool) -> bool:
    """Whether anything changed; every version is kept. For the restore, and for who runs the server."""
    held = _joining(session)
    if held.on == on:
        return False
    version = int(held.version) + 1
    session.add(Setting(name=JOINING, version=version, value=ON if on else OFF, set_at=clock.now()))
    session.flush()
    about = audit.About(reason=f"joining_{ON if on else OFF}")
    audit.record(session, None, Act.SET_UP, about, request_id=new_uid())
    return True


def _joining(session: Session) -> Line:
    query = select(Setting.value, Setting.version).where(Setting.authority_id.is_(None), Setting.name == JOINING)
    held = session.execute(query.order_by(Setting.version.desc()).limit(1)).one_or_none()
    return Line(held[0] == ON, str(held[1])) if held else Line(on=True)
