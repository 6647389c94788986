"""`flask supply file` changes nothing without --apply; `flask supply watch` sends what it is given, and keeps none."""

import os
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, SupplyFile
from cp.models.child import Child
from cp.terms import Act
from tests.build import World
from tests.build_live import live
from tests.build_supply import AMIRA, JACK, csv_of


@pytest.fixture
def school(session: Session, world: World) -> str:
    live(session, world.school)
    world.school.urn, world.school.dfe_number = "900417", "9992017"
    session.commit()
    return "900417"


def run(app: Flask, path: Path, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["supply", "file", str(path), *words])


def file_of(tmp_path: Path, *pupils: dict[str, str]) -> Path:
    path = tmp_path / "roll.csv"
    path.write_bytes(csv_of(*pupils))
    return path


def held(session: Session) -> tuple[int, int, int]:
    """Children, files, and entries of what was changed."""
    session.rollback()
    counted = [session.scalar(select(func.count()).select_from(model)) or 0 for model in (Child, SupplyFile)]
    changes = session.scalar(select(func.count()).where(AuditEvent.act == Act.SUPPLY)) or 0
    return counted[0], counted[1], changes


def test_without_apply_it_says_what_is_wrong_and_changes_nothing(
    app: Flask, session: Session, school: str, tmp_path: Path
) -> None:
    path = file_of(tmp_path, AMIRA, JACK | {"DOB": "31/02/2017"})

    result = run(app, path, "--organisation", school)

    lines = result.output.splitlines()
    assert (result.exit_code, lines[0], lines[-1]) == (
        0, "row,column,kind,sentence", "2 rows: 1 ready, 1 to correct; 0 sent.",
    )  # fmt: skip
    assert [line.split(",")[:3] for line in lines[1:-1]] == [["3", "DOB", "wrong"]]
    assert held(session) == (0, 0, 0)


@pytest.mark.parametrize("code", ["900417", "9992017"])
def test_with_apply_the_ready_rows_are_sent(
    app: Flask, session: Session, school: str, tmp_path: Path, code: str
) -> None:
    result = run(app, file_of(tmp_path, AMIRA, JACK), "--organisation", code, "--apply")

    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "2 rows: 2 ready, 0 to correct; 2 sent.")
    assert held(session) == (2, 1, 2)


def test_it_speaks_of_everybody_unless_it_says_some(app: Flask, session: Session, school: str, tmp_path: Path) -> None:
    run(app, file_of(tmp_path, AMIRA, JACK), "--organisation", school, "--apply")
    run(app, file_of(tmp_path, JACK), "--organisation", school, "--apply", "--some")
    some = held(session)

    run(app, file_of(tmp_path, JACK), "--organisation", school, "--apply")

    assert (some, held(session)) == ((2, 2, 2), (2, 3, 3))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(("--organisation", "123456"), "No organisation, or more than one, has that code.", id="nobody"),
        pytest.param(("--organisation", "A81001"), "That organisation sends no lists of children.", id="no supplier"),
    ],
)
def test_whose_file_it_is_must_be_known(
    app: Flask, session: Session, world: World, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    world.health.practice_code = "A81001"
    session.commit()

    result = run(app, file_of(tmp_path, AMIRA), *words)

    assert (result.exit_code, result.output) == (1, f"Error: {sentence}\n")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"\0" * 64, b"Colour,Size\r\nred,4\r\n"])
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(
    app: Flask, session: Session, school: str, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "roll.csv"
    path.write_bytes(content)

    result = run(app, path, "--organisation", school, "--apply")

    assert (result.exit_code, result.output.startswith("Error: "), held(session)) == (1, True, (0, 0, 0))


@pytest.fixture
def folder(school: str, tmp_path: Path) -> Path:
    """A watched folder with one of the school in it, as the school's system puts its files there."""
    (tmp_path / "in" / school).mkdir(parents=True)
    return tmp_path / "in"


def put(path: Path, content: bytes, seconds_ago: int = 60) -> Path:
    path.write_bytes(content)
    os.utime(path, (clock.now().timestamp() - seconds_ago,) * 2)
    return path


def watched(app: Flask, folder: Path) -> Result:
    return app.test_cli_runner().invoke(args=["supply", "watch", str(folder), "--once"])


def test_a_watched_file_is_sent_and_gone(app: Flask, session: Session, folder: Path) -> None:
    path = put(folder / "900417" / "roll.csv", csv_of(AMIRA, JACK))

    result = watched(app, folder)
    app.test_cli_runner().invoke(args=["work", "--once"])

    assert (result.output, path.exists(), held(session)) == ("900417: 2 rows, 2 ready.\n", False, (2, 1, 2))


def test_a_file_that_is_still_coming_in_is_left(app: Flask, session: Session, folder: Path) -> None:
    path = put(folder / "900417" / "roll.csv", csv_of(AMIRA), seconds_ago=0)

    result = watched(app, folder)

    assert (result.output, path.exists(), held(session)) == ("", True, (0, 0, 0))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("900417/roll.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "That is a picture", id="a picture"),
        pytest.param("123456/roll.csv", csv_of(AMIRA), "No organisation", id="nobody's folder"),
    ],
)
def test_of_a_file_that_cannot_be_taken_only_the_reason_is_left(
    app: Flask, session: Session, folder: Path, name: str, content: bytes, why: str
) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    path = put(folder / name, content)

    watched(app, folder)
    watched(app, folder)

    said = path.with_name("roll.csv.why.txt")
    assert (path.exists(), said.read_text().startswith(why), held(session)) == (False, True, (0, 0, 0))
    assert sorted(one.name for one in folder.glob("*/*")) == ["roll.csv.why.txt"]


def test_where_no_row_is_ready_nothing_is_sent_and_nobody_has_left(
    app: Flask, session: Session, school: str, tmp_path: Path
) -> None:
    run(app, file_of(tmp_path, AMIRA), "--organisation", school, "--apply")

    result = run(app, file_of(tmp_path, JACK | {"DOB": "31/02/2017"}), "--organisation", school, "--apply")

    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "1 rows: 0 ready, 1 to correct; 0 sent.")
    assert held(session) == (1, 2, 1)
