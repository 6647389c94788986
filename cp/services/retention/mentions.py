"""What names a record elsewhere: searches it was opened from, alerts, forms that were kept or answered."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp.models import Alert, AuditEvent, Draft, Once, Search
from cp.services.find.lists import among, holds
from cp.services.retention import deleting

TABLES = frozenset({"search", "alert", "draft", "idempotency"})


def forget(session: Session, gone: Mapping[UUID, UUID]) -> Counter[str]:
    """`gone`: by each record's uid its subject id.

    A search from which it was opened goes whole: what was typed names it. The audit says which those are. One that only
    showed it is past its own time long before.
    """
    subjects = list(gone.values())
    of_these = among(AuditEvent.subject_id, subjects), AuditEvent.object_id.is_not(None)
    opened = select(AuditEvent.object_id).where(*of_these)
    counts = Counter({"search": deleting.run(session, delete(Search).where(Search.uid.in_(opened)))})
    nobodys = update(Alert).where(among(Alert.subject_id, subjects)).values(subject_id=None)
    deleting.run(session, nobodys)
    counts["draft"] = deleting.run(session, delete(Draft).where(holds(Draft.path, gone)))
    counts["idempotency"] = deleting.run(session, delete(Once).where(holds(Once.result, gone)))
    return counts
