"""A letter reads as if what is withheld from it had never happened: with and without it, not a byte differs.

Two directories are compared that differ only in entries of the audit. An entry is withheld from somebody where their
letter, with that entry alone in the directory, lists nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session, sessionmaker

from cp.models import AuditEvent, FamilyRequest
from cp.models.child import Child
from cp.terms import Act
from tests import build_families
from tests.build import World
from tests.build_families import KINDS, REQUESTERS, Entry, Lookers
from tests.hidden.nonces import Nonces
from tests.scale import SEED, scaled
from tests.web import token_of

LOOKS = scaled(48, 200)
NOBODY = "We have nobody to list for these days."
TOLD = [who for who in REQUESTERS if who != "parent without responsibility"]


@dataclass(frozen=True)
class Directories:
    """One directory with any entries besides, each time taken back."""

    app: Flask
    token: str
    requests: dict[str, UUID]
    looks: dict[str, list[Entry]]
    """At the record that each of these people asks about."""

    def letter(self, who: str, entries: list[Entry]) -> str:
        """Every byte of the page, of the list of requests beside it, and how much the audit says was told."""
        connection = self.app.extensions["engine"].connect()
        transaction = connection.begin()
        own = sessionmaker(connection, join_transaction_mode="create_savepoint")
        self.app.extensions["sessionmaker"] = self.app.extensions["reader"] = own
        if entries:
            connection.execute(insert(AuditEvent), entries)
        try:
            client, nonces = self.app.test_client(use_cookies=False), Nonces()
            answers = [
                nonces.without(client.get(path, headers={"Cookie": f"cp={self.token}"}), ())
                for path in (f"/requests/{self.requests[who]}", f"/requests/{self.requests[who]}/names", "/requests")
            ]
            told = AuditEvent.act == Act.SEE_FAMILY_REQUEST
            query = select(AuditEvent.results).where(told).order_by(AuditEvent.id)
            return "\n".join([*answers, str(connection.scalars(query).all())])
        finally:
            transaction.rollback()
            connection.close()

    def withheld(self, who: str) -> list[Entry]:
        return [one for one in self.looks[who] if NOBODY in self.letter(who, [one])]


@pytest.fixture
def directories(app: Flask, session: Session, world: World) -> Directories:
    lookers, requests = Lookers.make(session, world), build_families.requests(session, world)
    chance = Random(SEED)
    children = {who: _child(session, uid) for who, uid in requests.items()}
    looks = {who: _looks(session, lookers, child, chance) for who, child in children.items()}
    token = token_of(session, world.max)
    session.commit()
    return Directories(app, token, requests, looks)


def _child(session: Session, uid: UUID) -> Child:
    query = select(Child).join(FamilyRequest, FamilyRequest.child_id == Child.id).where(FamilyRequest.uid == uid)
    return session.scalars(query).one()


def _looks(session: Session, lookers: Lookers, child: Child, chance: Random) -> list[Entry]:
    """Of every kind, at any minute of the year before."""
    found = []
    for number in range(LOOKS):
        at = datetime(2026, 11, 23, tzinfo=UTC) - timedelta(minutes=chance.randrange(364 * 24 * 60))
        (one,) = lookers.entries(session, child, KINDS[number % len(KINDS)])
        (moved,) = lookers.entries(session, child, KINDS[number % len(KINDS)], at)
        found.append(moved if number % 3 else one)
    chance.shuffle(found)
    return found


@pytest.mark.parametrize("who", TOLD)
def test_what_is_withheld_changes_not_one_byte(
    directories: Directories, who: str, record_property: Callable[[str, object], None]
) -> None:
    looks, withheld, chance = directories.looks[who], directories.withheld(who), Random(SEED)
    shown = [one for one in looks if one not in withheld]
    whole = directories.letter(who, looks)

    without = directories.letter(who, shown)
    half = set(map(id, chance.sample(withheld, len(withheld) // 2)))
    partly = directories.letter(who, [one for one in looks if id(one) not in half])
    later = directories.letter(who, [*shown, *withheld])

    assert len(withheld) >= LOOKS // 3
    assert without == whole
    assert partly == whole
    assert later == whole
    record_property("looks", len(looks))
    record_property("withheld", len(withheld))
    record_property("seed", SEED)


@pytest.mark.parametrize("who", [one for one in TOLD if one != "estranged parent"])
def test_what_is_shown_does_change_it(directories: Directories, who: str) -> None:
    looks, withheld = directories.looks[who], directories.withheld(who)
    shown = [one for one in looks if one not in withheld]

    without_one = directories.letter(who, [one for one in looks if one is not shown[0]])

    assert shown
    assert without_one != directories.letter(who, looks)
