"""A record that came into being by a file, and for which nobody speaks once the file is undone, is no more."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from cp.models import (
    Change,
    ContactRequest,
    Disclosure,
    Dispute,
    FamilyRequest,
    Involvement,
    LegalHold,
    Merge,
    OldIdentity,
    Opening,
    Override,
    Pair,
    Shield,
    SourceRecord,
    SourceVersion,
    StayConsent,
    SupplyRow,
    ToldApart,
)  # fmt: skip
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation, ChildName, OutsideNumber
from cp.services import find
from cp.services.sensitive import moving
from cp.services.supply import pairing
from cp.terms import RecordState

_JOINED = aliased(Child)
SOMEBODYS = (
    Involvement.child_id, Shield.child_id, Override.child_id, OldIdentity.child_id, ContactRequest.child_id,
    Dispute.child_id, Merge.kept_id, Merge.gone_id, _JOINED.merged_into_id, Change.child_id, StayConsent.child_id,
    LegalHold.child_id, FamilyRequest.child_id,
)  # fmt: skip
"""What a person has done with a record: it stays, as it stands, for them."""
UNSAID: tuple[Any, ...] = (ChildName, ChildLocation, OutsideNumber, ChildCarer)
"""Facts that no source says are somebody's, too; what sources said is gone once they say nothing."""
BELONGING: tuple[Any, ...] = (SourceRecord, Opening, Pair, ToldApart)
"""What goes with the record, besides its facts."""


def unmake(session: Session, children: Collection[int]) -> list[int]:
    """Delete those of them for whom no source says anything, and with whom nobody has done anything; no archived one.

    A record that was there before its supplier spoke of it has other words, or a person's facts, and stays. Returns the
    ids of those that are no more.
    """
    gone = _nobodys(session, children)
    if not gone:
        return []
    pairing.place_again(session, gone)
    records = select(SourceRecord.id).where(SourceRecord.child_id.in_(gone))
    session.execute(update(SupplyRow).where(SupplyRow.record_id.in_(records)).values(record_id=None))
    _facts(session, gone)
    versions = delete(SourceVersion).where(SourceVersion.record_id.in_(records))
    told = delete(ToldApart).where(ToldApart.other_id.in_(gone))
    for statement in (versions, told, *(delete(model).where(model.child_id.in_(gone)) for model in BELONGING)):
        session.execute(statement.execution_options(synchronize_session=False))
    session.execute(delete(Child).where(Child.id.in_(gone)))
    session.expire_all()
    return gone


def _nobodys(session: Session, children: Collection[int]) -> list[int]:
    spoken_for = exists().where(
        SourceRecord.child_id == Child.id, SourceVersion.record_id == SourceRecord.id,
        SourceVersion.withdrawn_at.is_(None),
    )  # fmt: skip
    used = [exists().where(column == Child.id) for column in SOMEBODYS]
    given_out = Disclosure.authority_id == Child.authority_id, Disclosure.subject_id == Child.subject_id
    used.append(exists().where(*given_out))
    unsaid = [exists().where(model.child_id == Child.id, model.source_id.is_(None)) for model in UNSAID]
    here = Child.id.in_(children), Child.archived_on.is_(None)
    query = select(Child.id, Child.uid).where(*here, ~spoken_for, *(~one for one in (*used, *unsaid)))
    return [child_id for child_id, uid in session.execute(query).all() if not moving.any_of(session, uid)]


def _facts(session: Session, gone: Collection[int]) -> None:
    """What was derived, and by what the children were found."""
    carers = session.scalars(select(ChildCarer.carer_id).where(ChildCarer.child_id.in_(gone))).all()
    for model in UNSAID:
        session.execute(delete(model).where(model.child_id.in_(gone)))
    session.execute(delete(Carer).where(Carer.id.in_(carers)))
    hidden = update(Child).where(Child.id.in_(gone))
    session.execute(hidden.values(state=RecordState.SEALED, name_source_id=None, born_source_id=None))
    find.reindex(session, *gone)
