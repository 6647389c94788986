"""A key is retired when nothing is sealed or known by it, and then opens and finds nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import Engine, Table, select, update
from sqlalchemy.orm import Session

from cp import keyfile, sealing
from cp.config import Config
from cp.models import AuditEvent, Base, KeyCheck, SearchCarer, SearchPlace
from cp.models.child import Child
from cp.sealing import KeyProblem, KeyRing
from cp.services import blinding, changing_keys
from cp.services.changing_keys import NotNow, columns
from cp.terms import Act
from tests import build_sealed
from tests.build_sealed import answers, everything
from tests.services.keys.steps import change, rotated, starts

Run = Callable[..., Result]


@pytest.mark.parametrize(("table", "name"), build_sealed.sealed_columns(), ids=str)
def test_a_key_is_not_retired_while_it_seals_anything(
    owner: Engine, path: Path, first: KeyRing, session: Session, child: Child, table: Table, name: str
) -> None:
    change(owner, path)
    rotated(owner)
    sealed = table.c[f"{name}_sealed"]
    row_id, uid, value = session.execute(
        select(table.c.id, table.c.uid, sealed).where(sealed.is_not(None)).limit(1)
    ).one()
    old = first.seal(sealing.ring().unseal(value, table.name, name, uid), table.name, name, uid)
    session.execute(update(table).where(table.c.id == row_id).values({f"{name}_sealed": old}))
    session.commit()

    with pytest.raises(NotNow, match=rf"^Key 1 is still needed\. Run: keys rotate\. {table.name}\.{name}_sealed: 1\.$"):
        changing_keys.retire(owner, path, 1)

    assert list(keyfile.read(path).keys) == [1, 2]
    rotated(owner)
    changing_keys.retire(owner, path, 1)


def known_columns() -> list[tuple[str, str]]:
    known = ((table.name, known.column) for table in columns.sealed_tables() for known in columns.known_of(table))
    return list(dict.fromkeys(known))


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


@pytest.mark.parametrize(
    ("of", "columns"),
    [(SearchPlace, ("outward_key", "postcode_key", "street_key")), (SearchCarer, ("carer_key",))],
)
def test_a_key_is_not_retired_while_a_place_or_a_carer_is_found_by_it(
    owner: Engine, path: Path, session: Session, child: Child, of: Any, columns: tuple[str, ...]
) -> None:
    old = session.execute(select(*(getattr(of, name) for name in columns))).first()
    session.rollback()
    change(owner, path)
    rotated(owner)
    session.execute(update(of).where(of.child_id == child.id).values(old._asdict() if old else {}))
    session.commit()

    with pytest.raises(NotNow, match=r" search_index: 1\.$"):
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
    assert starts(owner, config) == "current"


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


def test_each_step_is_an_entry_of_the_audit(owner: Engine, path: Path, session: Session, child: Child) -> None:
    for _ in range(2):
        changing_keys.add(owner, path)
    for _ in range(2):
        changing_keys.switch(owner, path)
    sealing.refresh()
    rotated(owner)
    changing_keys.retire(owner, path, 1)

    query = select(AuditEvent.reason, AuditEvent.results, AuditEvent.account_id).where(AuditEvent.act == Act.SET_UP)
    assert [tuple(row) for row in session.execute(query.order_by(AuditEvent.id))] == [
        ("key_added", 2, None), ("key_in_use", 2, None), ("key_retired", 1, None),
    ]  # fmt: skip


def test_the_commands_say_what_to_do_next(run: Run, path: Path, session: Session, child: Child) -> None:
    added, sealed, retired = run("add"), run("rotate", "--stopped"), run("retire", "1", "--stopped")

    assert added.output.splitlines() == [
        f"Key 2 stands in the key file {path}. Copy the file to its safe place now, then run:",
        "flask --app app keys rotate",
    ]
    assert sealed.output.splitlines()[-2:] == [
        "search_index: 4 looked at, 3 made again", "Everything is sealed with key 2.",
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
