"""After a restore that lost what was sealed the log begins again, says so, and is checked from outside as before."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from cp.config import Config
from cp.models import AuditLeaf
from cp.services.audit_seals.keeping import Sealer
from cp.services.audit_seals.sealing import Sessions
from tests.seals.breaking import BROKE, Outside, key_told, lodged, origin, rewrite
from tests.seals.conftest import more, write
from tests.seals.standing import Standing
from tests.services.backing_up.conftest import Place

NOTHING = "Nothing that was sealed and lodged is missing: there is nothing to begin again."


def test_a_log_that_lost_entries_goes_on_under_another_name_and_says_so(
    place: Place, restored: str, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    before = lodged(place.config)
    assert place.run("audit", "seal", "--once").exit_code == 1
    assert "run: flask --app app audit begin-again" in caplog.text
    assert place.run("audit", "verify").exit_code == 1
    assert outside(restored)[0] == 1

    said = place.done("audit", "begin-again").splitlines()

    old, new = origin(restored), origin(said[2])
    assert new == f"{old}/2"
    sentence = BROKE.format(old, new, 10, 3, 7)
    assert said[0] == sentence
    assert said[2] == key_told(place)
    more(place, 4)
    now = lodged(place.config)
    assert len(now) == 2
    assert {name: now[name] for name in before} == before
    verified = place.done("audit", "verify").splitlines()
    assert verified[0].endswith(" entries checked, 0 problems.")
    assert sentence in verified
    for trusted in ([restored], [said[2]], [restored, said[2]]):
        status, told = outside(*trusted)
        assert (status, told[0], told[-1]) == (0, sentence, "Whole.")
        assert told[1].startswith(f"Log {new}: 13 entries sealed under 2 checkpoints")
    assert place.refused("audit", "begin-again") == NOTHING


def test_where_nothing_is_missing_nothing_begins(place: Place) -> None:
    before = lodged(place.config)

    assert place.refused("audit", "begin-again") == NOTHING
    assert "To change it, run: flask --app app audit key rotate" in place.refused("audit", "begin-again", "--new-key")
    assert lodged(place.config) == before


def test_a_worker_that_runs_seals_on_without_another_start(
    place: Place, restored: str, app: Flask, config: Config
) -> None:
    sealer = Sealer(Sessions(app.extensions["sessionmaker"], app.extensions["reader"]), config)
    assert not sealer.everything()

    place.done("audit", "begin-again")

    write(place.session, 2)
    assert sealer.everything()
    assert "Not sealed yet: 0 entries." in place.done("audit", "verify")


@pytest.mark.parametrize("entry", [2, 6, 9], ids=["of before", "not sealed in the backup", "of the new log"])
def test_what_is_changed_after_the_break_is_found(place: Place, restored: str, outside: Outside, entry: int) -> None:
    place.done("audit", "begin-again")
    more(place, 4)
    rewrite(place, entry)

    sentence = f"The first {13 if entry > 7 else 7} entries are not those that were sealed."
    verified, (status, told) = place.run("audit", "verify"), outside(restored)
    assert (verified.exit_code, status) == (1, 1)
    assert sentence in verified.output.splitlines()
    assert sentence in told


def test_a_database_that_was_changed_is_no_restored_one(place: Place, restored: str) -> None:
    rewrite(place, 2)

    refused = place.refused("audit", "begin-again")

    assert refused.startswith("More is wrong than that entries are missing at the end: ")
    assert len(lodged(place.config)) == 1


def test_a_break_that_only_the_database_or_only_the_lodge_knows_is_found(
    place: Place, restored: str, outside: Outside
) -> None:
    file = place.back_up()
    place.done("audit", "begin-again")
    more(place, 1)
    (declared,) = place.config.lodge.glob("*.2-*.jsonl")
    kept = declared.read_bytes()
    declared.unlink()
    assert outside(restored)[0] == 1

    declared.write_bytes(kept)
    assert outside(restored)[0] == 0
    place.restore(file)
    assert "later log" in place.run("audit", "verify").output
    assert place.run("audit", "seal", "--once").exit_code == 1
    assert outside(restored)[0] == 1


def test_a_second_break_names_the_first_log_that_was_begun_again(place: Place, outside: Outside) -> None:
    """The wrong backup was restored first, and then the right one, which is newer."""
    monday, first = place.back_up(), key_told(place)
    more(place, 6)
    place.done("backup")
    (tuesday,) = {*place.files()} - {monday}
    place.restore(monday)
    place.done("audit", "begin-again")
    more(place, 3)
    place.restore(tuesday)
    assert place.run("audit", "seal", "--once").exit_code == 1

    said = place.done("audit", "begin-again").splitlines()
    more(place, 1)

    old = origin(first)
    assert said[0] == BROKE.format(f"{old}/2", f"{old}/3", 10, 5, 5)
    assert [origin(said[2]), place.done("audit", "verify").count("broke off")] == [f"{old}/3", 2]
    for trusted in ([first], [said[2]]):
        status, told = outside(*trusted)
        assert (status, told[1], told[-1]) == (0, said[0], "Whole.")


def test_to_a_witness_it_is_another_log(
    place: Place, restored: str, standing: Standing, app: Flask, config: Config, outside: Outside
) -> None:
    witnessed = replace(config, witness=f"http://127.0.0.1:{standing.port}/#{standing.witness.vkey}")
    sealer = Sealer(Sessions(app.extensions["sessionmaker"], app.extensions["reader"]), witnessed)
    standing.witness.logs.write_text(f"{restored}\n")
    new = place.done("audit", "begin-again").splitlines()[2]
    assert not sealer.everything()

    standing.witness.logs.write_text(f"{restored}\n{new}\n")
    assert sealer.everything()
    write(place.session, 2)
    assert sealer.everything()

    last = standing.witness.last(origin(new))
    assert last
    assert last.size == 11
    assert outside(restored)[0] == 0


def test_the_old_lodge_is_checked_as_far_as_it_goes(place: Place, restored: str, outside: Outside) -> None:
    place.done("audit", "begin-again")
    (old,) = [path for path in place.config.lodge.glob("*.jsonl") if ".2-" not in path.name]
    lines = old.read_text().splitlines(keepends=True)

    old.write_text("".join(lines[:-1]))
    assert place.run("audit", "verify").exit_code == 1
    assert outside(restored)[0] == 1

    last = lines[-1].replace("\\ntime ", "\\ntime 1")
    old.write_text("".join([*lines[:-1], last]))
    assert place.run("audit", "verify").exit_code == 1
    assert outside(restored)[0] == 1

    old.unlink()
    assert "The lodge holds nothing of" in place.run("audit", "verify").output
    assert outside(restored)[0] == 1


def test_nothing_is_sealed_before_the_restore_is_finished(place: Place, restored: str) -> None:
    places = place.session.scalar(select(func.count()).select_from(AuditLeaf))
    place.app.extensions["unfinished"] = True

    for words in (["work", "--once"], ["audit", "seal", "--once"], ["audit", "begin-again"]):
        assert "restore" in place.refused(*words)
    assert place.session.scalar(select(func.count()).select_from(AuditLeaf)) == places
