"""A witness outside cosigns the newest checkpoint (C2SP tlog-witness), once it has seen that nothing was taken back."""

import base64
import binascii
import http.client
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urldefrag

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditLeaf, AuditNote
from cp.services.audit_seals import notes, sealing, tree
from cp.services.audit_seals.sealing import Sessions, Wrong
from cp.terms import NoteKind

SECONDS = 5
"""How long a witness may take."""
LARGEST = 16 * 1024
CONFLICT, NO_PROOF = 409, 422
LINES = re.compile(r"(?:\u2014 \S+ [A-Za-z0-9+/]+={0,2}\n)+")


def _opener() -> urllib.request.OpenerDirector:
    """Asks where it is told to and nowhere else: whoever answers leads this site to no other place."""
    made, asks = urllib.request.OpenerDirector(), urllib.request
    for kind in (asks.ProxyHandler, asks.HTTPHandler, asks.HTTPSHandler, asks.HTTPDefaultErrorHandler,
                 asks.HTTPErrorProcessor):  # fmt: skip
        made.add_handler(kind())
    return made


class Away(Exception):
    """The witness did not answer, or not with a cosignature."""


@dataclass(frozen=True)
class Ahead(Exception):
    """The witness knows a checkpoint of another size than we thought."""

    size: int


def ask(sessions: Sessions, witness: str) -> bool:
    """Have the newest checkpoint cosigned, unless it is. Raises Away, or Wrong where the witness saw another log."""
    with sessions.reading() as session:
        log = sealing.log(session)
        if log is None or log.last is None or log.last.id < log.begins:
            return False
        last, known = log.last, _cosigned(session, log.begins)
        if known == last.size:
            return False
    try:
        lines = _post(witness, _request(sessions, known, last))
    except Ahead as told:
        lines = _post_again(sessions, witness, told.size, last)
    text, _, signatures = last.text.partition("\n\n")
    with sessions.writing() as session, session.begin():
        sealing.add(session, NoteKind.COSIGNED, last.size, f"{text}\n\n{signatures}{lines}")
    return True


def _post_again(sessions: Sessions, witness: str, size: int, last: AuditNote) -> str:
    """From the size that the witness told."""
    if size > last.size:
        raise Wrong(f"The witness has seen a log of {size} entries: more than there are.")
    try:
        return _post(witness, _request(sessions, size, last))
    except Ahead:
        raise Wrong(f"The witness has seen another log of {size} entries.") from None


def _cosigned(session: Session, begins: int) -> int:
    """To a witness a log that was begun again is another one."""
    query = select(AuditNote.size).where(AuditNote.kind == NoteKind.COSIGNED, AuditNote.id >= begins)
    return session.scalar(query.order_by(AuditNote.size.desc()).limit(1)) or 0


def _request(sessions: Sessions, old: int, last: AuditNote) -> bytes:
    """The old size, the proof that it is the new one's beginning, and the new checkpoint."""
    with sessions.reading() as session:
        roots = _roots(session, old)
        query = select(AuditLeaf.leaf).where(AuditLeaf.position >= old, AuditLeaf.position < last.size)
        leaves = session.scalars(query.order_by(AuditLeaf.position)).all() if old else []
    proof = "".join(f"{notes.encoded(one)}\n" for one in tree.consistency(old, roots, leaves))
    return f"old {old}\n{proof}\n{last.text}".encode()


def _roots(session: Session, size: int) -> tree.Roots:
    if size == 0:
        return ()
    query = select(AuditNote).where(AuditNote.kind == NoteKind.CHECKPOINT, AuditNote.size == size)
    note = session.scalars(query.limit(1)).first()
    if note is None:
        raise Wrong(f"The witness has seen a log of {size} entries, which was never sealed here.")
    return tree.unpacked(note.roots)


def _post(witness: str, body: bytes) -> str:
    """The witness's signature lines. Raises Ahead where it asks for a proof from another size, Away otherwise."""
    address, key = urldefrag(witness)
    where = f"{address.rstrip('/')}/add-checkpoint"
    request = urllib.request.Request(where, data=body, method="POST")  # noqa: S310 (CP_WITNESS is http or https)
    try:
        return _answered(request, key)
    except (OSError, http.client.HTTPException) as problem:
        raise Away(f"the witness does not answer ({type(problem).__name__})") from None


def _answered(request: urllib.request.Request, key: str) -> str:
    try:
        with _opener().open(request, timeout=SECONDS) as answer:
            lines = answer.read(LARGEST).decode("utf-8", "replace")
    except urllib.error.HTTPError as refusal:
        raise _refused(refusal) from None
    kept = _of(key, lines)
    if not kept:
        raise Away("the witness answered something else than its signature")
    return kept


def _refused(refusal: urllib.error.HTTPError) -> Exception:
    told = refusal.read(LARGEST).strip()
    if (
        refusal.code == CONFLICT
        and re.fullmatch(rb"[0-9]{1,18}", told)
        and refusal.headers.get("Content-Type") == "text/x.tlog.size"
    ):
        return Ahead(int(told))
    if refusal.code in (CONFLICT, NO_PROOF):
        return Wrong("The witness has seen another log: what it cosigned is not the beginning of this one.")
    return Away(f"the witness refused the checkpoint ({refusal.code})")


def _of(key: str, lines: str) -> str:
    """Only lines of the key that was configured, where one was; whether they hold is for outsiders to check."""
    if not LINES.fullmatch(lines):
        return ""
    kept = lines.splitlines(keepends=True)
    if key:
        name, number = key.split("+", 2)[:2]
        kept = [line for line in kept if line.split()[1] == name and _number(line.split()[2]) == number]
    return "".join(kept)


def _number(signature: str) -> str:
    try:
        return base64.b64decode(signature, validate=True)[:4].hex()
    except binascii.Error:
        return ""
