"""What it costs that outsiders can check the audit: entries with hash, salt and seal beside rows without any of it.

Eight writers, each a process with a transaction an entry, as a page has; by turns, with the sealer beside ours alone.
The rows beside them have the same facts, and the same indexes, since somebody reads them too.
"""

import multiprocessing
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from statistics import median
from uuid import uuid4

from sqlalchemy import Column, Connection, Engine, Index, Insert, MetaData, Table, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bench.lines import Line
from bench.load import ask
from bench.site import ROOT, site
from cp import clock, engines
from cp.config import Config
from cp.models import AuditEvent, AuditLeaf
from cp.services import audit
from cp.services.audit_seals import checking, notes, sealing
from cp.services.audit_seals.checking import Sealed
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.notes import Signer
from cp.terms import Act, Decision

WRITERS, SECONDS, ROUNDS = 8, 3.0, 7
READ = 50_000
"""At least so many entries are read by the verifier."""
RATE = {"postgresql": 0.7, "sqlite": 0.9}
"""The least share of the rows without hash and seal."""
SLOWER, PAGES, VERIFIED = 2.0, 0.9, 10_000
SEALABLE = ("id", "salt", "leaf", "transaction_id")
SIGNER = Signer(b"the benchmark's key, nobody else")


def plain() -> Table:
    """The audit's table as it would be if nobody could check it."""
    columns = [Column(one.name, one.type) for one in AuditEvent.__table__.columns if one.name not in SEALABLE]
    table = Table("bench_plain", MetaData(), Column("id", AuditEvent.__table__.c.id.type, primary_key=True), *columns)
    for index in AuditEvent.metadata.tables[AuditEvent.__tablename__].indexes:
        names = [column.name for column in index.columns]
        if not set(names) & set(SEALABLE):
            Index(f"ix_bench_plain_{'_'.join(names)}", *(table.c[name] for name in names))
    return table


def run(engine: Engine, children: int) -> Iterator[Line]:
    """The lines of this benchmark, on a directory of so many children."""
    url = engine.url.render_as_string(hide_password=False)
    with _plain_there(url), _folder(url) as config:
        yield from _written(url, config, engine.dialect.name)
        yield from _pages(engine, config)
        yield from _read(engine, url, config)


@contextmanager
def _plain_there(url: str) -> Iterator[None]:
    owner = engines.make_engine(url, owner=True)
    plain().drop(owner, checkfirst=True)
    plain().create(owner)
    engines.protect(owner)
    try:
        yield
    finally:
        plain().drop(owner)
        owner.dispose()


@contextmanager
def _folder(url: str) -> Iterator[Config]:
    with tempfile.TemporaryDirectory(prefix="contactpoint-bench-") as name:
        folder = Path(name)
        config = Config(folder / "home", url, folder / "contactpoint.key", lodge=folder / "lodged")
        notes.write_key(config.signing_file, SIGNER)
        yield config


@contextmanager
def sealing_beside(config: Config) -> Iterator[None]:
    """The sealer in a process of its own, as the worker has it."""
    process = multiprocessing.get_context("spawn").Process(target=_seal, args=(config,), daemon=True)
    process.start()
    try:
        _caught_up(config)
        yield
    finally:
        process.terminate()
        process.join()


def _caught_up(config: Config) -> None:
    """Wait until it has begun, and sealed what there was: in service it always runs."""
    engine = engines.make_engine(config.database_url)
    found = Sealed(waiting=1)
    until = time.monotonic() + 60
    while found.waiting and time.monotonic() < until:
        time.sleep(0.2)
        with sealing.sessions_of(engine).reading() as session:
            checking.waiting(session, found)
    engine.dispose()


def _seal(config: Config) -> None:
    engine = engines.make_engine(config.database_url)
    Sealer(sealing.sessions_of(engine), config).run(threading.Event())


def _written(url: str, config: Config, on: str) -> Iterator[Line]:
    ours: list[list[float]] = []
    yardsticks: list[list[float]] = []
    with _crowd(url) as write:
        write(False), write(True)  # until all have begun
        for _ in range(ROUNDS):
            yardsticks.append(write(False))
            with sealing_beside(config):
                ours.append(write(True))
    rate, yardstick = (median(len(times) / SECONDS for times in found) for found in (ours, yardsticks))
    slow, slowest = (median(_slowest(times) for times in found) for found in (ours, yardsticks))
    yield Line(f"audit, {WRITERS} writers, against rows without hash", rate, "rows/s", RATE[on], yardstick, least=True)
    yield Line(f"audit, {WRITERS} writers, 99% of them", slow, "ms", SLOWER, slowest)


def _slowest(times: list[float]) -> float:
    return 1000 * sorted(times)[int(0.99 * len(times))]


@contextmanager
def _crowd(url: str) -> Iterator[Callable[[bool], list[float]]]:
    """Writers who all write for so many seconds, rows or entries, as often as they are asked: how long each took."""
    context = multiprocessing.get_context("spawn")
    pipes = [context.Pipe() for _ in range(WRITERS)]
    writers = [context.Process(target=_write, args=(url, theirs), daemon=True) for _, theirs in pipes]

    def write(sealed: bool) -> list[float]:
        for ours, _ in pipes:
            ours.send(sealed)
        return [took for ours, _ in pipes for took in ours.recv()]

    for one in writers:
        one.start()
    try:
        yield write
    finally:
        for one in writers:
            one.terminate()
            one.join()


def _write(url: str, asked: "Pipe[list[float], bool]") -> None:
    with engines.make_engine(url).connect() as connection:
        while True:
            sealed = asked.recv()
            asked.send(_times(connection, insert(plain()), sealed))


def _times(connection: Connection, into: Insert, sealed: bool) -> list[float]:
    """Entries as the one writer of the audit writes them; rows as SQLAlchemy does."""
    times = []
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        began = time.monotonic()
        entry = _entry()
        with suppress(DBAPIError):  # a database that is busy for too long: somebody waited in vain
            if sealed:
                audit.write(connection, [audit.sealable(entry)])
            else:
                connection.execute(into, [entry])
            connection.commit()
        connection.rollback()
        times.append(time.monotonic() - began)
    return times


def _entry() -> dict[str, object]:
    ids = ("account_id", "organisation_id", "authority_id", "subject_id", "object_id", "request_id")
    facts: dict[str, object] = {name: uuid4() for name in ids}
    return facts | {
        "at": clock.now(), "act": Act.OPEN_RECORD, "decision": Decision.ALLOWED, "role": "practitioner",
        "principal_id": None, "parts": "carers+identity+location", "reason": "working_with", "results": None,
    }  # fmt: skip


def _pages(engine: Engine, config: Config) -> Iterator[Line]:
    """The results page, whose every view is an entry, with a sealer beside it and without."""
    with site(engine) as ours:
        ask(ours.port, ours.searchers, 1.0)
        alone, beside = [], []
        for _ in range(ROUNDS):
            alone.append(ask(ours.port, ours.searchers, SECONDS).rate)
            with sealing_beside(config):
                beside.append(ask(ours.port, ours.searchers, SECONDS).rate)
    name = "results page beside the sealer, against without"
    yield Line(name, median(beside), "pages/s", PAGES, median(alone), least=True)


def _read(engine: Engine, url: str, config: Config) -> Iterator[Line]:
    with Session(engine) as session:
        there = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
    for _ in range(max(0, READ - there) // 1000):
        with engine.begin() as connection:
            audit.write(connection, [audit.sealable(_entry()) for _ in range(1000)])
    with Session(engine) as session:
        before = session.scalar(select(func.count()).select_from(AuditLeaf)) or 0
    began = time.perf_counter()
    sessions = sealing.sessions_of(engine)
    if not Sealer(sessions, config).everything():
        raise RuntimeError("the log was not sealed")
    with sessions.reading() as reading:
        known = sealing.log(reading)
    if known is None:
        raise RuntimeError("there is no log")
    took = time.perf_counter() - began
    yield Line("entries sealed when there are many", (known.size - before) / took, "entries/s")
    yield _verified(url, config, known.key, known.size)


def _verified(url: str, config: Config, key: str, size: int) -> Line:
    """By the program of outsiders, with its start."""
    where = url.removeprefix("sqlite:///")
    began = time.perf_counter()
    words = ["log", "--key", key, "--lodged", str(config.lodge), where]
    done = subprocess.run([sys.executable, "-m", "cpverify", *words], cwd=ROOT, capture_output=True, text=True)
    took = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"the log is not whole: {done.stdout.splitlines()[:3]}")
    return Line("entries verified from outside", size / took, "entries/s", VERIFIED, least=True)
