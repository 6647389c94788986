"""One child, typed in: the same way as a file of one row, so that it is checked, placed and undone like any other."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.checking import check
from cp.feeds.sheet import Row, Sheet
from cp.feeds.supplied import Context, Problem
from cp.models import SupplyFile
from cp.services import audit
from cp.services.supply import checking, receiving, steering
from cp.services.supply.receiving import BY_HAND, Arrived
from cp.services.supply.senders import Sender
from cp.terms import Act, Column, Fault, FileForm

NAME = "Typed in"


def problems(sender: Sender, typed: Mapping[Column, str]) -> list[Problem]:
    """What is the matter with it; nothing where it can be sent."""
    headings = {column: heading for heading, column in BY_HAND.items()}
    (found,) = check([(1, typed)], headings, Context(today=clock.today(), kind=sender.kind))
    return list(found.problems)


def only_unusual(found: list[Problem]) -> bool:
    """Whether it may be sent as it is, by somebody who says that it is so."""
    return bool(found) and all(one.fault is Fault.UNUSUAL for one in found)


def send(session: Session, sender: Sender, typed: Mapping[Column, str]) -> UUID:
    """The id of the file of one row, which is due for the worker. Nobody else has left by it."""
    cells = tuple(typed.get(column, "") for column in BY_HAND.values())
    sheet = Sheet(FileForm.HAND, tuple(BY_HAND), (Row(1, cells),))
    uid = receiving.receive(session, sender, sheet, Arrived(NAME, "\n".join(cells).encode(), whole=False))
    file = session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one()
    checking.check(session, sender, file)
    steering.go(session, file, too=True)
    about = audit.About(object_id=uid, results=file.ready)
    audit.record(session, sender.actor, Act.SEND_FILE, about, request_id=sender.request_id)
    return uid
