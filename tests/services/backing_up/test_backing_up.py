"""`flask backup`: whole, sealed, while people write; its key lies elsewhere, and both are gone after 35 days."""

import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import engines, lodging
from cp.models import Setting
from cp.models.child import Child
from cp.services.backing_up import BackupProblem, copying, envelope, keys, programs
from cp.services.retention import believing
from tests.build import World
from tests.conftest import ENGINE, NOW
from tests.services.backing_up.conftest import Place
from tests.whole import canaries
from tests.whole.canaries import child_with_secrets, found_in


def opened(place: Place, file: Path) -> bytes:
    with file.open("rb") as content:
        key = keys.of(place.config.backup_keys, envelope.read_header(content)[0].key)
    with file.open("rb") as content:
        return b"".join(envelope.read(content, key.secret))


def test_a_backup_is_sealed_and_its_key_lies_apart(place: Place, world: World) -> None:
    child_with_secrets(place.session, world)

    printed = place.done("backup")

    (file,), (key,) = place.files(), place.keys()
    assert printed.splitlines()[0].startswith(f"{file}: ")
    assert [path.stat().st_mode & 0o777 for path in (file, key, file.parent, key.parent)] == [0o600] * 2 + [0o700] * 2
    content = file.read_bytes()
    assert found_in(content) == set()
    assert b"Northvale" not in content
    assert b"Okafor" not in content
    assert opened(place, file)[:6] == (b"SQLite" if ENGINE == "sqlite" else b"PGDMP\x01")


def test_nothing_in_clear_meets_a_disk_or_stays_in_memory(place: Place, world: World, tmp_path: Path) -> None:
    child_with_secrets(place.session, world)
    shared = {path for path in copying.MEMORY.iterdir() if path.is_dir() and (path / "copy").exists()}
    seen: list[str] = []

    place.session.commit()
    for part in copying.parts(place.config.database_url):
        assert part
        seen += [str(path) for path in copying.MEMORY.glob("*/copy")]

    assert seen == []
    assert {path for path in copying.MEMORY.iterdir() if path.is_dir() and (path / "copy").exists()} == shared
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(place.config.home)]
    assert [path for path in outside if b"Northvale" in path.read_bytes()] == []


def test_writers_go_on_while_it_is_taken_and_it_is_of_one_moment(place: Place, world: World) -> None:
    place.session.commit()
    before = place.session.scalar(select(func.count()).select_from(Setting)) or 0
    place.session.rollback()
    written = threading.Event()
    parts = copying.parts(place.config.database_url)
    first = next(parts)

    def write() -> None:
        engine = engines.make_engine(place.config.database_url)
        with Session(engine) as session:
            for number in range(50):
                session.add(Setting(name=f"written {number}", value=canaries.TYPED * 5, set_at=NOW))
                session.commit()
        engine.dispose()
        written.set()

    threading.Thread(target=write).start()
    assert written.wait(20)
    content = first + b"".join(parts)

    assert place.session.scalar(select(func.count()).select_from(Setting)) == before + 50
    assert canaries.TYPED.encode() not in content


@pytest.mark.parametrize("days", [34.9, 35])
def test_after_35_days_its_key_is_gone_and_no_copy_of_it_opens(
    place: Place, clock: time_machine.Traveller, tmp_path: Path, days: float
) -> None:
    file = place.back_up()
    copy = Path(shutil.copy(file, tmp_path / "elsewhere"))
    clock.shift(timedelta(days=days))
    place.done("retention", "run", "--today", clocks.today().isoformat())

    place.done("work", "--once")

    if days < 35:
        assert (len(place.keys()), file.exists()) == (1, True)
        return
    assert (place.keys(), file.exists()) == ([], False)
    assert place.refused("restore", "--replace", str(copy)).startswith("The key of this backup is not in ")


def test_the_next_backup_destroys_those_of_35_days_ago(place: Place, clock: time_machine.Traveller) -> None:
    old = place.back_up()
    clock.shift(timedelta(days=35))
    place.done("retention", "run", "--today", "2026-12-28")

    printed = place.done("backup")

    assert "1 older backups and their keys were destroyed." in printed
    assert (len(place.keys()), len(place.files()), old.exists()) == (1, 1, False)


def test_what_a_killed_one_left_goes_with_the_next_or_gets_its_name(place: Place) -> None:
    folder = place.config.backup_keys
    place.back_up()
    killed = keys.make(folder, place.config.backups, NOW)
    killed.part.write_bytes(b"half")
    proven = keys.finish(folder, keys.make(folder, place.config.backups, NOW))
    shutil.copy(place.files()[0], proven.part)

    place.done("backup")

    assert [path.suffix for path in place.files()] == [".backup"] * 3
    assert (killed.part.exists(), proven.file.exists(), len(place.keys())) == (False, True, 3)


def test_two_at_once_are_one_and_a_sentence(place: Place) -> None:
    with keys.alone(place.config.backup_keys):
        said = place.refused("backup")

    assert said == "Another backup is being made. Wait until it is done."
    assert place.files() == []


def test_a_backup_never_lies_beside_a_key(place: Place) -> None:
    beside = place.refused("backup", "--to", str(place.config.backup_keys / "in"))
    around = place.refused("backup", "--to", str(place.config.key_file.parent))

    assert beside == "A backup must not lie beside its key: choose another folder."
    assert around == "The key file and CP_LODGE must not lie in the folder of backups: choose another."
    assert place.keys() == []


def test_keys_that_others_can_read_are_refused(place: Place) -> None:
    place.config.backup_keys.mkdir(mode=0o750)

    assert place.refused("backup") == (f"Others can read the folder of keys. Run: chmod 700 {place.config.backup_keys}")


def test_a_program_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(programs, "FOLDERS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupProblem, match=r"pg_dump is missing\. Install it, on Debian as root: apt-get install"):
        programs.program("pg_dump")


def test_the_password_of_the_database_is_no_argument() -> None:
    database, env = programs.told("postgresql+psycopg://owner:s3cret@127.0.0.1:5432/contactpoint")

    assert (database, env["PGPASSWORD"]) == ("postgresql://owner@127.0.0.1:5432/contactpoint", "s3cret")


def test_children_are_in_it(place: Place, world: World) -> None:
    child_with_secrets(place.session, world)
    number = place.session.scalars(select(Child.number)).first()

    content = opened(place, place.back_up())

    assert ENGINE != "sqlite" or str(number).encode() in content


def test_the_keys_of_backups_and_what_is_lodged_stay_while_the_day_is_not_believed(
    place: Place, world: World, clock: time_machine.Traveller
) -> None:
    place.back_up()
    lodging.note(lodging.Kind.SHIELD, world.sam.account.uid, clocks.now())
    clock.shift(timedelta(days=1826))

    worked = place.done("work", "--once")
    printed = place.done("backup")

    assert "Old backups are kept. The clock says 23 November 2031" in worked
    assert "Older backups are kept. The clock says 23 November 2031" in printed
    assert (len(place.keys()), len(place.files())) == (2, 2)
    assert [line.kind for line in lodging.lines(place.config.lodge, clocks.now() - timedelta(days=9000))] == [
        lodging.Kind.SHIELD
    ]
    assert believing.NOTED in {path.name for path in place.config.lodge.iterdir()}
