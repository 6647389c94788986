"""Builders of what other systems hold and send: a credential, and rows as JSON."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from cp.feeds.rows_sent import read
from cp.models import MachineCredential, Organisation
from cp.services.supply import credentials, requests
from cp.services.supply.by_machine import Receipt
from tests import build_supply
from tests.build_live import live

A_YEAR_ON = date(2027, 11, 23)
ROWS = "/api/v1/rows"
AMIRA = {
    "row_key": "000417", "given_names": "Amira", "family_name": "Siddiqui", "born_on": "2016-03-14",
    "gender": "female", "address_1": "18 Tanner’s Row", "town": "Northvale", "postcode": "ZA4 7QD",
    "carer_1_name": "Farah Siddiqui", "carer_1_relationship": "Mother", "carer_1_phone": "0161 496 0163",
}  # fmt: skip
JACK = {
    "row_key": "000418", "given_names": "Jack", "family_name": "Ashworth", "born_on": "2017-11-21", "gender": "male",
    "address_1": "2 Cedar Road", "town": "Northvale", "postcode": "ZA2 2AA",
}  # fmt: skip


def credential(session: Session, organisation: Organisation, name: str = "SIMS", ends_on: date = A_YEAR_ON) -> str:
    """Its secret."""
    secret = made(session, organisation, name, ends_on)
    session.commit()
    return secret


def made(session: Session, organisation: Organisation, name: str, ends_on: date) -> str:
    """The same for whoever commits later: the organisation supplies live."""
    return credentials.make(session, live(session, organisation), name, ends_on, None, UUID(int=1))


def newest(session: Session) -> MachineCredential:
    query = select(MachineCredential).order_by(MachineCredential.id.desc()).limit(1)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def body(*rows: Any, **more: Any) -> bytes:
    return json.dumps({"rows": list(rows), **more}).encode()


def send(
    client: FlaskClient, secret: str, *rows: Mapping[str, Any], key: str | None = None, **more: Any
) -> TestResponse:
    """These rows, as a system sends them. `more` stands beside them in the body."""
    headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
    return client.post(ROWS, json={"rows": list(rows), **more}, headers=headers)


def taken(session: Session, secret: str, *rows: dict[str, str], key: str | None = None, **more: bool) -> Receipt:
    """Sent and worked through. Rows that cannot be taken are none."""
    data = body(*rows, **more)
    receipt = requests.take(session, requests.Asked(secret, data, read(data), key, UUID(int=2)))
    session.commit()
    build_supply.work(session)
    assert receipt is not None
    return receipt
