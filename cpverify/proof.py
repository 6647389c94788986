"""The proof that one entry stands in the log (C2SP tlog-proof): for whom it is about, offline."""

from dataclasses import dataclass

from cpverify.entries import SALT
from cpverify.notes import Checkpoint, Key, NotANote, decoded, is_number
from cpverify.tree import leaf_hash, root_of

FIRST = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Proven:
    index: int
    canonical: bytes
    """What the entry says."""
    checkpoint: Checkpoint
    witnesses: tuple[str, ...]


def check(text: str, keys: tuple[Key, ...], witnesses: tuple[Key, ...] = ()) -> Proven:
    """Raises NotANote with the reason why this proves nothing."""
    head, gap, whole = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines[0] != FIRST or len(lines) < 3:
        raise NotANote("this is not a proof")
    record, index = decoded(_after("extra ", lines[1])), _after("index ", lines[2])
    if not is_number(index) or len(record) <= SALT:
        raise NotANote("this proof names no entry")
    point = Checkpoint.read(whole)
    if not any(point.origin == key.name and point.note.by(key) for key in keys):
        raise NotANote("its checkpoint is not signed by a key that you trust")
    path = [decoded(line) for line in lines[3:]]
    if root_of(int(index), point.size, leaf_hash(record), path) != point.root:
        raise NotANote("the entry is not in the log that the checkpoint is of")
    cosigned = tuple(witness.name for witness in witnesses if point.note.by(witness))
    if witnesses and not cosigned:
        raise NotANote("no witness that you trust cosigned its checkpoint")
    return Proven(int(index), record[SALT:], point, cosigned)


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise NotANote(f"this proof lacks its line “{word.strip()}”")
    return line.removeprefix(word)
