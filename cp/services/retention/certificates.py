"""What bears witness that records were destroyed: when, which ids, how many rows; a hash of it in the audit."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from cp.engines_bulk import bulk_insert
from cp.models import Base, Certificate, new_uid
from cp.services import audit
from cp.terms import Act


def write(session: Session, gone: Sequence[tuple[UUID, UUID]], counts: Mapping[str, int], now: datetime) -> Certificate:
    """In the transaction of what it certifies. `gone`: of each record its uid and its subject id."""
    counted = {table: count for table, count in sorted(counts.items()) if count}
    children = sorted(uid for uid, _ in gone)
    made = Certificate(
        at=now, children=len(children), counts=json.dumps(counted, separators=(",", ":")),
        digest=digest_of(now, children, counted),
    )  # fmt: skip
    session.add(made)
    session.flush()
    rows = [{"certificate_id": made.id, "child_uid": uid} for uid in children]
    bulk_insert(session.connection(), Base.metadata.tables["destroyed"], rows)
    said = base64.urlsafe_b64encode(made.digest).decode()
    whole = audit.About(object_id=made.uid, reason=said, results=len(children))
    each = [audit.About(subject_id=subject_id, object_id=made.uid) for _, subject_id in gone]
    audit.record_all(session, None, Act.DESTROY, [whole, *each], request_id=new_uid())
    return made


def digest_of(now: datetime, children: Sequence[UUID], counts: Mapping[str, int]) -> bytes:
    """SHA-256 of the JSON of these facts with sorted keys and no spaces: made anew by whoever has the lodged list."""
    facts = {"at": now.isoformat(timespec="microseconds"), "children": [str(uid) for uid in sorted(children)],
             "counts": dict(counts)}  # fmt: skip
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).digest()
