"""Whoever gets hold of the database, or of a dump of it, can read no address, contact or number, nor compute one."""

import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Base, Draft, Job, Merge, Search, Setting
from cp.models.carer import Carer
from cp.models.child import Child, ChildLocation
from cp.sealing import Key, KeyProblem, KeyRing
from cp.services import find
from tests import (
    build,
    build_contact,
    build_disclosures,
    build_families,
    build_log,
    build_retention,
    build_sensitive,
    build_telling,
)
from tests.build import Person, World
from tests.conftest import ENGINE
from tests.web import Browser
from tests.whole import canaries
from tests.whole.canaries import SECRETS, child_with_secrets, digests, found_in, supplied_with_secrets, whole_numbers
from tools import machine


@pytest.fixture
def child(browser: Browser, session: Session, world: World, sam: Person, clock: time_machine.Traveller) -> Child:
    """Every secret is somewhere in the database: kept, indexed, searched for, half typed."""
    made = child_with_secrets(session, world)
    supplied_with_secrets(session, world, made)
    find.reindex(session, made.id)
    session.add(Job(kind="mail", run_at=clocks.now(), facts={"to": canaries.TYPED}))
    kit = build_sensitive.Clinic.make(session, world).kit
    build_sensitive.entry(session, kit, made)
    build_contact.asked(session, world.sam, made)
    session.add(Merge(kept_id=made.id, gone_id=build.child(session, world).id, asked_by_id=world.max.account.id,
                      asked_at=clocks.now(), moved={"child_name": [1]}))  # fmt: skip
    session.add(build_telling.change(made, world.sam))
    build_log.view(session, world.rex, number=made.number)
    build_retention.hold(
        session, world, made, date(2027, 11, 23), reason={"kind": "court", "reference": canaries.TYPED}
    )
    build_retention.stay(session, world, made, 21)
    build_families.request(session, world.max, made, asked={"name": canaries.TYPED}, answer={"entries": [1]})
    build_disclosures.disclosure(session, made, world.max, world.una, recipient=canaries.TYPED)
    session.commit()
    page = browser.submit(
        browser.get("/"), "Search", given_name="Amira", family_name=canaries.ASKED, postcode=canaries.ASKED_POSTCODE,
        reason="working_with",
    )  # fmt: skip
    assert page.texts("#results-count") == ["No child found"]
    page = browser.get("/")
    clock.shift(timedelta(minutes=20))
    browser.submit(page, "Search", given_name=canaries.TYPED, family_name=canaries.TYPED, reason="working_with")
    return made


def files(url: str) -> bytes:
    """The database with its log, as they lie on the disk."""
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def dump(url: str) -> bytes:
    if ENGINE == "sqlite":
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            dumped = "\n".join(connection.iterdump()).encode()
        connection.close()
        return dumped
    program = Path(machine.postgresql() or "") / "pg_dump"
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    return subprocess.run([program, plain], capture_output=True, check=True).stdout


def snapshots(url: str) -> Iterator[bytes]:
    """Everything that could be carried away."""
    yield dump(url)
    if ENGINE == "sqlite":
        yield files(url)
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        yield files(url)


def test_the_database_and_a_dump_hold_no_secret_in_the_clear(url: str, session: Session, child: Child) -> None:
    session.rollback()

    assert [found_in(content) for content in snapshots(url)] == [set()] * (3 if ENGINE == "sqlite" else 1)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_in_the_clear_would_be_found(secret: str) -> None:
    for written in (secret, secret.upper(), secret.replace(" ", "")):
        assert secret in found_in(b"..." + written.encode("utf-16-le") + b"...")
        assert secret in found_in(b"..." + written.encode().hex().encode() + b"...")


def test_a_secret_kept_in_the_clear_is_found_in_the_files(url: str, session: Session) -> None:
    session.add(Setting(name="oops", value=canaries.POSTCODE, set_at=datetime(2026, 11, 23, tzinfo=UTC)))
    session.commit()

    assert [found_in(content) for content in snapshots(url)] == [{canaries.POSTCODE}] * (3 if ENGINE == "sqlite" else 1)


def test_nothing_that_is_kept_can_be_computed_without_the_key(url: str, session: Session, child: Child) -> None:
    numbers, runs = kept(session)
    content = b"".join(runs)

    for secret in SECRETS:
        assert whole_numbers(secret) & numbers == set(), secret
        assert [digest for digest in digests(secret) if len(digest) > 4 and digest[:8] in content] == [], secret


def kept(session: Session) -> tuple[set[int], list[bytes]]:
    """Every whole number and every run of bytes in any table."""
    session.rollback()
    rows = [tuple(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table))]
    values = [value for row in rows for value in row]
    return {value for value in values if type(value) is int}, [value for value in values if isinstance(value, bytes)]


def test_every_column_for_a_secret_is_a_sealed_one(session: Session, child: Child) -> None:
    """What is sealed begins with the number of its key, and the database never sees more than bytes."""
    sealed = [
        (table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_sealed")
    ]

    assert {f"{table.name}.{column.name}" for table, column in sealed} == {
        "carer.details_sealed", "change.facts_sealed", "child_location.address_sealed", "contact_request.facts_sealed",
        "disclosure.recipient_sealed", "family_request.answer_sealed", "family_request.asked_sealed",
        "dispute.facts_sealed", "dispute_voice.words_sealed", "draft.fields_sealed", "factor.secret_sealed",
        "job.facts_sealed", "log_view.asked_sealed", "machine_request.answer_sealed", "match.why_sealed",
        "merge.moved_sealed", "outside_number.value_sealed", "search.criteria_sealed", "search.returned_sealed",
        "legal_hold.reason_sealed", "sensitive_involvement.entry_sealed", "source_version.facts_sealed",
        "stay_consent.ground_sealed", "supplier.columns_sealed",
        "supply_file.facts_sealed", "supply_row.facts_sealed",
    }  # fmt: skip
    session.rollback()
    for table, column in sealed:
        assert isinstance(column.type, LargeBinary)
        values = [value for (value,) in session.execute(select(column)) if value is not None]
        assert {value[0] for value in values} == {1}, f"{table.name} is empty or not sealed"


def test_the_key_opens_what_it_sealed(session: Session, child: Child) -> None:
    session.rollback()

    assert session.scalars(select(ChildLocation)).one().address["postcode"] == canaries.POSTCODE
    assert session.scalars(select(Carer)).one().details["phones"] == [canaries.PHONE]
    assert session.scalars(select(Search)).one().criteria["family_name"] == canaries.ASKED
    assert session.scalars(select(Draft)).one().fields["given_name"] == [canaries.TYPED]


def test_another_rows_sealed_value_does_not_open(session: Session, world: World, child: Child) -> None:
    other = build.address(session, build.child(session, world))
    mine = session.scalars(select(ChildLocation).where(ChildLocation.child_id == child.id)).one()

    other.address_sealed = mine.address_sealed

    with pytest.raises(KeyProblem):
        _ = other.address


ROW, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    "place",
    [
        ("carer", "other", ROW),
        ("child_location", "details", ROW),
        ("carer", "details", OTHER),
        ("carerd", "etails", ROW),
    ],
)
def test_a_sealed_value_opens_in_its_own_place_alone(ring: KeyRing, place: tuple[str, str, UUID]) -> None:
    sealed = ring.seal("a secret", "carer", "details", ROW)

    assert ring.unseal(sealed, "carer", "details", ROW) == "a secret"
    with pytest.raises(KeyProblem):
        ring.unseal(sealed, *place)


def test_any_changed_byte_closes_it(ring: KeyRing) -> None:
    sealed = ring.seal("a secret", "carer", "details", ROW)

    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(KeyProblem):
            ring.unseal(bytes(changed), "carer", "details", ROW)
    for length in range(len(sealed)):
        with pytest.raises(KeyProblem):
            ring.unseal(sealed[:length], "carer", "details", ROW)


def test_the_same_secret_is_sealed_differently_each_time_and_opens_with_its_own_key_alone(ring: KeyRing) -> None:
    sealed = {ring.seal("a secret", "carer", "details", ROW) for _ in range(50)}

    assert len({value[1:13] for value in sealed}) == len(sealed) == 50
    with pytest.raises(KeyProblem):
        KeyRing([Key.new()]).unseal(sealed.pop(), "carer", "details", ROW)


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    old, new = Key.new(1), Key.new(2)
    before = KeyRing([old]).seal("a secret", "carer", "details", ROW)

    both = KeyRing([new, old])

    assert both.unseal(before, "carer", "details", ROW) == "a secret"
    assert both.seal("a secret", "carer", "details", ROW)[0] == 2
