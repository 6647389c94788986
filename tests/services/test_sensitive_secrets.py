"""Whoever carries the database away learns from it neither which child nor which service an entry is of."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Base
from cp.models.child import Child
from cp.models.sensitive import SensitiveInvolvement
from cp.services import children
from cp.services.sensitive import reading, recording, withdrawing
from cp.services.sensitive.recording import Wish
from cp.terms import Act, Reason, SensitiveGround
from tests import build
from tests.build import World
from tests.build_sensitive import Clinic, entry, kept
from tests.web import actor_of
from tests.whole.canaries import digests, traces, whole_numbers
from tests.whole.test_secrets import kept as kept_in_tables
from tests.whole.test_secrets import snapshots

TEAM = "Quokka Outreach"
SENSITIVE = (Act.PREPARE_SENSITIVE, Act.RECORD_SENSITIVE, Act.SEE_SENSITIVE, Act.WITHDRAW_SENSITIVE)


@pytest.fixture
def clinic(session: Session, world: World) -> Clinic:
    return Clinic.make(session, world)


@pytest.fixture
def amira(session: Session, world: World, clinic: Clinic) -> Child:
    """Recorded through the service on one ground, by a colleague on another, looked at, and once withdrawn."""
    child = build.child(session, world)
    kit = actor_of(session, clinic.kit)
    assert clinic.kit.practitioner is not None
    children.give_reason(session, kit, child.uid, Reason.WORKING_WITH)
    wish = Wish(SensitiveGround.CHILD, True, clinic.kit.practitioner.uid, date(2026, 11, 2), date(2026, 11, 2), None)
    recording.record(session, kit, child.uid, wish)
    gone = entry(session, clinic.wren, child, ground=SensitiveGround.PARENT, team=TEAM)
    withdrawing.one(session, kit, gone)
    withdrawing.withdraw(session, kit, gone)
    entry(session, clinic.wren, child, ground=SensitiveGround.SUSPECTED_HARM, team=TEAM)
    reading.mine(session, kit)
    session.commit()
    return child


def test_what_was_agreed_stands_nowhere_in_the_clear(url: str, session: Session, amira: Child) -> None:
    session.rollback()
    read_out = "We would like ContactPoint to hold"

    for content in snapshots(url):
        assert [secret for secret in (TEAM, read_out, "suspected_harm", "understands")
                if any(trace in content for trace in traces(secret))] == []  # fmt: skip


def test_the_row_of_an_entry_holds_no_id_of_anything_else(session: Session, clinic: Clinic, amira: Child) -> None:
    assert clinic.kit.practitioner is not None
    assert clinic.wren.practitioner is not None
    people = (clinic.kit.practitioner, clinic.wren.practitioner)
    known = {str(uid) for uid in (amira.uid, amira.subject_id, clinic.organisation.uid, *(one.uid for one in people))}
    computed = {number for text in known for number in whole_numbers(text)}
    short = {digest[:8] for text in known for digest in digests(text) if len(digest) > 4}
    rows = session.execute(select(SensitiveInvolvement.__table__)).all()

    assert [row.child_key is None for row in rows] == [False, True, False]
    for row in rows:
        assert {row.child_key, row.service_key, row.practitioner_key} & (
            computed | {amira.id, clinic.organisation.id, *(one.id for one in people)}
        ) == set()
        assert not any(digest in row.entry_sealed for digest in short)
        assert not any(UUID(text).bytes in row.entry_sealed for text in known)


def test_every_entry_is_sealed_to_the_same_length(session: Session, amira: Child) -> None:
    """On whatever ground, and withdrawn or not."""
    lengths = {len(sealed) for sealed in session.scalars(select(SensitiveInvolvement.entry_sealed))}

    assert len(lengths) == 1
    assert {one.ground for one in kept(session)} == set(SensitiveGround)


def test_no_id_in_the_audit_of_them_stands_in_another_table(session: Session, amira: Child) -> None:
    theirs = select(AuditEvent.subject_id, AuditEvent.object_id).where(AuditEvent.act.in_(SENSITIVE))
    named = {uid for row in session.execute(theirs) for uid in row if uid}
    elsewhere = {
        value
        for table in Base.metadata.sorted_tables if table.name != "audit_event"
        for row in session.execute(select(table)) for value in row if isinstance(value, UUID)
    }  # fmt: skip

    assert len(named) == 3  # one child, two entries
    assert named & elsewhere == set()


def test_nothing_computed_without_the_key_leads_to_an_entry(session: Session, clinic: Clinic, amira: Child) -> None:
    numbers, runs = kept_in_tables(session)
    content = b"".join(runs)

    for text in (f"sensitive child {amira.uid}", f"sensitive service {clinic.organisation.uid}", TEAM):
        assert whole_numbers(text) & numbers == set()
        assert [digest for digest in digests(text) if len(digest) > 4 and digest[:8] in content] == []
