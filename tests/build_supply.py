"""Builders of what suppliers send: a school's file in a few lines, and the worker that takes it to its end."""

import csv
import io
import secrets
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.reading import read
from cp.models import Organisation, Pair, Supplier, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.services.retention import pacing
from cp.services.supply import at_the_server, checking, receiving, senders, steering, working
from cp.services.supply.receiving import Arrived
from cp.terms import FileForm, RowState, SupplyState
from tests import build
from tests.build import World
from tests.build_live import live

HEADINGS = ("Adno", "Legal Surname", "Forename", "DOB", "Sex", "UPN", "Address Line 1", "Town", "PostCode",
            "Parent 1 Name", "Parent 1 Relationship", "Parent 1 Telephone")  # fmt: skip
AMIRA = {
    "Adno": "000417", "Legal Surname": "Siddiqui", "Forename": "Amira", "DOB": "14/03/2016", "Sex": "F",
    "Address Line 1": "18 Tanner’s Row", "Town": "Northvale", "PostCode": "ZA4 7QD",
    "Parent 1 Name": "Farah Siddiqui", "Parent 1 Relationship": "Mother", "Parent 1 Telephone": "0161 496 0163",
}  # fmt: skip
BARE = {name: AMIRA[name] for name in ("Legal Surname", "Forename", "DOB", "Sex")} | {"Adno": "9"}
"""Amira without a home, in another school’s list: somebody has to look."""
JACK = {
    "Adno": "000418", "Legal Surname": "Ashworth", "Forename": "Jack", "DOB": "21/11/2017", "Sex": "M",
    "Address Line 1": "2 Cedar Road", "Town": "Northvale", "PostCode": "ZA2 2AA",
}  # fmt: skip
IFEOMA = {
    "Adno": "000420", "Legal Surname": "Abara", "Forename": "Ifeoma", "DOB": "03/09/2015", "Sex": "F",
    "Address Line 1": "7 Mill Lane", "Town": "Northvale", "PostCode": "ZA2 2AB",
}  # fmt: skip


def csv_of(*pupils: Mapping[str, str], headings: Sequence[str] = HEADINGS) -> bytes:
    text = io.StringIO(newline="")
    lines = csv.DictWriter(text, headings, restval="")
    lines.writeheader()
    lines.writerows(pupils)
    return text.getvalue().encode()


def receive(session: Session, school: Organisation, data: bytes, *, whole: bool = False) -> SupplyFile:
    """Received, checked, and due for the worker: the school supplies live."""
    sender = senders.of_organisation(live(session, school), UUID(bytes=secrets.token_bytes(16)), None)
    arrived = Arrived("autumn-roll.csv", data, whole)
    uid, _ = at_the_server.send(session, sender, at_the_server.look(session, sender, read(data, arrived.name), arrived))
    session.commit()
    return session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one()


def at(session: Session, school: Organisation, state: SupplyState, data: bytes | None = None) -> SupplyFile:
    """A file that stands there; one that is being sent, or was stopped, waits for its worker still."""
    data = data or csv_of(IFEOMA | {"DOB": "31/02/2015"}, {})
    sender = senders.of_organisation(live(session, school), UUID(bytes=secrets.token_bytes(16)), None)
    uid = receiving.receive(
        session, sender, receiving.prepare(session, sender, read(data, "roll.csv"), Arrived("roll.csv", data, False))
    )
    file = session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one()
    if state is not SupplyState.COLUMNS:
        checking.check(session, sender, file)
        file.state = state
    if state not in (SupplyState.COLUMNS, SupplyState.CHECKED):
        file.sent_at = clock.now()
    session.commit()
    return file


class Words(NamedTuple):
    """What is kept sealed of a file: its name, a heading, the cells of a row, why the row was not placed by itself."""

    name: str = "autumn-roll.csv"
    heading: str = "Forename"
    cells: Sequence[str] = ("Amira",)
    why: Sequence[str] = ("Same given name. +8.1",)


ORDINARY = Words()


def waiting(session: Session, world: World, child: Child, words: Words = ORDINARY) -> None:
    """Every part of supply that is kept: a school's file, remembered columns, and a row that waits beside a child."""
    now = clock.now()
    build.add(session, Supplier(organisation_id=world.school.id, columns={words.heading: "given_names"}))
    file = build.add(session, SupplyFile(
        organisation_id=world.school.id, form=FileForm.CSV, whole=True, state=SupplyState.SENT, fingerprint=1,
        received_at=now, total=1, facts={"name": words.name, "headings": [words.heading],
                                         "meant": [["given_names", False]]},
    ))  # fmt: skip
    cells = {str(at): cell for at, cell in enumerate(words.cells)}
    row = build.add(session, SupplyRow(file_id=file.id, number=2, state=RowState.WAITING, facts={"cells": cells}))
    build.add(session, Pair(authority_id=child.authority_id, row_id=row.id, child_id=child.id, made_at=now,
                            why=list(words.why)))  # fmt: skip


def work(session: Session) -> None:
    """Until nothing is due, each step in a transaction of its own."""
    while working.step(session, working.look(session)):
        session.commit()
    session.commit()


def row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker's batches are of one row, however fast they are."""
    monkeypatch.setattr(working, "BATCH", 1)
    monkeypatch.setattr(pacing, "MOST", 1)


def send(session: Session, school: Organisation, *pupils: Mapping[str, str], whole: bool = False) -> SupplyFile:
    file = receive(session, school, csv_of(*pupils), whole=whole)
    work(session)
    session.refresh(file)
    return file


def undo(session: Session, file: SupplyFile) -> None:
    steering.take_back(file)
    work(session)
    session.refresh(file)


def children(session: Session) -> list[Child]:
    session.expire_all()
    return list(session.scalars(select(Child).order_by(Child.id)))


def two_of_amira(session: Session, world: World) -> Organisation:
    """Another school, whose row may be of Amira, whom the first school has sent."""
    send(session, world.school, AMIRA)
    school = build.organisation(session, world.authority, name="Ashgrove Prep")
    send(session, school, BARE)
    return school
