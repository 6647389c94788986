"""A backup is put in place where nobody else is at work, and what is in place can be gone on with."""

import sys
import threading

import pytest
from sqlalchemy import create_engine

from cp.database import DatabaseProblem
from cp.services import restoring
from tests.build import World
from tests.conftest import ENGINE
from tests.services.backing_up.conftest import Place


def test_whoever_is_just_leaving_is_waited_for(place: Place, world: World) -> None:
    """A server takes a moment to see that a program has gone; a file is free at once."""
    file = place.back_up()
    leaving = create_engine(place.config.database_url).raw_connection().driver_connection
    assert leaving is not None
    soon = threading.Timer(0.4, leaving.close)
    if ENGINE == "postgresql":
        soon.start()
    else:
        leaving.close()

    assert place.restore(file).endswith("then start the site.\n")


def test_one_that_is_killed_before_it_is_finished_goes_on(
    place: Place, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In place and not finished, it says so to every program, as the application's own role: none but that of the owner
    would else begin."""
    file = place.back_up()
    with monkeypatch.context() as killed:
        killed.setattr(restoring, "finish", lambda *_: sys.exit(9))
        assert place.run("restore", "--replace", str(file)).exit_code == 9

    with pytest.raises(DatabaseProblem, match=r"A restore is not finished"):
        place.start()

    assert place.done("restore", "--finish").endswith("then start the site.\n")
    place.start()
