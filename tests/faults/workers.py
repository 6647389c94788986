"""Workers that are processes of their own, and die at a moment of our choosing: before a statement or a commit."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cp import engines
from cp.models import SupplyFile
from cp.services.supply import working

FORK = multiprocessing.get_context("fork")


@contextmanager
def counted(url: str) -> Iterator[list[int]]:
    """How many statements and commits there were, of a worker that runs here."""
    engine, heard = engines.make_engine(url), [0]

    def hear(*_: Any) -> None:
        heard[0] += 1

    event.listen(engine, "before_cursor_execute", hear)
    event.listen(engine, "commit", hear)
    work(engine)
    yield heard
    engine.dispose()


def work(engine: Any) -> None:
    """Until no file is to be sent or undone."""
    while _is_due(engine):
        with Session(engines.reading_first(engine)) as session:
            looked = working.look(session)
        with Session(engine) as session, session.begin():
            idle = not working.step(session, looked)
        if idle:
            time.sleep(0.01)


def _is_due(engine: Any) -> bool:
    with Session(engine) as session:
        return session.scalars(select(SupplyFile.id).where(SupplyFile.state.in_(working.WORKING))).first() is not None


def run(url: str, die_at: int | None = None) -> Any:
    """A worker that is started, and kills itself with -9 before that statement."""
    process = FORK.Process(target=_run, args=(url, die_at))
    process.start()
    return process


def killed(url: str, die_at: int) -> bool:
    """Whether it came so far."""
    process = run(url, die_at)
    process.join(600)
    return bool(process.exitcode == -signal.SIGKILL)


def _run(url: str, die_at: int | None) -> None:
    engine, left = engines.make_engine(url), [die_at]

    def hear(*_: Any) -> None:
        if left[0] is not None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", hear)
    event.listen(engine, "commit", hear)
    work(engine)
    os._exit(0)
