"""Supplied rows are kept for 90 days, whatever became of them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Pair, SupplyFile, SupplyRow
from cp.services import jobs
from cp.services.retention.believing import Believed
from tests import build
from tests.build import World
from tests.build_supply import AMIRA, BARE, children, send


@pytest.mark.parametrize(("days", "left"), [(90, 2), (91, 0)])
def test_rows_and_the_pairs_they_wait_in_go_after_90_days(session: Session, world: World, days: int, left: int) -> None:
    send(session, world.school, AMIRA)
    send(session, build.organisation(session, world.authority, name="Ashgrove Prep"), BARE)

    jobs.tidy(session, Believed(clock.now() + timedelta(days=days) - timedelta(minutes=5)))

    assert session.scalar(select(func.count()).select_from(SupplyRow)) == left
    assert session.scalar(select(func.count()).select_from(Pair)) == left // 2
    assert session.scalar(select(func.count()).select_from(SupplyFile)) == 2
    assert len(children(session)) == 1
