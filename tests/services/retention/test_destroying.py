"""A record destroyed: nothing of it is left in any table or file, and nothing of anybody else is gone."""

import base64
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import engines
from cp.models import AuditEvent, Base, Destroyed, Name, SourceVersion, new_uid
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildName
from cp.services import find
from cp.services.audit_seals import leaves
from cp.services.retention import certificates, destroying
from cp.terms import Act, Relationship
from tests import build, build_retention
from tests.build import World
from tests.build_retention import FAMILY, MARKED, NAMED, entries, full, rows
from tests.conftest import ENGINE
from tests.whole.test_secrets import dump, files

NOW = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
ADDED = {"audit_event", "certificate", "destroyed"}
"""Tables to which a destruction adds, and from which it takes nothing."""
NOTHING_OF_A_CHILD = {
    "disclosure": "what was given out, of a record named by an id that leads nowhere; only added to, as the audit is",
    "factor": "the secret of somebody's second factor",
    "job": "letters to people with accounts",
    "log_view": "what a reviewer asked of the log, for a day",
    "machine_request": "what another system was answered: its own row keys, for a day",
    "supplier": "headings of an organisation's files",
    "supply_file": "headings and figures of a file; its rows are reached",
}
"""Tables with something sealed in which nothing is said of one child."""


def test_every_table_that_refers_to_a_child_is_reached() -> None:
    tables = Base.metadata.tables
    found = {"child"}
    while True:
        more = {
            name for name, table in tables.items()
            if any(key.column.table.name in found for column in table.columns for key in column.foreign_keys)
        } - found  # fmt: skip
        if not more:
            break
        found |= more
    named = {name for name, table in tables.items() if any(_says_whose(column.name) for column in table.columns)}
    sealed = {
        name for name, table in tables.items() if any(column.name.endswith("_sealed") for column in table.columns)
    }

    missing = (found | named | sealed) - destroying.REACHED - ADDED - NOTHING_OF_A_CHILD.keys()

    assert missing == set(), "say in cp/services/retention/destroying.py how these are cleared of a child"
    assert tables.keys() >= destroying.REACHED


def _says_whose(column: str) -> bool:
    return column == "subject_id" or "child" in column.split("_")


def test_the_builder_puts_a_row_of_the_child_into_every_table_that_is_reached(session: Session, world: World) -> None:
    before = rows(session)

    full(session, world)

    assert {table for table, now in rows(session).items() if now != before[table]} >= destroying.REACHED


def test_nothing_is_left_of_the_child_and_nothing_of_another_is_gone(session: Session, world: World) -> None:
    full(session, world, given_names="Wanda", family_name="Keeps")
    before = rows(session)
    child = full(session, world)
    uid, known_as = child.uid, child.subject_id
    full_rows = rows(session)

    destroying.destroy(session, [uid], NOW)

    after = rows(session)
    assert [table for table in sorted(destroying.REACHED - {"alert"}) if after[table] != before[table]] == []
    kept = after.keys() - destroying.REACHED - ADDED
    assert [table for table in sorted(kept) if after[table] != full_rows[table]] == []
    assert [table for table in sorted(ADDED) if full_rows[table] - after[table]] == []
    assert str(known_as) not in str(after["alert"])
    assert list(find.check(session)) == []


def test_the_audit_stands_and_is_whole(session: Session, world: World) -> None:
    child = full(session, world)
    known_as = child.subject_id

    made = destroying.destroy(session, [child.uid], NOW)

    assert made is not None
    assert [entry.act for entry in session.scalars(select(AuditEvent)) if entry.subject_id == known_as] == [
        Act.SHIELD, Act.DESTROY,
    ]  # fmt: skip
    whole, *each = entries(session, Act.DESTROY)
    assert (whole.object_id, whole.results, whole.subject_id) == (made.uid, 2, None)
    assert {entry.object_id for entry in each} == {made.uid}
    assert whole.reason == base64.urlsafe_b64encode(made.digest).decode()
    assert leaves.verify(session).problems == []


def test_the_certificate_counts_rows_and_can_be_made_again_from_the_list(session: Session, world: World) -> None:
    child = full(session, world)
    uid = child.uid

    made = destroying.destroy(session, [uid], NOW)

    assert made is not None
    counts = json.loads(made.counts)
    gone = session.scalars(select(Destroyed.child_uid).where(Destroyed.certificate_id == made.id)).all()
    assert (made.at, made.children, uid in gone, len(gone)) == (NOW, 2, True, 2)
    assert {table: counts[table] for table in ("child", "involvement", "carer", "supply_row", "match", "search")} == {
        "child": 2, "involvement": 1, "carer": 1, "supply_row": 2, "match": 2, "search": 1,
    }  # fmt: skip
    assert made.digest == certificates.digest_of(NOW, gone, counts)
    assert made.digest != certificates.digest_of(NOW, [*gone[:-1], new_uid()], counts)
    assert MARKED.casefold() not in str((made.counts, made.digest)).casefold()


def test_what_was_joined_into_it_goes_with_it_however_long_the_chain(session: Session, world: World) -> None:
    first, second, third = (build.child(session, world, given_names=name) for name in ("Ann", "Beth", "Cleo"))
    other = build.child(session, world, given_names="Dora")
    first.merged_into_id, second.merged_into_id = second.id, third.id
    session.flush()

    made = destroying.destroy(session, [third.uid], NOW)

    assert made is not None
    assert made.children == 3
    assert session.scalars(select(Child.id)).all() == [other.id]


def test_a_carer_of_a_brother_and_a_word_that_another_record_has_taken_stay(session: Session, world: World) -> None:
    child, brother = build.child(session, world), build.child(session, world, given_names="Ben")
    carer = build.carer(session, child)
    build.add(session, ChildCarer(child_id=brother.id, carer_id=carer.id, relationship=Relationship.MOTHER,
                                  responsibility=True, care=True))  # fmt: skip
    version = build.source(session, child, world.school)
    name = build.other_name(session, brother)
    name.source_id = version
    session.flush()

    destroying.destroy(session, [child.uid], NOW)

    assert session.scalars(select(Carer.id)).all() == [carer.id]
    assert session.scalars(select(ChildCarer.child_id)).all() == [brother.id]
    assert session.execute(select(ChildName.child_id, ChildName.source_id)).all() == [(brother.id, None)]
    assert session.scalars(select(SourceVersion.id)).all() == []


def test_a_name_that_another_child_bears_stays_to_be_found_by(session: Session, world: World) -> None:
    child = build_retention.plain(session, world, given_names=NAMED, family_name="Siddiqui")
    build_retention.plain(session, world, given_names="Ben", family_name="Siddiqui")

    destroying.destroy(session, [child.uid], NOW)

    assert set(session.scalars(select(Name.folded))) == {"ben", "siddiqui"}
    assert list(find.check(session)) == []


def test_whoever_is_not_there_is_not_destroyed_and_a_replay_takes_those_who_are(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(destroying, "BATCH", 2)
    there = [build.child(session, world, given_names=name).uid for name in ("Ann", "Beth", "Cleo")]
    kept = build.child(session, world, given_names="Dora").uid
    gone = new_uid()

    assert destroying.destroy(session, [gone], NOW) is None
    assert destroying.destroy(session, [], NOW) is None
    made = destroying.replay(session, [there[0], gone, *there[1:], new_uid(), new_uid()], NOW)

    assert [one.children for one in made] == [1, 2]
    assert session.scalars(select(Child.uid)).all() == [kept]
    assert destroying.replay(session, there, NOW) == []


def test_no_trace_of_the_name_is_left_in_the_files_or_a_dump(session: Session, world: World, url: str) -> None:
    child = full(session, world)
    session.commit()
    assert MARKED.casefold().encode() in dump(url).lower()

    destroying.destroy(session, [child.uid], NOW)
    session.commit()
    session.close()
    owner = engines.make_engine(url, owner=True)
    engines.forget(owner)
    owner.dispose()

    left = [dump(url), *([files(url)] if ENGINE == "sqlite" else [])]
    assert [MARKED.casefold().encode() in content.lower() for content in left] == [False] * len(left)
    assert [FAMILY.encode() in content for content in left] == [False] * len(left)
