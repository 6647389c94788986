"""A sweep killed in the middle, again and again: the same records are archived and destroyed, and each is lodged."""

import multiprocessing
import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cp import engines
from cp.models import AuditEvent, Certificate, Destroyed
from cp.models.child import Child
from cp.services import find
from cp.services.retention import lodged, pacing, sweeping
from cp.services.retention.believing import Believed
from tests import build_retention
from tests.build import World
from tests.conftest import driver, place
from tests.faults.test_supply_killed import opened
from tests.scale import SEED, scaled

FORK = multiprocessing.get_context("fork")
RECORDS, KILLS = scaled(30, 400), scaled(5, 50)
NIGHT = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
ALL = 40
"""Statements that a sweep needs to find that it is done, and then some."""


@pytest.fixture
def undisturbed(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of another copy of the same directory, in which nobody is killed."""
    with place(tmp_path_factory, template) as made:
        yield driver(made)


def ending(session: Session, world: World) -> None:
    """As many to archive as to destroy, each with much to clear away; and one that stays."""
    for at in range(RECORDS):
        made = build_retention.full if at % 5 == 0 else build_retention.plain
        child = made(session, world, given_names=f"Amira {at:04}", born_on=date(2008, 11, 23))
        if at % 2:
            build_retention.archived(session, child, date(2020, 11, 23))
    build_retention.plain(session, world, given_names="Dora")
    session.commit()


def sweep(url: str, folder: Path, die_at: int | None) -> None:
    """What the command does; killed before that statement or commit."""
    engine, left = engines.make_engine(url), [die_at]

    def hear(*_: Any) -> None:
        if left[0] is not None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", hear)
    event.listen(engine, "commit", hear)
    more = True
    while more:
        with Session(engine) as session, session.begin():
            more = sweeping.step(session, Believed(NIGHT))[0] is not None
    with Session(engine) as session, session.begin():
        lodged.lodge(session, folder)
    os._exit(0)


def killed(url: str, folder: Path, die_at: int | None) -> bool:
    process = FORK.Process(target=sweep, args=(url, folder, die_at))
    process.start()
    process.join(600)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def statements(url: str, folder: Path) -> int:
    """How many a sweep takes that nobody kills."""
    engine, heard = engines.make_engine(url), [0]

    def hear(*_: Any) -> None:
        heard[0] += 1

    event.listen(engine, "before_cursor_execute", hear)
    event.listen(engine, "commit", hear)
    more = True
    while more:
        with Session(engine) as session, session.begin():
            more = sweeping.step(session, Believed(NIGHT))[0] is not None
    with Session(engine) as session, session.begin():
        lodged.lodge(session, folder)
    engine.dispose()
    return heard[0]


def facts(url: str) -> Counter[tuple[Any, ...]]:
    """Each record as it stands, and how many entries there are of each act but for those of whole certificates."""
    with opened(url) as session:
        assert list(find.check(session)) == []
        query = select(Child.given_names, Child.state, Child.archived_on, Child.destroy_on)
        stand = Counter(map(tuple, session.execute(query).all()))
        acts = select(AuditEvent.act).where(AuditEvent.subject_id.is_not(None))
        stand.update((str(act),) for act in session.scalars(acts))
        stand.update({("rows",): sum(sum(each.values()) for name, each in build_retention.rows(session).items()
                                     if name not in ("audit_event", "certificate"))})  # fmt: skip
    return stand


def test_killed_anywhere_it_comes_to_the_same_and_everything_is_lodged_once(
    session: Session, world: World, url: str, undisturbed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    monkeypatch.setattr(pacing, "MOST", 5)
    moments = random.Random(SEED)
    session.commit()
    for one in (url, undisturbed):
        with opened(one) as there:
            ending(there, world.held_by(there))
    before = facts(url)

    many = statements(undisturbed, tmp_path / "undisturbed")
    deaths = sum(killed(url, tmp_path / "killed", moments.randint(1, many // KILLS + ALL)) for _ in range(KILLS))
    assert not killed(url, tmp_path / "killed", None)

    after = facts(url)
    assert after == facts(undisturbed) != before
    with opened(url) as there:
        gone = there.scalars(select(Destroyed.child_uid)).all()
        assert there.scalars(select(Certificate.id).where(Certificate.lodged_at.is_(None))).all() == []
    assert sorted(lodged.destroyed(tmp_path / "killed")) == sorted(gone)
    assert len(gone) == len(set(gone)) == len(lodged.destroyed(tmp_path / "undisturbed"))
    for name, figure in {"records": RECORDS, "statements": many, "kills": deaths}.items():
        record_property(name, figure)
    assert deaths > 0
