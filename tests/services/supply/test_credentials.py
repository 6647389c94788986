"""`flask supply credential …`: made, listed and revoked at the server; no secret is kept."""

import csv
import io
from datetime import date
from uuid import UUID

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, MachineCredential
from cp.services.supply import credentials
from cp.terms import Act, OrganisationKind
from tests import build, build_machines
from tests.build import World


@pytest.fixture
def code(session: Session, world: World) -> str:
    world.school.dfe_number = "9992001"
    session.commit()
    return "9992001"


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["supply", "credential", *words])


def test_a_secret_is_printed_once_and_only_a_keyed_hash_of_it_is_kept(
    app: Flask, session: Session, world: World, code: str, clock: object
) -> None:
    secret = run(app, "new", "--organisation", code, "--name", "SIMS").output.strip()

    found = credentials.find(session, secret)
    assert found is not None
    one, organisation = found
    assert (organisation.id, one.name, one.ends_on, one.issued_by_id) == (
        world.school.id, "SIMS", date(2027, 11, 23), None,
    )  # fmt: skip
    assert (secret[:3], len(secret), len(one.secret_hash)) == ("cp_", 46, 32)
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.MAKE_CREDENTIAL)).one()
    assert (entry.object_id, entry.account_id) == (one.uid, None)


def test_they_are_listed_without_their_secrets(
    app: Flask, session: Session, world: World, code: str, clock: object
) -> None:
    secret = run(app, "new", "--organisation", code, "--name", "SIMS", "--until", "2027-01-31").output.strip()

    listed = run(app, "list").output

    heads, line = csv.reader(io.StringIO(listed))
    assert dict(zip(heads, line, strict=True)) == {
        "id": str(build_machines.newest(session).uid), "organisation": world.school.name, "system": "SIMS",
        "issued by": "", "issued on": "2026-11-23", "ends on": "2027-01-31", "revoked on": "", "last used on": "",
    }  # fmt: skip
    assert secret not in listed


def test_one_is_revoked_by_its_id(app: Flask, session: Session, code: str, clock: object) -> None:
    secret = run(app, "new", "--organisation", code, "--name", "SIMS").output.strip()
    uid = str(build_machines.newest(session).uid)

    said = [run(app, "revoke", uid).output for _ in range(2)]

    assert said == ["Revoked.\n", "It was revoked before.\n"]
    session.rollback()
    assert credentials.find(session, secret) is None
    assert run(app, "revoke", "nothing").exit_code == 2
    assert run(app, "revoke", str(UUID(int=0))).output == "Error: No credential has that id.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--name", "SIMS", "--until", "2026-11-23"), "--until must be after today."),
        (("--name", "SIMS", "--until", "2027-11-24"), "--until must be within a year."),
        (("--name", " "), "--name must be 1 to 60 characters."),
        (("--name", "a" * 61), "--name must be 1 to 60 characters."),
        (("--name", "SIMS", "--organisation", "0"), "No organisation, or more than one, has that code."),
        (("--name", "SIMS", "--organisation", "100200"), "That organisation sends no lists of children."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(
    app: Flask, session: Session, world: World, code: str, clock: object, words: tuple[str, ...], said: str
) -> None:
    build.organisation(session, world.authority, OrganisationKind.CHARITY, name="Vale Youth Club", urn="100200")
    session.commit()

    found = run(app, "new", "--organisation", code, *words)

    assert (found.exit_code, found.output) == (1, f"Error: {said}\n")
    assert session.scalars(select(MachineCredential.id)).all() == []
