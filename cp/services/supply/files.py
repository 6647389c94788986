"""An organisation's own files, as its supplier sees them: what was in them, what is wrong, how far they are.

Nothing here says whether any child is known: a receipt reads the same whatever the directory holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.supplied import Problem
from cp.models import SupplyFile, SupplyRow
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.services import audit
from cp.services.supply import rows
from cp.services.supply.forgetting import forgotten
from cp.terms import Act, Column, FileForm, RowState, SupplyState

UNDO_WITHIN = timedelta(days=14)
SHOWN = 4
"""Faults of each kind on the page before all are asked for."""
FIRST_VALUES = 3
NEWEST = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A file and where it stands."""

    uid: UUID
    name: str
    form: FileForm
    whole: bool
    state: SupplyState
    total: int
    ready: int
    done: int
    received_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    undone_at: datetime | None
    never: tuple[str, ...]
    """Headings of columns that no record may hold: they were left out."""
    notes: tuple[str, ...]
    nobody_left: bool = False
    """Nobody was marked as having left, because some rows do not tell whose they are."""
    forgotten: bool = False
    """It was not sent, or not to its end, and what was in it is gone."""

    @property
    def held(self) -> int:
        return self.total - self.ready

    @property
    def undo_until(self) -> date | None:
        """The last day on which it can be undone."""
        return london_day(self.sent_at + UNDO_WITHIN) if self.sent_at else None


@dataclass(frozen=True, slots=True)
class AColumn:
    """A column of the file: its heading, its first values where they were kept, what it is taken to mean."""

    at: int
    heading: str
    values: tuple[str, ...]
    means: Column | None
    never: bool
    kept: bool


def _of(organisation_id: int) -> tuple[ColumnElement[bool], ...]:
    """The files that an organisation sent: what its people told the management team is none of them."""
    return SupplyFile.organisation_id == organisation_id, SupplyFile.form != FileForm.TOLD


def own(session: Session, actor: Actor, uid: UUID, *, lock: bool = False) -> SupplyFile:
    """The file, where it is of this person's organisation. Raises Refusal: another's reads as none."""
    query = select(SupplyFile).where(SupplyFile.uid == uid, *_of(actor.organisation_id))
    found = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return found


def listed(session: Session, actor: Actor) -> list[Shown]:
    """The newest files of the organisation."""
    query = select(SupplyFile).where(*_of(actor.organisation_id))
    found = [shown(file) for file in session.scalars(query.order_by(SupplyFile.id.desc()).limit(NEWEST))]
    audit.record(session, actor, Act.SEE_SUPPLY, audit.About(results=len(found)))
    return found


def show(session: Session, actor: Actor, uid: UUID) -> Shown:
    file = own(session, actor, uid)
    audit.record(session, actor, Act.SEE_FILE, audit.About(object_id=file.uid))
    return shown(file)


def to_its_end() -> tuple[ColumnElement[bool], ...]:
    """The files that were sent, also while rows of one look again whose they are: no supplier learns that they do."""
    return SupplyFile.ended_at.is_not(None), SupplyFile.state.in_((SupplyState.SENT, SupplyState.SENDING))


def shown(file: SupplyFile) -> Shown:
    """As its supplier sees it: once it was sent to its end it is sent, whatever its rows look for again."""
    facts = file.facts
    again = file.ended_at is not None and file.state is SupplyState.SENDING
    state, done = (SupplyState.SENT, file.ready) if again else (file.state, file.done)
    never = [heading for heading, (_, left_out) in zip(facts["headings"], facts["meant"], strict=True) if left_out]
    return Shown(
        file.uid, facts["name"], file.form, file.whole, state, file.total, file.ready, done,
        file.received_at, file.sent_at, file.ended_at, file.undone_at, tuple(never), tuple(facts["notes"]),
        facts.get("nobody_left", False), forgotten(file, clock.now()),
    )  # fmt: skip


def columns(session: Session, actor: Actor, uid: UUID) -> list[AColumn]:
    """Every column, with its first values where those may be kept: of others only the heading is here."""
    file = own(session, actor, uid)
    query = select(SupplyRow).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number).limit(FIRST_VALUES)
    cells = [row.facts["cells"] for row in session.scalars(query)]
    return [
        AColumn(at, heading, tuple(one[str(at)] for one in cells if str(at) in one),
                rows.meanings(file).get(at), never, at in file.facts["kept"])
        for at, (heading, (_, never)) in enumerate(zip(file.facts["headings"], file.facts["meant"], strict=True))
    ]  # fmt: skip


def troubles(session: Session, actor: Actor, uid: UUID, states: Iterable[RowState] = (RowState.HELD,)) -> list[Problem]:
    """What is the matter with the file, then with its rows, in their order."""
    file = own(session, actor, uid)
    query = select(SupplyRow).where(SupplyRow.file_id == file.id, SupplyRow.state.in_(list(states)))
    found = rows.problems(file.facts, None)
    for row in session.scalars(query.order_by(SupplyRow.number)):
        found += rows.problems(row.facts, row.number)
    return found


def sendable(session: Session, actor: Actor, uid: UUID) -> int:
    """How many of the rows that are held could be sent as they are."""
    file = own(session, actor, uid)
    query = select(SupplyRow).where(SupplyRow.file_id == file.id, SupplyRow.state == RowState.HELD)
    return sum(bool(row.facts.get("sendable")) for row in session.scalars(query))


def seen_before(session: Session, actor: Actor, uid: UUID) -> SupplyFile | None:
    """The file that held the very same bytes and was sent, where there was one."""
    file = own(session, actor, uid)
    query = select(SupplyFile).where(
        *_of(file.organisation_id), SupplyFile.fingerprint == file.fingerprint,
        SupplyFile.id < file.id, *to_its_end(),
    )  # fmt: skip
    return session.scalars(query.order_by(SupplyFile.id.desc()).limit(1)).first()


def nothing_new(session: Session, actor: Actor, uid: UUID, before: SupplyFile, sendable: int) -> bool:
    """Whether sending the file says only what `before`, which held the same bytes, said: as long as nothing was sent
    after that, and its columns, who is missing from it and the rows that may go are the same. `sendable`: as above."""
    file = own(session, actor, uid)
    since = select(SupplyFile.id).where(
        *_of(file.organisation_id), SupplyFile.id > before.id, SupplyFile.sent_at.is_not(None),
        SupplyFile.state != SupplyState.UNDONE,
    )  # fmt: skip
    alike = before.whole is file.whole and before.facts["meant"] == file.facts["meant"]
    return alike and file.ready + sendable <= before.ready and session.scalars(since.limit(1)).first() is None


def last_sent(session: Session, actor: Actor) -> Shown | None:
    """The newest file that was sent whole."""
    newest = select(func.max(SupplyFile.id)).where(*_of(actor.organisation_id), *to_its_end())
    found = session.scalar(newest)
    return shown(session.get_one(SupplyFile, found)) if found else None


def can_undo(one: Shown) -> bool:
    """Whether anything of it was sent, and it is not too late."""
    past = one.sent_at is None or clock.now() > one.sent_at + UNDO_WITHIN
    return one.state in (SupplyState.SENT, SupplyState.STOPPED) and not past
