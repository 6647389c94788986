"""Where the keys stand: one file, outside the data. Read at the start, and again when it has changed."""

import base64
import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cp import sealing
from cp.sealing import Key, KeyProblem, KeyRing

State = tuple[int, int, int]
"""When a file was changed, its size and which file it is: another state, another file."""


def read(path: Path) -> KeyRing:
    """The ring in a key file. Raises KeyProblem with the sentence a person reads."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        keys = [Key(int(e["id"]), _bytes(e["seal"]), _bytes(e["look_up"])) for e in kept["keys"]]
        return KeyRing(keys, kept.get("current"), _bytes(kept["lasting"]) if "lasting" in kept else None)
    except FileNotFoundError:
        raise KeyProblem(f"The key file {path} is missing. Put it back, or name it in CP_KEY_FILE.") from None
    except OSError as problem:
        raise KeyProblem(f"The key file {path} cannot be read: {problem.strerror}.") from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise KeyProblem(f"The key file {path} is damaged, or is another file. Put the copy of it back.") from problem


def write(path: Path, ring: KeyRing) -> None:
    """Make a key file that only its owner can read. Never overwrites one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        _put(file.fileno(), ring)


def replace(path: Path, ring: KeyRing) -> None:
    """Put another ring into a key file, whole or not at all, and on the disk; for the same people to read as before.

    For one process at a time: `cp/services/changing_keys` sees to it.
    """
    path = path.resolve()
    new, before = path.with_name(f"{path.name}.new"), path.stat()
    with suppress(FileNotFoundError):
        new.unlink()  # of one that was killed
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
            os.fchown(descriptor, before.st_uid, before.st_gid)
        os.fchmod(descriptor, before.st_mode & 0o777)
        _put(descriptor, ring)
    finally:
        os.close(descriptor)
    new.replace(path)
    _sync(path.parent)


def _put(descriptor: int, ring: KeyRing) -> None:
    entries = [{"id": k.id, "seal": _text(k.seal), "look_up": _text(k.look_up)} for k in ring.keys.values()]
    kept = {"keys": entries, "current": ring.current.id, "lasting": _text(ring.lasting)}
    written = memoryview(json.dumps(kept, indent=1).encode())
    while written:
        written = written[os.write(descriptor, written) :]
    os.fsync(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _bytes(text: str) -> bytes:
    value = base64.b64decode(text, validate=True)
    if len(value) != 32:
        raise ValueError("a key is 32 bytes")
    return value


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def use(path: Path, accept: Callable[[KeyRing], bool]) -> KeyRing:
    """Read the file and use its ring, and from now on any that takes its place and that `accept` says is right."""
    ring, state = read(path), _state(path)
    sealing.use(ring, _Watch(path, state, accept).learn)
    return ring


def _state(path: Path) -> State | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class _Watch:
    """Looks at a file before each request. Where it is gone, broken or a wrong one, the keys in memory stay in use."""

    def __init__(self, path: Path, state: State | None, accept: Callable[[KeyRing], bool]) -> None:
        self.path, self.state, self.accept = path, state, accept
        self.said = state
        """The state that was spoken of last."""

    def learn(self) -> KeyRing | None:
        state = _state(self.path)
        if state == self.state:
            return None
        try:
            found = read(self.path)
            right = self.accept(found)
        except KeyProblem:
            right = False
        if not right:
            self._warn(state)
            return None
        self.state = self.said = state
        return found

    def _warn(self, state: State | None) -> None:
        """Once for each state of the file."""
        if state != self.said:
            logging.getLogger(__name__).warning("the key file is gone, or not right: the keys in memory stay in use")
            self.said = state
