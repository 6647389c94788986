"""The way from a clone to a served site: what is pinned, what is skipped, and the sentences when it cannot go on."""

import ast
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tools import commands, locks, machine, serve, setup, steps

ROOT = steps.ROOT


def test_a_step_runs_once_for_the_same_inputs(tmp_path: Path) -> None:
    asked, stamp, runs = tmp_path / "asked", tmp_path / "made/.stamp", []
    asked.mkdir()
    (asked / "a.txt").write_text("one")

    first = steps.once(stamp, [asked], lambda: runs.append("first"))
    again = steps.once(stamp, [asked], lambda: runs.append("again"))

    assert (first, again, runs) == (True, False, ["first"])


@pytest.mark.parametrize("change", ["content", "name", "new file", "product gone"])
def test_a_step_runs_again_when_what_it_stands_on_changed(tmp_path: Path, change: str) -> None:
    asked, stamp, runs = tmp_path / "asked", tmp_path / "made/.stamp", []
    asked.mkdir()
    (asked / "a.txt").write_text("one")
    steps.once(stamp, [asked], lambda: runs.append("first"))

    match change:
        case "content":
            (asked / "a.txt").write_text("two")
        case "name":
            (asked / "a.txt").rename(asked / "b.txt")
        case "new file":
            (asked / "b.txt").write_text("")
        case _:
            stamp.unlink()
    steps.once(stamp, [asked], lambda: runs.append("second"))

    assert runs == ["first", "second"]


def test_a_step_that_failed_runs_again(tmp_path: Path) -> None:
    asked, stamp, runs = tmp_path / "asked", tmp_path / ".stamp", []
    asked.write_text("one")

    with pytest.raises(SystemExit):
        steps.once(stamp, [asked], lambda: sys.exit("no network"))

    assert steps.once(stamp, [asked], lambda: runs.append("ran")) is True


def test_a_program_that_fails_ends_in_a_sentence_and_its_last_words() -> None:
    failing: steps.Command = [sys.executable, "-c", "import sys; sys.exit('no such host')"]

    with pytest.raises(SystemExit) as stopped:
        steps.quietly(failing, "The packages could not be installed. Is there a network?")

    assert stopped.value.code == "The packages could not be installed. Is there a network?\n    no such host"


def test_an_old_python_can_read_what_tells_it_that_it_is_too_old() -> None:
    source = (ROOT / "dev.py").read_text()

    assert ast.parse(source, feature_version=(3, 4))
    assert str(dev.too_old((3, 9))).startswith("ContactPoint needs Python 3.11 or newer, and this is Python 3.9.")
    assert [dev.too_old(version) for version in [(3, 11), (3, 12), (4, 0)]] == [None, None, None]


def test_the_set_up_path_uses_the_standard_library_only() -> None:
    ours = {"tools", "dev"}
    imported = {
        name.split(".")[0]
        for path in [ROOT / "dev.py", *(ROOT / "tools").glob("*.py")]
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _imports(node)
    }

    assert imported - ours - set(sys.stdlib_module_names) == set()


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_without_the_venv_module_a_sentence_says_so_and_nothing_half_made_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    half = tmp_path / ".venv"
    debian = tmp_path / "python-without-ensurepip"
    debian.write_text(f"#!/bin/sh\nmkdir -p {half}/bin && touch {half}/bin/python\nexit 1\n")
    debian.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(debian))
    monkeypatch.setattr(setup, "VENV", half)

    with pytest.raises(SystemExit) as stopped:
        setup.virtual_environment()

    assert "apt-get install python3-venv" in str(stopped.value.code)
    assert not half.exists()


def test_a_port_in_use_is_said_before_anything_is_built() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(SystemExit) as stopped:
            serve.free_port(str(port))

    assert str(stopped.value.code).startswith(f"Port {port} cannot be used (Address already in use).")
    assert f"PORT={port + 1} make run" in str(stopped.value.code)
    assert serve.free_port(str(port)) == port


@pytest.mark.parametrize("asked", ["", "http", "0", "65536", "-1", "5000.5", "٥٠٠٠"])
def test_a_port_that_is_no_port_is_said(asked: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        serve.free_port(asked)

    assert stopped.value.code == f"PORT must be a number from 1 to 65535, not “{asked}”."


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(SystemExit) as stopped:
        serve.data_folder(str(tmp_path / "file/data"))

    assert str(stopped.value.code).startswith(f"The data folder {tmp_path / 'file/data'} cannot be written (Not a dir")


def test_a_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    made = serve.data_folder(str(tmp_path / "new/data"))

    assert made.stat().st_mode & 0o777 == 0o700
    assert list(made.iterdir()) == []


def test_without_what_tests_need_and_without_root_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(
        machine, "NEEDS", {"chromium": lambda: None, "postgresql": lambda: "/bin", "java": lambda: None}
    )

    with pytest.raises(SystemExit) as stopped:
        machine.require()

    assert str(stopped.value.code).endswith("As root: apt-get install chromium java")


@pytest.mark.parametrize(
    ("data", "said"), [("", "Say on which file: "), ("no-such.csv", "There is no file no-such.csv. ")]
)
def test_a_file_to_match_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, data: str, said: str) -> None:
    monkeypatch.setenv("DATA", data)
    monkeypatch.setattr(setup, "python_packages", lambda *names: None)

    with pytest.raises(SystemExit) as stopped:
        commands.command(["bench-matching"])

    assert str(stopped.value.code).startswith(said)


@pytest.mark.parametrize("name", locks.PYTHON_LOCKS)
def test_every_python_package_is_pinned_with_hashes_and_no_host(name: str) -> None:
    content = (ROOT / name).read_text()
    pins = [
        block for block in content.replace("\\\n", " ").splitlines() if block and not block.lstrip().startswith("#")
    ]

    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert len(pins) > 0
    assert "://" not in content
    assert "index-url" not in content


@pytest.mark.parametrize("name", ["package-lock.json", "bench/package-lock.json"])
def test_every_npm_package_is_pinned_with_a_hash_and_no_host(name: str) -> None:
    content = (ROOT / name).read_text()
    packages = {where: given for where, given in json.loads(content)["packages"].items() if where}

    assert [where for where, given in packages.items() if not given.get("integrity", "").startswith("sha512-")] == []
    assert len(packages) > 0
    assert "://" not in content


def test_the_locks_hold_everything_that_the_packages_ask_for() -> None:
    """They are installed without looking for more, so that a new release of anything stops nobody's first start."""
    checked = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)

    assert (checked.returncode, checked.stdout.strip()) == (0, "No broken requirements found.")
