"""Looks through a shield: what the page of a record says of one, how one may begin, and how each of them ends."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Override
from cp.rules.access import Actor, Subject, decide
from cp.rules.overriding import OVERRIDE_LASTS, REFERENCE
from cp.services.records import Look
from cp.terms import Act

_NEWEST = (
    select(Override.reference, Override.opened_at)
    .where(Override.account_id == bindparam("account_id"), Override.child_id == bindparam("child_id"))
    .order_by(Override.opened_at.desc())
)


def facts(connection: Connection, actor: Actor, child_id: int, subject: Subject) -> dict[str, Any]:
    """What this reader may do with a record besides: print it, look through its shield (or does so now), answer those
    who ask about it, give something of it out, keep it beyond 18."""
    today = clock.today()
    return {
        "may_print": decide(actor, Act.PRINT_RECORD, subject, today).allowed,
        "may_override": decide(actor, Act.PREPARE_OVERRIDE, subject, today).allowed,
        "may_tell_family": decide(actor, Act.PREPARE_FAMILY_REQUEST, subject, today).allowed,
        "may_disclose": decide(actor, Act.PREPARE_DISCLOSURE, subject, today).allowed,
        "may_keep_on": decide(actor, Act.PREPARE_STAY, subject, today).allowed,
        "look": newest(connection, actor, child_id) if subject.override_open else None,
    }


def newest(connection: Connection, actor: Actor, child_id: int) -> Look | None:
    """This person's last look at this record; whether it is open still is decided by whoever asks."""
    found = connection.execute(_NEWEST, {"account_id": actor.account_id, "child_id": child_id}).first()
    return Look(REFERENCE.format(found.reference), found.opened_at + OVERRIDE_LASTS) if found else None


def close(session: Session, account_id: int, now: datetime) -> None:
    """Whatever this account looks at through a shield is closed."""
    theirs = Override.account_id == account_id, Override.left_at.is_(None), Override.opened_at > now - OVERRIDE_LASTS
    session.execute(update(Override).where(*theirs).values(left_at=now))
