"""Whatever anybody does in whatever order, no row is applied before everything is agreed, accepted, signed and open."""

from collections.abc import Callable
from random import Random

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests.build import World
from tests.build_supply import row_by_row
from tests.scale import SEED, scaled
from tests.services.supply.going_live import Walk

STEPS = 26


def test_no_row_is_ever_applied_too_soon_or_too_late(
    session: Session, world: World, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    row_by_row(monkeypatch)
    chance, came = Random(f"{SEED} going live"), 0

    for _ in range(scaled(5, 400)):
        walk = Walk.begin(session, world, chance, clock)
        before = walk.applied()
        for name in walk.plan(STEPS):
            walk.step(name)
            after = walk.applied()
            assert after <= before or walk.may_apply(), walk.steps
            came, before = came + len(after - before), after

    record_property("rows and words applied", came)
    assert came > 0
