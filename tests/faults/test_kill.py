"""kill -9 of the whole server while people write: what was acknowledged is there, once, with its entry."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cp.config import Config
from cp.models import AuditEvent, Involvement, Practitioner
from cp.models.child import Child
from cp.terms import Act
from tests.faults.site import NAME, Client, Site, children, once_key, practitioners, running
from tests.scale import SEED, scaled
from tests.whole.tables import owning

WRITERS, KILLS, CHILDREN = 8, scaled(10, 200), scaled(400, 6000)
BETWEEN = (0.4, scaled(8, 20) / 10)
"""Seconds between two kills, at least and at most."""


class Writer(threading.Thread):
    """Somebody who records one involvement after another, and sends each again until it is acknowledged."""

    def __init__(self, client: Client, children: list[str], stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.client, self.children, self.stop = client, children, stop
        self.acknowledged: list[str] = []
        self.again = 0

    def run(self) -> None:
        for child in self.children:
            if self.stop.is_set():
                return
            self._record(child, once_key())

    def _record(self, child: str, key: str) -> None:
        while not self._sent(child, key):
            self.again += 1
            time.sleep(0.05)
        self.acknowledged.append(f"{self.client.person.email} {child}")

    def _sent(self, child: str, key: str) -> bool:
        try:
            return self.client.record(child, key) == 303
        except OSError:
            return False


@pytest.fixture
def writers(config: Config, engine: Engine) -> Iterator[tuple[Site, list[Writer]]]:
    with Session(engine, expire_on_commit=False) as session:
        people = practitioners(session, WRITERS)
        known = children(session, people, CHILDREN)
        session.commit()
    stop = threading.Event()
    with running(config) as site:
        clients = [Client(site.port, person) for person in people]
        for client in clients:
            client.sign_in()
        writing = [Writer(client, known, stop) for client in clients]
        yield site, writing
        stop.set()


def test_killing_the_server_loses_nothing_that_was_acknowledged(
    app: Flask,
    engine: Engine,
    url: str,
    writers: tuple[Site, list[Writer]],
    record_property: Callable[[str, object], None],
) -> None:
    site, writing = writers
    _kill_again_and_again(site, writing)

    with Session(engine) as session:
        acknowledged = Counter(record for writer in writing for record in writer.acknowledged)
        kept = Counter(f"{email} {child}" for email, child in session.execute(_KEPT))
        entries, rows = (Counter(session.scalars(query)) for query in (_ENTRIES, select(Involvement.uid)))
    found = {
        "kills": KILLS,
        "acknowledged": acknowledged.total(),
        "lost": (acknowledged - kept).total(),
        "doubled": kept.total() - len(kept),
        "entries unpaired": (entries - rows).total() + (rows - entries).total(),
    }
    for name, figure in found.items():
        record_property(name, figure)
    record_property("sent again", sum(writer.again for writer in writing))
    assert list(found.values())[2:] == [0, 0, 0]
    assert kept == acknowledged
    with owning(url) as owner:
        if engine.dialect.name == "sqlite":
            assert owner.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
    assert acknowledged.total() > 5 * KILLS
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
    assert [name for name in NAME.split() if name in site.log.read_text()] == []


_KEPT = (
    select(Practitioner.email, Child.uid)
    .join(Involvement, Involvement.practitioner_id == Practitioner.id)
    .join(Child, Child.id == Involvement.child_id)
)
_ENTRIES = select(AuditEvent.object_id).where(AuditEvent.act == Act.RECORD_INVOLVEMENT)


def _kill_again_and_again(site: Site, writing: list[Writer]) -> None:
    """At random moments; each time something was acknowledged since the one before."""
    moments = random.Random(SEED)
    for writer in writing:
        writer.start()
    for _ in range(KILLS):
        before = sum(len(writer.acknowledged) for writer in writing)
        time.sleep(moments.uniform(*BETWEEN))
        while sum(len(writer.acknowledged) for writer in writing) == before:
            time.sleep(0.05)
        site.kill()
        site.start()
    writing[0].stop.set()
    for writer in writing:
        writer.join(60)
    assert not any(writer.is_alive() for writer in writing)
