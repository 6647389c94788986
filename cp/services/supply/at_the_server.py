"""The same way for a file that is read at the server: received, its columns as they are guessed, checked, and sent."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.feeds.columns import Meant, Why, problems_of_mapping
from cp.feeds.sheet import Sheet, Unreadable
from cp.models import SupplyFile, SupplyRow
from cp.services import audit
from cp.services.supply import checking, live, receiving, rows, steering
from cp.services.supply.live import NotLive
from cp.services.supply.senders import Sender
from cp.terms import Act, Column


@dataclass(frozen=True, slots=True)
class Report:
    """`problems`: the row or "", the column, the kind, the sentence. `missing`: why nothing of it is sent yet."""

    total: int
    ready: int
    problems: tuple[tuple[str, str, str, str], ...]
    missing: tuple[str, ...] = ()


def check(
    session: Session, sender: Sender, sheet: Sheet, arrived: receiving.Arrived, *, send: bool
) -> tuple[UUID, Report]:
    """The file's id, and what is wrong in it; its ready rows are due for the worker where `send`, unless it is a test.
    Raises Unreadable."""
    uid = receiving.receive(session, sender, sheet, arrived)
    file = session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one()
    _must_be_whole(file)
    checking.check(session, sender, file)
    missing = _sent(session, sender, file) if send else ()
    return uid, Report(file.total, file.ready, tuple(_problems(session, file)), missing)


def _sent(session: Session, sender: Sender, file: SupplyFile) -> tuple[str, ...]:
    """Nothing, where what is ready goes; or else what is missing before it may."""
    try:
        live.must_be(session, file)
    except NotLive as not_yet:
        return not_yet.missing.sentences
    if file.ready:
        steering.go(session, file, too=False)
        about = audit.About(object_id=file.uid, results=file.ready)
        audit.record(session, None, Act.SEND_FILE, about, request_id=sender.request_id)
    return ()


def _must_be_whole(file: SupplyFile) -> None:
    meant = rows.meanings(file)
    said = [
        Meant(heading, Column(meant[at]) if at in meant else None, never=False, why=Why.HEADING)
        for at, heading in enumerate(file.facts["headings"])
    ]
    if problems := problems_of_mapping(said):
        raise Unreadable(problems[0])


def _problems(session: Session, file: SupplyFile) -> list[tuple[str, str, str, str]]:
    found = [("", heading, fault, sentence) for fault, heading, sentence, *_ in file.facts["problems"]]
    query = select(SupplyRow).where(SupplyRow.file_id == file.id).order_by(SupplyRow.number)
    for row in session.scalars(query):
        found += [(str(row.number), heading, fault, sentence) for fault, heading, sentence, *_ in row.facts["problems"]]
    return found
