"""A record's day has come: out of every list and of the index, to be read in the archive alone.

An old identity stays sealed to its two people, and is destroyed as long after this day as any other. What was joined
into a record goes where that goes.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement, Merge, OldIdentity, Opening, Override, Shield, SourceRecord, new_uid
from cp.models.child import Child
from cp.services import audit, find
from cp.services.retention import deleting, due
from cp.services.retention.due import Ends
from cp.services.sensitive import ending
from cp.services.supply import pairing
from cp.terms import Act, ArchiveReason, RecordState

ENDING = (RecordState.LIVE, RecordState.SEALED)
"""Records that come to an end of their own."""


def archive(session: Session, today: date, most: int) -> int:
    """Archive those whose day has come, the longest due first. Returns how many were looked at: `most` may be waiting.

    Whoever is being changed just now is left for the next time. A day that is no longer right is put right instead.
    """
    ids = session.scalars(
        select(Child.id)
        .where(Child.archived_on.is_(None), Child.archive_on <= today, Child.state.in_(ENDING))
        .order_by(Child.archive_on, Child.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    close(session, ids, today)
    return len(ids)


def close(session: Session, ids: Collection[int], today: date) -> None:
    """Archive those of these records, which the caller holds, whose day has come; keep the others' days right."""
    found = [(child, ends) for child, ends in due.of(session, ids) if _is_due(child, ends, today)]
    if not found:
        return
    _shut(session, [child for child, _ in found], today)
    _untie(session, [child.id for child, ends in found if ends.because is ArchiveReason.LEFT])
    for child, ends in found:
        child.archived_on, child.version = today, child.version + 1
        child.state = RecordState.ARCHIVED if child.state is RecordState.LIVE else child.state
        child.destroy_on = ends.destroy_on(today)
    session.flush()
    find.reindex(session, *(child.id for child, _ in found))
    said = [audit.About(subject_id=child.subject_id, reason=ends.because) for child, ends in found]
    audit.record_all(session, None, Act.ARCHIVE, said, request_id=new_uid())


def _is_due(child: Child, ends: Ends, today: date) -> bool:
    if child.archived_on is not None or child.state not in ENDING:
        return False
    child.archive_on = ends.archive_on
    return ends.archive_on <= today


def _shut(session: Session, children: Sequence[Child], today: date) -> None:
    """Nobody is involved any longer, nobody looks, and nothing waits for anybody's answer."""
    ids, now = [child.id for child in children], clock.now()
    _end_involvements(session, ids, today)
    ending.forget(session, [child.uid for child in children])
    pairing.place_again(session, ids)
    waiting = (Merge.kept_id.in_(ids) | Merge.gone_id.in_(ids)) & Merge.merged_at.is_(None)
    lifting = update(Shield).where(Shield.child_id.in_(ids), Shield.lifted_at.is_(None))
    looking = update(Override).where(Override.child_id.in_(ids), Override.left_at.is_(None))
    sealing = delete(OldIdentity).where(OldIdentity.child_id.in_(ids), OldIdentity.sealed_at.is_(None))
    for statement in (
        delete(Opening).where(Opening.child_id.in_(ids)), delete(Merge).where(waiting), sealing,
        lifting.values(lift_asked_by_id=None, lift_asked_at=None), looking.values(left_at=now),
    ):  # fmt: skip
        deleting.run(session, statement)
    _with_what_was_joined(session, ids, today)


def _end_involvements(session: Session, ids: Collection[int], today: date) -> None:
    """An involvement ends after it began: one that began today or later ends on the day after."""
    running = (Involvement.child_id.in_(ids), Involvement.ended_on.is_(None))
    ended = update(Involvement).where(*running, Involvement.started_on < today)
    deleting.run(session, ended.values(ended_on=today, version=Involvement.version + 1))
    for one in session.scalars(select(Involvement).where(*running)):
        one.ended_on, one.version = one.started_on + timedelta(days=1), one.version + 1


def _with_what_was_joined(session: Session, ids: Collection[int], today: date) -> None:
    while ids:
        joined = update(Child).where(Child.merged_into_id.in_(ids), Child.archived_on.is_(None))
        ids = session.scalars(joined.values(archived_on=today).returning(Child.id)).all()


def _untie(session: Session, ids: Collection[int]) -> None:
    """Whoever left and comes back is a new record: the supplier's old key must not find the archived one."""
    if ids:
        tied = update(SourceRecord).where(SourceRecord.child_id.in_(ids))
        deleting.run(session, tied.values(row_key=None))
