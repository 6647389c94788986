"""What a person did themselves, day by day, as they saw it then."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from cp.models import AuditEvent
from cp.rules.access import Actor
from cp.services import audit
from cp.services.log import entries
from cp.services.log.entries import Entry, Place
from cp.terms import Act

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Own:
    rows: tuple[Entry, ...]
    older: Place | None
    newest: bool


def look(session: Session, actor: Actor, before: Place | None) -> Own:
    """A page of it, the newest first. Each look is written down, and left out here."""
    mine = AuditEvent.account_id == actor.account_uid, AuditEvent.act != Act.SEE_OWN_LOG, entries.LAST_OF_ITS_PAGE
    rows = entries.newest(session, mine, A_PAGE + 1, before)
    found = tuple(entries.entry(row, None) for row in rows[:A_PAGE])
    audit.record(session, actor, Act.SEE_OWN_LOG, audit.About(results=len(found)))
    return Own(found, entries.place_after(rows, A_PAGE, before), before is None)
