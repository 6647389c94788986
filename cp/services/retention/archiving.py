"""A record's day has come: out of every list and of the index, to be read in the archive alone.

An old identity stays sealed to its two people, and is destroyed as long after this day as any other. What was joined
into a record goes where that goes.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Involvement, Merge, OldIdentity, Opening, Override, Shield, SourceRecord, new_uid
from cp.models.child import Child
from cp.services import audit, find
from cp.services.find.lists import among
from cp.services.retention import deleting, due
from cp.services.retention.due import Record
from cp.services.sensitive import ending
from cp.services.supply import pairing
from cp.terms import Act, ArchiveReason, RecordState

ENDING = (RecordState.LIVE, RecordState.SEALED)
"""Records that come to an end of their own."""
BATCH = 500
"""Records that `archive_all` takes at once."""


def archive(session: Session, today: date, most: int, spared: Collection[int] = ()) -> int:
    """Archive those whose day has come, the longest due first. Returns how many were looked at: `most` may be waiting.

    Whoever is being changed just now is left for the next time. A day that is no longer right is put right instead.
    """
    ids = session.scalars(
        select(Child.id)
        .where(Child.archived_on.is_(None), Child.archive_on <= today, Child.state.in_(ENDING), Child.id.not_in(spared))
        .order_by(Child.archive_on, Child.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    close(session, ids, today)
    return len(ids)


def archive_all(session: Session, today: date, spared: Collection[int]) -> int:
    """All whose day has come but these, in one transaction. Returns how many were looked at."""
    return sum(iter(lambda: archive(session, today, BATCH, spared), 0))


def close(session: Session, ids: Collection[int], today: date) -> None:
    """Archive those of these records, which the caller holds, whose day has come; keep the others' days right."""
    open_ones = [one for one in due.of(session, ids) if one.archived_on is None and one.state in ENDING]
    found = [one for one in open_ones if one.ends.archive_on <= today]
    due.put(session, [(one.id, one.wrong) for one in open_ones])
    if not found:
        return
    _shut(session, found, today)
    _untie(session, [one.id for one in found if one.ends.because is ArchiveReason.LEFT])
    due.put(session, [(one.id, _archived(one, today)) for one in found], version=Child.version + 1)
    find.reindex(session, *(one.id for one in found))
    said = [audit.About(subject_id=one.subject_id, reason=one.ends.because) for one in found]
    audit.record_all(session, None, Act.ARCHIVE, said, request_id=new_uid())


def _archived(one: Record, today: date) -> dict[str, Any]:
    state = RecordState.ARCHIVED if one.state is RecordState.LIVE else one.state
    return {"state": state, "archived_on": today, "destroy_on": one.ends.destroy_on(today)}


def _shut(session: Session, records: Sequence[Record], today: date) -> None:
    """Nobody is involved any longer, nobody looks, and nothing waits for anybody's answer."""
    ids, now = [one.id for one in records], clock.now()
    _end_involvements(session, ids, today)
    ending.forget(session, [one.uid for one in records])
    pairing.place_again(session, ids)
    waiting = (among(Merge.kept_id, ids) | among(Merge.gone_id, ids)) & Merge.merged_at.is_(None)
    lifting = update(Shield).where(among(Shield.child_id, ids), Shield.lifted_at.is_(None))
    looking = update(Override).where(among(Override.child_id, ids), Override.left_at.is_(None))
    sealing = delete(OldIdentity).where(among(OldIdentity.child_id, ids), OldIdentity.sealed_at.is_(None))
    for statement in (
        delete(Opening).where(among(Opening.child_id, ids)), delete(Merge).where(waiting), sealing,
        lifting.values(lift_asked_by_id=None, lift_asked_at=None), looking.values(left_at=now),
    ):  # fmt: skip
        deleting.run(session, statement)
    _with_what_was_joined(session, ids, today)


def _end_involvements(session: Session, ids: Collection[int], today: date) -> None:
    """An involvement ends after it began: one that began today or later ends on the day after."""
    running = (among(Involvement.child_id, ids), Involvement.ended_on.is_(None))
    ended = update(Involvement).where(*running, Involvement.started_on < today)
    deleting.run(session, ended.values(ended_on=today, version=Involvement.version + 1))
    for one in session.scalars(select(Involvement).where(*running)):
        one.ended_on, one.version = one.started_on + timedelta(days=1), one.version + 1


def _with_what_was_joined(session: Session, ids: Collection[int], today: date) -> None:
    while ids:
        joined = update(Child).where(among(Child.merged_into_id, ids), Child.archived_on.is_(None))
        ids = session.scalars(joined.values(archived_on=today).returning(Child.id)).all()


def _untie(session: Session, ids: Collection[int]) -> None:
    """Whoever left and comes back is a new record: the supplier's old key must not find the archived one."""
    if ids:
        tied = update(SourceRecord).where(among(SourceRecord.child_id, ids))
        deleting.run(session, tied.values(row_key=None))
