"""What the code does not do at all, and what it asks of its libraries."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import Type
from flask import Flask
from sqlalchemy.orm import Session

from cp.models import Involvement
from cp.services.signing_in import HASHER
from tests.build import Person, World
from tests.web import Browser
from tests.whole.places import Places
from tools.steps import ROOT

RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
UNPACKS = {"pickle", "marshal", "shelve", "dill", "yaml"}
READS_XML = {"xml", "lxml", "html5lib"}
GUESSED = {"random", "numpy"}


@pytest.mark.asvs("1.3.2")
def test_no_text_is_run_as_code() -> None:
    assert [where for where, name in names_called() if name in RUNS_TEXT] == []


@pytest.mark.asvs("1.5.2")
def test_nothing_is_unpacked_into_objects_and_xml_is_read_by_the_guarded_reader_alone() -> None:
    assert [where for where, name in imported() if name in UNPACKS | READS_XML] == []


@pytest.mark.asvs("11.5.1")
def test_no_secret_is_made_of_numbers_that_can_be_guessed() -> None:
    assert [where for where, name in imported() if name in GUESSED] == []
    assert [where for where, name in names_called() if name in ("uuid4", "uuid1")] == []


@pytest.mark.asvs("11.4.2")
def test_passwords_are_kept_as_argon2id_that_costs_memory() -> None:
    assert (HASHER.type, HASHER.memory_cost >= 19 * 1024, HASHER.time_cost >= 2) == (Type.ID, True, True)


@pytest.mark.asvs("13.4.2")
def test_the_application_is_not_for_debugging(app: Flask) -> None:
    assert (app.debug, app.config["TESTING"], app.config["PROPAGATE_EXCEPTIONS"]) == (False, False, None)


@pytest.mark.asvs("14.3.1")
def test_signing_out_empties_what_the_browser_kept(browser: Browser, sam: Person) -> None:
    answer = browser.client.post("/sign-out", data={"csrf_token": browser.token()})

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.asvs("15.3.3")
def test_a_field_that_a_form_does_not_have_changes_nothing(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = Places.make(session, world).child
    form = browser.get(f"/children/{child.uid}/involvements/new")
    fields = form.form("Record involvement").fields | {
        "practitioner_id": "1", "organisation_id": "1", "lead_passed_to_id": "1", "in_error": "1", "child_id": "1",
        "recorded_at": "1999-01-01", "confirmed_on": "1999-01-01", "ended_on": "1999-01-01",
    }  # fmt: skip

    browser.post(f"/children/{child.uid}/involvements", fields)

    assert sam.practitioner is not None
    held = session.query(Involvement).filter_by(child_id=child.id, practitioner_id=sam.practitioner.id).one()
    assert (held.organisation_id, held.lead_passed_to_id, held.in_error) == (world.school.id, None, False)
    assert (held.ended_on, held.confirmed_on) == (None, None)


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "cp").rglob("*.py")):
        yield path, ast.parse(path.read_text())


def names_called() -> Iterator[tuple[str, str]]:
    """Every function called by its bare name or as the last part of one, and where; a method of an object is not."""
    for path, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield f"{path.name}:{node.lineno}", node.func.id
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _module(node.func.value):
                yield f"{path.name}:{node.lineno}", node.func.attr


def _module(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id in ("uuid", "builtins", "random")


def imported() -> Iterator[tuple[str, str]]:
    """The first part of every module that is imported, and where."""
    for path, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Import):
                yield from ((f"{path.name}:{node.lineno}", one.name.partition(".")[0]) for one in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield f"{path.name}:{node.lineno}", (node.module or "").partition(".")[0]
