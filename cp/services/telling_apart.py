"""Children whom a person has told apart: for ever, and whatever record theirs has become since."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock, lodging
from cp.models import SourceRecord, ToldApart
from cp.models.child import Child
from cp.rules.access import Actor


def records(session: Session, actor: Actor | None, child_id: int, other_id: int) -> None:
    """These two are two children."""
    first, second = sorted((child_id, other_id))
    if not _told(session, {first}, {second}):
        session.add(ToldApart(child_id=first, other_id=second, account_id=_who(actor), at=clock.now()))
        session.flush()
        lodging.note(lodging.Kind.APART, _subject(session, first), clock.now(), str(_subject(session, second)))


def row(session: Session, actor: Actor | None, child_id: int, organisation_id: int, row_key: str) -> None:
    """This supplier's row is not of this record, however often it comes."""
    known = select(ToldApart.id).where(
        ToldApart.child_id == child_id, ToldApart.organisation_id == organisation_id, ToldApart.row_key == row_key
    )
    if session.scalars(known).first() is None:
        session.add(ToldApart(child_id=child_id, organisation_id=organisation_id, row_key=row_key,
                              account_id=_who(actor), at=clock.now()))  # fmt: skip
        session.flush()
        lodging.note(lodging.Kind.APART, _subject(session, child_id), clock.now())


def of_row(session: Session, child_id: int, organisation_id: int, row_key: str) -> bool:
    """Whether this supplier's row was told apart from the record, or from any that was joined into it."""
    told = ToldApart.child_id.in_(all_of(session, child_id)), ToldApart.organisation_id == organisation_id
    query = select(ToldApart.id).where(*told, ToldApart.row_key == row_key)
    return session.scalars(query.limit(1)).first() is not None


def again(session: Session, subject_id: UUID, said: str) -> bool:
    """After a restore: two who were told apart since the backup are so again.

    False where the backup lacks one of them, or the other is a supplier's row, whose key is noted nowhere else.
    """
    one, other = _id(session, subject_id), _id(session, _uid(said))
    if one is None or other is None:
        return False
    records(session, None, one, other)
    return True


def _id(session: Session, subject_id: UUID | None) -> int | None:
    return session.scalars(select(Child.id).where(Child.subject_id == subject_id)).one_or_none()


def _uid(said: str) -> UUID | None:
    """None of a line that was cut short, too."""
    try:
        return UUID(said)
    except ValueError:
        return None


def are(session: Session, child_id: int, other_id: int) -> bool:
    """Whether these two records, or any that were joined into them, were told apart; or one of them, and a row that
    has come to the other since."""
    these, those = all_of(session, child_id), all_of(session, other_id)
    return _told(session, these, those) or _row_told(session, these, those) or _row_told(session, those, these)


def now(session: Session, child_id: int) -> int:
    """The record that this one has become, where it was joined into another."""
    while into := session.scalar(select(Child.merged_into_id).where(Child.id == child_id)):
        child_id = into
    return child_id


def _told(session: Session, these: set[int], those: set[int]) -> bool:
    either = (ToldApart.child_id.in_(these) & ToldApart.other_id.in_(those)) | (
        ToldApart.child_id.in_(those) & ToldApart.other_id.in_(these)
    )
    return session.scalars(select(ToldApart.id).where(either).limit(1)).first() is not None


def _row_told(session: Session, these: set[int], those: set[int]) -> bool:
    """Whether a row that is of one of those was told apart from one of these."""
    key = (SourceRecord.organisation_id == ToldApart.organisation_id) & (SourceRecord.row_key == ToldApart.row_key)
    told = select(ToldApart.id).join(SourceRecord, key)
    query = told.where(ToldApart.child_id.in_(these), SourceRecord.child_id.in_(those))
    return session.scalars(query.limit(1)).first() is not None


def all_of(session: Session, child_id: int) -> set[int]:
    """The record, and all that were joined into it."""
    found = fresh = {child_id}
    while fresh:
        fresh = set(session.scalars(select(Child.id).where(Child.merged_into_id.in_(fresh)))) - found
        found = found | fresh
    return found


def subjects(session: Session, child_id: int) -> Sequence[UUID]:
    """What the audit calls the record, and all that were joined into it: a restore of an older backup may have them as
    records of their own, so that what protects one is noted outside for each."""
    query = select(Child.subject_id).where(Child.id.in_(all_of(session, child_id)))
    return session.scalars(query.order_by(Child.id)).all()


def joined_into(session: Session, child_id: int) -> Sequence[UUID]:
    """The others of these."""
    return [one for one in subjects(session, child_id) if one != _subject(session, child_id)]


def _subject(session: Session, child_id: int) -> UUID:
    return session.scalars(select(Child.subject_id).where(Child.id == child_id)).one()


def _who(actor: Actor | None) -> int | None:
    return actor.account_id if actor else None
