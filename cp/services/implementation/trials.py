"""The test file of an organisation that does not supply yet: how good it is, by figures alone, and what was said of it.

Nothing here opens a row: a manager sees how many, never whom.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import FileVerdict, Onboarding, Organisation, SupplyFile
from cp.rules.access import Actor
from cp.rules.live_supply import may_be_accepted
from cp.services import audit
from cp.services.implementation import steps
from cp.services.implementation.schools import one_of_ours
from cp.services.supply import standing
from cp.services.supply.standing import Card
from cp.terms import Act, AskedAgain, Fault, FileForm, Means, SupplyState


@dataclass(frozen=True, slots=True)
class Trial:
    """One test file. `found`: things that somebody has to look at, of each kind. `accepted`: None while nobody has said
    anything; `reasons`: why another was asked for."""

    uid: UUID
    form: FileForm
    received_at: datetime
    total: int
    ready: int
    card: Card
    found: dict[Fault, int]
    may_accept: bool
    accepted: bool | None
    reasons: tuple[AskedAgain, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """An organisation and its test file: the one that was accepted, or else the newest; None where none has come."""

    uid: UUID
    name: str
    means: Means | None
    agreed: bool
    accepted: bool
    trial: Trial | None


class AnotherFile(Exception):
    """A newer file has come, or somebody has accepted one, since this person's page was made."""


class NotGoodEnough(Exception):
    """This file may not be accepted."""


def show(session: Session, actor: Actor, uid: UUID) -> Tried:
    """Raises Refusal."""
    found = one_of_ours(session, actor, uid)
    audit.record(session, actor, Act.SEE_TEST_FILE, audit.About(object_id=uid))
    row = steps.held(session, found)
    file = _accepted(session, found.id) if row.test_accepted_on else _newest(session, found.id)
    return Tried(
        uid, found.name, row.means, row.means_agreed_on is not None, row.test_accepted_on is not None,
        of(session, file, row) if file else None,
    )  # fmt: skip


def judge(session: Session, actor: Actor, uid: UUID, file_uid: UUID | None, reasons: Collection[AskedAgain]) -> None:
    """It is accepted; or another is asked for, where there are `reasons`.

    Raises Refusal, AnotherFile unless it is the newest and none is accepted, NotGoodEnough.
    """
    found, row, file = _open(session, actor, uid, file_uid)
    accepted = not reasons
    if accepted and not of(session, file, row).may_accept:
        raise NotGoodEnough
    verdict = said_of(session, file) or FileVerdict(file_id=file.id)
    verdict.accepted, verdict.said = accepted, " ".join(one for one in AskedAgain if one in reasons)
    verdict.account_id, verdict.at = actor.account_id, clock.now()
    session.add(verdict)
    steps.keep(session, found, **({"test_accepted_on": clock.today()} if accepted else {"test_came_on": None}))
    session.flush()
    about = audit.About(object_id=file.uid, reason=verdict.said or "accepted")
    audit.record(session, actor, Act.JUDGE_TEST_FILE, about)


def of(session: Session, file: SupplyFile, row: Onboarding | None = None) -> Trial:
    """How good one file is. `row`: of its organisation, where it is asked whether it may be accepted."""
    agreed = row.means if row and row.means_agreed_on else None
    said, found = said_of(session, file), file.facts.get("found", {})
    return Trial(
        file.uid, file.form, file.received_at, file.total, file.ready, standing.card_of(file),
        {fault: found.get(fault, 0) for fault in Fault}, may_be_accepted(agreed, file.form, file.total, file.ready),
        said.accepted if said else None, said.reasons if said else (),
    )  # fmt: skip


def said_of(session: Session, file: SupplyFile) -> FileVerdict | None:
    """What was said of a file."""
    return session.scalars(select(FileVerdict).where(FileVerdict.file_id == file.id)).one_or_none()


def accepted_form(session: Session, organisation_id: int) -> FileForm | None:
    """Of the file that was accepted last; None where that is not known."""
    file = _accepted(session, organisation_id)
    return file.form if file else None


def _open(
    session: Session, actor: Actor, uid: UUID, file_uid: UUID | None
) -> tuple[Organisation, Onboarding, SupplyFile]:  # fmt: skip
    """Held until the transaction ends."""
    found = one_of_ours(session, actor, uid)
    row = steps.held(session, found)
    session.refresh(row, with_for_update=True)
    file = _newest(session, found.id)
    if file is None or file.uid != file_uid or row.test_accepted_on:
        raise AnotherFile
    return found, row, file


def _newest(session: Session, organisation_id: int) -> SupplyFile | None:
    """That was checked and not sent, and was not accepted before the means were changed."""
    was_accepted = exists().where(FileVerdict.file_id == SupplyFile.id, FileVerdict.accepted)
    query = select(SupplyFile).where(
        SupplyFile.organisation_id == organisation_id, SupplyFile.state == SupplyState.CHECKED,
        SupplyFile.form != FileForm.TOLD, ~was_accepted,
    )  # fmt: skip
    return session.scalars(query.order_by(SupplyFile.id.desc()).limit(1)).first()


def _accepted(session: Session, organisation_id: int) -> SupplyFile | None:
    query = select(SupplyFile).join(FileVerdict, FileVerdict.file_id == SupplyFile.id)
    query = query.where(SupplyFile.organisation_id == organisation_id, FileVerdict.accepted)
    return session.scalars(query.order_by(FileVerdict.at.desc(), SupplyFile.id.desc()).limit(1)).first()
