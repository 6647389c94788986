"""What a supplier says of another child, on a record that it was joined to: taken out, to a record of its own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from cp.models import Organisation, Pair, SourceRecord, SourceVersion, SupplyRow
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit, children, deriving, numbering, telling_apart
from cp.services.merging.moving import NothingToUndo
from cp.services.records import full_name
from cp.services.shielding import setting
from cp.services.supply import pairing
from cp.terms import Act, Gender, PairState

_Other = aliased(SourceRecord)
_Said = aliased(SourceVersion)
_LATER = aliased(SourceVersion)
_NEWEST = ~exists().where(
    _LATER.record_id == SourceVersion.record_id, _LATER.withdrawn_at.is_(None),
    tuple_(_LATER.said_on, _LATER.id) > tuple_(SourceVersion.said_on, SourceVersion.id),
)  # fmt: skip
_NOT_ALONE = exists().where(
    _Other.child_id == SourceRecord.child_id, _Other.id != SourceRecord.id, _Said.record_id == _Other.id,
    _Said.withdrawn_at.is_(None), _Said.born_on.is_not(None),
)  # fmt: skip
"""Another source says who the child is: without one there would be no record to take it out of."""


@dataclass(frozen=True, slots=True)
class Word:
    """What an organisation says, under a key of its own, of whoever it means."""

    uid: UUID
    organisation: str
    said_on: date
    name: str
    born_on: date


def of(session: Session, child_uid: UUID) -> tuple[Word, ...]:
    """Those that can be taken out of this record, in the order in which they came."""
    return tuple(
        Word(one.uid, name, one.said_on, full_name(one.given_names or "", one.family_name or ""), one.born_on)
        for one, name in session.execute(_words(child_uid))
        if one.born_on is not None
    )


def _words(child_uid: UUID) -> Select[SourceVersion, str]:
    return (
        select(SourceVersion, Organisation.name)
        .join(SourceRecord, SourceRecord.id == SourceVersion.record_id)
        .join(Organisation, Organisation.id == SourceRecord.organisation_id)
        .join(Child, Child.id == SourceRecord.child_id)
        .where(Child.uid == child_uid, SourceRecord.row_key.is_not(None), SourceVersion.withdrawn_at.is_(None))
        .where(SourceVersion.born_on.is_not(None), _NEWEST, _NOT_ALONE)
        .order_by(SourceRecord.id)
    )


def take_out(session: Session, actor: Actor, uid: UUID, word: UUID) -> UUID:
    """The new record's uid. No machine brings the row back, and what is shielded stays so on both until two people say
    otherwise. Raises Refusal, and NothingToUndo where it is no longer there, or nobody else says who the child is."""
    row, _, _ = children.correct(session, actor, uid, Act.MERGE)
    version = session.scalars(_words(uid).where(SourceVersion.uid == word)).one_or_none()
    if version is None:
        raise NothingToUndo
    source, old = session.get_one(SourceRecord, version.record_id), session.get_one(Child, row.id)
    new = _made(session, old, version)
    source.child_id = new.id
    if source.organisation_id is not None and source.row_key is not None:
        telling_apart.row(session, actor, old.id, source.organisation_id, source.row_key)
    telling_apart.records(session, actor, old.id, new.id)
    of_rows = Pair.row_id.in_(select(SupplyRow.id).where(SupplyRow.record_id == source.id))
    same = of_rows, Pair.child_id == old.id, Pair.state == PairState.SAME
    session.execute(update(Pair).where(*same).values(state=PairState.DIFFERENT))
    pairing.place_again(session, [old.id])
    deriving.derive(session, old.id, new.id)
    setting.stays(session, actor, old.shield_ground, new)
    for subject_id in (old.subject_id, new.subject_id):
        audit.record(session, actor, Act.MERGE, audit.About(subject_id, word, reason="taken_out"))
    return new.uid


def _made(session: Session, old: Child, version: SourceVersion) -> Child:
    made = Child(
        number=numbering.unused(session), authority_id=old.authority_id, given_names=version.given_names or "",
        family_name=version.family_name or "", born_on=version.born_on, gender=version.gender or Gender.NOT_SPECIFIED,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made
