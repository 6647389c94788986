"""Whether a day is believed where the lodge keeps no note of the last one, and a consent that ends on such a day."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import lodging
from cp.config import Config
from cp.models.child import Child
from cp.services.retention import staying
from cp.services.retention.believing import NOTED
from cp.services.retention.staying import Consent
from cp.terms import RecordState, StayGround
from tests import build_retention
from tests.build import World
from tests.services.retention.test_believing import YEARS_ON, Flow, flask, kept, records, wrote
from tests.web import Browser, actor_of

__all__ = ["flask", "records"]


def test_what_a_wrong_clock_wrote_speaks_for_no_day(
    config: Config, session: Session, flask: Flow, records: None, clock: time_machine.Traveller
) -> None:
    """As in a container whose lodge is empty at each start."""
    before = kept(session)
    clock.move_to(YEARS_ON)
    for _ in range(3):
        wrote(session)
        (config.lodge / NOTED).unlink(missing_ok=True)
        assert flask("retention", "run")[0] == 1
        clock.shift(timedelta(days=1))

    assert kept(session) == before


def test_a_word_that_cannot_be_kept_is_refused(
    config: Config, flask: Flow, records: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lodging, "set_down", full)

    status, said = flask("retention", "run", "--today", str(clocks.today()))

    assert status == 1
    assert said.rstrip().endswith(f"{config.lodge / NOTED} cannot be written (No space left on device).")


def test_a_consent_that_ends_on_a_day_that_is_not_believed_archives_nobody_yet(
    browser: Browser, session: Session, world: World, config: Config, clock: time_machine.Traveller
) -> None:
    child = build_retention.plain(session, world, born_on=date(2008, 12, 5))
    consent = Consent(StayGround.CARE_LEAVER, clocks.today(), 21)
    staying.record(session, actor_of(session, world.max), child.uid, consent)
    session.commit()
    lodging.set_down(config.lodge, NOTED, {"day": str(clocks.today())})
    clock.shift(timedelta(days=15))
    browser.become(session, world.max)

    page = browser.submit(browser.get(f"/children/{child.uid}/stay"), "End this consent and archive the record")

    assert page.status_line == "The consent has ended. The record goes to the archive once the server’s date is right."
    session.expire_all()
    assert session.get_one(Child, child.id).state is RecordState.LIVE
