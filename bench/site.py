"""A real site to measure: a directory served by gunicorn, and somebody signed in to it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.models import Account, RoleGrant
from cp.models.child import Child
from cp.services import children, searches, sessions
from cp.terms import Reason, Role

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


@dataclass(frozen=True)
class Site:
    """A served directory, the cookie of somebody signed in, and pages that they may ask for."""

    port: int
    cookie: str
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
def site(engine: Engine, pages: int = 200) -> Iterator[Site]:
    """The directory behind this engine, served, with Sam signed in and `pages` searches and records to open."""
    with Session(engine) as session:
        token = _sign_in(session)
        results, records = _paths(session, token, pages)
        session.commit()
    with tempfile.TemporaryDirectory(prefix="contactpoint-bench-") as folder:
        key_file = Path(folder, "contactpoint.key")
        sealing.write(key_file, sealing.ring())
        url = engine.url.render_as_string(hide_password=False)
        env = {"CP_HOME": f"{folder}/home", "CP_KEY_FILE": str(key_file), "CP_DEMO": "1", "DATABASE_URL": url}
        with served("app:app", env) as port:
            yield Site(port, f"cp={token}", results, records)


def _sign_in(session: Session) -> str:
    """One session for Sam: a second one would end the first."""
    sam = session.scalars(select(Account).where(Account.email == "sam.practitioner@example.test")).one()
    role = session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == sam.id)).first() or Role.PRACTITIONER
    token = sessions.begin(session, sam, role, 0, clock.now())
    session.flush()
    found = sessions.find(session, sessions.hashed(token), uuid4())
    if found is None:
        raise RuntimeError("the session that was just begun is not there")
    return sessions.complete(session, found.session_id, clock.now())


def _paths(session: Session, token: str, pages: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Searches by name and birth date, and the records that they lead to."""
    session.flush()
    found = sessions.find(session, sessions.hashed(token), uuid4())
    if found is None or found.actor is None:
        raise RuntimeError("nobody is signed in")
    results, records = [], []
    columns = (Child.uid, Child.given_names, Child.family_name, Child.born_on)
    some = select(*columns).where(Child.shielded_at.is_(None), Child.family_name != "").order_by(Child.uid)
    for uid, given, family, born in session.execute(some.limit(pages)):
        facts = {"given_name": given.split(" ")[0], "family_name": family, "born": born.isoformat()}
        search = searches.start(session, found.actor, facts, Reason.WORKING_WITH)
        children.give_reason(session, found.actor, uid, Reason.WORKING_WITH)
        results.append(f"/searches/{search}")
        records.append(f"/children/{uid}")
    return tuple(results), tuple(records)


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
