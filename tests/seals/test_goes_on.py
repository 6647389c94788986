"""The thread that seals ends with the worker and by nothing else."""

import threading

import pytest
from sqlalchemy.orm import Session

from cp.services.audit_seals.keeping import Sealer
from tests.seals.conftest import Verify, write


def test_what_nobody_thought_of_is_said_and_the_sealer_goes_on(
    session: Session, sealer: Sealer, verify: Verify, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write(session, 2)
    stop, real, looks = threading.Event(), sealer.look, list[int]()

    def look() -> None:
        looks.append(1)
        if len(looks) == 1:
            raise ZeroDivisionError
        real()
        stop.set()

    monkeypatch.setattr(sealer, "look", look)

    sealer.run(stop)

    assert "Something nobody thought of went wrong (ZeroDivisionError)." in caplog.text
    assert (len(looks), verify().problems) == (2, [])
