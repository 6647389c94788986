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

from bench.load import CONNECTIONS, Asker
from cp import clock, keyfile, sealing
from cp.models import Account, Organisation, RoleGrant
from cp.models.child import Child
from cp.services import children, searches, sessions, who
from cp.services.implementation import school_links
from cp.services.supply.senders import SCHOOLS
from cp.terms import Reason, Role

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


@dataclass(frozen=True)
class Site:
    """A served directory, and people signed in to it, each with their own searches and records to ask for."""

    port: int
    signed: int
    """The port of the same with `bench/signed.py`."""
    searchers: tuple[Asker, ...]
    readers: tuple[Asker, ...]
    school: str
    """The path of a school's link."""


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
def site(engine: Engine, pages: int = 25) -> Iterator[Site]:
    """The directory behind this engine, served; each of the people has `pages` searches and records to open."""
    with Session(engine) as session:
        known = _colleagues(session)
        cookies = [_sign_in(session, account) for account in known]
        found = [_paths(session, cookie, pages, number * pages) for number, cookie in enumerate(cookies)]
        school = _school(session)
        session.commit()
    with tempfile.TemporaryDirectory(prefix="contactpoint-bench-") as folder:
        key_file = Path(folder, "contactpoint.key")
        keyfile.write(key_file, sealing.ring())
        url = engine.url.render_as_string(hide_password=False)
        env = {"CP_HOME": f"{folder}/home", "CP_KEY_FILE": str(key_file), "CP_DEMO": "1", "DATABASE_URL": url}
        with served("app:app", env) as port, served("bench.signed:app", env) as signed:
            searchers, readers = (
                tuple(Asker(f"cp={cookie}", paths[kind]) for cookie, paths in zip(cookies, found, strict=True))
                for kind in (0, 1)
            )
            yield Site(port, signed, searchers, readers, school)


def _colleagues(session: Session) -> list[Account]:
    """As many as there are connections: one person who opens thousands of records a minute is not let.

    New ones each time, for a directory that is kept.
    """
    sam = session.scalars(select(Account).where(Account.email == "sam.practitioner@example.test")).one()
    kept = {column.name for column in Account.__table__.columns} - {"id", "uid", "email"}
    people = [
        Account(email=f"colleague-{uuid4().hex}@example.test", **{name: getattr(sam, name) for name in kept})
        for _ in range(CONNECTIONS)
    ]
    session.add_all(people)
    session.flush()
    for one in people:
        session.add(RoleGrant(account_id=one.id, role=Role.PRACTITIONER, starts_on=clock.today()))
    session.flush()
    return people


def _sign_in(session: Session, account: Account) -> str:
    token = sessions.begin(session, account, Role.PRACTITIONER, 0, clock.now())
    session.flush()
    found = who.find(session, sessions.hashed(token), uuid4())
    if found is None:
        raise RuntimeError("the session that was just begun is not there")
    return sessions.complete(session, found.session_id, clock.now())


def _paths(session: Session, token: str, pages: int, after: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Searches by name and birth date, and the records that they lead to."""
    session.flush()
    found = who.find(session, sessions.hashed(token), uuid4())
    if found is None or found.actor is None:
        raise RuntimeError("nobody is signed in")
    results, records = [], []
    columns = (Child.uid, Child.given_names, Child.family_name, Child.born_on)
    some = select(*columns).where(Child.shielded_at.is_(None), Child.family_name != "").order_by(Child.uid)
    for uid, given, family, born in session.execute(some.offset(after).limit(pages)):
        facts = {"given_name": given.split(" ")[0], "family_name": family, "born": born.isoformat()}
        search = searches.start(session, found.actor, facts, Reason.WORKING_WITH)
        children.give_reason(session, found.actor, uid, Reason.WORKING_WITH)
        results.append(f"/searches/{search}")
        records.append(f"/children/{uid}")
    return tuple(results), tuple(records)


def _school(session: Session) -> str:
    """A school is given a link."""
    schools = select(Organisation).where(Organisation.kind.in_(SCHOOLS)).order_by(Organisation.id)
    return "/school/" + school_links.make(session, None, session.scalars(schools.limit(1)).one())


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
