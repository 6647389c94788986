"""Children whom a person has told apart: for ever, and whatever record theirs has become since."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import ToldApart
from cp.models.child import Child
from cp.rules.access import Actor


def records(session: Session, actor: Actor | None, child_id: int, other_id: int) -> None:
    """These two are two children."""
    first, second = sorted((child_id, other_id))
    if not _told(session, {first}, {second}):
        session.add(ToldApart(child_id=first, other_id=second, account_id=_who(actor), at=clock.now()))
        session.flush()


def row(session: Session, actor: Actor | None, child_id: int, organisation_id: int, row_key: str) -> None:
    """This supplier's row is not of this record, however often it comes."""
    known = select(ToldApart.id).where(
        ToldApart.child_id == child_id, ToldApart.organisation_id == organisation_id, ToldApart.row_key == row_key
    )
    if session.scalars(known).first() is None:
        session.add(ToldApart(child_id=child_id, organisation_id=organisation_id, row_key=row_key,
                              account_id=_who(actor), at=clock.now()))  # fmt: skip
        session.flush()


def are(session: Session, child_id: int, other_id: int) -> bool:
    """Whether these two records, or any that were joined into them, were told apart."""
    return _told(session, _all_of(session, child_id), _all_of(session, other_id))


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


def _all_of(session: Session, child_id: int) -> set[int]:
    """The record, and all that were joined into it."""
    found = fresh = {child_id}
    while fresh:
        fresh = set(session.scalars(select(Child.id).where(Child.merged_into_id.in_(fresh)))) - found
        found = found | fresh
    return found


def _who(actor: Actor | None) -> int | None:
    return actor.account_id if actor else None
