"""`flask find check` and `flask find rebuild`, as somebody at the server sees them."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from cp.models import SearchKey
from cp.models.child import Child
from cp.services import find
from tests.services.directory import Made

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    def runs(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=["find", *words])

    return runs


def test_check_says_that_all_is_right(run: Run, session: Session, made: Made) -> None:
    made()
    session.commit()

    result = run("check")

    assert (result.exit_code, result.output) == (0, "Every record has exactly its keys.\n")


def test_check_fails_and_says_what_is_wrong_until_a_rebuild(run: Run, session: Session, made: Made) -> None:
    child = made()
    session.execute(delete(SearchKey))
    session.commit()

    wrong, rebuilt, right = run("check"), run("rebuild"), run("check")

    assert wrong.exit_code == 1
    assert wrong.output.splitlines() == [
        f"Child {child.id}: the names or birth in the index are not those that may be found by.",
        *2 * [f"Child {child.id}: a name stands beside a place that is not the child’s."],
        "3 problems.",
    ]
    assert rebuilt.output.splitlines() == [f"Done up to record {child.id}.", "Names that nobody bears taken out."]
    assert right.exit_code == 0


def test_others_write_while_all_is_checked(
    run: Run, session: Session, engine: Engine, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    made()
    session.commit()
    real = find.check

    def meanwhile(reader: Session) -> Iterator[str]:
        yield from real(reader)
        with Session(engine) as other, other.begin():
            other.execute(update(Child).values(version=7))

    monkeypatch.setattr(find, "check", meanwhile)

    assert run("check").exit_code == 0
    assert session.scalars(select(Child.version)).all() == [7]


def test_a_rebuild_goes_on_after_the_record_it_is_told(run: Run, session: Session, made: Made) -> None:
    first, second = made(), made(given_names="Ben")
    session.commit()

    assert run("rebuild", "--after", str(first.id)).output.startswith(f"Done up to record {second.id}.\n")
