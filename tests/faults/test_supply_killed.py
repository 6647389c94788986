"""A worker killed in the middle of a file, again and again: what comes of it is what would have come of it anyway."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from bench.school_file import Pupil, as_csv, pupils
from cp import engines
from cp.models import AuditEvent, Organisation, SupplyFile
from cp.services.supply import steering
from tests.build import World
from tests.build_supply import receive, work
from tests.conftest import _reads_everything, driver, place
from tests.facts_of import Facts, facts_of
from tests.faults import workers
from tests.scale import SEED, scaled

ROWS, KILLS = scaled(240, 100_000), scaled(5, 50)
LONGEST = scaled(600, 3600)
"""Seconds for which a worker may go on."""
ALL = 10
"""Statements that a worker needs to take up a file again, and to find that it is done."""


@pytest.fixture
def undisturbed(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of another copy of the same directory, in which nobody is killed."""
    with place(tmp_path_factory, template) as made:
        yield driver(made)


def before_and_after() -> tuple[list[Pupil], list[Pupil]]:
    """A school's list, and the next one: some have left, some have moved, some are as they were, most are new."""
    rows = pupils(ROWS, SEED, date(2026, 11, 23))
    part = ROWS // 20
    moved = [row | {"Address Line 1": f"1 {row['Address Line 1']}"} for row in rows[part : 2 * part]]
    return rows[: 3 * part], [*moved, *rows[2 * part :]]


def sent_before(url: str, school_id: int) -> None:
    first, then = before_and_after()
    with opened(url) as session:
        school = session.get_one(Organisation, school_id)
        receive(session, school, as_csv(first), whole=True)
        work(session)
        receive(session, school, as_csv(then), whole=True)


@contextmanager
def opened(url: str) -> Iterator[Session]:
    engine = engines.make_engine(url)
    with Session(engine) as session:
        event.listen(session, "after_begin", _reads_everything)
        yield session
    engine.dispose()


def take_back(url: str) -> None:
    with opened(url) as session:
        steering.take_back(session.get_one(SupplyFile, 2))
        session.commit()


def facts(url: str) -> Facts:
    """With how many entries the audit has of each act."""
    with opened(url) as session:
        return facts_of(session) + Counter(map(str, session.scalars(select(AuditEvent.act))))


def kill(url: str, statements: int, moments: random.Random) -> int:
    """How often it was killed before it came to its end. Each life is too short for more than its share of the work."""
    deaths = sum(workers.killed(url, moments.randint(1, statements // KILLS + ALL)) for _ in range(KILLS))
    process = workers.run(url)
    process.join(LONGEST)
    assert process.exitcode == 0
    return deaths


def test_killed_while_sending_and_while_undoing_comes_to_the_same(
    session: Session, world: World, url: str, undisturbed: str, record_property: Callable[[str, object], None]
) -> None:
    moments = random.Random(SEED)
    school_id = world.school.id
    session.commit()
    for one in (url, undisturbed):
        sent_before(one, school_id)
    before = facts(url)

    with workers.counted(undisturbed) as sending:
        deaths = kill(url, sending[0], moments)
    sent = facts(url)
    assert sent == facts(undisturbed)

    for one in (url, undisturbed):
        take_back(one)
    with workers.counted(undisturbed) as undoing:
        deaths += kill(url, undoing[0], moments)
    undone = facts(url)
    assert undone == facts(undisturbed)

    found = {"rows": ROWS, "statements": sending[0] + undoing[0], "kills": deaths, "facts": sent.total()}
    for name, figure in found.items():
        record_property(name, figure)
    assert (deaths, sent != before, undone != sent) == (2 * KILLS, True, True)


def test_two_lists_of_one_school_go_one_after_the_other_whoever_works(
    session: Session, world: World, url: str, undisturbed: str
) -> None:
    first, then = before_and_after()
    school_id = world.school.id
    session.commit()
    for one in (url, undisturbed):
        with opened(one) as there:
            for rows in (first, then, then):
                receive(there, there.get_one(Organisation, school_id), as_csv(rows), whole=True)
    with workers.counted(undisturbed):
        processes = [workers.run(url) for _ in range(2)]

    for process in processes:
        process.join(LONGEST)

    assert [process.exitcode for process in processes] == [0, 0]
    assert facts(url) == facts(undisturbed)
