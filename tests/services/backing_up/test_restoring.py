"""`flask restore`: all of the backup in place, nobody served before it is finished, nobody let in by what was."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from alembic import command
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from cp import database, keyfile, lodging, sealing
from cp.database import DatabaseProblem
from cp.models import AuditEvent, Base, Factor, Job, Link, Setting, SignedIn
from cp.models.child import Child
from cp.services import links
from cp.terms import Act, LinkKind
from tests import build, build_shields, postgres
from tests.build import World
from tests.conftest import ENGINE, NOW, driver
from tests.services.backing_up.conftest import Place
from tests.web import Browser
from tests.whole.tables import owning


def everything(session: Session) -> dict[str, list[object]]:
    """All rows of all tables but those that a restore itself writes."""
    own = {"session", "audit_event", "factor", "setting"}
    tables = [table for table in Base.metadata.sorted_tables if table.name not in own]
    found = {table.name: sorted(map(repr, session.execute(select(table)))) for table in tables}
    session.commit()
    return {name: list(rows) for name, rows in found.items() if rows}


def test_what_was_backed_up_is_there_again_and_what_came_later_is_not(place: Place, world: World) -> None:
    build_shields.child(place.session, world)
    build_shields.shielded(place.session, world, world.max, given_names="Bea")
    place.session.commit()
    before = everything(place.session)
    file = place.back_up()
    place.session.add(Setting(name="later", value="x", set_at=NOW))
    build_shields.child(place.session, world, "Later")

    printed = place.restore(file)

    assert printed.startswith("The backup of 23 November 2026, 10:42 UTC is in place.\n")
    assert printed.endswith("The restore is finished. Run audit verify and find check, then start the site.\n")
    assert everything(place.session) == before
    assert place.session.scalars(select(Setting).where(Setting.name == "later")).all() == []
    assert "0 problems" in place.done("audit", "verify")
    assert place.done("find", "check") == "Every record has exactly its keys.\n"
    assert place.session.scalars(select(AuditEvent.reason).where(AuditEvent.act == Act.SET_UP)).all() == ["restored"]
    place.start()


def test_it_goes_nowhere_where_a_directory_is_already(place: Place, world: World) -> None:
    file = place.back_up()

    said = place.refused("restore", str(file))

    assert said.endswith("holds a directory already. To put the backup in its place, add --replace.")
    assert lodging.facts(place.config.lodge, lodging.RESTORING) is None


def test_it_refuses_while_the_site_works_with_the_database(place: Place, world: World) -> None:
    file = place.back_up()
    place.session.add(Setting(name="later", value="x", set_at=NOW))
    place.session.commit()
    with owning(place.config.database_url) as working:
        working.execute(text("SELECT count(*) FROM setting"))
        result = place.run("restore", "--replace", str(file))

    assert result.exit_code == 1
    assert "using this database. Stop" in result.output
    assert place.session.scalars(select(Setting.value).where(Setting.name == "later")).all() == ["x"]


def test_nobody_who_was_signed_in_or_holds_a_code_or_link_gets_in(
    place: Place, world: World, browser: Browser, clock: time_machine.Traveller
) -> None:
    browser.become(place.session, world.sam)
    token = links.make(place.session, world.lou.account, LinkKind.PASSWORD, None)
    build.add(place.session, Factor(account_id=world.sam.account.id, code_hash=b"printed", confirmed_at=NOW))
    place.session.add(Job(kind="mail", run_at=NOW, facts={"to": "x"}))
    place.session.commit()
    assert browser.get("/").h1 == "Find a child"
    file = place.back_up()

    printed = place.restore(file)

    place.start()
    assert browser.get("/").h1 == "Sign in"
    session = place.session
    assert links.find(session, token) is None
    assert session.scalars(select(SignedIn.id).where(SignedIn.ended_at.is_(None))).all() == []
    assert session.scalars(select(Link.id).where(Link.ends_at > NOW)).all() == []
    assert session.scalars(select(Factor.id).where(Factor.code_hash.is_not(None), Factor.used_at.is_(None))).all() == []
    steps = session.scalars(select(Factor.last_step).where(Factor.secret_sealed.is_not(None))).all()
    assert {step > NOW.timestamp() // 30 for step in steps if step is not None} == {True}
    assert None not in steps
    assert session.scalars(select(Job.id).where(Job.kind == "mail")).all() == []
    for line in ("1 sessions were ended.", "1 links were ended: print new ones.",
                 "1 printed codes were ended: people print new ones on their account page.",
                 "1 letters that waited were not sent."):  # fmt: skip
        assert line in printed.splitlines()


def unfinished(place: Place) -> None:
    with owning(place.config.database_url) as owner:
        for statement in database.mark_unfinished(NOW):
            owner.execute(text(statement))


def test_until_it_is_finished_nothing_starts_and_nothing_is_served(
    place: Place, world: World, browser: Browser
) -> None:
    place.session.commit()
    unfinished(place)

    with pytest.raises(DatabaseProblem, match=r"A restore is not finished: children destroyed and shields set since"):
        place.start()
    page = browser.get("/")
    assert (page.status, page.h1) == (503, "ContactPoint is being restored")
    assert (browser.client.get("/health").status_code, browser.client.get("/health").text) == (503, "not ok")
    assert place.refused("work", "--once").startswith("A restore is not finished")
    assert place.refused("demo", "people").startswith("A restore is not finished")

    printed = place.done("restore", "--finish")

    assert printed.endswith("then start the site.\n")
    place.start()
    assert browser.get("/").h1 == "Sign in"


def test_one_older_than_the_program_is_upgraded_by_hand_before_it_is_finished(place: Place, world: World) -> None:
    place.session.commit()
    with owning(place.config.database_url) as owner:
        command.downgrade(database.alembic(owner), "-1")
    file = place.back_up()

    said = place.refused("restore", "--replace", str(file))
    still = place.refused("restore", "--finish")
    place.done("database", "upgrade")
    printed = place.done("restore", "--finish")

    assert said.splitlines()[-1].startswith("Error: The backup is older than this code. Run flask --app app database")
    assert still.startswith("The backup is older than this code.")
    assert printed.endswith("then start the site.\n")
    place.start()


def test_a_mark_in_the_lodge_alone_holds_the_site_and_is_taken_away_where_nothing_was_put(
    place: Place, browser: Browser
) -> None:
    lodging.set_down(place.config.lodge, lodging.RESTORING, {})
    assert (browser.get("/").status, browser.get("/").h1) == (503, "ContactPoint is being restored")

    assert place.done("restore", "--finish") == "Nothing was waiting to be finished.\n"

    assert browser.get("/").h1 == "Sign in"


def test_one_that_is_damaged_changes_nothing(place: Place, world: World) -> None:
    file = place.back_up()
    content = file.read_bytes()
    before = everything(place.session)

    for spoilt in (content[:-1], content[: len(content) // 2], content + b"x", b"SQLite format 3", b""):
        file.write_bytes(spoilt)
        place.refused("restore", "--replace", str(file))

    assert everything(place.session) == before
    assert lodging.facts(place.config.lodge, lodging.RESTORING) is None
    assert sorted(path.name for path in place.config.home.glob("*.restoring*")) == []


def test_one_that_another_key_sealed_or_newer_code_made_is_not_put_in_place(place: Place, world: World) -> None:
    file = place.back_up()
    ring = keyfile.read(place.config.key_file)
    keyfile.replace(place.config.key_file, sealing.KeyRing([sealing.Key.new()]))
    place.app.extensions["database"] = "current"

    said = place.refused("restore", "--replace", str(file))

    assert said.startswith(f"The key file {place.config.key_file} is not the one that this backup was sealed with.")
    keyfile.replace(place.config.key_file, ring)
    with pytest.raises(DatabaseProblem, match="The backup is newer than this code"):
        database.require_fit("9999", {}, place.config, ring)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    if ENGINE == "sqlite":
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'copy.db'}"
        return
    with postgres.server() as server:
        made = postgres.create_database(server, name := f"test_{uuid4().hex}")
        yield driver(made)
        postgres.drop_database(server, name)


def test_a_rehearsal_elsewhere_leaves_the_site_as_it_is(place: Place, world: World, elsewhere: str) -> None:
    child = build_shields.child(place.session, world)
    file = place.back_up()
    before = everything(place.session)

    place.done("restore", str(file), "--into", elsewhere)
    place.start()
    assert everything(place.session) == before
    with owning(elsewhere) as copy:
        assert copy.scalar(select(func.count()).select_from(Child).where(Child.number == child.number)) == 1


def broken(place: Place) -> None:
    place.run("find", "check")
    if ENGINE == "sqlite":
        for name in ("contactpoint.db", "contactpoint.db-wal"):
            Path(place.config.home, name).write_bytes(b"this is no database" * 1000)
        return
    with owning(place.config.database_url) as owner:
        owner.execute(text("DROP TABLE child CASCADE"))


def test_a_database_that_is_broken_gives_way(place: Place, world: World) -> None:
    file = place.back_up()
    before = everything(place.session)
    broken(place)

    place.restore(file)

    assert everything(place.session) == before


def test_with_a_copy_of_key_and_backup_another_machine_is_restored(
    place: Place, world: World, clock: time_machine.Traveller
) -> None:
    file = place.back_up()
    before = everything(place.session)
    elsewhere = shutil.copytree(place.config.backup_keys, place.config.home.parent / "keys-elsewhere")
    shutil.rmtree(place.config.backup_keys)
    assert place.refused("restore", "--replace", str(file)).startswith("The key of this backup is not in ")
    shutil.copytree(elsewhere, place.config.backup_keys)
    clock.shift(timedelta(days=30))

    place.restore(file, "--today", "2026-12-23")

    assert everything(place.session) == before
