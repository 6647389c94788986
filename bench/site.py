"""A real site to measure: a demonstration directory served by gunicorn, and people signed in to it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock, engines, sealing
from cp.config import Config
from cp.models import Account, RoleGrant
from cp.models.child import Child
from cp.services import children, searches, sessions
from cp.terms import Reason, Role

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


@dataclass(frozen=True)
class Site:
    """A served directory; `cookies` of people who are signed in, and pages that each of them may ask for."""

    port: int
    cookies: tuple[str, ...]
    results: tuple[str, ...]
    records: tuple[str, ...]


@contextmanager
def served(program: str, env: dict[str, str]) -> Iterator[int]:
    """A program under gunicorn with a synchronous worker a core, as it is in service. Yields the port."""
    port = _free_port()
    words = ["--workers", str(WORKERS), "--no-control-socket", "--bind", f"127.0.0.1:{port}", program]
    command = [sys.executable, "-m", "gunicorn", *words]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env}, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def directory(children_in_it: int) -> Iterator[tuple[Config, dict[str, str]]]:
    """A demonstration directory of this size in a temporary folder (or DATABASE_URL), and its environment."""
    with tempfile.TemporaryDirectory(prefix="contactpoint-bench-") as folder:
        env = {"CP_HOME": f"{folder}/home", "CP_KEY_FILE": f"{folder}/contactpoint.key", "CP_DEMO": "1"}
        os.environ.update(env)
        load = ["demo", "load", "--children", str(children_in_it), "--seed", "1"]
        subprocess.run([sys.executable, "-m", "flask", "--app", "app", *load], cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        config = Config.from_environment()
        sealing.use(sealing.read(config.key_file))
        yield replace(config, demonstration=True), env


@contextmanager
def site(children_in_it: int, pages: int = 200) -> Iterator[Site]:
    """The site, served, with eight sessions of Sam's school and `pages` searches and records for each to open."""
    with directory(children_in_it) as (config, env):
        engine = engines.make_engine(config.database_url)
        with Session(engine) as session:
            tokens = _sign_in(session)
            results, records = _paths(session, tokens[0], pages)
            session.commit()
        engine.dispose()
        with served("app:app", env) as port:
            yield Site(port, tuple(f"cp={token}" for token in tokens), results, records)


def _sign_in(session: Session) -> list[str]:
    """One session for Sam: a second one would end the first."""
    sam = session.scalars(select(Account).where(Account.email == "sam.practitioner@example.test")).one()
    role = session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == sam.id)).first() or Role.PRACTITIONER
    token = sessions.begin(session, sam, role, 0, clock.now())
    session.flush()
    found = sessions.find(session, sessions.hashed(token), uuid4())
    if found is None:
        raise RuntimeError("the session that was just begun is not there")
    return [sessions.complete(session, found.session_id, clock.now())]


def _paths(session: Session, token: str, pages: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Searches by name and birth date, and the records that they lead to."""
    session.flush()
    found = sessions.find(session, sessions.hashed(token), uuid4())
    if found is None or found.actor is None:
        raise RuntimeError("nobody is signed in")
    results, records = [], []
    for uid, given, family, born in session.execute(_some_children(pages)):
        facts = {"given_name": given.split(" ")[0], "family_name": family, "born": born.isoformat()}
        search = searches.start(session, found.actor, facts, Reason.WORKING_WITH)
        children.give_reason(session, found.actor, UUID(str(uid)), Reason.WORKING_WITH)
        results.append(f"/searches/{search}")
        records.append(f"/children/{uid}")
    return tuple(results), tuple(records)


def _some_children(pages: int) -> object:
    columns = (Child.uid, Child.given_names, Child.family_name, Child.born_on)
    return select(*columns).where(Child.shielded_at.is_(None), Child.family_name != "").order_by(Child.uid).limit(pages)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(150):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")
