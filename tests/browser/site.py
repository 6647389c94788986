"""The site as it is served: the real web server on a free port, over a directory of the tests' own."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Engine, delete, update
from sqlalchemy.orm import Session

from cp import clock, engines, keyfile, sealing
from cp.models import Account, Attempt, Factor, Involvement, SignedIn
from cp.models.child import Child
from cp.services import factors, find, links
from cp.terms import LinkKind
from tests import build
from tests.browser.checker import free_port
from tests.browser.directory import Directory
from tests.browser.people import uninvite
from tests.build import Person
from tests.web import token_of
from tools import serve
from tools.steps import ROOT

STARTS_WITHIN = 90


@dataclass(frozen=True)
class Site:
    url: str
    directory: Directory
    engine: Engine
    log: Path
    settings: dict[str, str]
    """With which a command at the server reaches the same directory."""

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The directory behind the site, committed at the end."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def token(self, person: Person) -> str:
        """What the cookie of somebody holds who has just signed in; their other sessions end."""
        with self.session() as session:
            return token_of(session, person)

    def code(self, person: Person) -> str:
        """A security code that counts now, however often somebody signed in within the half minute."""
        with self.session() as session:
            session.execute(update(Factor).where(Factor.account_id == person.account.id).values(last_step=None))
            session.execute(delete(Attempt))
        return factors.code_at(person.secret, factors.step_of(clock.now()))

    def newcomer(self, name: str) -> Person:
        """Somebody who was just invited, whose check is in date."""
        with self.session() as session:
            made = build.person(session, self.directory.world.school, name, name.lower().replace(" ", "."))
            uninvite(session, made)
        return made

    def link(self, person: Person, kind: LinkKind) -> str:
        """The path of a link that somebody was just given."""
        with self.session() as session:
            account = session.get_one(Account, person.account.id)
            return "/join/" + links.make(session, account, kind, None)

    def add(self, given_names: str, family_name: str, born_on: date, lead: str = "") -> Child:
        """A child whom nobody has found yet."""
        world = self.directory.world
        with self.session() as session:
            child = build.child(session, world, given_names=given_names, family_name=family_name, born_on=born_on)
            build.address(session, child)
            if lead:
                build.involvement(session, child, build.practitioner(session, world.council, lead), lead=True)
            find.reindex(session, child.id)
        return child

    def pass_lead(self, child: Child, name: str) -> None:
        """Somebody else of this name becomes the child's lead professional."""
        with self.session() as session:
            session.execute(update(Involvement).where(Involvement.child_id == child.id).values(lead=False))
            other = build.practitioner(session, self.directory.world.council, name)
            build.involvement(session, child, other, lead=True)

    def forget_confirmations(self, person: Person) -> None:
        """Whatever the person confirmed is to be confirmed again."""
        with self.session() as session:
            theirs = Involvement.practitioner_id == person.account.practitioner_id
            session.execute(update(Involvement).where(theirs).values(confirmed_on=None))

    def end_sessions(self, person: Person) -> None:
        """The person is signed in nowhere."""
        with self.session() as session:
            theirs = SignedIn.account_id == person.account.id, SignedIn.ended_at.is_(None)
            session.execute(update(SignedIn).where(*theirs).values(ended_at=clock.now(), end_reason="signed_out"))

    def let_time_pass(self, person: Person, minutes: int, since_signing_in: int = 20) -> None:
        """The person's session was last used, and begun, so many minutes earlier."""
        now = clock.now()
        earlier = {"last_used_at": now - timedelta(minutes=minutes),
                   "started_at": now - timedelta(minutes=since_signing_in)}  # fmt: skip
        with self.session() as session:
            theirs = SignedIn.account_id == person.account.id, SignedIn.ended_at.is_(None)
            session.execute(update(SignedIn).where(*theirs).values(**earlier))


@contextmanager
def served(
    empty: str, ring: sealing.KeyRing, folder: Path, make: Callable[[Session], Any] = Directory.make
) -> Iterator[Site]:
    """A site over a copy of the empty directory at this URL, with what `make` makes in it: everybody of `Directory`."""
    home, key_file = folder / "home", folder / "contactpoint.key"
    home.mkdir()
    database = home / "contactpoint.db"
    shutil.copy(empty.removeprefix("sqlite:///"), database)
    keyfile.write(key_file, ring)
    engine = engines.make_engine(f"sqlite:///{database}")
    with Session(engine, expire_on_commit=False) as session:
        directory = make(session)
    port = free_port()
    settings = {"CP_DEMO": "1", "CP_HOME": str(home), "CP_KEY_FILE": str(key_file), "DATABASE_URL": "",
                "CP_LODGE": str(folder / "lodged")}  # fmt: skip
    log = folder / "log"
    with log.open("wb") as output:
        env = {**os.environ, **settings}
        program = subprocess.Popen(serve.web_server(port), cwd=ROOT, env=env, stdout=output, stderr=output)
    try:
        _wait(port, program, log)
        yield Site(f"http://127.0.0.1:{port}", directory, engine, log, settings)
    finally:
        engine.dispose()
        program.terminate()
        program.wait(10)


def _wait(port: int, program: "subprocess.Popen[bytes]", log: Path) -> None:
    until = monotonic() + STARTS_WITHIN
    while not serve._answers(port):
        assert program.poll() is None, f"the site did not start: {log.read_text()}"
        assert monotonic() < until, f"the site did not answer in {STARTS_WITHIN} s: {log.read_text()}"
        sleep(0.1)
