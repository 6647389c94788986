"""What was joined into a record, for the management team, and taking it apart again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cp.models import Account, Merge
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit, children
from cp.services.merging import moving, words
from cp.services.merging.moving import NothingToUndo
from cp.services.merging.words import Word
from cp.services.records import full_name
from cp.services.shielding import setting
from cp.terms import Act, Part


@dataclass(frozen=True, slots=True)
class Joined:
    """A record that went, by the name and the number that it had; `by`: who asked for it, `at`: when it went."""

    uid: UUID
    name: str
    number: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Here:
    """The record on the screen, what was joined into it, the newest first, and what can be taken out of it."""

    name: str
    number: str
    shielded: bool
    joined: tuple[Joined, ...]
    words: tuple[Word, ...]

    def word(self, uid: UUID) -> Word | None:
        return next((one for one in self.words if one.uid == uid), None)

    def of(self, merge_uid: UUID) -> Joined | None:
        return next((one for one in self.joined if one.uid == merge_uid), None)


def look(session: Session, actor: Actor, uid: UUID) -> Here:
    """Which organisations say something of the child is shown, and written down, as who works with it. Raises
    Refusal."""
    row, parts, _ = children.correct(session, actor, uid, Act.PREPARE_MERGE)
    said = words.of(session, uid) if Part.INVOLVEMENTS in parts else ()
    shown = (Part.IDENTITY, Part.INVOLVEMENTS) if said else (Part.IDENTITY,)
    audit.record(session, actor, Act.PREPARE_MERGE, audit.About(subject_id=row.subject_id, parts=shown))
    found = session.execute(_joined(row.id)).all()
    return Here(
        full_name(row.given_names, row.family_name), row.number, row.shielded,
        tuple(Joined(one, full_name(*names), number, by, at) for one, *names, number, by, at in found),
        said,
    )  # fmt: skip


def _joined(child_id: int) -> Select[UUID, str, str, str, str, datetime | None]:
    return (
        select(Merge.uid, Child.given_names, Child.family_name, Child.number, Account.name, Merge.merged_at)
        .join(Child, Child.id == Merge.gone_id)
        .join(Account, Account.id == Merge.asked_by_id)
        .where(Merge.kept_id == child_id, Merge.merged_at.is_not(None), Child.merged_into_id == child_id)
        .order_by(Merge.merged_at.desc(), Merge.id.desc())
    )


def take_apart(session: Session, actor: Actor, uid: UUID, merge_uid: UUID) -> None:
    """Two records again, which no machine ever joins. Raises Refusal, and NothingToUndo where it was done before.

    Of one that is shielded both are from then on: two lift the shield of the one that needs none.
    """
    found = select(Merge).join(Child, Child.id == Merge.kept_id).where(Merge.uid == merge_uid, Child.uid == uid)
    one = session.scalars(found).one_or_none()
    if one is None:
        raise NothingToUndo
    both = [session.get_one(Child, child_id, with_for_update=True) for child_id in (one.kept_id, one.gone_id)]
    ground = both[0].shield_ground
    moving.undo(session, actor, merge_uid)
    setting.stays(session, actor, ground, *both)
