"""Keys, sealed values and blind look-ups: what the database may hold only encrypted.

A value is sealed with AES-256-GCM and bound to its table, column and row, so that a ciphertext copied to another
row does not open. What must be found again (a postcode, a telephone number) is an HMAC under a second key.

Where the keys stand, and how a running process learns of a new one, is in `cp/keyfile.py`.
"""

import hmac
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
MOST_KEYS = 255
"""A key's number is the first byte of what it sealed; 0 is nobody's."""


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

    @property
    def next(self) -> int:
        """The number of the key that takes this one's place."""
        return self.id % MOST_KEYS + 1

    def look_up_of(self, kind: str, value: str) -> int:
        return _number(self.digest(kind, value))

    def digest(self, kind: str, value: str) -> bytes:
        return _digest(self.look_up, kind, value)


_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: `json.dumps` makes another one at each call."""


class KeyRing:
    """The keys of one directory: one of them seals and makes look-ups, every one opens.

    `current` is its number, the highest where none is told. `lasting` is the secret behind what is never made again
    under another key; the look-up half of the oldest key where none is told.
    """

    def __init__(self, keys: list[Key], current: int | None = None, lasting: bytes | None = None) -> None:
        self.keys = {key.id: key for key in sorted(keys, key=lambda key: key.id)}
        self.current = self.keys[current or max(self.keys)]
        self.current_first = sorted(keys, key=lambda key: (key is not self.current, -key.id))
        self.lasting = lasting or self.keys[min(self.keys)].look_up
        self._ciphers = {key.id: AESGCM(key.seal) for key in keys}
        self.in_use = False

    def seal(self, value: Any, table: str, column: str, row: UUID) -> bytes:
        """One byte of key id, twelve of nonce, then the ciphertext of the value as JSON."""
        nonce = os.urandom(NONCE)
        plain = _AS_JSON(value).encode()
        sealed = self._ciphers[self.current.id].encrypt(nonce, plain, _bound_to(table, column, row))
        return bytes([self.current.id]) + nonce + sealed

    def unseal(self, sealed: bytes, table: str, column: str, row: UUID) -> Any:
        """The value; KeyProblem when it was sealed with another key, for another place, or was changed."""
        try:
            cipher = self._cipher(sealed[0])
            return json.loads(cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], _bound_to(table, column, row)))
        except (KeyError, IndexError, ValueError, InvalidTag) as problem:
            raise KeyProblem("a sealed value does not open with this key") from problem

    def _cipher(self, number: int) -> AESGCM:
        """A key that this process had not heard of when it took up this ring may stand in the file by now."""
        if number not in self._ciphers and self.in_use:
            refresh()
            return ring()._ciphers[number]
        return self._ciphers[number]

    def look_up(self, kind: str, value: str) -> int:
        """A blind index: 63 bits of HMAC-SHA-256, the same for the same kind and value."""
        return self.current.look_up_of(kind, value)

    def look_ups(self, kind: str, value: str) -> tuple[int, ...]:
        """`look_up` under every key, the current one first: while keys change, a row may be known by either."""
        return tuple(key.look_up_of(kind, value) for key in self.current_first)

    def lasting_digest(self, kind: str, value: str) -> bytes:
        """32 bytes of HMAC-SHA-256 that stay the same when the keys change: for what cannot be made again."""
        return _digest(self.lasting, kind, value)

    def lasting_look_up(self, kind: str, value: str) -> int:
        return _number(self.lasting_digest(kind, value))


def _digest(secret: bytes, kind: str, value: str) -> bytes:
    return hmac.digest(secret, f"{kind}\0{value}".encode(), "sha256")


def _number(digest: bytes) -> int:
    return int.from_bytes(digest[:8], "big") >> 1


def _bound_to(table: str, column: str, row: UUID) -> bytes:
    return f"{table}.{column}.".encode() + row.bytes


_ring: KeyRing | None = None
_learn: Callable[[], KeyRing | None] | None = None


def use(ring: KeyRing, learn: Callable[[], KeyRing | None] | None = None) -> None:
    """Make this the process's ring. `learn` answers the ring that has taken its place, where one has."""
    global _learn
    _learn = learn
    _take(ring)


def _take(ring: KeyRing) -> None:
    global _ring
    _ring, ring.in_use = ring, True


def ring() -> KeyRing:
    if _ring is None:
        raise KeyProblem("No key has been read.")
    return _ring


def refresh() -> None:
    """Learn of keys added or retired since: done before each request, each job and each command."""
    if _learn and (found := _learn()):
        _take(found)
