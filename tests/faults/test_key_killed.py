"""kill -9 of a change of the key, again and again, while the site serves: everybody reads and finds what they did."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select, text
from sqlalchemy.orm import Session

from cp import clock, keyfile, sealing
from cp.config import Config
from cp.models import Opening
from cp.models.child import Child
from cp.sealing import KeyRing
from cp.services import changing_keys, find, reading
from cp.terms import Reason
from tests import build
from tests.build_sealed import answers, everything, first_bytes
from tests.conftest import ENGINE
from tests.faults.site import Client, Site, ask, practitioners, running
from tests.scale import SEED, scaled
from tools.steps import ROOT

KILLS, HOMES = scaled(6, 100), scaled(150, 3000)


@dataclass(frozen=True)
class Place:
    """A directory that is served, somebody signed in, the records they open, and the commands of its operator."""

    site: Site
    client: Client
    records: list[str]

    def command(self, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "flask", "--app", "app", "keys", *words]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.site.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def done(self, *words: str) -> str:
        process = self.command(*words)
        printed, _ = process.communicate(timeout=300)
        assert process.returncode == 0, printed
        return printed

    def read(self) -> list[str]:
        """What the pages of the records say, by workers that have run since before the change."""
        return [self._said(record) for record in self.records]

    def _said(self, record: str) -> str:
        status, _, body = ask(self.site.port, "GET", f"/children/{record}", self.client.cookie)
        assert status == 200
        return re.sub(r'value="[^"]+"', "", body)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """On the real day: the site's clock cannot be stopped."""
    with Session(engine, expire_on_commit=False) as opened:
        event.listen(
            opened, "after_begin",
            lambda _, __, connection: reading.by(connection, reading.SYSTEM, range(1, 9), sensitive=True),
        )  # fmt: skip
        yield opened


@pytest.fixture
def place(config: Config, session: Session, ring: KeyRing) -> Iterator[Place]:
    people = practitioners(session, 1)
    authority_id = session.scalar(text("SELECT id FROM authority"))
    for at in range(HOMES):
        child = Child(number=f"CP{at:010}", given_names=f"Amira {at % 7}", family_name=f"Siddiqui{'abcde'[at % 5]}",
                      born_on=clock.today() - timedelta(days=3000 + at), gender="female",
                      authority_id=authority_id)  # fmt: skip
        build.add(session, child)
        build.address(session, child, street=f"{at} Tanner’s Row")
        build.carer(session, child, phone=f"+44161496{at:04}")
        build.add(session, Opening(account_id=people[0].account.id, child_id=child.id, reason=Reason.WORKING_WITH,
                                   at=clock.now()))  # fmt: skip
        find.reindex(session, child.id)
    records = [str(uid) for uid in session.scalars(select(Child.uid).order_by(Child.id).limit(3))]
    session.commit()
    with running(config) as site:
        client = Client(site.port, people[0])
        client.sign_in()
        yield Place(site, client, records)
    sealing.use(ring)


def test_a_change_of_the_key_that_is_killed_anywhere_goes_on(
    app: Flask, place: Place, config: Config, session: Session, ring: KeyRing,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    said, found, pages = everything(session), answers(session), place.read()
    place.done("add")

    chance = random.Random(SEED)
    halves, wrong = 0, 0
    for _ in range(KILLS):
        _kill(place.command("rotate", "--stopped"), chance)
        sealing.refresh()
        halves += any(len(numbers) > 1 for numbers in first_bytes(session).values())
        wrong += (everything(session), answers(session), place.read()) != (said, found, pages)
    finished, retired = place.done("rotate", "--stopped"), place.done("retire", "1", "--stopped")
    sealing.refresh()

    record_property("kills", KILLS)
    record_property("found half way", halves)
    assert halves > 0
    assert wrong == 0
    assert finished.splitlines()[-1] == "Everything is sealed with key 2."
    assert retired.startswith("Key 1 is out of the key file")
    assert set().union(*first_bytes(session).values()) == {2}
    assert (everything(session), answers(session), place.read()) == (said, found, pages)
    assert place.site.log.read_text() == ""
    assert b"".join(_first_bytes_of(ring, config)) == b""


def _kill(process: "subprocess.Popen[str]", chance: random.Random) -> None:
    """At a random moment from its first line on, or before it."""
    assert process.stdout is not None
    if chance.random() < 0.8:
        process.stdout.readline()
    time.sleep(chance.uniform(0, 0.15))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def _first_bytes_of(ring: KeyRing, config: Config) -> Iterator[bytes]:
    """Runs of bytes in the database's file that the retired key opens: none is looked for on a server."""
    if ENGINE == "postgresql":
        return
    assert list(keyfile.read(config.key_file).keys) == [2]
    assert changing_keys.rests(config.key_file) >= 0
    assert list(ring.keys) == [1]
