"""Keys, sealed values and blind look-ups: what the database may hold only encrypted.

A value is sealed with AES-256-GCM and bound to its table, column and row, so that a ciphertext copied to another
row does not open. What must be found again (a postcode, a telephone number) is an HMAC under a second key.
"""

import base64
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


class KeyProblem(Exception):
    """The key file is missing, unreadable or not the one this directory was sealed with."""


@dataclass(frozen=True)
class Key:
    id: int
    seal: bytes
    look_up: bytes

    @classmethod
    def new(cls, number: int = 1) -> Self:
        return cls(number, secrets.token_bytes(32), secrets.token_bytes(32))


class KeyRing:
    """The keys of one directory; the newest seals, every one opens."""

    def __init__(self, keys: list[Key]) -> None:
        self.keys = {key.id: key for key in keys}
        self.newest = max(keys, key=lambda key: key.id)
        self._newest_first = sorted(keys, key=lambda key: key.id, reverse=True)
        self._ciphers = {key.id: AESGCM(key.seal) for key in keys}

    def seal(self, value: Any, table: str, column: str, row: UUID) -> bytes:
        """One byte of key id, twelve of nonce, then the ciphertext of the value as JSON."""
        nonce = os.urandom(NONCE)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        sealed = self._ciphers[self.newest.id].encrypt(nonce, plain, _bound_to(table, column, row))
        return bytes([self.newest.id]) + nonce + sealed

    def unseal(self, sealed: bytes, table: str, column: str, row: UUID) -> Any:
        """The value; KeyProblem when it was sealed with another key, for another place, or was changed."""
        try:
            cipher = self._ciphers[sealed[0]]
            return json.loads(cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], _bound_to(table, column, row)))
        except (KeyError, IndexError, ValueError, InvalidTag) as problem:
            raise KeyProblem("a sealed value does not open with this key") from problem

    def look_up(self, kind: str, value: str) -> int:
        """A blind index: 63 bits of HMAC-SHA-256, the same for the same kind and value."""
        digest = self.digest(kind, value)
        return int.from_bytes(digest[:8], "big") >> 1

    def look_ups(self, kind: str, value: str) -> tuple[int, ...]:
        """`look_up` under every key, the newest first: while keys change, a row may still be known by an older one."""
        made = (hmac.digest(key.look_up, f"{kind}\0{value}".encode(), "sha256") for key in self._newest_first)
        return tuple(int.from_bytes(digest[:8], "big") >> 1 for digest in made)

    def digest(self, kind: str, value: str) -> bytes:
        """32 bytes of HMAC-SHA-256 under the look-up key."""
        return hmac.digest(self.newest.look_up, f"{kind}\0{value}".encode(), "sha256")


def _bound_to(table: str, column: str, row: UUID) -> bytes:
    return f"{table}.{column}.".encode() + row.bytes


def read(path: Path) -> KeyRing:
    """The ring in a key file. Raises KeyProblem with the sentence a person reads."""
    try:
        entries = json.loads(path.read_text("utf-8"))["keys"]
        return KeyRing([Key(int(e["id"]), _bytes(e["seal"]), _bytes(e["look_up"])) for e in entries])
    except FileNotFoundError:
        raise KeyProblem(f"The key file {path} is missing. Put it back, or name it in CP_KEY_FILE.") from None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise KeyProblem(f"The key file {path} cannot be read: {type(problem).__name__}.") from problem


def write(path: Path, ring: KeyRing) -> None:
    """Make a key file that only its owner can read. Never overwrites one."""
    entries = [{"id": k.id, "seal": _text(k.seal), "look_up": _text(k.look_up)} for k in ring.keys.values()]
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"keys": entries}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _bytes(text: str) -> bytes:
    value = base64.b64decode(text, validate=True)
    if len(value) != 32:
        raise ValueError("a key is 32 bytes")
    return value


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


_ring: KeyRing | None = None


def use(ring: KeyRing) -> None:
    """Make this the process's ring; done once, when the application starts."""
    global _ring
    _ring = ring


def ring() -> KeyRing:
    if _ring is None:
        raise KeyProblem("No key has been read.")
    return _ring
