"""The server is killed in the middle of writing: what it acknowledged is there, once, with its audit entry."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from cp import clock
from cp.config import Config
from cp.models import Account, AuditEvent, Involvement, Opening, SignedIn
from cp.models.child import Child
from cp.services import audit, sessions
from cp.terms import Act, Reason, Role
from tests import build
from tests.build import Person, World
from tests.faults.writers import Server, Writer, under_kills
from tests.scale import scaled

WRITERS = 8


def test_killed_while_eight_people_write(
    config: Config,
    session: Session,
    world: World,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    traveller: time_machine.Traveller = request.getfixturevalue("clock")
    traveller.move_to(time_machine.escape_hatch.datetime.datetime.now(UTC), tick=True)  # the server's own time
    kills = scaled(10, 200)
    writers = _writers(session, world, children=scaled(150, 3000))
    server = Server({"CP_HOME": str(config.home), "CP_KEY_FILE": str(config.key_file), "CP_DEMO": "1",
                     "DATABASE_URL": config.database_url})  # fmt: skip

    under_kills(server, writers, kills)

    session.rollback()
    pairs = select(Involvement.practitioner_id, Child.uid).join(Child, Child.id == Involvement.child_id)
    kept = Counter((row[0], row[1]) for row in session.execute(pairs))
    acknowledged = Counter(
        (person, child) for writer, person in _people(session, writers) for child in writer.acknowledged
    )
    assert sum(acknowledged.values()) >= 5 * kills
    assert set(acknowledged) - set(kept) == set(), "lost"
    assert max(kept.values()) == 1, "doubled"
    assert set(kept) == set(acknowledged), "done without an answer, though everybody asked until answered"
    assert _unpaired(session) == set()
    assert audit.verify(session).problems == []
    if session.get_bind().dialect.name == "sqlite":
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    record_property("kills", kills)
    record_property("acknowledged", sum(acknowledged.values()))
    record_property("sent again", sum(writer.retried for writer in writers))
    record_property("lost, doubled, unpaired", 0)


def _writers(session: Session, world: World, children: int) -> list[Writer]:
    """Eight people signed in by the real clock, each with every child's record open."""
    today, uids, rows = clock.today(), [], []
    recent: dict[str, Any] = {"check_issued_on": today, "trained_on": today, "opened_on": today, "last_used_on": today}
    world.school.accreditation_ends_on = today + timedelta(days=365)
    for _ in range(children):
        child = build.child(session, world, born_on=today - timedelta(days=4000))
        uids.append(child.uid)
        rows.append(child)
    writers = []
    for number in range(WRITERS):
        person = build.person(session, world.school, f"Writer {number}", f"writer{number}", **recent)
        for child in rows:
            session.add(
                Opening(account_id=person.account.id, child_id=child.id, reason=Reason.WORKING_WITH, at=clock.now())
            )
        started = {"started-day": str(today.day), "started-month": str(today.month), "started-year": str(today.year)}
        writers.append(Writer(_signed_in(session, person), uids, started))
    session.commit()
    return writers


def _signed_in(session: Session, person: Person) -> str:
    sessions.begin(session, person.account, Role.PRACTITIONER, 0, clock.now())
    session.flush()
    waiting = select(SignedIn.id).where(SignedIn.account_id == person.account.id, SignedIn.factor_at.is_(None))
    return sessions.complete(session, session.scalars(waiting).one(), clock.now())


def _people(session: Session, writers: list[Writer]) -> list[tuple[Writer, int | None]]:
    found = select(SignedIn.token_hash, Account.practitioner_id).join(Account, Account.id == SignedIn.account_id)
    people = {row[0]: row[1] for row in session.execute(found)}
    return [(writer, people[sessions.hashed(writer.token)]) for writer in writers]


def _unpaired(session: Session) -> set[object]:
    """Involvements without exactly one entry, and entries without exactly one involvement."""
    recorded = select(AuditEvent.object_id).where(AuditEvent.act == Act.RECORD_INVOLVEMENT)
    entries: Counter[object] = Counter(session.scalars(recorded))
    rows: Counter[object] = Counter(session.scalars(select(Involvement.uid)))
    return {uid for uid in entries | rows if (entries[uid], rows[uid]) != (1, 1)}
