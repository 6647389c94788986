"""What a witness knows: its own key, the logs it looks after, the last checkpoint of each."""

import base64
import os
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cpverify.notes import COSIGNATURE, Checkpoint, Key

KEY = "witness.key"


class Witness:
    """`name` is what it signs as. `logs` is a file of the keys of the logs it looks after, one a line."""

    def __init__(self, folder: Path, name: str, logs: Path) -> None:
        self.folder, self.name, self.logs = folder, name, logs
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.private = Ed25519PrivateKey.from_private_bytes(_seed(folder / KEY))
        material = bytes([COSIGNATURE]) + self.private.public_key().public_bytes_raw()
        self.number = sha256(name.encode() + b"\n" + material).digest()[:4]
        self.vkey = f"{name}+{self.number.hex()}+{base64.b64encode(material).decode()}"

    def keys_of(self, origin: str) -> list[Key]:
        """Read afresh: a key that was changed is added while the witness runs."""
        lines = self.logs.read_text("utf-8").splitlines()
        return [key for key in map(Key.read, filter(str.strip, lines)) if key.name == origin]

    def last(self, origin: str) -> Checkpoint | None:
        path = self._path(origin)
        return Checkpoint.read(path.read_text("utf-8")) if path.exists() else None

    def cosign(self, point: Checkpoint, whole: str, now: int) -> str:
        """Remember this checkpoint, on the disk, and then answer the line of the cosignature."""
        message = f"cosignature/v1\ntime {now}\n{point.note.text}".encode()
        raw = self.number + now.to_bytes(8, "big") + self.private.sign(message)
        line = f"\u2014 {self.name} {base64.b64encode(raw).decode()}\n"
        _write(self._path(point.origin), whole + line)
        return line

    def _path(self, origin: str) -> Path:
        return self.folder / f"{sha256(origin.encode()).hexdigest()[:32]}.checkpoint"


def _seed(path: Path) -> bytes:
    """The witness's own key, made at its first start."""
    if not path.exists():
        _write(path, secrets.token_hex(32))
    return bytes.fromhex(path.read_text("utf-8").strip())


def _write(path: Path, text: str) -> None:
    """Whole or not at all, for the owner alone, and on the disk when this returns."""
    new = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
