"""Changing the key: everything is sealed and known by the new one, and everybody reads and finds all the while."""

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, Table, select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import database, engines, keyfile, sealing
from cp.application import create_app
from cp.config import Config
from cp.models import Base, ContactRequest, KeyCheck, SearchPlace
from cp.models.carer import Carer
from cp.models.child import Child, OutsideNumber
from cp.models.sensitive import SensitiveInvolvement
from cp.sealing import Key, KeyProblem, KeyRing
from cp.services import blinding, changing_keys, find
from cp.services.changing_keys import NotNow, again, columns
from cp.services.find import entry as find_entry
from tests import build_sealed
from tests.build import World
from tests.build_sealed import answers, everything, first_bytes
from tests.conftest import ENGINE
from tests.services.directory import executed

Run = Callable[..., Result]


@pytest.fixture
def first(ring: KeyRing) -> Iterator[KeyRing]:
    """The ring as it is before; the process has it again afterwards."""
    yield ring
    sealing.use(ring)


@pytest.fixture
def owner(url: str) -> Iterator[Engine]:
    made = engines.make_engine(url, owner=True)
    yield made
    made.dispose()


@pytest.fixture
def path(app: Flask, config: Config, first: KeyRing) -> Path:
    """The key file, watched by this process as by a worker of the site."""
    return config.key_file


@pytest.fixture
def child(session: Session, world: World) -> Child:
    return build_sealed.directory(session, world)[0]


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *words: app.test_cli_runner().invoke(args=["keys", *words])


def change(owner: Engine, path: Path) -> KeyRing:
    """As far as the new key seals; what is there is still the old one's."""
    changing_keys.add(owner, path)
    changing_keys.switch(owner, path)
    sealing.refresh()
    return sealing.ring()


def rotated(owner: Engine) -> dict[str, int]:
    """How many rows of each table were made again."""
    return {done.table: done.made for done in changing_keys.rotate(owner)}


def test_a_second_key_opens_and_finds_but_does_not_seal(owner: Engine, path: Path, session: Session) -> None:
    number, again = changing_keys.add(owner, path), changing_keys.add(owner, path)

    ring = keyfile.read(path)
    assert (number, again, list(ring.keys), ring.current.id) == (2, 2, [1, 2], 1)
    assert (path.stat().st_mode & 0o777, [file.name for file in path.parent.glob("*.new")]) == (0o600, [])
    assert session.scalars(select(KeyCheck.key_id).order_by(KeyCheck.key_id)).all() == [0, 1, 2]


def test_a_running_worker_learns_of_a_key_before_anything_is_sealed_with_it(owner: Engine, path: Path) -> None:
    changing_keys.add(owner, path)
    before = list(sealing.ring().keys)

    sealing.refresh()
    opens = list(sealing.ring().keys), sealing.ring().current.id
    changing_keys.switch(owner, path)
    sealing.refresh()

    assert (before, opens, sealing.ring().current.id) == ([1], ([1, 2], 1), 2)


def test_a_value_of_a_key_not_heard_of_is_opened_all_the_same(owner: Engine, path: Path) -> None:
    old = sealing.ring()
    changing_keys.add(owner, path)
    changing_keys.switch(owner, path)
    row = UUID(int=7)
    sealed = [keyfile.read(path).seal(text, "carer", "details", row) for text in ("one", "two")]

    assert [old.unseal(value, "carer", "details", row) for value in sealed] == ["one", "two"]
    with pytest.raises(KeyProblem):
        KeyRing(list(old.keys.values())).unseal(sealed[0], "carer", "details", row)


def test_everything_is_sealed_with_the_new_key_and_says_what_it_said(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    said, found = everything(session), answers(session)
    assert set(map(len, said.values())) != {0}
    assert first_bytes(session) == {column: {1} for column in said}

    change(owner, path)
    between = everything(session), answers(session), list(find.check(session))
    made = rotated(owner)

    assert between == (said, found, [])
    assert (everything(session), answers(session), list(find.check(session))) == (said, found, [])
    assert first_bytes(session) == {column: {2} for column in said}
    assert made["search_place"] == 3
    assert rotated(owner) == {"carer": 0, "outside_number": 0, "sensitive_involvement": 0, "contact_request": 0,
                              "search_place": 0}  # fmt: skip


def test_what_is_known_by_a_keyed_hash_is_known_by_the_new_one(
    owner: Engine, path: Path, session: Session, world: World, child: Child
) -> None:
    withdrawn = build_sealed.sensitive(session, world, child, withdrawn=True)
    random = session.scalars(select(ContactRequest.passed_key).order_by(ContactRequest.id.desc())).first()
    session.commit()

    ring = change(owner, path)
    rotated(owner)

    session.expire_all()
    assert world.nia.practitioner is not None
    numbers = session.scalars(select(OutsideNumber)).all()
    assert set(session.scalars(select(Carer.phone_key))) == {ring.look_up("phone", "+441614960163")}
    assert [row.value_key for row in numbers] == [ring.look_up(row.kind.value, row.value) for row in numbers]
    assert session.execute(
        select(SensitiveInvolvement.child_key, SensitiveInvolvement.service_key, SensitiveInvolvement.practitioner_key)
        .where(SensitiveInvolvement.id != withdrawn.id)
    ).one() == (
        blinding.of_child(child.uid)[0], blinding.of_service(build_sealed.SERVICE)[0],
        blinding.of_practitioner(world.nia.practitioner.uid)[0],
    )  # fmt: skip
    assert session.get_one(SensitiveInvolvement, withdrawn.id).child_key is None
    assert session.scalars(select(ContactRequest.passed_key).order_by(ContactRequest.id)).all() == [
        blinding.of_service(build_sealed.SERVICE)[0], random,
    ]  # fmt: skip


def test_an_entry_is_found_by_either_key_while_they_change(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    change(owner, path)

    known = blinding.of_child(child.uid)
    found = session.scalars(select(SensitiveInvolvement.id).where(SensitiveInvolvement.child_key.in_(known))).all()
    assert (len(known), len(found)) == (2, 1)


@pytest.mark.parametrize("batches", range(0, 30, 3))
def test_a_change_that_was_stopped_goes_on(
    owner: Engine, path: Path, session: Session, child: Child, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "BATCH", 1)
    said, found = everything(session), answers(session)
    change(owner, path)

    list(islice(changing_keys.rotate(owner), batches))
    half = everything(session), answers(session), list(find.check(session))
    rotated(owner)

    assert half == (said, found, [])
    assert first_bytes(session) == {column: {2} for column in said}
    assert changing_keys.left(owner, 1) == []


def test_what_somebody_changed_meanwhile_is_left_as_they_made_it(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    table = Base.metadata.tables["carer"]
    change(owner, path)
    batches = columns.batches(engines.reading_first(owner), table, 1)
    reading, (row,) = next(batches)
    reading.rollback()
    carer = session.get_one(Carer, row["id"])
    carer.details = {**carer.details, "name": "Somebody Else"}
    session.commit()

    with Session(owner) as other, other.begin():
        done = again._row(other, table, row, again.Progress("carer"))

    session.expire_all()
    assert (done.seen, done.made) == (1, 0)
    assert session.get_one(Carer, row["id"]).details["name"] == "Somebody Else"


def test_a_row_that_does_not_open_stops_nobody(owner: Engine, path: Path, session: Session, child: Child) -> None:
    session.execute(update(Carer).where(Carer.id == 1).values(details_sealed=bytes([1]) + b"spoilt" * 9))
    session.commit()
    change(owner, path)

    damaged = {done.table: done.damaged for done in changing_keys.rotate(owner)}

    assert {table for table, count in damaged.items() if count} == {"carer"}
    changing_keys.retire(owner, path, 1)


@pytest.mark.parametrize(("table", "name"), build_sealed.sealed_columns(), ids=str)
def test_a_key_is_not_retired_while_it_seals_anything(
    owner: Engine, path: Path, first: KeyRing, session: Session, child: Child, table: Table, name: str
) -> None:
    change(owner, path)
    rotated(owner)
    row_id, uid, value = session.execute(
        select(table.c.id, table.c.uid, table.c[f"{name}_sealed"]).where(table.c[f"{name}_sealed"].is_not(None))
    ).first() or (0, None, b"")
    old = first.seal(sealing.ring().unseal(value, table.name, name, uid), table.name, name, uid)
    session.execute(update(table).where(table.c.id == row_id).values({f"{name}_sealed": old}))
    session.commit()

    with pytest.raises(NotNow, match=rf"^Key 1 is still needed\. Run: keys rotate\. {table.name}\.{name}_sealed: 1\.$"):
        changing_keys.retire(owner, path, 1)

    assert list(keyfile.read(path).keys) == [1, 2]
    rotated(owner)
    changing_keys.retire(owner, path, 1)


def known_columns() -> list[tuple[str, str]]:
    return [
        (table.name, known.column) for table in columns.sealed_tables() for known in columns.known_of(table)
    ]  # fmt: skip


@pytest.mark.parametrize(("table", "column"), known_columns())
def test_a_key_is_not_retired_while_anything_is_known_by_it(
    owner: Engine, path: Path, session: Session, child: Child, table: str, column: str
) -> None:
    of = Base.metadata.tables[table]
    old = {row[0]: row[1] for row in session.execute(select(of.c.id, of.c[column]))}
    session.rollback()
    change(owner, path)
    rotated(owner)
    row_id = min(old)
    session.execute(update(of).where(of.c.id == row_id).values({column: old[row_id]}))
    session.commit()

    with pytest.raises(NotNow, match=rf" {table}\.{column}: 1\.$"):
        changing_keys.retire(owner, path, 1)


def test_a_key_is_not_retired_while_a_place_is_found_by_it(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    old = session.execute(select(SearchPlace.outward_key, SearchPlace.postcode_key, SearchPlace.street_key)).first()
    session.rollback()
    change(owner, path)
    rotated(owner)
    session.execute(update(SearchPlace).where(SearchPlace.child_id == child.id).values(old._asdict() if old else {}))
    session.commit()

    with pytest.raises(NotNow, match=r" search_place: 1\.$"):
        changing_keys.retire(owner, path, 1)


def test_the_old_key_opens_and_finds_nothing_once_it_is_retired(
    owner: Engine, path: Path, first: KeyRing, config: Config, session: Session, child: Child
) -> None:
    subject, printed = blinding.subject(child.subject_id), first.lasting_digest("printed code", "1.abc")
    said, found = everything(session), answers(session)
    before = set(session.scalars(select(SearchPlace.postcode_key)))
    session.rollback()
    change(owner, path)
    rotated(owner)

    changing_keys.retire(owner, path, 1)
    sealing.refresh()

    assert (list(keyfile.read(path).keys), list(sealing.ring().keys)) == ([2], [2])
    assert session.scalars(select(KeyCheck.key_id).order_by(KeyCheck.key_id)).all() == [0, 2]
    assert before & set(session.scalars(select(SearchPlace.postcode_key))) == set()
    assert (everything(session), answers(session)) == (said, found)
    for table, name in build_sealed.sealed_columns():
        for uid, value in session.execute(select(table.c.uid, table.c[f"{name}_sealed"])):
            if value is not None:
                with pytest.raises(KeyProblem):
                    first.unseal(bytes([1]) + value[1:], table.name, name, uid)
    assert blinding.subject(child.subject_id) == subject
    assert sealing.ring().lasting_digest("printed code", "1.abc") == printed
    assert create_app(config).extensions["database"] == "current"


def test_a_key_that_was_added_in_vain_is_retired_at_once(owner: Engine, path: Path, child: Child) -> None:
    changing_keys.add(owner, path)
    sealing.refresh()

    changing_keys.retire(owner, path, 2)

    assert list(keyfile.read(path).keys) == [1]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(1, "Key 1 is the one in use. Run: keys add, then: keys rotate."), (3, "There is no key 3 in the key file.")],
)
def test_the_key_in_use_and_one_that_is_not_there_are_not_retired(
    owner: Engine, path: Path, number: int, sentence: str
) -> None:
    with pytest.raises(NotNow) as refused:
        changing_keys.retire(owner, path, number)

    assert str(refused.value) == sentence


def test_a_third_key_waits_until_the_first_is_retired(owner: Engine, path: Path) -> None:
    change(owner, path)

    with pytest.raises(NotNow) as refused:
        changing_keys.add(owner, path)

    assert str(refused.value) == "Key 1 is not retired yet. Run: keys rotate, then: keys retire 1."


def test_an_old_key_lost_half_way_stops_the_start_with_a_sentence(
    owner: Engine, path: Path, config: Config, child: Child
) -> None:
    ring = change(owner, path)
    keyfile.replace(path, KeyRing([ring.keys[2]], 2, ring.lasting))

    with pytest.raises(database.DatabaseProblem) as refused:
        create_app(config)

    assert str(refused.value) == (
        f"The key file {path} is not the one this directory was sealed with. "
        "Put the right one back, or name it in CP_KEY_FILE."
    )


def test_a_lasting_secret_lost_stops_the_start(owner: Engine, path: Path, config: Config) -> None:
    ring = keyfile.read(path)
    keyfile.replace(path, KeyRing(list(ring.keys.values()), 1, b"x" * 32))

    with pytest.raises(database.DatabaseProblem):
        create_app(config)


def gone(path: Path) -> None:
    path.unlink()


def spoilt(path: Path) -> None:
    path.write_text('{"keys": [')


def another(path: Path) -> None:
    keyfile.replace(path, KeyRing([Key.new(1), Key.new(2)]))


def one_that_the_database_does_not_know(path: Path) -> None:
    ring = keyfile.read(path)
    keyfile.replace(path, KeyRing([*ring.keys.values(), Key.new(2)], 2, ring.lasting))


@pytest.mark.parametrize("harm", [gone, spoilt, another, one_that_the_database_does_not_know])
def test_a_wrong_file_never_takes_the_place_of_the_keys_in_memory(
    owner: Engine, path: Path, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    before, right = sealing.ring(), path.read_text()
    harm(path)

    for _ in range(3):
        sealing.refresh()
    wrong = sealing.ring()
    path.write_text(right)
    sealing.refresh()

    assert wrong is before
    assert list(sealing.ring().keys) == [1]
    assert caplog.messages == ["the key file is gone, or not right: the keys in memory stay in use"]


def test_a_file_that_was_half_written_by_a_killed_run_is_no_hindrance(owner: Engine, path: Path) -> None:
    path.with_name(f"{path.name}.new").write_text("half")

    changing_keys.add(owner, path)

    assert list(keyfile.read(path).keys) == [1, 2]
    assert [file.name for file in path.parent.glob("*.new")] == []


def test_with_one_key_a_place_is_probed_by_equality_and_with_two_by_either(
    owner: Engine, path: Path, session: Session, child: Child
) -> None:
    def probed() -> set[str]:
        """What follows the column of the first probe."""
        sent = [" ".join(statement.split()) for statement, _ in executed(session, lambda: answers(session))]
        wheres = [statement.partition(" WHERE ")[2] for statement in sent]
        return {where.split()[1] for where in wheres if where.startswith("search_place.postcode_key")}

    def values() -> list[int]:
        return [len(place) for place in map(find_entry.where, ("ZA4 7QD", "ZA4", "not a postcode"))]

    one = probed(), values()
    change(owner, path)
    two = probed(), values()

    assert one == ({"="}, [1, 1, 0])
    assert two == ({"="} if ENGINE == "postgresql" else {"IN"}, [2, 2, 0])


def test_the_commands_say_what_to_do_next(run: Run, path: Path, session: Session, child: Child) -> None:
    added, sealed, retired = run("add"), run("rotate", "--stopped"), run("retire", "1", "--stopped")

    assert added.output.splitlines() == [
        f"Key 2 stands in the key file {path}. Copy the file to its safe place now, then run:",
        "flask --app app keys rotate",
    ]
    assert sealed.output.splitlines()[-2:] == [
        "search_place: 4 looked at, 3 made again", "Everything is sealed with key 2.",
    ]  # fmt: skip
    assert retired.output.splitlines() == [
        f"Key 1 is out of the key file {path}. Copy the file to its safe place.",
        "Backups made before still need it: keep the copy of before for as long as you keep them.",
    ]
    assert {added.exit_code, sealed.exit_code, retired.exit_code} == {0}


def test_a_refusal_of_a_command_is_a_sentence(run: Run, path: Path, child: Child) -> None:
    refused = run("retire", "1", "--stopped")

    assert (refused.exit_code, refused.output) == (
        1, "Error: Key 1 is the one in use. Run: keys add, then: keys rotate.\n",
    )  # fmt: skip


@pytest.mark.parametrize(("age", "seconds"), [(0, 60), (20, 40), (60, 0), (90, 0), (-500, 60)])
def test_a_key_comes_into_use_when_no_request_of_before_is_left(
    path: Path, clock: time_machine.Traveller, age: int, seconds: int
) -> None:
    changed = clocks.now().timestamp() - age
    os.utime(path, (changed, changed))

    assert changing_keys.rests(path) == seconds
