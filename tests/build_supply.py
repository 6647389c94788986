"""Builders of what suppliers send: a school's file in a few lines, and the worker that takes it to its end."""

import csv
import io
import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.feeds.reading import read
from cp.models import Organisation, SupplyFile
from cp.models.child import Child
from cp.services.supply import at_the_server, senders, steering, working
from cp.services.supply.receiving import Arrived

HEADINGS = ("Adno", "Legal Surname", "Forename", "DOB", "Sex", "UPN", "Address Line 1", "Town", "PostCode",
            "Parent 1 Name", "Parent 1 Relationship", "Parent 1 Telephone")  # fmt: skip
AMIRA = {
    "Adno": "000417", "Legal Surname": "Siddiqui", "Forename": "Amira", "DOB": "14/03/2016", "Sex": "F",
    "Address Line 1": "18 Tanner’s Row", "Town": "Northvale", "PostCode": "ZA4 7QD",
    "Parent 1 Name": "Farah Siddiqui", "Parent 1 Relationship": "Mother", "Parent 1 Telephone": "0161 496 0163",
}  # fmt: skip
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
    """Received, checked, and due for the worker."""
    sender = senders.of_organisation(school, UUID(bytes=secrets.token_bytes(16)), None)
    arrived = Arrived("autumn-roll.csv", data, whole)
    uid, _ = at_the_server.check(session, sender, read(data, arrived.name), arrived, send=True)
    session.commit()
    return session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one()


def work(session: Session) -> None:
    """Until nothing is due, each step in a transaction of its own."""
    while working.step(session):
        session.commit()
    session.commit()


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
