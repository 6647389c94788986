"""What names a record elsewhere: searches it was opened from, alerts, forms that were kept or answered."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from cp.models import Alert, AuditEvent, Draft, Once, Search
from cp.services.retention import deleting

TABLES = frozenset({"search", "alert", "draft", "idempotency"})


def forget(session: Session, gone: Mapping[UUID, UUID]) -> Counter[str]:
    """`gone`: by each record's uid its subject id.

    A search from which it was opened goes whole: what was typed names it. The audit says which those are. One that only
    showed it is past its own time long before.
    """
    subjects = list(gone.values())
    opened = select(AuditEvent.object_id).where(AuditEvent.subject_id.in_(subjects), AuditEvent.object_id.is_not(None))
    counts = Counter({"search": deleting.run(session, delete(Search).where(Search.uid.in_(opened)))})
    nobodys = update(Alert).where(Alert.subject_id.in_(subjects)).values(subject_id=None)
    deleting.run(session, nobodys)
    counts["draft"] = deleting.run(session, delete(Draft).where(or_(*(Draft.path.contains(str(uid)) for uid in gone))))
    answered = or_(*(Once.result.contains(str(uid)) for uid in gone))
    counts["idempotency"] = deleting.run(session, delete(Once).where(answered))
    return counts
