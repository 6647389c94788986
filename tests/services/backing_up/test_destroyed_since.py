"""The proof: a child destroyed after a backup was made is nowhere once that backup is restored, and all others are.

Searched are the database with its log and its dump, the index, the exports, the log of what ran, and every other file
that there is.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import engines
from cp.models import AuditEvent, Certificate, Destroyed, Name
from cp.models.child import Child
from cp.services import find
from cp.services.retention import destroying, lodged
from cp.terms import Act
from tests import build_retention, build_shields
from tests.build import World
from tests.build_retention import FAMILY, MARKED, full
from tests.conftest import ENGINE
from tests.services.backing_up.conftest import Place
from tests.web import Browser
from tests.whole.test_secrets import dump, files


def destroyed(place: Place, child: Child) -> None:
    """As the worker does it when the day has come."""
    with place.session as session:
        destroying.destroy(session, [child.uid], clocks.now())
        session.commit()
        lodged.lodge(session, place.config.lodge / lodged.FOLDER)
        session.commit()
    owner = engines.make_engine(place.config.database_url, owner=True)
    engines.forget(owner)
    owner.dispose()


def searched(place: Place) -> Iterator[tuple[str, bytes]]:
    """Everything in which a trace could be; the backups themselves are sealed, and are looked through as well."""
    url = place.config.database_url
    yield "dump", dump(url)
    if ENGINE == "sqlite":
        yield "files", files(url)
    for path in place.config.home.parent.rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()


def others(session: Session) -> list[str]:
    query = select(Child.number, Child.given_names, Child.family_name, Child.born_on, Child.version)
    found = session.execute(query.where(Child.family_name != FAMILY).order_by(Child.number)).all()
    return list(map(repr, found))


def test_a_child_destroyed_since_the_backup_is_nowhere_and_everybody_else_is_whole(
    place: Place, world: World, browser: Browser, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    kept = build_retention.plain(place.session, world, given_names="Ben", family_name="Siddiqui")
    build_shields.shielded(place.session, world, world.max, given_names="Bea")
    child = full(place.session, world)
    uid, known_as = child.uid, child.subject_id
    place.session.commit()
    assert MARKED.casefold().encode() in dump(place.config.database_url).lower()
    before = [line for line in others(place.session) if "Other" not in line]
    file = place.back_up()
    clock.shift(timedelta(days=3))
    destroyed(place, child)

    printed = place.restore(file)

    assert "2 children destroyed since the backup were destroyed again." in printed.splitlines()
    place.session.close()
    assert [name for name, content in searched(place) if MARKED.casefold().encode() in content.lower()] == []
    assert MARKED.casefold() not in (printed + caplog.text).casefold()
    assert others(place.session) == before
    assert set(place.session.scalars(select(Name.folded))) & {FAMILY.casefold(), MARKED.casefold()} == set()
    assert list(find.check(place.session)) == []
    whole_audit(place, uid, known_as)
    place.start()
    browser.become(place.session, world.sam)
    assert [browser.get(f"/children/{each}").status for each in (uid, kept.uid)] == [404, 200]


def whole_audit(place: Place, uid: UUID, known_as: UUID) -> None:
    """It says that the record was destroyed, twice at that, and nothing of it but ids."""
    assert "0 problems" in place.done("audit", "verify")
    acts = place.session.scalars(select(AuditEvent.act).where(AuditEvent.subject_id == known_as)).all()
    assert acts == [Act.SHIELD, Act.SHIELD, Act.DESTROY]
    assert uid in place.session.scalars(select(Destroyed.child_uid)).all()
    assert place.session.scalars(select(Certificate.lodged_at)).one() is not None


def test_a_trace_that_is_left_would_be_found(place: Place, world: World) -> None:
    full(place.session, world)
    place.session.commit()
    file = place.back_up()

    place.restore(file)

    assert [name for name, content in searched(place) if MARKED.casefold().encode() in content.lower()] != []


def test_the_raw_backup_tells_nothing_and_after_35_days_never_will(
    place: Place, world: World, clock: time_machine.Traveller, tmp_path: Path
) -> None:
    child = full(place.session, world)
    file = place.back_up()
    raw = file.read_bytes()
    destroyed(place, child)
    clock.shift(timedelta(days=35))
    place.done("retention", "run", "--today", "2026-12-28")

    place.done("work", "--once")

    (tmp_path / "a copy elsewhere").write_bytes(raw)
    assert MARKED.casefold().encode() not in raw.lower()
    assert place.keys() == []
    said = place.refused("restore", "--replace", str(tmp_path / "a copy elsewhere"))
    assert "Keys are destroyed 35 days after the backup was made" in said
