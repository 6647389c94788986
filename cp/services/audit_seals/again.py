"""Another log begun after entries that were sealed are lost, or the key is: under another name, and saying so."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from cp import clock
from cp.models import new_uid
from cp.services import audit
from cp.services.audit_seals import breaks, checking, lodging, notes, older, sealing, taking, tree
from cp.services.audit_seals.breaks import Break
from cp.services.audit_seals.keys import settle
from cp.services.audit_seals.notes import NoKey, Signer
from cp.services.audit_seals.older import Read
from cp.services.audit_seals.sealing import Log, Sessions, Wrong
from cp.services.audit_seals.taking import Batch
from cp.terms import Act, NoteKind

NEW_KEY = "flask --app app audit begin-again --new-key"
NOTHING = "Nothing that was sealed and lodged is missing: there is nothing to begin again."


@dataclass(frozen=True)
class _Plan:
    """`known` is the log as the database has it, `after` the newest one that is lodged; `left` is sealed at once."""

    known: Log
    after: Read
    old: Signer | None
    """None where the key is lost."""
    broke: Break
    left: Batch


def begin_again(sessions: Sessions, lodge: Path, path: Path, *, new_key: bool = False) -> tuple[str, Break]:
    """The new log's key as others check it, and what its first note says. Raises NoKey, Wrong or OSError.

    What is lodged of older logs stays as it is. Killed after the database has it, the sealer lodges it.
    """
    settle(sessions, path)
    with sessions.reading() as session:
        plan = _plan(session, lodge, path, new_key=new_key)
    waiting = path.with_name(f"{path.name}.new")
    signer = plan.old or _made(waiting)
    with sessions.writing() as session, session.begin():
        _write(session, plan, signer)
    if plan.old is None:
        waiting.replace(path)
    with sessions.reading() as session:
        known = sealing.log(session)
        while known and lodging.lodge(session, lodge, known):
            pass
    return signer.vkey(plan.broke.origin), plan.broke


def _made(waiting: Path) -> Signer:
    with suppress(FileNotFoundError):
        waiting.unlink()
    signer = Signer.new()
    notes.write_key(waiting, signer)
    return signer


def _plan(session: Session, lodge: Path, path: Path, *, new_key: bool) -> _Plan:
    known = sealing.log(session)
    if known is None:
        raise Wrong("Nothing is sealed yet: there is no log to begin again.")
    broken = lodging.ahead(session, lodge, known) is not None
    while not broken and lodging.lodge(session, lodge, known):
        pass
    after = older.read(session, lodge, lodging.newest(lodge, known.origin))
    old = _signer(path, after, broken=broken, new_key=new_key)
    _require_sound(session, lodge, known, after)
    kept, left = _left(session, lodge, known, after)
    base, number = breaks.numbered(after.origin)
    broke = Break(
        breaks.named(base, number + 1), after.origin, kept, after.size, after.root, clock.now(), key_lost=old is None
    )
    return _Plan(known, after, old, broke, left)


def _signer(path: Path, after: Read, *, broken: bool, new_key: bool) -> Signer | None:
    """The key that signed the old log last; None where it is lost and that was said."""
    try:
        found = notes.read_key(path)
    except NoKey as problem:
        if new_key and not path.exists():
            return None
        raise NoKey(f"{str(problem).partition('. ')[0].rstrip('.')}. Put it back. {_lost(path)}") from None
    if found.vkey(after.origin) != after.key:
        raise Wrong(f"The signing key is not the one that the log names last. Put the right one back. {_lost(path)}")
    if new_key:
        raise Wrong("The signing key is there, and right. To change it, run: flask --app app audit key rotate")
    if not broken:
        raise Wrong(NOTHING)
    return found


def _lost(path: Path) -> str:
    away = " move what lies there away and" if path.exists() else ""
    return f"If it is lost for good,{away} run: {NEW_KEY}"


def _require_sound(session: Session, lodge: Path, known: Log, after: Read) -> None:
    """Entries at the end may be missing, and nothing else may be wrong: that would be no restore."""
    before = older.check(session, lodge, known)
    own = after if after.origin == known.origin else older.read(session, lodge, known.origin)
    inside = checking.inside(session, known, before).problems
    if problems := [*before.problems, *own.problems, *after.problems, *inside]:
        raise Wrong(
            f"More is wrong than that entries are missing at the end: {problems[0]} Nothing was begun. "
            "Look at flask --app app audit verify, and restore a backup that is whole."
        )


def _left(session: Session, lodge: Path, known: Log, after: Read) -> tuple[int, Batch]:
    """How many entries of the old log are surely here, and those of them that the backup had not sealed yet.

    They came in the order in which they were sealed: where the root is one that was lodged, they are the same.
    """
    last = known.last
    upto, server = (last.upto or 0, last.server or "") if last else (0, "")
    if after.origin != known.origin:
        return _common(lodge, known, after), Batch([], upto, server, False)
    roots, kept, waiting = tree.unpacked(last.roots) if last else (), known.size, taking.take(session, last).entries
    for size, (_, leaf) in enumerate(waiting, start=known.size):
        roots = tree.extended(size, roots, [leaf])
        kept = size + 1 if after.points.get(size + 1) == tree.root(roots) else kept
    entries = waiting[: kept - known.size]
    if entries and session.get_bind().dialect.name == "sqlite":
        upto = entries[-1][0]
    return kept, Batch(entries, upto, server, False)


def _common(lodge: Path, known: Log, after: Read) -> int:
    """What a log begun since and this one have in common: what was left at each break between them."""
    kept, text = known.size, after.first
    while broke := breaks.read(text):
        kept = min(kept, broke.kept)
        if broke.after == known.origin:
            return kept
        text = next((one.note for one in lodging.notes_of(lodge, broke.after)), "")
    raise Wrong(f"The lodge does not say how {after.origin} came after {known.origin}. Put back what lay there.")


def _write(session: Session, plan: _Plan, signer: Signer) -> None:
    """The note, what is sealed at once, and the first checkpoint of all that is left."""
    known, broke = plan.known, plan.broke
    text = broke.text(signer)
    lines = [one.line(name, text) for one, name in ((plan.old, broke.after), (signer, broke.origin)) if one]
    sealing.add(session, NoteKind.KEY, broke.kept, notes.signed(text, *lines))
    session.flush()
    number = known.notes + 1
    log = replace(known, origin=broke.origin, key=signer.vkey(broke.origin), notes=number, begins=number)
    sealing.place(session, log, plan.left)
    if log.size + len(plan.left.entries):
        session.add(sealing.checkpoint(log, plan.left, signer, clock.now()))
    audit.record(session, None, Act.SET_UP, audit.About(reason="audit_begun_again"), request_id=new_uid())
