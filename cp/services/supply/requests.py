"""One request of another system: whose it is, whether it came before, how often that may be, and its entry."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.rows_sent import Sent
from cp.models import MachineCredential, MachineRequest, Organisation, SupplyFile
from cp.rules.days import london_day
from cp.rules.looking_up import again_at
from cp.rules.machines import REQUESTED_WITHIN, REQUESTS
from cp.services import audit
from cp.services.sessions import hashed
from cp.services.supply import by_machine, credentials, live, senders
from cp.services.supply.by_machine import Receipt
from cp.services.supply.forgetting import forgotten
from cp.services.supply.live import Missing
from cp.services.supply.receiving import fingerprint
from cp.terms import Act, Decision, FileForm, SupplyState


@dataclass(frozen=True, slots=True)
class Asked:
    """What came. `sent`: the rows, None where what came cannot be taken. `key`: what the system calls the request."""

    secret: str
    data: bytes
    sent: Sent | None
    key: str | None
    request_id: UUID


class NotKnown(Exception):
    """Nobody's credential, or one that works no longer."""


class TooOften(Exception):
    """This credential may ask again then. The entry that says so is to be kept."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at.isoformat())
        self.again_at = again_at


class OnlyTried(Exception):
    """Nothing of this organisation may be applied yet: the rows are kept as a test, `ready` of `total`. They may come
    again just as they are, and count as new until something is applied: no answer is kept of them."""

    def __init__(self, missing: Missing, file: SupplyFile) -> None:
        super().__init__(", ".join(missing.lacks))
        self.missing, self.ready, self.total = missing, file.ready, file.total


class KeyTaken(Exception):
    """Another request has this key. The entry that says so is to be kept."""


def take(session: Session, asked: Asked) -> Receipt | None:
    """The receipt: of what is done now, or was when it came before; None where it cannot be taken.

    Requests of one credential go one after the other. Raises NotKnown, TooOften, KeyTaken, OnlyTried.
    """
    found = credentials.find(session, asked.secret, lock=True)
    if found is None:
        raise NotKnown
    credential, _ = found
    credential.last_used_on = clock.today()
    _within(session, credential, asked)
    request = MachineRequest(credential_id=credential.id, at=clock.now(), fingerprint=fingerprint(asked.data),
                             key_hash=hashed(asked.key) if asked.key else None)  # fmt: skip
    if asked.sent is None:
        _refuse(session, credential, asked, "unfit", request)
        return None
    receipt, said = _again(session, credential, asked, request), "again"
    if receipt is None:
        receipt, said = _taken(session, found, asked, asked.sent, request), "taken"
    session.add(request)
    session.flush()
    about = audit.About(object_id=credential.uid, reason=said, results=len(asked.sent.rows))
    audit.record(session, None, Act.SEND_ROWS, about, request_id=asked.request_id)
    return receipt


def _taken(
    session: Session, found: tuple[MachineCredential, Organisation], asked: Asked, sent: Sent, request: MachineRequest
) -> Receipt:
    """Raises OnlyTried. The very same rows are one test."""
    credential, organisation = found
    sender = senders.of_organisation(organisation, asked.request_id, None)
    not_yet = live.missing(session, organisation.id)
    before = _test_of(session, organisation, request) if not_yet else None
    file, receipt = (before, {}) if before else by_machine.send(session, sender, credential.name, sent, asked.data)
    request.file_id = file.id
    if not_yet:
        _refuse(session, credential, asked, "not_live", request)
        raise OnlyTried(not_yet, file)
    request.answer = receipt
    return receipt


def _test_of(session: Session, organisation: Organisation, request: MachineRequest) -> SupplyFile | None:
    """The test that these very rows were before, while it is kept."""
    query = select(SupplyFile).where(
        SupplyFile.organisation_id == organisation.id, SupplyFile.fingerprint == request.fingerprint,
        SupplyFile.form == FileForm.MACHINE, SupplyFile.state == SupplyState.CHECKED,
    )  # fmt: skip
    found = session.scalars(query.order_by(SupplyFile.id.desc()).limit(1)).first()
    return None if found is None or forgotten(found, clock.now()) else found


def _within(session: Session, credential: MachineCredential, asked: Asked) -> None:
    query = select(MachineRequest.at).where(
        MachineRequest.credential_id == credential.id, MachineRequest.at > clock.now() - REQUESTED_WITHIN
    )
    newest = session.scalars(query.order_by(MachineRequest.at.desc()).limit(REQUESTS)).all()
    if free_at := again_at(newest, REQUESTS, REQUESTED_WITHIN):
        _refuse(session, credential, asked, "too_many_requests")
        raise TooOften(free_at)


def _again(session: Session, credential: MachineCredential, asked: Asked, request: MachineRequest) -> Receipt | None:
    """What the same request was answered before: by its key, or else by what it says, while nothing came after it."""
    answered = select(MachineRequest).where(
        MachineRequest.credential_id == credential.id, MachineRequest.answer_sealed.is_not(None)
    )
    query = answered.where(MachineRequest.key_hash == request.key_hash) if request.key_hash else answered
    before = session.scalars(query.order_by(MachineRequest.id.desc()).limit(1)).first()
    if before is None or not (request.key_hash or _still_holds(session, before, request)):
        return None
    if before.fingerprint != request.fingerprint:
        _refuse(session, credential, asked, "key_taken", request)
        raise KeyTaken
    receipt: Receipt = before.answer
    return receipt


def _still_holds(session: Session, before: MachineRequest, request: MachineRequest) -> bool:
    """Without a key the same rows are the same request on the same day alone, and while they are not undone: on
    another day they say again what they said."""
    state = session.scalar(select(SupplyFile.state).where(SupplyFile.id == before.file_id))
    same = before.fingerprint == request.fingerprint and london_day(before.at) == london_day(request.at)
    return same and state not in (SupplyState.UNDOING, SupplyState.UNDONE)


def _refuse(
    session: Session, credential: MachineCredential, asked: Asked, reason: str, counted: MachineRequest | None = None
) -> None:
    if counted is not None:
        session.add(counted)
        session.flush()
    about = audit.About(object_id=credential.uid, reason=reason)
    audit.record(session, None, Act.SEND_ROWS, about, decision=Decision.REFUSED, request_id=asked.request_id)
