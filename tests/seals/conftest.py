"""What the tests of the seals stand on: entries, a sealer with a key and a lodge, and the verifier of outsiders."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cp import clock
from cp.config import Config
from cp.services import audit
from cp.services.audit_seals import again, keys, sealing
from cp.services.audit_seals.breaks import Break
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.sealing import Sessions
from cp.terms import Act, Decision
from cpverify import checking, reading
from cpverify.__main__ import main
from cpverify.notes import Key
from cpverify.signed import Report, Trust
from cpwitness.keeping import Witness
from cpwitness.serving import server
from tests import postgres
from tests.conftest import ENGINE
from tests.seals.breaking import Outside, key_told
from tests.seals.standing import NAME, ORIGIN, SIGNER, Standing
from tests.services.backing_up.conftest import Place


def write(session: Session, count: int, reason: str = "wrong") -> None:
    """So many entries, committed."""
    abouts = [audit.About(object_id=uuid4(), reason=reason) for _ in range(count)]
    for about in abouts:
        audit.record(session, None, Act.SIGN_IN, about, decision=Decision.REFUSED, request_id=uuid4())
    session.commit()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another test does on the same PostgreSQL server holds back sealing for a moment, which is waited for."""
    sealed, begun = Sealer.everything, again.begin_again

    def everything(sealer: Sealer, least: int = 1) -> bool:
        _others_are_done(sealer.sessions)
        return sealed(sealer, least)

    def begin_again(sessions: Sessions, *given: Any, **named: Any) -> tuple[str, Break]:
        _others_are_done(sessions)
        return begun(sessions, *given, **named)

    if ENGINE == "postgresql":
        monkeypatch.setattr(Sealer, "everything", everything)
        monkeypatch.setattr(again, "begin_again", begin_again)


def _others_are_done(sessions: Sessions) -> None:
    """Whatever was being written to other databases of the server when this was asked is written, or 30 s are over."""
    with sessions.reading() as session:
        own = session.connection().engine.url.database
    with psycopg.connect(os.environ[postgres.SHARED], autocommit=True) as server:
        first = set(server.execute(WRITING, [own]).fetchall())
        for _ in range(600):
            if not first & set(server.execute(WRITING, [own]).fetchall()):
                return
            time.sleep(0.05)


WRITING = "SELECT pid, backend_xid::text FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND datname <> %s"


@pytest.fixture
def sessions(app: Flask) -> Sessions:
    return Sessions(app.extensions["sessionmaker"], app.extensions["reader"])


@pytest.fixture
def sealer(sessions: Sessions, config: Config) -> Sealer:
    keys.make(config.signing_file)
    return Sealer(sessions, config)


def key_of(sessions: Sessions) -> Key:
    """What an outsider was given."""
    with sessions.reading() as session:
        known = sealing.log(session)
    assert known
    return Key.read(known.key)


Verify = Callable[..., Report]


@pytest.fixture
def verify(sessions: Sessions, config: Config) -> Verify:
    """Ask the verifier of outsiders; it trusts the key that the log has now unless told otherwise."""

    def ask(
        *trusted: Key, lodge: Path = config.lodge, witnesses: tuple[Key, ...] = (), log: Path | None = None
    ) -> Report:
        where = str(log or config.database_url.removeprefix("sqlite:///"))
        lodged, _ = reading.lodged(lodge)
        trust = Trust(trusted or (key_of(sessions),), witnesses)
        with closing(reading.source(where)) as source:
            return checking.check(source, lodged, trust, clock.now().timestamp())

    return ask


Flow = Callable[..., tuple[int, str]]


@pytest.fixture
def flask(app: Flask) -> Flow:
    """`flask --app app audit …`: the exit status and what it printed."""

    def run(*words: str) -> tuple[int, str]:
        done = app.test_cli_runner().invoke(args=["audit", *words])
        return done.exit_code, done.output

    return run


@pytest.fixture
def key(session: Session, sealer: Sealer, flask: Flow) -> str:
    """What outsiders check with; five entries are sealed and two are not."""
    write(session, 5)
    sealer.everything()
    write(session, 2)
    return flask("key", "show")[1].strip()


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[Standing]:
    (tmp_path / "logs").write_text(f"{SIGNER.vkey(ORIGIN)}\n")
    witness = Witness(tmp_path / "witness", NAME, tmp_path / "logs")
    with server(witness, "127.0.0.1", 0) as serving:
        yield from _served(witness, serving)


def _served(witness: Witness, serving: ThreadingHTTPServer) -> Iterator[Standing]:
    thread = threading.Thread(target=serving.serve_forever, args=(0.01,))
    thread.start()
    yield Standing(witness, serving.server_port)
    serving.shutdown()
    thread.join()


@pytest.fixture
def place(app: Flask, config: Config, engine: Engine, session: Session, clock: time_machine.Traveller) -> Place:
    """A directory whose log has begun: five entries are sealed."""
    keys.make(config.signing_file)
    place = Place(app, config, engine, session)
    write(session, 5)
    assert place.done("audit", "seal", "--once") == "5 entries are sealed, 0 are not.\n"
    return place


@pytest.fixture
def outside(place: Place, capsys: pytest.CaptureFixture[str]) -> Outside:
    """`python -m cpverify log`, with these keys."""

    def run(*trusted: str, lodge: Path = place.config.lodge) -> tuple[int, list[str]]:
        place.session.close()
        capsys.readouterr()
        given = [word for one in trusted for word in ("--key", one)]
        where = place.config.database_url.removeprefix("sqlite:///")
        status = main(["log", *given, "--lodged", str(lodge), where])
        return status, capsys.readouterr().out.splitlines()

    return run


def more(place: Place, count: int) -> None:
    """So many entries, and all that wait are sealed."""
    write(place.session, count)
    place.done("audit", "seal", "--once")


@pytest.fixture
def restored(place: Place) -> str:
    """The key of a log of ten entries: the backup has seven of them, of which five were sealed when it was made."""
    write(place.session, 2)
    file = place.back_up()
    more(place, 0)
    more(place, 3)
    told = key_told(place)
    assert "before you run: flask --app app audit begin-again\n" in place.restore(file)
    return told
