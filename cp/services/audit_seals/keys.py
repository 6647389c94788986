"""The key that signs the log: made once, and changed under the old one's word."""

from contextlib import suppress
from pathlib import Path

from sqlalchemy.orm import Session

from cp.models import new_uid
from cp.services import audit
from cp.services.audit_seals import notes, sealing
from cp.services.audit_seals.notes import NoKey, Signer
from cp.services.audit_seals.sealing import Sessions, Wrong
from cp.terms import Act, NoteKind


def make(path: Path) -> bool:
    """A signing key where there is none; False where there is one."""
    if path.exists():
        return False
    notes.write_key(path, Signer.new())
    return True


def noted(session: Session) -> bool:
    """Whether a log has begun: then a key of its own must be somewhere."""
    return sealing.log(session) is not None


def rotate(sessions: Sessions, path: Path) -> str:
    """Put another key in the old one's place, which vouches for it first. The new key as others check it.

    The new key is on the disk before the log names it, and takes the file's name last: killed anywhere, the next run
    goes on.
    """
    waiting = path.with_name(f"{path.name}.new")
    settle(sessions, path)
    old = notes.read_key(path)
    with suppress(FileNotFoundError):
        waiting.unlink()
    new = Signer.new()
    notes.write_key(waiting, new)
    with sessions.writing() as session, session.begin():
        vkey = _vouch(session, old, new)
    waiting.replace(path)
    return vkey


def _vouch(session: Session, old: Signer, new: Signer) -> str:
    known = sealing.log(session)
    if known is None or old.vkey(known.origin) != known.key:
        raise Wrong("The signing key is not the one that the log names last. Put the right one back.")
    text = notes.key_note(known.origin, new, known.size)
    lines = old.line(known.origin, text), new.line(known.origin, text)
    sealing.add(session, NoteKind.KEY, known.size, notes.signed(text, *lines))
    audit.record(session, None, Act.SET_UP, audit.About(reason="audit_key_changed"), request_id=new_uid())
    return new.vkey(known.origin)


def settle(sessions: Sessions, path: Path) -> None:
    """Finish a change of the key that was killed after the log had named the new one."""
    waiting = path.with_name(f"{path.name}.new")
    with suppress(NoKey):
        new = notes.read_key(waiting)
        with sessions.reading() as session:
            known = sealing.log(session)
        if known and new.vkey(known.origin) == known.key:
            waiting.replace(path)
