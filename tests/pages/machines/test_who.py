"""Who gets in at the address for other systems: whoever has a credential that works, and nothing else opens by it."""

from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, SupplyFile
from cp.services.supply.senders import NobodysWord
from cp.terms import Act, OrganisationKind
from tests import build, build_machines
from tests.build import World
from tests.build_machines import AMIRA, ROWS, body, send
from tests.web import token_of
from tests.whole.places import Places, rules

REFUSED = {
    "type": "about:blank", "title": "Unauthorized", "status": 401,
    "detail": "Send Authorization: Bearer and the secret of a credential that works.",
}  # fmt: skip


def spoilt(session: Session, world: World, how: str) -> str:
    """The secret of a credential that works no longer."""
    if how == "ended":
        return build_machines.credential(session, world.school, ends_on=clocks.today())
    made = build_machines.credential(session, world.school)
    one = build_machines.newest(session)
    if how == "revoked":
        one.revoked_at = clocks.now()
    elif how == "of an organisation that is closed":
        world.school.valid_to = clocks.today()
    elif how == "of one that sends no lists any more":
        world.school.kind = OrganisationKind.CHARITY
    session.commit()
    return made


SPOILT = ("ended", "revoked", "of an organisation that is closed", "of one that sends no lists any more")
FORGED = ("", "Bearer", "Bearer ", "Bearer cp_nothing", "Basic {}", "bearer{}", "{}", "Bearer {}x", "Bearer x{}",
          "Bearer é")  # fmt: skip


@pytest.mark.parametrize("how", SPOILT)
def test_a_credential_that_works_no_longer_is_answered_like_none(
    client: FlaskClient, session: Session, world: World, how: str
) -> None:
    answers = [send(client, spoilt(session, world, how), AMIRA), client.post(ROWS), client.post(ROWS, data=b"{")]

    assert [answer.json for answer in answers] == [REFUSED] * 3
    assert len({str(answer.headers) for answer in answers}) == 1
    assert answers[0].headers["WWW-Authenticate"] == "Bearer"
    assert session.scalars(select(AuditEvent.id).where(AuditEvent.act == Act.SEND_ROWS)).all() == []


def test_what_is_not_the_secret_is_none(client: FlaskClient, secret: str) -> None:
    answers = [
        client.post(ROWS, data=body(AMIRA), headers={"Authorization": header.format(secret)}) for header in FORGED
    ]

    assert [(answer.status_code, answer.json) for answer in answers] == [(401, REFUSED)] * len(FORGED)


def test_whatever_is_the_matter_with_a_credential_the_database_is_asked_the_same(
    app: Flask, client: FlaskClient, session: Session, world: World
) -> None:
    secrets = [spoilt(session, world, how) for how in SPOILT[:2]] + ["cp_nothing", ""]
    asked: list[str] = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *seen: asked.append(seen[2]))

    found = []
    for one in secrets:
        asked.clear()
        send(client, one, AMIRA)
        found.append(list(asked))

    assert found[0]
    assert found == [found[0]] * len(secrets)


def test_one_that_is_revoked_while_its_rows_are_on_the_way_takes_nothing(
    app: Flask, client: FlaskClient, session: Session, secret: str
) -> None:
    credential = build_machines.newest(session)

    def looked(*seen: Any) -> None:
        if "FROM machine_credential" in seen[2] and credential.revoked_at is None:
            credential.revoked_at = clocks.now()
            session.commit()

    event.listen(app.extensions["engine"], "after_cursor_execute", looked)

    assert send(client, secret, AMIRA).json == REFUSED
    assert session.scalars(select(SupplyFile.id)).all() == []


def test_a_person_who_is_signed_in_is_nobody_there_and_goes_on_being_signed_in(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    signed = app.test_client()
    signed.set_cookie("cp", token_of(session, world.sam))
    session.commit()

    assert signed.post(ROWS, json={"rows": [AMIRA]}).json == REFUSED
    assert signed.get("/account").status_code == 200


def test_a_credential_opens_nothing_else(
    app: Flask, client: FlaskClient, session: Session, world: World, secret: str
) -> None:
    """Every other address answers whoever has one as it answers a stranger."""
    places, bearer = Places.make(session, world), {"Authorization": f"Bearer {secret}"}
    others = [
        (method, rule.endpoint, places.url(rule))
        for method in ("GET", "POST")
        for rule in rules(app, method)
        if rule.endpoint != "machine_rows.create"
    ]

    def answered(headers: dict[str, str]) -> list[tuple[str, str, int, str | None]]:
        found = [(method, name, client.open(url, method=method, headers=headers)) for method, name, url in others]
        assert [name for _, name, answer in found if "Amira" in answer.text] == []
        return [(method, name, answer.status_code, answer.location) for method, name, answer in found]

    assert answered(bearer) == answered({})
    assert len(others) > 150
    assert build_machines.newest(session).last_used_on is None


def test_a_credential_is_made_for_no_organisation_that_sends_no_lists(session: Session, world: World) -> None:
    charity = build.organisation(session, world.authority, OrganisationKind.CHARITY, name="Vale Youth Club")

    with pytest.raises(NobodysWord):
        build_machines.credential(session, charity)
