"""What a supplier says of a file: what its columns mean, send it, stop, go on, undo it."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.columns import may_mean
from cp.models import SupplyFile, SupplyRow
from cp.rules.access import Actor
from cp.services import audit
from cp.services.supply import checking, figures, files, forgetting, live, rows, senders, standing, suppliers
from cp.services.supply.checking import Looked
from cp.terms import Act, Column, RowState, SupplyState

BEFORE_SENDING = (SupplyState.COLUMNS, SupplyState.CHECKED)


class NotNow(Exception):
    """The file is in another state than this can be done in: somebody was faster, or it was done before."""


class Meaning(NamedTuple):
    """What the columns of a file mean, and what was found of its rows by that; `before`: what the file said of itself
    until then."""

    columns: Sequence[Column | None]
    before: dict[str, Any]
    looked: Looked


def look(session: Session, actor: Actor, uid: UUID, meant: Sequence[Column | None]) -> Meaning:
    """The rows of a file by what the columns are said to mean. Reads, and writes nothing: a long file takes long.
    Raises NotNow."""
    file = _in_state(session, actor, uid, BEFORE_SENDING, lock=False)
    session.expunge(file)
    before, headings = file.facts, file.facts["headings"]
    if not all(may_mean(heading, column) for heading, column in zip(headings, meant, strict=True)):
        raise ValueError("a column that no record may hold was given a meaning")
    never = [one[1] for one in before["meant"]]
    file.facts = before | {"meant": [[column, left_out] for column, left_out in zip(meant, never, strict=True)]}
    looked = checking.look(session, senders.of_actor(session, actor), file, rows.kept(session, file))
    return Meaning(meant, before, looked)


def confirm(session: Session, actor: Actor, uid: UUID, meaning: Meaning) -> None:
    """It is remembered for the next file, and what was found of this one is noted. Raises NotNow, also where the file
    is no longer what was looked at."""
    file = _in_state(session, actor, uid, BEFORE_SENDING)
    if file.facts != meaning.before:
        raise NotNow
    _remember(session, actor.organisation_id, dict(zip(file.facts["headings"], meaning.columns, strict=True)))
    checking.keep(session, file, meaning.looked)
    audit.record(session, actor, Act.CONFIRM_COLUMNS, audit.About(object_id=file.uid))


def _remember(session: Session, organisation_id: int, meant: dict[str, Column | None]) -> None:
    supplier = suppliers.held(session, organisation_id)
    supplier.columns = (supplier.columns or {}) | meant
    session.flush()


def send(session: Session, actor: Actor, uid: UUID, *, too: bool = False) -> None:
    """Let the worker send the ready rows; `too`, those that are held and could be sent as they are.

    Raises NotNow, NotLive.
    """
    file = _in_state(session, actor, uid, (SupplyState.CHECKED,))
    go(session, file, too=too)
    about = audit.About(object_id=file.uid, results=file.ready)
    audit.record(session, actor, Act.SEND_FILE, about)


def go(session: Session, file: SupplyFile, *, too: bool) -> None:
    """Raises NotLive where nothing of this organisation may be applied yet, and NotNow where no row is ready, or its
    rows are forgotten: nobody has left because nothing could be sent."""
    live.must_be(session, file)
    if forgetting.forgotten(file, clock.now()):
        raise NotNow
    if too:
        query = select(SupplyRow).where(SupplyRow.file_id == file.id, SupplyRow.state == RowState.HELD)
        for row in session.scalars(query):
            if row.facts.get("sendable"):
                row.state, file.ready = RowState.READY, file.ready + 1
    if not file.ready:
        raise NotNow
    file.state, file.sent_at = SupplyState.SENDING, clock.now()
    session.flush()
    figures.corrected(session, file)
    standing.renew(session, file.organisation_id)


def stop(session: Session, actor: Actor, uid: UUID) -> None:
    """The rows already sent stay. Raises NotNow where it is done already."""
    file = _in_state(session, actor, uid, (SupplyState.SENDING,))
    file.state = SupplyState.STOPPED
    audit.record(session, actor, Act.STOP_FILE, audit.About(object_id=file.uid, reason="stopped"))


def go_on(session: Session, actor: Actor, uid: UUID) -> None:
    """Raises NotLive, and NotNow where it was not stopped, or its rows are forgotten."""
    file = _in_state(session, actor, uid, (SupplyState.STOPPED,))
    live.must_be(session, file)
    if forgetting.forgotten(file, clock.now()):
        raise NotNow
    file.state = SupplyState.SENDING
    audit.record(session, actor, Act.STOP_FILE, audit.About(object_id=file.uid, reason="goes_on"))


def undo(session: Session, actor: Actor, uid: UUID) -> None:
    """Let the worker take back all that the file changed, and nothing else. Raises NotNow."""
    take_back(files.own(session, actor, uid, lock=True))
    audit.record(session, actor, Act.UNDO_FILE, audit.About(object_id=uid))


def take_back(file: SupplyFile) -> None:
    """Raises NotNow where nothing of it was sent, or it is too late."""
    if not files.can_undo(files.shown(file)):
        raise NotNow
    file.state = SupplyState.UNDOING


def _in_state(
    session: Session, actor: Actor, uid: UUID, states: Sequence[SupplyState], *, lock: bool = True
) -> SupplyFile:
    file = files.own(session, actor, uid, lock=lock)
    if file.state not in states:
        raise NotNow
    return file
