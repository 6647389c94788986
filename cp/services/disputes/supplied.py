"""What a supplier is told: which facts of its own rows are disputed, by its own keys, and later the answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Dispute, DisputedWord, SourceRecord, SourceVersion
from cp.models.child import Child
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.rules.derive import Value
from cp.rules.disputes import dispute_state, fed_value
from cp.rules.findings import values_of
from cp.services import audit
from cp.services.disputes.facts import PLACES
from cp.services.source_facts import said
from cp.services.supply import rows
from cp.services.supply.words import newest_of
from cp.terms import Act, Disputable, DisputeFinding, RecordState

TOLD_FOR = timedelta(days=90)
"""For how long after it was given an answer stands there."""
AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of one row. `key`: the supplier's own; None where it has none. `raised`: its newest file says still
    what was found wrong."""

    uid: UUID
    key: str | None
    fact: Disputable
    since: date
    due_on: date
    decided_on: date | None
    finding: DisputeFinding | None
    raised: bool


def of(session: Session, actor: Actor) -> list[Told]:
    """Those of this organisation, undecided and oldest first; each has its entry in the audit.

    Nothing of a shielded record is there, whatever the fact, as if everybody had taken it back: a supplier cannot tell.
    """
    found = session.execute(_query(actor)).all()
    newest = newest_of(session, [record.id for _, record, _ in found])
    told = [(_told(one, record, newest[record.id]), child) for one, record, child in found if record.id in newest]
    abouts = [audit.About(child.subject_id, one.uid, reason=one.fact) for one, child in told]
    audit.record_all(session, actor, Act.SEE_SUPPLY, abouts)
    return [one for one, _ in told]


def _query(actor: Actor) -> Select[Dispute, SourceRecord, Child]:
    return (
        select(Dispute, SourceRecord, Child)
        .join(DisputedWord, DisputedWord.dispute_id == Dispute.id)
        .join(SourceRecord, SourceRecord.id == DisputedWord.record_id)
        .join(Child, Child.id == Dispute.child_id)
        .where(
            SourceRecord.organisation_id == actor.organisation_id, SourceRecord.row_key.is_not(None),
            SourceRecord.child_id == Child.id, Child.state == RecordState.LIVE, Child.shielded_at.is_(None),
            Dispute.withdrawn_at.is_(None),
            or_(Dispute.decided_at.is_(None), Dispute.decided_at > clock.now() - TOLD_FOR),
        )
        .order_by(Dispute.decided_at.is_not(None), Dispute.due_on, Dispute.id)
        .limit(AT_MOST)
    )  # fmt: skip


def _told(one: Dispute, record: SourceRecord, version: SourceVersion) -> Told:
    since, key = london_day(one.opened_at), record.row_key or ""
    decided_on = london_day(one.decided_at) if one.decided_at else None
    state = dispute_state(since, one.due_on, decided_on, clock.today())
    wrong = one.finding in (DisputeFinding.WRONG, DisputeFinding.NOT_KNOWN)
    fed = fed_value(state, _same(one, record, version), wrong)
    own = None if key.startswith(rows.BLIND) else key
    return Told(one.uid, own, one.fact, since, one.due_on, decided_on, one.finding, fed == "raise")


def _same(one: Dispute, record: SourceRecord, version: SourceVersion) -> bool:
    """Whether this source's newest word is still the one that was disputed."""
    value: Value = tuple(one.facts["value"])
    what = said(version, record.kind)
    if one.fact in PLACES:
        return what.stay is not None and not what.has_left
    return value in values_of(what)[one.fact]
