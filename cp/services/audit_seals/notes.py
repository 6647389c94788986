"""Signed notes, checkpoints and keys as text (C2SP signed-note, tlog-checkpoint), and the file of the signing key."""

import base64
import hashlib
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, SEED = b"\x01", 32
KEY_LINE = "contactpoint audit key v1"
"""The first line of a note about a key; no origin of a log reads so."""


class NoKey(Exception):
    """The signing key is not there, or not a key; the sentence for whoever runs the worker."""


def encoded(value: bytes) -> str:
    return base64.b64encode(value).decode()


@dataclass(frozen=True)
class Signer:
    """A private key of Ed25519. Its name in a note is the log's origin."""

    seed: bytes

    @classmethod
    def new(cls) -> "Signer":
        return cls(secrets.token_bytes(SEED))

    def __repr__(self) -> str:
        return "Signer()"

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def public(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    def number(self, origin: str) -> bytes:
        return hashlib.sha256(f"{origin}\n".encode() + ED25519 + self.public).digest()[:4]

    def vkey(self, origin: str) -> str:
        """What others check signatures with: name, number and public key in one line."""
        return f"{origin}+{self.number(origin).hex()}+{encoded(ED25519 + self.public)}"

    def line(self, origin: str, text: str) -> str:
        """The signature of a text that ends with a line break, as a line of its note."""
        return f"\u2014 {origin} {encoded(self.number(origin) + self._private.sign(text.encode()))}\n"


def signed(text: str, *lines: str) -> str:
    return f"{text}\n{''.join(lines)}"


def is_signed(note: str, vkey: str) -> bool:
    """Whether the key signed the note. Raises ValueError where either is not what it should be."""
    text, _, lines = note.partition("\n\n")
    name, number, public = vkey.split("+", 2)
    for line in lines.splitlines():
        _, who, signature = line.split(" ")
        raw = base64.b64decode(signature)
        if who == name and raw[:4].hex() == number:
            with suppress(InvalidSignature):
                Ed25519PublicKey.from_public_bytes(base64.b64decode(public)[1:]).verify(raw[4:], f"{text}\n".encode())
                return True
    return False


def new_origin() -> str:
    """What a log is called, for ever and nowhere else."""
    return f"contactpoint/audit/{secrets.token_hex(8)}"


def origin_of(note: str) -> str:
    """Of a checkpoint or a note about a key."""
    first, second = note.split("\n", 2)[:2]
    return second if first == KEY_LINE else first


def checkpoint(origin: str, size: int, root: bytes, at: datetime) -> str:
    """The text of a checkpoint; the fourth line, which the format leaves to the log, is the second it was made in."""
    return f"{origin}\n{size}\n{encoded(root)}\ntime {int(at.timestamp())}\n"


def key_note(origin: str, key: Signer, size: int) -> str:
    """The text that vouches for a key: it signs from this size of the log on."""
    return f"{KEY_LINE}\n{origin}\n{key.vkey(origin)}\nfrom {size}\n"


def read_key(path: Path) -> Signer:
    """Raises NoKey."""
    try:
        seed = base64.b64decode(json.loads(path.read_text("utf-8"))["ed25519"], validate=True)
    except FileNotFoundError:
        raise NoKey(f"The signing key {path} is missing. Put it back, or run: flask --app app audit key make") from None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise NoKey(f"The signing key {path} cannot be read: {type(problem).__name__}.") from None
    if len(seed) != SEED:
        raise NoKey(f"The signing key {path} is not a key.")
    return Signer(seed)


def write_key(path: Path, key: Signer) -> None:
    """Make a file that only its owner can read, on the disk when this returns. Never overwrites one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps({"ed25519": encoded(key.seed)}) + "\n")
        file.flush()
        os.fsync(file.fileno())
