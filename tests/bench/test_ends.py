"""Records that a sweep passes by end on the day that the rules say, as those that the loader made do."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bench import ends, retention
from cp import clock
from cp.models import Certificate
from cp.models.child import Child
from cp.services.retention import due
from cp.terms import RecordState
from tests.bench.conftest import CHILDREN

MANY = 9_000


def test_each_ends_by_the_rules_and_none_before_the_first_day(directory: Engine) -> None:
    first = clock.today() + timedelta(days=400)

    for _ in range(2):
        ends.fill(directory, MANY, first)

    with Session(directory) as session:
        states = dict(session.execute(select(Child.state, func.count()).group_by(Child.state)).all())
        added = session.scalars(select(Child.id).where(Child.number >= ends.FIRST)).all()
        records = due.of(session, added)
    assert abs(states[RecordState.LIVE] - MANY) < MANY // 100
    assert abs(3 * states[RecordState.ARCHIVED] - MANY) < MANY // 10
    assert [one for one in records if one.wrong] == []
    assert min(day for one in records if (day := one.destroy_on or one.archive_on)) == first


def test_a_night_is_archived_and_destroyed_and_the_others_stay(
    directory: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "LOADED", CHILDREN)
    monkeypatch.setattr(retention, "FEWEST", 20)

    lines = {line.name for line in retention.run(directory, MANY)}

    with Session(directory) as session:
        gone = session.scalar(select(func.sum(Certificate.children))) or 0
        stay = session.scalar(select(func.count()).select_from(Child).where(Child.number >= ends.FIRST))
    assert 20 <= gone < CHILDREN
    assert {f"retention: archive a night, {gone} records", f"retention: destroy a night, {gone} records"} <= lines
    assert stay == (MANY - CHILDREN) * 24 // 18
