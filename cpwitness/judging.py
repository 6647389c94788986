"""Whether a checkpoint may be cosigned: the rules of C2SP tlog-witness, and nothing else."""

import threading
from http import HTTPStatus
from typing import NamedTuple

from cpverify.notes import Checkpoint, NotANote, decoded, is_number
from cpverify.tree import consistent
from cpwitness.keeping import Witness

MOST_LINES, HASH = 63, 32
SIZE = "text/x.tlog.size"
_one_at_a_time = threading.Lock()
"""Between the look at the last checkpoint and the keeping of the next one nothing may come."""


class Answer(NamedTuple):
    status: HTTPStatus
    body: str = ""
    kind: str = "text/plain; charset=utf-8"


class Asked(NamedTuple):
    old: int
    proof: list[bytes]
    point: Checkpoint
    whole: str
    """The checkpoint as it came."""


def read(body: str) -> Asked:
    """Raises NotANote."""
    head, gap, whole = body.partition("\n\n")
    first, *lines = head.split("\n")
    size = first.removeprefix("old ")
    if not gap or not first.startswith("old ") or not is_number(size):
        raise NotANote("this does not begin with an old size")
    proof = [decoded(line) for line in lines]
    if len(proof) > MOST_LINES or any(len(one) != HASH for one in proof):
        raise NotANote("this is not a proof")
    return Asked(int(size), proof, Checkpoint.read(whole), whole)


def answer(witness: Witness, body: str, now: int) -> Answer:
    """What the log is told."""
    try:
        asked = read(body)
    except NotANote as problem:
        return Answer(HTTPStatus.BAD_REQUEST, f"{problem}\n")
    keys = witness.keys_of(asked.point.origin)
    if not keys:
        return Answer(HTTPStatus.NOT_FOUND, "this witness does not know the log\n")
    if not any(asked.point.note.by(key) for key in keys):
        return Answer(HTTPStatus.FORBIDDEN, "the checkpoint is not signed by the log\n")
    if asked.old > asked.point.size:
        return Answer(HTTPStatus.BAD_REQUEST, "the old size is larger than the new one\n")
    with _one_at_a_time:
        refused = _refused(witness.last(asked.point.origin), asked)
        return refused or Answer(HTTPStatus.OK, witness.cosign(asked.point, asked.whole, now))


def _refused(last: Checkpoint | None, asked: Asked) -> Answer | None:
    known = last.size if last else 0
    if asked.old != known:
        return Answer(HTTPStatus.CONFLICT, f"{known}\n", SIZE)
    if last and known == asked.point.size and last.root != asked.point.root:
        return Answer(HTTPStatus.CONFLICT, "another log of this size was cosigned\n")
    before = (known, last.root if last else b"")
    if not consistent(before, (asked.point.size, asked.point.root), asked.proof):
        return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "the proof does not hold\n")
    return None
