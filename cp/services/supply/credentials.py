"""Credentials of other systems: each sends for one organisation, and reads nothing. A secret is told once.

What is kept of a secret is a keyed hash: whoever has the database cannot tell which secret would fit it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.models import Account, MachineCredential, Organisation
from cp.rules.access import Actor
from cp.rules.days import in_force
from cp.rules.machines import credential_opens
from cp.services import audit
from cp.services.sensitive import register
from cp.services.sessions import new_token
from cp.services.supply import senders
from cp.services.supply.senders import NobodysWord
from cp.terms import Act

BEGINS = "cp_"
"""By this a secret that somebody left lying about is known to be one of ours."""


@dataclass(frozen=True, slots=True)
class Credential:
    """One as its managers see it. `works`: a system may send by it today."""

    uid: UUID
    name: str
    issued_by: str | None
    issued_at: datetime
    ends_on: date
    revoked_at: datetime | None
    last_used_on: date | None
    works: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation's credentials, the newest first. `sends`: it sends lists of children at all."""

    organisation_uid: UUID
    organisation_name: str
    sends: bool
    credentials: tuple[Credential, ...]


def listed(session: Session, actor: Actor, organisation_uid: UUID) -> Listed:
    """Those of an organisation that this manager answers for. Raises Refusal."""
    organisation = register.answered_for(session, actor, organisation_uid)
    audit.record(session, actor, Act.SEE_CREDENTIALS, audit.About(object_id=organisation.uid))
    return Listed(organisation.uid, organisation.name, sends_lists(organisation), tuple(of(session, organisation)))


def of(session: Session, organisation: Organisation) -> list[Credential]:
    query = (
        select(MachineCredential, Account.name)
        .outerjoin(Account, Account.id == MachineCredential.issued_by_id)
        .where(MachineCredential.organisation_id == organisation.id)
        .order_by(MachineCredential.id.desc())
    )
    return [_shown(one, issued_by) for one, issued_by in session.execute(query)]


def one(session: Session, actor: Actor, uid: UUID) -> tuple[Organisation, Credential]:
    """With the organisation, which this manager answers for. Raises Refusal."""
    organisation, found = _held(session, actor, uid)
    audit.record(session, actor, Act.SEE_CREDENTIALS, audit.About(object_id=organisation.uid))
    return organisation, _shown(found, None)


def revoke_own(session: Session, actor: Actor, uid: UUID) -> tuple[Organisation, bool]:
    """The same; as `revoke` says. Raises Refusal."""
    organisation, found = _held(session, actor, uid)
    return organisation, revoke(session, found, actor, actor.request_id)


def _held(session: Session, actor: Actor, uid: UUID) -> tuple[Organisation, MachineCredential]:
    query = (
        select(MachineCredential, Organisation.uid)
        .join(Organisation, Organisation.id == MachineCredential.organisation_id)
        .where(MachineCredential.uid == uid)
    )
    found = session.execute(query.with_for_update(of=MachineCredential)).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return register.answered_for(session, actor, found.uid), found.MachineCredential


def sends_lists(organisation: Organisation) -> bool:
    return senders.source_of(organisation.kind) is not None


def make_own(
    session: Session, actor: Actor, organisation_uid: UUID, name: str, ends_on: date
) -> tuple[Organisation, str]:
    """For an organisation that this manager answers for; as `make` says. Raises Refusal, too where it sends
    no lists."""
    organisation = register.answered_for(session, actor, organisation_uid, lock=True)
    if not sends_lists(organisation):
        raise audit.Refusal("none", object_id=organisation_uid, hidden=True)
    return organisation, make(session, organisation, name, ends_on, actor, actor.request_id)


def make(
    session: Session, organisation: Organisation, name: str, ends_on: date, by: Actor | None, request_id: UUID
) -> str:
    """The secret, told this once. `by` is nobody at the server itself. Raises NobodysWord where it sends no lists."""
    if not sends_lists(organisation):
        raise NobodysWord
    secret = BEGINS + new_token()
    made = MachineCredential(
        organisation_id=organisation.id, name=name, secret_hash=hashed(secret), issued_by_id=by and by.account_id,
        issued_at=clock.now(), ends_on=ends_on,
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(session, by, Act.MAKE_CREDENTIAL, audit.About(object_id=made.uid), request_id=request_id)
    return secret


def revoke(session: Session, found: MachineCredential, by: Actor | None, request_id: UUID) -> bool:
    """From now on it opens nothing. False where it was revoked before."""
    if found.revoked_at is not None:
        return False
    found.revoked_at = clock.now()
    audit.record(session, by, Act.REVOKE_CREDENTIAL, audit.About(object_id=found.uid), request_id=request_id)
    return True


def find(session: Session, secret: str, *, lock: bool = False) -> tuple[MachineCredential, Organisation] | None:
    """Whose secret this is, where it opens anything today: one look, whatever is the matter with it.

    `lock`: nobody else sends by it until the transaction ends.
    """
    query = (
        select(MachineCredential, Organisation)
        .join(Organisation, Organisation.id == MachineCredential.organisation_id)
        .where(MachineCredential.secret_hash == hashed(secret))
    )
    if lock:
        query = query.with_for_update(of=MachineCredential).execution_options(populate_existing=True)
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    credential, organisation = found
    opens = credential_opens(credential.ends_on, credential.revoked_at is not None, clock.today())
    there = in_force(date.min, organisation.valid_to, clock.today()) and sends_lists(organisation)
    return (credential, organisation) if opens and there else None


def hashed(secret: str) -> bytes:
    return sealing.ring().lasting_digest("machine credential", secret)


def _shown(one: MachineCredential, issued_by: str | None) -> Credential:
    works = credential_opens(one.ends_on, one.revoked_at is not None, clock.today())
    return Credential(one.uid, one.name, issued_by, one.issued_at, one.ends_on, one.revoked_at, one.last_used_on, works)
