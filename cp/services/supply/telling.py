"""A practitioner tells the management team of a child whom they looked for and did not find.

Nothing here looks for anybody: what is answered, and when, is the same whatever the directory holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.sheet import Row, Sheet
from cp.models import Organisation, SourceRecord, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.rules.access import Actor, Subject, decide
from cp.rules.days import london_day
from cp.rules.looking_up import DAY
from cp.rules.telling import A_DAY, may_tell
from cp.services import audit, looking_up, searches
from cp.services.records import full_name
from cp.services.supply import receiving, rows, senders
from cp.services.supply.receiving import BY_HAND, Arrived
from cp.services.supply.told import Besides
from cp.terms import Act, Column, FileForm, RecordState, RowState, SupplyState

NAME = "Told"


class ToldTooOften(Exception):
    """This person has told of as many children as one may in a day."""

    most = A_DAY


@dataclass(frozen=True, slots=True)
class Mine:
    """One whom this person told of. `child_uid`: the record that came of it, where they may open it."""

    name: str
    told_on: date
    done: bool
    child_uid: UUID | None


def may(actor: Actor) -> bool:
    """Whether this person is shown the way there."""
    return decide(actor, Act.PREPARE_TELLING, None, clock.today()).allowed


def begin(session: Session, actor: Actor, search_uid: UUID | None) -> dict[str, str]:
    """What was typed into this search, by its own names. Raises Refusal where it is not this person's of today."""
    facts = searches.prefilled(session, actor, search_uid)[0] if search_uid else {}
    audit.record(session, actor, Act.PREPARE_TELLING, audit.About(object_id=search_uid))
    return facts


def tell(session: Session, actor: Actor, typed: Mapping[Column, str], besides: Besides) -> UUID:
    """Let the worker put it before the management team. Raises ToldTooOften."""
    looking_up.hold(session, actor)
    if not may_tell(_in_day(session, actor)):
        raise ToldTooOften
    sender = senders.of_teller(session.get_one(Organisation, actor.organisation_id), actor.request_id, actor)
    cells = tuple(typed.get(column, "") for column in BY_HAND.values())
    sheet = Sheet(FileForm.TOLD, tuple(BY_HAND), (Row(1, cells),))
    arrived = Arrived(NAME, "\n".join(cells).encode(), whole=False)
    file = receiving.keep(session, receiving.prepare(session, sender, sheet, arrived))
    row = session.scalars(select(SupplyRow).where(SupplyRow.file_id == file.id)).one()
    row.facts, row.state = row.facts | {"told": besides.facts()}, RowState.READY
    file.ready, file.state, file.sent_at = 1, SupplyState.SENDING, clock.now()
    session.flush()
    audit.record(session, actor, Act.TELL, audit.About(object_id=file.uid, reason=besides.why))
    return file.uid


def _in_day(session: Session, actor: Actor) -> int:
    query = select(func.count()).where(
        SupplyFile.account_id == actor.account_id, SupplyFile.form == FileForm.TOLD,
        SupplyFile.received_at > clock.now() - DAY,
    )  # fmt: skip
    return session.scalar(query) or 0


def own(session: Session, actor: Actor) -> list[Mine]:
    """The newest first, as long as what was told is kept."""
    query = (
        select(SupplyFile, SupplyRow)
        .join(SupplyRow, SupplyRow.file_id == SupplyFile.id)
        .where(SupplyFile.account_id == actor.account_id, SupplyFile.form == FileForm.TOLD)
        .order_by(SupplyFile.id.desc())
    )
    found = [_mine(session, actor, file, row) for file, row in session.execute(query)]
    audit.record(session, actor, Act.SEE_OWN_TOLD, audit.About(results=len(found)))
    return found


def _mine(session: Session, actor: Actor, file: SupplyFile, row: SupplyRow) -> Mine:
    cells = rows.cells_of(row, rows.meanings(file))
    name = full_name(cells.get(Column.GIVEN_NAMES, ""), cells.get(Column.FAMILY_NAME, ""))
    done = row.state not in (RowState.READY, RowState.WAITING)
    return Mine(name, london_day(file.received_at), done, _visible(session, actor, row))


def _visible(session: Session, actor: Actor, row: SupplyRow) -> UUID | None:
    """A shielded record, or another's, is no answer: it would say that what was told is on it."""
    query = (
        select(Child)
        .join(SourceRecord, SourceRecord.child_id == Child.id)
        .where(SourceRecord.id == row.record_id, Child.shielded_at.is_(None))
    )
    child = session.scalars(query).one_or_none()
    if child is None:
        return None
    subject = Subject(child.authority_id, child.shielded, child.state is RecordState.LIVE)
    return child.uid if decide(actor, Act.OPEN_RECORD, subject, clock.today()).allowed else None
