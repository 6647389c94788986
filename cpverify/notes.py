"""Signed notes, checkpoints and cosignatures (C2SP signed-note, tlog-checkpoint, tlog-cosignature)."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
KEY_LINE = "contactpoint audit key v1"
KEY_LINES, POINT_LINES, MOST_FIGURES = 4, 3, 18


class NotANote(Exception):
    """This text is not what it should be; the sentence why."""


def decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotANote("this is not base64") from None


@dataclass(frozen=True)
class Key:
    """What checks signatures: a name and a public key, of a log (1) or of a witness (4)."""

    name: str
    number: bytes
    kind: int
    public: bytes

    @classmethod
    def read(cls, vkey: str) -> "Key":
        """From `name+hash+key`. Raises NotANote."""
        parts = vkey.strip().split("+", 2)
        material = decoded(parts[2]) if len(parts) == 3 else b""
        if len(material) != 33 or material[0] not in (ED25519, COSIGNATURE) or not parts[0]:
            raise NotANote(f"this is not a key to check signatures with: {vkey.strip()[:80]}")
        number = sha256(parts[0].encode() + b"\n" + material).digest()[:4]
        if number.hex() != parts[1]:
            raise NotANote(f"the key {parts[0]} does not fit its own hash")
        return cls(parts[0], number, material[0], material[1:])

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this key signed the text, or cosigned it at the time that the signature begins with."""
        message = text.encode()
        if self.kind == COSIGNATURE:
            time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {time}\n".encode() + message
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Note:
    """A text and who signed it: names, with the numbers of keys before the signatures."""

    text: str
    signatures: tuple[tuple[str, bytes], ...]

    def by(self, key: Key) -> bool:
        """Whether one of the signatures is this key's, and holds."""
        mine = (raw[4:] for name, raw in self.signatures if name == key.name and raw[:4] == key.number)
        return any(key.signed(self.text, signature) for signature in mine)


def parse(whole: str) -> Note:
    """Raises NotANote."""
    text, gap, rest = whole.rpartition("\n\n")
    lines = rest.splitlines()
    if not gap or not lines or not rest.endswith("\n"):
        raise NotANote("this is not a signed note")
    signatures = []
    for line in lines:
        dash, _, said = line.partition(" ")
        name, _, raw = said.partition(" ")
        if dash != "\u2014" or not name or not raw:
            raise NotANote("a line of this note is not a signature")
        signatures.append((name, decoded(raw)))
    return Note(f"{text}\n", tuple(signatures))


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes
    time: int | None
    """Seconds since 1970, where the log says so."""
    note: Note

    @classmethod
    def read(cls, whole: str) -> "Checkpoint":
        """Raises NotANote."""
        note = parse(whole)
        lines = note.text.split("\n")
        if len(lines) <= POINT_LINES or not lines[0] or not is_number(lines[1]):
            raise NotANote("this is not a checkpoint")
        root = decoded(lines[2])
        if len(root) != 32:
            raise NotANote("the root of this checkpoint is not a hash")
        times = [line.removeprefix("time ") for line in lines[POINT_LINES:] if line.startswith("time ")]
        time = int(times[0]) if times and is_number(times[0]) else None
        return cls(lines[0], int(lines[1]), root, time, note)


def is_number(text: str) -> bool:
    """No log is so long, and no time so late, that it takes more figures than these."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_FIGURES and str(int(text)) == text


@dataclass(frozen=True)
class NewKey:
    """A key that signs from this size of the log on."""

    origin: str
    key: Key
    since: int
    note: Note

    @classmethod
    def read(cls, whole: str) -> "NewKey":
        """Raises NotANote."""
        note = parse(whole)
        lines = note.text.split("\n")
        since = lines[3].removeprefix("from ") if len(lines) > KEY_LINES else ""
        if lines[0] != KEY_LINE or not is_number(since):
            raise NotANote("this is not a note about a key")
        return cls(lines[1], Key.read(lines[2]), int(since), note)
