"""The same way for a file that is read at the server: received, its columns as they are guessed, checked, and sent."""

from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from cp.feeds.columns import Meant, Why, problems_of_mapping
from cp.feeds.sheet import Sheet, Unreadable
from cp.models import SupplyFile
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


class Ahead(NamedTuple):
    """A file that was read and checked, and is not kept."""

    prepared: receiving.Prepared
    looked: checking.Looked

    @property
    def report(self) -> Report:
        found = [("", one[1], one[0], one[2]) for one in self.looked.facts["problems"]]
        found += [(str(one.number), problem.heading, problem.fault, problem.sentence)
                  for one in self.looked.found for problem in one.problems]  # fmt: skip
        return Report(self.prepared.file.total, self.looked.ready, tuple(found))


def look(session: Session, sender: Sender, sheet: Sheet, arrived: receiving.Arrived) -> Ahead:
    """What is wrong in it. Reads, and writes nothing: a long file takes long. Raises Unreadable."""
    prepared = receiving.prepare(session, sender, sheet, arrived)
    _must_be_whole(prepared.file)
    return Ahead(prepared, checking.look(session, sender, prepared.file, prepared.rows))


def send(session: Session, sender: Sender, ahead: Ahead) -> tuple[UUID, Report]:
    """The file's id: it is kept, and its ready rows are due for the worker, unless it is a test."""
    file = checking.received(session, sender, ahead.prepared, ahead.looked)
    return file.uid, replace(ahead.report, missing=_sent(session, sender, file))


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
