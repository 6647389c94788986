"""The form of a backup: a header that anybody can read, then chunks of AES-256-GCM that only its own key opens.

    CPBACKUP, one byte of version, four bytes of length, the header as JSON
    of each chunk: one byte (1: the last), four bytes of length, the ciphertext with its tag

A chunk's nonce is its number, which is safe since no other file has this key. The hash of the header, the number and
the last-byte are authenticated with it: a file that was cut short, lengthened, put into another order, mixed with
another one or given another header does not open.
"""

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cp.services.backing_up.problems import BackupProblem

MAGIC, VERSION = b"CPBACKUP", 1
CHUNK, TAG = 2**20, 16
LONGEST_HEADER = 4096
_FRAME = struct.Struct(">BI")
_LENGTH = struct.Struct(">I")
DAMAGED = "This backup is damaged or not whole: {}. Nothing was changed. Use another one."


@dataclass(frozen=True, slots=True)
class Header:
    """`key` is which key opens it, `revision` the version of its tables, `engine` sqlite or postgresql.

    `proofs` are those of the keys that sealed what is in it, by number: they show no key, and say which are needed.
    """

    key: str
    made_at: datetime
    revision: str
    engine: str
    proofs: dict[int, str]

    def as_bytes(self) -> bytes:
        facts = asdict(self) | {"made_at": self.made_at.isoformat()}
        text = json.dumps(facts, sort_keys=True).encode()
        return MAGIC + bytes([VERSION]) + _LENGTH.pack(len(text)) + text


def write(out: BinaryIO, header: Header, key: bytes, parts: Iterable[bytes]) -> str:
    """Seal `parts` into `out`; answers the SHA-256 of all that they say."""
    start = header.as_bytes()
    out.write(start)
    cipher, bound, plain = AESGCM(key), hashlib.sha256(start).digest(), hashlib.sha256()
    for number, (chunk, last) in enumerate(_chunks(parts)):
        plain.update(chunk)
        sealed = cipher.encrypt(_nonce(number), chunk, _told(bound, number, last))
        out.write(_FRAME.pack(last, len(sealed)) + sealed)
    return plain.hexdigest()


def _chunks(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Of one size but the last, which may be empty; whether it is the last."""
    held = bytearray()
    for part in parts:
        held += part
        while len(held) > CHUNK:
            yield bytes(held[:CHUNK]), False
            del held[:CHUNK]
    yield bytes(held), True


def read_header(file: BinaryIO) -> tuple[Header, bytes]:
    """What the file says of itself, and the bytes in which it says so. Raises BackupProblem. Proven only by `read`."""
    start = file.read(len(MAGIC) + 1)
    if start[: len(MAGIC)] != MAGIC:
        raise BackupProblem("This is no backup that ContactPoint made.")
    if start[len(MAGIC) :] != bytes([VERSION]):
        raise BackupProblem("This backup has a form that this version does not know. Use a newer version.")
    size = file.read(_LENGTH.size)
    length = _LENGTH.unpack(size)[0] if len(size) == _LENGTH.size else LONGEST_HEADER + 1
    text = file.read(min(length, LONGEST_HEADER))
    try:
        facts = json.loads(text)
        proofs = {int(number): str(proof) for number, proof in facts["proofs"].items()}
        made_at = datetime.fromisoformat(facts["made_at"])
        header = Header(str(facts["key"]), made_at, str(facts["revision"]), str(facts["engine"]), proofs)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupProblem(DAMAGED.format("its beginning")) from None
    return header, start + size + text


def read(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """What was sealed, chunk by chunk, each as it is proven; that nothing is missing is known at the end only.

    Raises BackupProblem.
    """
    _, start = read_header(file)
    cipher, bound, last, number = AESGCM(key), hashlib.sha256(start).digest(), False, 0
    while not last:
        last, sealed = _framed(file, number)
        try:
            chunk = cipher.decrypt(_nonce(number), sealed, _told(bound, number, last))
        except InvalidTag:
            raise BackupProblem(DAMAGED.format(f"part {number + 1} does not open with its key")) from None
        yield chunk
        number += 1
    if file.read(1):
        raise BackupProblem(DAMAGED.format("something follows its end"))


def _framed(file: BinaryIO, number: int) -> tuple[bool, bytes]:
    frame = file.read(_FRAME.size)
    last, length = _FRAME.unpack(frame) if len(frame) == _FRAME.size else (0, 0)
    sealed = file.read(length) if TAG <= length <= CHUNK + TAG else b""
    if last > 1 or not sealed or len(sealed) != length:
        raise BackupProblem(DAMAGED.format(f"part {number + 1} is missing"))
    return bool(last), sealed


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _told(bound: bytes, number: int, last: bool) -> bytes:
    return bound + number.to_bytes(8, "big") + bytes([last])
