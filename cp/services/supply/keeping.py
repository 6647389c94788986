"""What a placed row says is kept as its source's word, and the records follow from it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import SourceRecord, SourceVersion, SupplyFile
from cp.models.child import Child
from cp.rules import derive
from cp.services import audit, deriving, numbering
from cp.services.source_facts import facts, said
from cp.services.supply.placing import Placed, Row
from cp.services.supply.senders import Sender
from cp.terms import Act, Gender, RowState

Newest = Mapping[int, SourceVersion]
"""By source record: its newest version that stands."""


class Word(NamedTuple):
    """A row and the source record that it is the word of."""

    row: Row
    record: SourceRecord


def keep(session: Session, sender: Sender, file: SupplyFile, placed: Sequence[Placed]) -> None:
    """Keep the words of rows that have a record, make records for those that are nobody's; derive what changed.

    A row that says what its source said before is only confirmed. Each record changed has its entry in the audit.
    """
    ours = [one for one in placed if not one.waits]
    words = [Word(one.row, one.record or _record(session, sender, one)) for one in ours]
    session.flush()
    newest = newest_of(session, [word.record.id for word in words])
    changed = {word.record.child_id for word in words if _said_anew(session, file, word, newest)}
    for word in words:
        word.row.held.state, word.row.held.record_id = RowState.SENT, word.record.id
    derive_and_say(session, sender, file, changed)


def derive_and_say(session: Session, sender: Sender, file: SupplyFile, children: Collection[int]) -> None:
    """Records follow from what was said; an entry for each, without which nothing was changed."""
    if not children:
        return
    deriving.derive(session, *sorted(children))
    subjects = session.scalars(select(Child.subject_id).where(Child.id.in_(children)).order_by(Child.id))
    for subject_id in subjects.all():
        audit.record(session, sender.actor, Act.SUPPLY, audit.About(subject_id, file.uid), request_id=sender.request_id)


def newest_of(session: Session, records: Collection[int]) -> Newest:
    query = (
        select(SourceVersion)
        .where(SourceVersion.record_id.in_(records), SourceVersion.withdrawn_at.is_(None))
        .order_by(SourceVersion.said_on, SourceVersion.id)
    )
    return {version.record_id: version for version in session.scalars(query)}


def _record(session: Session, sender: Sender, placed: Placed) -> SourceRecord:
    """The source's record for the supplier's own key, of this child: one that was untied is tied again."""
    query = select(SourceRecord).where(
        SourceRecord.organisation_id == sender.organisation_id, SourceRecord.row_key == placed.row.key
    )
    child_id = placed.child_id or _child(session, sender, placed.row.said)
    record = session.scalars(query).one_or_none()
    if record is None:
        record = SourceRecord(kind=sender.kind, organisation_id=sender.organisation_id, row_key=placed.row.key)
        session.add(record)
    record.child_id = child_id
    return record


def _child(session: Session, sender: Sender, said: derive.Said) -> int:
    """A new record. What it says is derived before the transaction ends."""
    child = Child(
        number=numbering.unused(session), given_names=said.given_names or "", family_name=said.family_name or "",
        born_on=said.born_on, gender=said.gender or Gender.NOT_SPECIFIED, authority_id=sender.authority_id,
    )  # fmt: skip
    session.add(child)
    session.flush()
    return child.id


def _said_anew(session: Session, file: SupplyFile, word: Word, newest: Newest) -> bool:
    """Whether it is anything new; else the day on which the same was said again is noted, and what it was before."""
    before = newest.get(word.record.id)
    if before is not None and same(said(before, word.record.kind), word.row.said):
        held = word.row.held
        held.facts = held.facts | {"before": before.confirmed_on and before.confirmed_on.isoformat()}
        before.confirmed_on = word.row.said.said_on
        return False
    session.add(version_of(word.record, word.row.said, file))
    return True


def same(before: derive.Said, now: derive.Said) -> bool:
    """Whether two words say the same, whenever they were said. A day of beginning that only one knows is no change."""
    return _facts_of(before) == _facts_of(now)


def _facts_of(one: derive.Said) -> tuple[Any, ...]:
    stay = one.stay and (one.stay.until_on is not None, one.stay.until_on)
    identity = (one.given_names, one.family_name, one.born_on, one.gender)
    return (*identity, one.names, one.addresses, one.carers, sorted(one.numbers), stay)


def version_of(record: SourceRecord, one: derive.Said, file: SupplyFile) -> SourceVersion:
    return SourceVersion(
        record_id=record.id, said_on=one.said_on, file_id=file.id, given_names=one.given_names,
        family_name=one.family_name, born_on=one.born_on, gender=one.gender, facts=facts(one),
    )  # fmt: skip
