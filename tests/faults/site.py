"""The real web server on a directory of its own, in a process group that can be killed whole; people who use it."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import pyotp
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from cp import clock
from cp.config import Config
from cp.models import Account, Authority, Opening, RoleGrant
from cp.models.child import Child
from cp.terms import Reason
from tests import build, build_watched
from tests.build import PASSWORD, Person
from tools.steps import ROOT

NAME = "Quillon Vexborough"


class Site:
    """gunicorn with two workers. `log` is all that it printed."""

    def __init__(self, config: Config) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.log = config.home.parent / "gunicorn.log"
        self.env = {
            **os.environ,
            "CP_HOME": str(config.home),
            "CP_KEY_FILE": str(config.key_file),
            "DATABASE_URL": config.database_url,
            "CP_DEMO": "1",
        }

    def start(self) -> None:
        options = [f"--bind=127.0.0.1:{self.port}", "--workers=2", "--no-control-socket", "--log-level=warning"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *options, "app:app"],
                cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        for _ in range(600):
            if self._answers():
                return
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)
        raise AssertionError("the server did not start within 30 seconds")

    def _answers(self) -> bool:
        try:
            return ask(self.port, "GET", "/health")[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        """kill -9, master and workers at the same instant."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def running(config: Config) -> Iterator[Site]:
    site = Site(config)
    site.start()
    try:
        yield site
    finally:
        site.kill()


Answer = tuple[int, dict[str, str], str]


def ask(port: int, method: str, path: str, cookie: str = "", fields: dict[str, str] | None = None) -> Answer:
    """One request on a connection of its own: the status, the headers in lower case, the body."""
    headers = {"Cookie": cookie} if cookie else {}
    if fields is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, urlencode(fields or {}), headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    except http.client.HTTPException as problem:
        raise ConnectionError from problem
    finally:
        connection.close()


@dataclass
class Client:
    """One practitioner's browser."""

    port: int
    person: Person
    cookie: str = ""
    token: str = ""

    def sign_in(self) -> None:
        self._page("/sign-in")
        self._send("/sign-in", {"email": self.person.email, "password": PASSWORD})
        self._page("/sign-in/code")
        self._send("/sign-in/code", {"code": pyotp.TOTP(self.person.secret).now()})
        self._page("/account")

    def _page(self, path: str) -> None:
        status, headers, body = ask(self.port, "GET", path, self.cookie)
        assert status == 200, (path, status)
        self._keep(headers)
        self.token = re.findall(r'name="csrf_token" value="([^"]+)"', body)[0]

    def _send(self, path: str, fields: dict[str, str]) -> None:
        status, headers, _ = ask(self.port, "POST", path, self.cookie, {"csrf_token": self.token} | fields)
        assert status == 303, (path, status)
        self._keep(headers)

    def _keep(self, headers: dict[str, str]) -> None:
        self.cookie = headers.get("set-cookie", self.cookie).partition(";")[0]

    def record(self, child: str, once: str) -> int:
        """Record an involvement from today; the status."""
        today = clock.today()
        fields = {"csrf_token": self.token, "once": once, "started-day": str(today.day),
                  "started-month": str(today.month), "started-year": str(today.year)}  # fmt: skip
        return ask(self.port, "POST", f"/children/{child}/involvements", self.cookie, fields)[0]


def once_key() -> str:
    return secrets.token_urlsafe(16)


def practitioners(session: Session, count: int) -> list[Person]:
    """People of one school whose every condition holds on the real day, whenever this runs; no limit stops them."""
    today = clock.today()
    recently = today - timedelta(days=30)
    authority = build.opened(name="Northvale Council", education_code="999", team_phone="+441614960130",
                          help_phone="+441614960100")  # fmt: skip
    build.add(session, authority)
    build_watched.limits(session, authority, soft=1_000_000, hard=1_000_000)
    school = build.organisation(session, authority, accreditation_ends_on=today + timedelta(days=300))
    people = [build.person(session, school, f"Writer {at}", f"writer{at}") for at in range(count)]
    session.execute(update(RoleGrant).values(starts_on=recently))
    session.execute(
        update(Account).values(
            opened_on=recently, last_used_on=recently, agreement_signed_on=recently, check_issued_on=recently,
            trained_on=recently,
        )
    )  # fmt: skip
    return people


def children(session: Session, people: list[Person], count: int) -> list[str]:
    """The ids of children whom each of these people has given a reason to open."""
    authority_id = session.query(Authority.id).scalar()
    given, _, family = NAME.partition(" ")
    made = [
        Child(number=f"CP{at:010}", given_names=given, family_name=family, born_on=clock.today() - timedelta(days=3000),
              gender="female", authority_id=authority_id)
        for at in range(count)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    opened = [
        {"account_id": person.account.id, "child_id": child.id, "reason": Reason.WORKING_WITH, "at": clock.now()}
        for person in people
        for child in made
    ]
    session.execute(insert(Opening), opened)
    return [str(child.uid) for child in made]
