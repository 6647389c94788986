"""One child typed in, or said to have left: the same way as a file of one row, so that it is checked, placed and undone
like any other.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.checking import check
from cp.feeds.sheet import Row, Sheet
from cp.feeds.supplied import Context, Problem
from cp.models import SupplyFile
from cp.services import audit
from cp.services.supply import checking, receiving, steering
from cp.services.supply.live import NotLive
from cp.services.supply.receiving import BY_HAND, Arrived
from cp.services.supply.senders import Sender
from cp.terms import Act, Column, Fault, FileForm

NAME, LEFT = "Typed in", "Typed in: somebody has left"


def problems(sender: Sender, typed: Mapping[Column, str]) -> list[Problem]:
    """What is the matter with it; nothing where it can be sent."""
    headings = {column: heading for heading, column in BY_HAND.items()}
    (found,) = check([(1, typed)], headings, Context(today=clock.today(), kind=sender.kind))
    return list(found.problems)


def only_unusual(found: list[Problem]) -> bool:
    """Whether it may be sent as it is, by somebody who says that it is so."""
    return bool(found) and all(one.fault is Fault.UNUSUAL for one in found)


def send(session: Session, sender: Sender, typed: Mapping[Column, str]) -> UUID:
    """The id of the file of one row, which is due for the worker, or else a test. Nobody else has left by it."""
    cells = tuple(typed.get(column, "") for column in BY_HAND.values())
    file = _received(session, sender, (Row(1, cells),), NAME, cells)
    return _gone(session, sender, file)


def leave(session: Session, sender: Sender, key: str, on: date) -> UUID:
    """The same of a pupil of this key who has left on this day. Nobody is told whether one was there: that may hang on
    records which the supplier must not know of.
    """
    file = _received(session, sender, (), LEFT, (key, on.isoformat()))
    file.total = file.ready = 1
    file.facts = file.facts | {"left": [[key, on.isoformat()]]}
    return _gone(session, sender, file)


def _received(
    session: Session, sender: Sender, rows: tuple[Row, ...], name: str, typed: Iterable[str]
) -> SupplyFile:  # fmt: skip
    sheet = Sheet(FileForm.HAND, tuple(BY_HAND), rows)
    arrived = Arrived(name, "\n".join(typed).encode(), whole=False)
    return checking.received(session, sender, receiving.prepare(session, sender, sheet, arrived))


def _gone(session: Session, sender: Sender, file: SupplyFile) -> UUID:
    with suppress(NotLive):
        steering.go(session, file, too=True)
        about = audit.About(object_id=file.uid, results=file.ready)
        audit.record(session, sender.actor, Act.SEND_FILE, about, request_id=sender.request_id)
    return file.uid
