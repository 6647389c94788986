"""The one writer of the audit: what an entry must say, and the bytes that stand for it for ever."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent
from cp.services import audit
from cp.services.audit import About
from cp.services.audit_seals import leaves
from cp.terms import Act, Decision, Part
from cpverify.facts import FACTS, bytes_of
from tests.build import World
from tests.conftest import ENGINE, NOW
from tests.web import actor_of

SUBJECT, OBJECT, REQUEST = UUID(int=1), UUID(int=2), UUID(int=3)
MANY = audit.MANY["postgresql"]
OPENED = About(subject_id=SUBJECT, parts=(Part.LOCATION, Part.IDENTITY), reason="working_with")


def test_an_entry_says_when_who_in_which_role_for_whom_and_what(session: Session, world: World) -> None:
    actor = replace(actor_of(session, world.sam), request_id=REQUEST)

    audit.record(session, actor, Act.OPEN_RECORD, OPENED)

    (entry,) = session.scalars(select(AuditEvent))
    assert {name: getattr(entry, name) for name in audit.FACTS} == {
        "at": NOW, "act": Act.OPEN_RECORD, "decision": Decision.ALLOWED, "account_id": world.sam.account.uid,
        "role": "practitioner", "organisation_id": world.school.uid, "authority_id": world.authority.uid,
        "principal_id": None, "subject_id": SUBJECT, "object_id": None, "parts": "identity+location",
        "reason": "working_with", "results": None, "request_id": REQUEST,
    }  # fmt: skip
    assert (entry.transaction_id is not None) is (ENGINE == "postgresql")


@pytest.mark.parametrize("count", [0, 1, MANY - 1, MANY, 3 * MANY])
def test_of_one_act_on_many_things_each_has_its_entry_in_their_order(
    session: Session, world: World, count: int
) -> None:
    actor = replace(actor_of(session, world.sam), request_id=REQUEST)
    abouts = [About(subject_id=UUID(int=at), parts=OPENED.parts, reason="working_with") for at in range(count)]

    audit.record_all(session, actor, Act.OPEN_RECORD, abouts)

    entries = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [entry.subject_id for entry in entries] == [one.subject_id for one in abouts]
    assert {(entry.at, entry.act, entry.role, entry.parts) for entry in entries} <= {
        (NOW, Act.OPEN_RECORD, "practitioner", "identity+location")
    }
    assert {entry.transaction_id is not None for entry in entries} <= {ENGINE == "postgresql"}
    assert leaves.verify(session).problems == []
    assert session.info.get("entries", 0) == count


@pytest.mark.parametrize(
    ("act", "about", "missing"),
    [
        (Act.OPEN_RECORD, replace(OPENED, subject_id=None), "missing_subject_id"),
        (Act.OPEN_RECORD, replace(OPENED, parts=()), "missing_parts"),
        (Act.OPEN_RECORD, replace(OPENED, reason=None), "missing_reason"),
        (Act.SEARCH, About(reason="working_with"), "missing_object_id"),
        (Act.SEE_RESULTS, About(object_id=OBJECT, reason="working_with"), "missing_results"),
        (Act.RECORD_INVOLVEMENT, About(subject_id=SUBJECT), "missing_object_id"),
    ],
)
def test_an_entry_that_lacks_a_part_is_not_written(
    session: Session, world: World, act: Act, about: About, missing: str
) -> None:
    actor = actor_of(session, world.sam)

    with pytest.raises(ValueError, match=missing):
        audit.record(session, actor, act, about)

    assert session.scalars(select(AuditEvent)).all() == []
    assert "entries" not in session.info


def test_nobody_opens_a_record(session: Session) -> None:
    with pytest.raises(ValueError, match="missing_account_id"):
        audit.record(session, None, Act.OPEN_RECORD, OPENED, request_id=REQUEST)


def test_a_refusal_says_what_is_known(session: Session) -> None:
    audit.record(session, None, Act.OPEN_RECORD, About(reason="none"), decision=Decision.REFUSED, request_id=REQUEST)

    (entry,) = session.scalars(select(AuditEvent))
    assert (entry.decision, entry.reason, entry.account_id) == (Decision.REFUSED, "none", None)


def test_an_entry_goes_with_the_transaction_or_not_at_all(session: Session) -> None:
    audit.record(session, None, Act.READ_PUBLIC, request_id=REQUEST)
    assert session.info["entries"] == 1

    session.rollback()

    assert session.scalars(select(AuditEvent)).all() == []


ENTRY: dict[str, object] = {
    "at": datetime(2026, 11, 23, 10, 42, tzinfo=UTC), "act": Act.SEARCH, "decision": Decision.ALLOWED,
    "account_id": UUID(int=4), "role": "practitioner", "organisation_id": UUID(int=5), "authority_id": UUID(int=6),
    "principal_id": None, "subject_id": None, "object_id": OBJECT, "parts": None, "reason": "working_with",
    "results": 3, "request_id": REQUEST,
}  # fmt: skip
CANONICAL = (
    b'{"account_id":"00000000-0000-0000-0000-000000000004","act":"search","at":"2026-11-23T10:42:00.000000+00:00",'
    b'"authority_id":"00000000-0000-0000-0000-000000000006","decision":"allowed",'
    b'"object_id":"00000000-0000-0000-0000-000000000002","organisation_id":"00000000-0000-0000-0000-000000000005",'
    b'"reason":"working_with","request_id":"00000000-0000-0000-0000-000000000003","results":3,"role":"practitioner",'
    b'"v":1}'
)


def test_the_bytes_of_an_entry_never_change() -> None:
    """Seals made later must still fit entries written today: this is the form, whoever rewrites the code."""
    assert audit.canonical_bytes(ENTRY) == CANONICAL
    assert audit.leaf_of(b"s" * 16, CANONICAL) == hashlib.sha256(b"\0" + b"s" * 16 + CANONICAL).digest()


@given(st.text(st.characters(exclude_categories=["Cs"])), st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_outsiders_put_down_the_same_bytes(reason: str, at: datetime, subject_id: UUID) -> None:
    entry = ENTRY | {"reason": reason, "at": at, "subject_id": subject_id}

    written = audit.canonical_bytes(entry)

    assert written == bytes_of([entry[name] for name in FACTS])
    assert written == bytes_of([_as_sqlite_keeps(entry[name]) for name in FACTS])


def _as_sqlite_keeps(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.hex if isinstance(value, UUID) else value


def test_what_no_entry_can_say_has_no_bytes() -> None:
    """Somebody put bytes into a column of text: the verifier has a sentence for it, and does not end."""
    assert bytes_of([b"\xff" if name == "reason" else ENTRY[name] for name in FACTS]) == b""


def test_every_entry_is_salted_so_that_its_leaf_tells_nobody_what_it_says() -> None:
    first, second = audit.sealable(ENTRY), audit.sealable(ENTRY)

    assert first["salt"] != second["salt"]
    assert first["leaf"] != second["leaf"]


def test_any_other_fact_makes_another_leaf() -> None:
    others = [ENTRY | {name: None} for name in ENTRY if ENTRY[name] is not None and name != "at"]

    leaves = {audit.leaf_of(b"s" * 16, audit.canonical_bytes(entry)) for entry in [ENTRY, *others]}

    assert len(leaves) == len(others) + 1
