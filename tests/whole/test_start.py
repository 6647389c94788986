"""What stops the start, each as the operator meets it: a program that ends with one sentence and no traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cp import keyfile, sealing
from cp.config import Config
from tests.whole.tables import owning
from tools.steps import ROOT


@pytest.fixture
def env(config: Config) -> dict[str, str]:
    """The settings under which this test's directory starts."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("CP_", "DATABASE_URL"))}
    return own | {
        "CP_HOME": str(config.home),
        "CP_KEY_FILE": str(config.key_file),
        "DATABASE_URL": config.database_url,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def started(env: dict[str, str]) -> tuple[int, str, str]:
    """What `flask --app app routes` ends with, prints and complains of."""
    command = [sys.executable, "-m", "flask", "--app", "app", "routes"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_with_the_right_key_it_starts(env: dict[str, str]) -> None:
    status, printed, complaint = started(env)

    assert (status, complaint) == (0, "")
    assert "searches.home" in printed


Change = Callable[[dict[str, str], Config], None]


def no_key(env: dict[str, str], config: Config) -> None:
    config.key_file.unlink()


def wrong_key(env: dict[str, str], config: Config) -> None:
    config.key_file.unlink()
    keyfile.write(config.key_file, sealing.KeyRing([sealing.Key.new()]))


def half_the_right_key(env: dict[str, str], config: Config) -> None:
    """Somebody put the sealing key back, but another one to look up by."""
    kept = json.loads(config.key_file.read_text())
    other = json.loads(json.dumps(kept))
    other["keys"][0]["look_up"] = other["keys"][0]["seal"]
    config.key_file.write_text(json.dumps(other))


def spoilt_key(env: dict[str, str], config: Config) -> None:
    config.key_file.write_text(config.key_file.read_text()[:40])


def short_key(env: dict[str, str], config: Config) -> None:
    config.key_file.write_text('{"keys": [{"id": 1, "seal": "AAAA", "look_up": "AAAA"}]}')


def key_beside_the_data(env: dict[str, str], config: Config) -> None:
    config.key_file.rename(config.home / "contactpoint.key")
    env["CP_KEY_FILE"] = str(config.home / "contactpoint.key")


def key_beside_the_data_by_a_link(env: dict[str, str], config: Config) -> None:
    (config.home / "real.key").write_bytes(config.key_file.read_bytes())
    config.key_file.unlink()
    config.key_file.symlink_to(config.home / "real.key")


def lodge_inside_the_data(env: dict[str, str], config: Config) -> None:
    env["CP_LODGE"] = str(config.home / "lodged")


def backup_keys_inside_the_data(env: dict[str, str], config: Config) -> None:
    env["CP_BACKUP_KEYS"] = str(config.home / "keys")


def backup_keys_inside_the_lodge(env: dict[str, str], config: Config) -> None:
    env["CP_LODGE"], env["CP_BACKUP_KEYS"] = str(config.lodge), str(config.lodge / "keys")


def newer_database(env: dict[str, str], config: Config) -> None:
    with owning(config.database_url) as owner:
        owner.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


def unknown_database(env: dict[str, str], config: Config) -> None:
    env["DATABASE_URL"] = "mysql://somewhere/else"


def proxies_in_words(env: dict[str, str], config: Config) -> None:
    env["CP_PROXIES"] = "one"


def database_that_is_none(env: dict[str, str], config: Config) -> None:
    Path(config.home, "contactpoint.db").write_bytes(b"this is no database" * 100)
    env["DATABASE_URL"] = ""


def server_that_is_away(env: dict[str, str], config: Config) -> None:
    env["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (no_key, "The key file {key} is missing. Put it back, or name it in CP_KEY_FILE."),
        (wrong_key, "The key file {key} is not the one this directory was sealed with. "
                    "Put the right one back, or name it in CP_KEY_FILE."),
        (half_the_right_key, "The key file {key} is not the one this directory was sealed with. "
                             "Put the right one back, or name it in CP_KEY_FILE."),
        (spoilt_key, "The key file {key} is damaged, or is another file. Put the copy of it back."),
        (short_key, "The key file {key} is damaged, or is another file. Put the copy of it back."),
        (key_beside_the_data, "CP_KEY_FILE must lie outside CP_HOME ({home}), so that no backup holds both."),
        (key_beside_the_data_by_a_link, "CP_KEY_FILE must lie outside CP_HOME ({home}), so that no backup holds both."),
        (lodge_inside_the_data, "CP_LODGE must lie outside CP_HOME ({home}), so that no backup takes it back."),
        (backup_keys_inside_the_data, "CP_BACKUP_KEYS must lie outside CP_HOME and CP_LODGE, so that no copy of them "
                                      "keeps it."),
        (backup_keys_inside_the_lodge, "CP_BACKUP_KEYS must lie outside CP_HOME and CP_LODGE, so that no copy of them "
                                       "keeps it."),
        (newer_database, "The database is newer than this code. "
                         "Start the newer version, or restore the backup made before it."),
        (unknown_database, "DATABASE_URL must begin with postgresql:// or sqlite:///."),
        (proxies_in_words, "CP_PROXIES must be a whole number, not “one”."),
        (database_that_is_none, "The database does not answer: file is not a database"),
        (server_that_is_away, "The database does not answer: connection failed: "),
    ],
)  # fmt: skip
@pytest.mark.asvs("13.3.1")
def test_what_is_wrong_stops_the_start_with_a_sentence(
    env: dict[str, str], config: Config, change: Change, sentence: str
) -> None:
    change(env, config)

    status, printed, complaint = started(env)

    expected = sentence.format(key=config.key_file, home=config.home)
    assert (status, printed) == (1, "")
    assert complaint.startswith(expected)
    assert complaint.count("\n") == 1
