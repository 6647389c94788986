"""A step runs when its inputs changed, says what it does, and fails with a sentence."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

Command = list[str | Path]

ROOT = Path(__file__).resolve().parent.parent
STARTED = time.monotonic()


def say(sentence: str) -> None:
    print(f"[{time.monotonic() - STARTED:6.1f} s] {sentence}", flush=True)


def digest(inputs: Iterable[Path]) -> str:
    """The sha256 of names and contents; a folder stands for every file below it."""
    total = hashlib.sha256()
    for given in inputs:
        for path in sorted(given.rglob("*")) if given.is_dir() else [given]:
            if path.is_file() and "__pycache__" not in path.parts:
                content = path.read_bytes()
                total.update(f"{path.relative_to(given.parent).as_posix()} {len(content)}\n".encode())
                total.update(content)
    return total.hexdigest()


def is_done(stamp: Path, inputs: Iterable[Path]) -> bool:
    return stamp.is_file() and stamp.read_text() == digest(inputs)


def mark(stamp: Path, inputs: Iterable[Path]) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest(inputs))


def once(stamp: Path, inputs: list[Path], action: Callable[[], object]) -> bool:
    """Run the action unless it already ran on these inputs; a stamp lies inside what it vouches for.

    Answers whether the action ran. One that fails, or is stopped, leaves no stamp.
    """
    if is_done(stamp, inputs):
        return False
    stamp.unlink(missing_ok=True)
    action()
    mark(stamp, inputs)
    return True


def quietly(command: Command, otherwise: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a program and answer what it printed; when it fails, stop with the sentence and its own last words."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, errors="replace")
    if done.returncode:
        last_words = (done.stderr.strip() or done.stdout.strip()).splitlines()[-6:]
        sys.exit("\n".join([otherwise, *(f"    {line}" for line in last_words)]))
    return done.stdout


def openly(command: Command, env: Mapping[str, str] | None = None) -> int:
    """Run a program that speaks for itself and answer its exit status."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env=env).returncode


def with_path(*folders: Path) -> dict[str, str]:
    """This environment, with the folders searched first for programs."""
    return {**os.environ, "PATH": os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)])}
