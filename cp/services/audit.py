"""The one writer of the audit."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from cp import clock, lodging
from cp.engines_bulk import bulk_insert
from cp.lodging import Kind
from cp.models import AuditEvent, Base
from cp.rules.access import Actor
from cp.rules.auditing import audit_refusal
from cp.terms import Act, Decision, Part

SALT = 16
MANY = {"sqlite": 1, "postgresql": 50}
"""Entries from which on they are written with a prepared statement, or by COPY, which is journeys more for a few."""


class Refusal(Exception):
    """Somebody may not do this. `reason` is a code; `hidden` is answered exactly as if there were nothing."""

    def __init__(
        self, reason: str, subject_id: UUID | None = None, *, object_id: UUID | None = None, hidden: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason, self.subject_id, self.object_id, self.hidden = reason, subject_id, object_id, hidden


@dataclass(frozen=True, slots=True)
class About:
    """What an entry is about: ids and codes, never a name."""

    subject_id: UUID | None = None
    object_id: UUID | None = None
    parts: Iterable[Part] = ()
    reason: str | None = None
    results: int | None = None
    lodged: str = ""
    """No part of the entry: what is noted outside besides, where it protects somebody."""


NOTHING = About()


def record(
    session: Session,
    actor: Actor | None,
    act: Act,
    about: About = NOTHING,
    *,
    decision: Decision = Decision.ALLOWED,
    request_id: UUID | None = None,
) -> None:
    """Append one entry to the session's transaction: with what it records, or not at all.

    Every entry says when, who, in which role, for which organisation and authority, what, and what was decided.
    Commons Hansard 24 July 2007.
    """
    _append(session, [_entry(actor, act, about, decision, request_id)])
    if decision is Decision.ALLOWED and act in PROTECTS:
        _lodge(actor, act, about)


PROTECTS = {
    Act.SHIELD: Kind.SHIELD,
    Act.MAKE_IDENTITY: Kind.SHIELD,
    Act.SEAL_IDENTITY: Kind.SEAL,
    Act.SUSPEND_ACCOUNT: Kind.ACCOUNT,
    Act.CLOSE_ACCOUNT: Kind.ACCOUNT,
    Act.REVIEW_ACCOUNTS: Kind.ACCOUNT,
    Act.END_GRANT: Kind.ACCOUNT,
    Act.CHANGE_PASSWORD: Kind.SECRET,
    Act.ENROL_FACTOR: Kind.SECRET,
    Act.USE_LINK: Kind.SECRET,
    Act.WITHDRAW_ACCREDITATION: Kind.ORGANISATION,
    Act.WITHDRAW_AUTHORITY: Kind.ORGANISATION,
    Act.REVOKE_CREDENTIAL: Kind.CREDENTIAL,
    Act.WITHDRAW_SENSITIVE: Kind.CONSENT,
    Act.WITHDRAW_STAY: Kind.STAY,
    Act.RECORD_STAY: Kind.STAYS,
    Act.DECLARE_SERVICE: Kind.SERVICE,
}
"""What a restore of an older backup must not take back (docs/decisions/0048)."""
PROTECTS_NOBODY = {
    (Act.SEAL_IDENTITY, "declined"), (Act.ENROL_FACTOR, "printed_codes"), (Act.REVIEW_ACCOUNTS, "kept"),
    *((Act.DECLARE_SERVICE, f"{what}:ordinary") for what in ("organisation", "team")),
}  # fmt: skip
"""Printed codes of before end with a restore anyway."""
OF_SUBJECT = {Kind.SHIELD, Kind.SEAL, Kind.STAYS}


def _lodge(actor: Actor | None, act: Act, about: About) -> None:
    """Note it where no restore reaches: before the commit, so that what is committed has been noted."""
    kind = PROTECTS[act]
    own = actor.account_uid if actor and kind is Kind.SECRET else None
    uid = about.subject_id if kind in OF_SUBJECT else about.object_id or own
    if uid is not None and (act, about.reason) not in PROTECTS_NOBODY:
        lodging.note(kind, uid, clock.now(), about.lodged)


def record_all(
    session: Session, actor: Actor | None, act: Act, abouts: Iterable[About], *, request_id: UUID | None = None
) -> None:
    """The same of one act on many things: an entry of each, in their order."""
    _append(session, [_entry(actor, act, about, Decision.ALLOWED, request_id) for about in abouts])


def _append(session: Session, entries: Sequence[dict[str, object]]) -> None:
    if entries:
        write(session.connection(), entries)
        session.info["entries"] = session.info.get("entries", 0) + len(entries)


def write(connection: Connection, entries: Sequence[dict[str, object]]) -> None:
    """Those that are sealable. Nobody but this module and what measures it writes any."""
    if len(entries) >= MANY[connection.dialect.name]:
        bulk_insert(connection, _TABLE, entries)
    else:
        connection.execute(_INSERT, entries)


def _entry(
    actor: Actor | None, act: Act, about: About, decision: Decision, request_id: UUID | None
) -> dict[str, object]:
    """Ready to be written. Raises ValueError where it lacks what the rule asks of it."""
    entry = {
        "at": clock.now(),
        "act": act,
        "decision": decision,
        "account_id": actor and actor.account_uid,
        "role": actor and actor.role,
        "organisation_id": actor and actor.organisation_uid,
        "authority_id": actor and actor.authority_uid,
        "principal_id": actor and actor.principal and actor.principal.account_uid,
        "subject_id": about.subject_id,
        "object_id": about.object_id,
        "parts": "+".join(sorted(about.parts)) or None,
        "reason": about.reason,
        "results": about.results,
        "request_id": actor.request_id if actor else request_id,
    }
    absent = {name for name, value in entry.items() if value is None}
    if missing := audit_refusal(act, absent, decision is Decision.REFUSED):
        raise ValueError(f"{act}: {missing}")
    return sealable(entry)


_TABLE = Base.metadata.tables[AuditEvent.__tablename__]
_INSERT = insert(_TABLE)
FACTS = (
    "at", "act", "decision", "account_id", "role", "organisation_id", "authority_id", "principal_id", "subject_id",
    "object_id", "parts", "reason", "results", "request_id",
)  # fmt: skip
"""What an entry says, by the names of its columns."""


def sealable(entry: dict[str, object]) -> dict[str, object]:
    """The entry with its salt and its leaf: ready for a Merkle tree (RFC 6962, section 2.1)."""
    salt = secrets.token_bytes(SALT)
    return entry | {"salt": salt, "leaf": leaf_of(salt, canonical_bytes(entry))}


def canonical_bytes(entry: Mapping[Any, Any]) -> bytes:
    """The facts as JSON with sorted keys and no spaces, empty ones left out: the same bytes for ever.

    They are not kept: whoever has the columns can put them down again.
    """
    facts = {name: value for name in FACTS if (value := entry[name]) is not None}
    facts["at"], facts["v"] = entry["at"].isoformat(timespec="microseconds"), 1
    return orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)


def leaf_of(salt: bytes, canonical: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + salt + canonical).digest()
