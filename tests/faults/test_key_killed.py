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

from cp import clock, sealing
from cp.config import Config
from cp.models import Opening
from cp.models.child import Child
from cp.sealing import KeyRing
from cp.services import find, reading
from cp.terms import Reason
from tests import build
from tests.build_sealed import answers, everything, first_bytes, sealed_columns
from tests.faults.site import Client, Site, ask, practitioners, running
from tests.scale import FULL, SEED, scaled
from tools.steps import ROOT

KILLS, HOMES = scaled(4, 100), scaled(150, 3000)


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
        return re.sub(r'(value|data-ends)="[^"]+"', "", body)


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
        child = Child(
            number=f"CP{at:010}", given_names=f"Amira {at % 7}", family_name=f"Siddiqui{'abcde'[at % 5]}",
            born_on=clock.today() - timedelta(days=3000 + at), gender="female", authority_id=authority_id,
        )  # fmt: skip
        build.add(session, child)
        build.address(session, child, street=f"{at} Tanner’s Row")
        build.carer(session, child, phone=f"+441614960{at % 1000:03}")
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
    before = {"sealed": everything(session), "found": answers(session), "read": place.read()}
    old = ciphertexts(session)
    place.done("add")

    chance = random.Random(SEED)
    halves, wrong = 0, set[str]()
    for _ in range(KILLS):
        _kill(place.command("rotate", "--stopped"), chance)
        sealing.refresh()
        halves += any(len(numbers) > 1 for numbers in first_bytes(session).values())
        now = {"sealed": everything(session), "found": answers(session), "read": place.read()}
        wrong |= {what for what in now if now[what] != before[what]}
    finished, retired = place.done("rotate", "--stopped"), place.done("retire", "1", "--stopped")
    sealing.refresh()

    record_property("kills", KILLS)
    record_property("found half way", halves)
    assert halves > 0 or not FULL
    assert wrong == set()
    assert finished.splitlines()[-1] == "Everything is sealed with key 2."
    assert retired.startswith("Key 1 is out of the key file")
    assert set().union(*first_bytes(session).values()) == {2}
    assert {"sealed": everything(session), "found": answers(session), "read": place.read()} == before
    assert place.site.log.read_text() == ""
    assert [value for value in old if value in kept(config)] == []


def _kill(process: "subprocess.Popen[str]", chance: random.Random) -> None:
    """At a random moment from its first line on, or before it."""
    assert process.stdout is not None
    if chance.random() < 0.8:
        process.stdout.readline()
    time.sleep(chance.uniform(0, 0.15))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def ciphertexts(session: Session) -> list[bytes]:
    """Everything as it lies sealed in the database."""
    session.rollback()
    found = [session.scalars(select(table.c[f"{name}_sealed"])).all() for table, name in sealed_columns()]
    session.rollback()
    return [value for values in found for value in values if value is not None]


def kept(config: Config) -> bytes:
    """All that a thief of the folder would have; of a server only what it answers, which has been asked."""
    return b"".join(file.read_bytes() for file in sorted(config.home.glob("*")))
