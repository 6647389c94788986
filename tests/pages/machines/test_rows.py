"""The address for other systems: who gets in, what is told to whom, and that nothing else opens by a credential."""

import gzip
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from cp import clock as clocks
from cp.models import AuditEvent, MachineRequest, SupplyFile
from cp.rules.machines import REQUESTS
from cp.terms import Act, Decision
from tests import build_machines
from tests.build_machines import AMIRA, JACK, ROWS, body, send
from tests.whole.tables import breaking_the_audit

NO_JSON = (415, "Send application/json in UTF-8, not compressed.")
NO_KEY = (400, "Idempotency-Key must be 1 to 255 visible ASCII characters.")
JSON = {"Content-Type": "application/json"}


def post(client: FlaskClient, secret: str, data: bytes, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return client.post(ROWS, data=data, headers=JSON | {"Authorization": f"Bearer {secret}"} | named)


def told(answer: TestResponse) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == answer.status_code
    return answer.status_code, answer.json["detail"]


def test_rows_are_taken_and_answered_with_a_receipt(client: FlaskClient, session: Session, secret: str) -> None:
    answer = send(client, secret, AMIRA, JACK)

    assert (answer.status_code, answer.content_type) == (202, "application/json")
    assert answer.json is not None
    assert (answer.json["accepted"], answer.json["held"]) == (2, 0)
    assert answer.headers.getlist("Set-Cookie") == []
    file = session.scalars(select(SupplyFile)).one()
    assert str(file.uid) == answer.json["receipt"]


def test_the_same_request_is_answered_byte_by_byte_alike(client: FlaskClient, session: Session, secret: str) -> None:
    answers = [send(client, secret, AMIRA, JACK | {"born_on": "soon"}, key="a-1") for _ in range(2)]

    assert answers[0].data == answers[1].data
    assert len(session.scalars(select(SupplyFile.id)).all()) == 1


@pytest.mark.parametrize(
    ("headers", "data", "expected"),
    [
        ({"Content_Type": "text/csv"}, b"a,b", NO_JSON),
        ({"Content_Type": "application/json; charset=latin-1"}, body(AMIRA), NO_JSON),
        ({"Content_Type": "multipart/form-data; boundary=x"}, b"--x--", NO_JSON),
        ({"Content_Encoding": "gzip"}, gzip.compress(body(AMIRA)), NO_JSON),
        ({"Idempotency_Key": ""}, body(AMIRA), NO_KEY),
        ({"Idempotency_Key": "a b"}, body(AMIRA), NO_KEY),
        ({"Idempotency_Key": "a" * 256}, body(AMIRA), NO_KEY),
        ({}, b" " * (1024 * 1024 + 1), (413, "The body is larger than 1 MB. Send it in several requests.")),
        ({}, b"", (400, "The body is not JSON: look at line 1, column 1.")),
        ({}, body({"row_key": "1", "ethnicity": "x"}), (422, "Row 1: “ethnicity” must not be held. Leave it out.")),
        ({}, body(AMIRA, AMIRA), (409, "Rows 1 and 2 have the same row_key “000417”. Send one for each child.")),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_in_one_sentence_and_leaves_nothing_but_its_entry(
    client: FlaskClient, session: Session, secret: str, headers: dict[str, str], data: bytes, expected: tuple[int, str]
) -> None:
    assert told(post(client, secret, data, **headers)) == expected
    assert session.scalars(select(SupplyFile.id)).all() == []
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SEND_ROWS)).one()
    assert (entry.object_id, entry.decision, entry.reason) == (
        build_machines.newest(session).uid, Decision.REFUSED, "unfit",
    )  # fmt: skip
    assert session.scalars(select(MachineRequest.answer_sealed)).all() == [None]


def test_all_that_is_the_matter_is_told_at_once(client: FlaskClient, secret: str) -> None:
    answer = send(client, secret, {"row_key": "1", "sen": "x", "upn": 1})

    assert answer.json is not None
    assert answer.json["problems"] == [
        "Row 1: “sen” must not be held. Leave it out.", "Row 1: upn must be text, in quotation marks.",
    ]  # fmt: skip


def test_a_key_of_another_request_is_refused_and_written_down(
    client: FlaskClient, session: Session, secret: str
) -> None:
    send(client, secret, AMIRA, key="a-1")

    answer = send(client, secret, JACK, key="a-1")

    detail = "This Idempotency-Key came before with another body. Give each request its own."
    assert told(answer) == (409, detail)
    assert session.scalars(select(AuditEvent.reason).order_by(AuditEvent.id.desc())).first() == "key_taken"


def test_who_sends_too_often_is_told_when_to_send_again(
    client: FlaskClient, session: Session, secret: str, clock: time_machine.Traveller
) -> None:
    credential = build_machines.newest(session)
    at = clocks.now() - timedelta(minutes=59)
    session.add_all(MachineRequest(credential_id=credential.id, fingerprint=1, at=at) for _ in range(REQUESTS))
    session.commit()

    answer = send(client, secret, AMIRA)

    assert told(answer) == (429, "This credential has sent too often. Send again in 60 seconds.")
    assert answer.headers["Retry-After"] == "60"
    clock.shift(timedelta(seconds=60))
    assert send(client, secret, AMIRA).status_code == 202


def test_where_the_audit_cannot_be_written_nothing_is_taken(
    client: FlaskClient, session: Session, url: str, secret: str
) -> None:
    breaking_the_audit(url)

    answer = send(client, secret, AMIRA)

    assert told(answer) == (503, "Nothing was done. Send the same request again in a minute.")
    assert answer.headers["Retry-After"] == "60"
    session.rollback()
    assert session.scalars(select(MachineRequest.id)).all() == []


def test_nothing_else_is_there(client: FlaskClient, secret: str) -> None:
    described = "/api/v1/openapi.json"
    asked = [("GET", ROWS), ("PUT", ROWS), ("DELETE", ROWS), ("PATCH", ROWS), ("POST", described),
             ("GET", f"{ROWS}/1"), ("GET", "/api/v1"), ("GET", "/api/v1/receipts"), ("POST", "/api/")]  # fmt: skip

    answers = [
        client.open(path, method=method, headers={"Authorization": f"Bearer {secret}"}) for method, path in asked
    ]

    assert [(told(answer)[0], answer.headers.get("Allow")) for answer in answers] == [
        *[(405, "OPTIONS, POST")] * 4, (405, "GET, HEAD, OPTIONS"), *[(404, None)] * 4,
    ]  # fmt: skip


def test_it_is_reached_by_https_alone(client: FlaskClient, secret: str) -> None:
    far = client.post(ROWS, base_url="http://example.org", headers={"Authorization": f"Bearer {secret}"})

    assert told(far) == (403, "This address is reached by https:// only.")
