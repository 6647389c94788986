"""Whoever has the database and the signing key in hand, and does what they like to it, is found out from outside."""

import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session

from cp import clock, engines
from cp.config import Config
from cp.services.audit_seals import notes, taking
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.sealing import Sessions
from cpverify import checking, reading
from cpverify.signed import Report, Trust
from tests.scale import SEED, scaled
from tests.seals import acts
from tests.seals.acts import Intruder
from tests.seals.conftest import key_of, write
from tests.whole.tables import without_its_triggers

TIMES, SEALED, WAITING = scaled(60, 1000), 40, 3


@pytest.fixture
def intruder(
    session: Session, sealer: Sealer, sessions: Sessions, config: Config, url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Intruder]:
    """In a log of several checkpoints, whose last entries wait to be sealed; nothing holds them back."""
    monkeypatch.setattr(taking, "BATCH", 7)
    write(session, SEALED)
    sealer.everything()
    write(session, WAITING)
    engine = engines.make_engine(url, owner=True)
    with engine.connect() as owner:
        with owner.begin():
            without_its_triggers(owner)
        yield Intruder(owner, random.Random(SEED), SEALED, key_of(sessions).name, notes.read_key(config.signing_file))
    engine.dispose()


def test_whatever_is_done_to_what_was_sealed_is_found_from_outside(
    intruder: Intruder, config: Config, sessions: Sessions, record_property: Callable[[str, object], None]
) -> None:
    trust, (lodged, _) = Trust((key_of(sessions),)), reading.lodged(config.lodge)

    def verified() -> Report:
        """By the program of outsiders, in the midst of what is being done."""
        log = reading.Database(intruder.owner.connection.driver_connection)
        return checking.check(log, lodged, trust, clock.now().timestamp())

    done, missed = Counter[str](), list[str]()
    for number in range(TIMES):
        act = acts.ACTS[number % len(acts.ACTS)]
        intruder.chance = random.Random(SEED * 1_000_003 + number)
        with intruder.owner.begin() as transaction:
            act(intruder)
            missed += [] if verified().problems else [f"{act.__name__} {number}"]
            transaction.rollback()
        done[act.__name__] += 1
    with intruder.owner.begin():
        undone = verified()

    record_property("acts", done.total())
    record_property("found", done.total() - len(missed))
    record_property("kinds", len(done))
    record_property("seed", SEED)
    assert missed == []
    assert (undone.problems, undone.sealed, undone.unsealed) == ([], SEALED, WAITING)


def test_no_checkpoint_of_long_ago_stands_before_the_first_that_was_lodged(
    intruder: Intruder, config: Config, sessions: Sessions
) -> None:
    """Smaller than the first, so that none that is younger stands before it by its size."""
    trust, (lodged, _) = Trust((key_of(sessions),)), reading.lodged(config.lodge)
    intruder.size = taking.BATCH - 1

    with intruder.owner.begin():
        acts.grow_old(intruder)
        log = reading.Database(intruder.owner.connection.driver_connection)
        found = checking.check(log, lodged, trust, clock.now().timestamp()).problems

    assert found == [f"The checkpoints of {intruder.origin} do not go on from one another."]
