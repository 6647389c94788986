"""`flask register schools` and `flask register practices`, as somebody at the server sees them."""

from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Organisation
from tests.build import World
from tests.build_registers import closed, extract, link_file, practice, school

Run = Callable[..., Result]
ROWS = (school(), closed("900102", "31-08-2020"), school("900103", authority="998"), school("900104", phone="12"))
COUNTS = "3 made, 0 changed, 0 closed, 0 opened again, 1 with another successor; {} rows left out, {} problems."
SAME = "0 made, 0 changed, 0 closed, 0 opened again, 0 with another successor; {} rows left out, {} problems."
UNCHANGED = "Nothing was changed yet: add --apply."
PROBLEM = "5,TelephoneNum,“12” is not a telephone number: none was taken."


@pytest.fixture
def run(app: Flask, clock: time_machine.Traveller, tmp_path: Path) -> Run:
    """Runs a command on a file of these bytes."""

    def runs(which: str, file: bytes, *words: str, links: bytes | None = None) -> Result:
        (tmp_path / "extract.csv").write_bytes(file)
        if links is not None:
            (tmp_path / "links.csv").write_bytes(links)
            words += ("--links", str(tmp_path / "links.csv"))
        return app.test_cli_runner().invoke(args=["register", which, str(tmp_path / "extract.csv"), *words])

    return runs


def counts(session: Session) -> list[int]:
    """Organisations known to a register, and entries of the audit."""
    session.rollback()
    known = select(func.count()).where(Organisation.urn.is_not(None) | Organisation.practice_code.is_not(None))
    return [session.scalar(known) or 0, session.scalar(select(func.count()).select_from(AuditEvent)) or 0]


def test_it_says_what_would_change_and_changes_nothing(run: Run, session: Session, world: World) -> None:
    before = counts(session)

    result = run("schools", extract(*ROWS), links=link_file(("900101", "900102", "Predecessor")))

    assert result.output.splitlines() == ["row,column,sentence", PROBLEM, COUNTS.format(1, 1), UNCHANGED]
    assert (result.exit_code, counts(session)) == (0, before)


def test_with_apply_it_changes_once(run: Run, session: Session, world: World) -> None:
    tied = link_file(("900101", "900102", "Predecessor"), ("900101", "9", "Successor"))
    of_links = "3,LinkURN,“9” is not a unique reference number in the links file: six digits."

    first, second = [run("schools", extract(*ROWS), "--apply", links=tied) for _ in range(2)]

    assert first.output.splitlines() == ["row,column,sentence", PROBLEM, of_links, COUNTS.format(1, 2)]
    assert second.output.splitlines() == ["row,column,sentence", PROBLEM, of_links, SAME.format(1, 2)]
    assert counts(session) == [3, 2]
    successor = select(Organisation.successor_id).where(Organisation.urn == "900102")
    assert session.scalars(successor).one() == session.scalar(
        select(Organisation.id).where(Organisation.urn == "900101")
    )


def test_practices_are_kept_by_their_list(run: Run, session: Session, world: World) -> None:
    looked, applied = run("practices", extract(practice())), run("practices", extract(practice()), "--apply")

    told = "1 made, 0 changed, 0 closed, 0 opened again, 0 with another successor; 0 rows left out, 0 problems."
    assert (looked.output.splitlines(), applied.output.splitlines()) == ([told, UNCHANGED], [told])
    assert counts(session) == [1, 1]


@pytest.mark.parametrize("which", ["schools", "practices"])
def test_what_is_no_register_changes_nothing(run: Run, session: Session, world: World, which: str) -> None:
    result = run(which, b"Name,Postcode\nAlder Lane,ZA4 7QD\n", "--apply")

    assert result.exit_code == 1
    assert "extract.csv: The file has no column “" in result.output
    assert counts(session) == [0, 0]


def test_a_directory_without_an_authority_says_what_comes_first(run: Run, session: Session) -> None:
    result = run("schools", extract(school()), "--apply")

    assert (result.exit_code, result.output.strip()) == (
        1, "Error: The directory knows no authority yet: flask --app app account first",
    )  # fmt: skip


def test_an_extract_that_lost_many_schools_is_refused_until_their_number_is_named(
    run: Run, session: Session, world: World
) -> None:
    rows = [school(f"{900_200 + at}") for at in range(60)]
    run("schools", extract(*rows), "--apply")
    before = counts(session)

    refused = run("schools", extract(*rows[:30]), "--apply")

    assert refused.exit_code == 1
    lines = refused.output.splitlines()
    assert lines[0].startswith("Error: 30 of 60 open schools would close or are missing from this file")
    assert lines[1] == "900230 Alder Lane Primary School"
    assert lines[-1] == "If the file is whole and this is right, add --even-so 30."
    assert counts(session) == before
    assert run("schools", extract(*rows[:30]), "--apply", "--even-so", "30").exit_code == 0
