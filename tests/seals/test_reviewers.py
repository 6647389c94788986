"""Reviewers read when the audit is not sealed as it should be."""

from datetime import timedelta

import time_machine
from sqlalchemy.orm import Session

from cp.services.audit_seals.keeping import Sealer
from tests.build import World
from tests.seals.conftest import write
from tests.web import Browser


def test_a_reviewer_reads_that_entries_wait_once_they_have_waited_too_long(
    session: Session, browser: Browser, world: World, sealer: Sealer, clock: time_machine.Traveller
) -> None:
    browser.become(session, world.rex)
    assert browser.get("/alerts").texts(".govuk-inset-text") == []
    write(session, 3)
    clock.shift(timedelta(minutes=11))

    (said,) = browser.get("/alerts").texts(".govuk-inset-text")
    assert "entries of the audit are not sealed yet, the oldest since 23 November 2026 at 10:42" in said

    sealer.everything()
    assert browser.get("/alerts").texts(".govuk-inset-text") == []
