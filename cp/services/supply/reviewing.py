"""Pairs that wait for a person: a supplied row beside a record, and what the management team says of the two."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.matching.compare import Fact
from cp.matching.explaining import by_fact
from cp.matching.joining import Judged, still_fits
from cp.models import Pair, SourceRecord, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.rules import derive
from cp.rules.access import Actor
from cp.rules.merging import answer_takes_two, far_apart
from cp.services import audit, children, record_parts, team, telling_apart
from cp.services.merging.comparing import Looked, Who, alike
from cp.services.record_row import Row as Held
from cp.services.records import Record
from cp.services.supply import candidates, keeping, pairing, placing, rows, senders, told
from cp.services.supply.candidates import Row, Tie
from cp.services.supply.placing import Placed
from cp.services.supply.senders import Sender
from cp.services.supply.told import Told
from cp.terms import Act, FileForm, Gender, PairAnswer, PairState, RecordState, RowState

Came = Literal["joined", "told_joined", "apart", "later", "waits", "over"]


@dataclass(frozen=True, slots=True)
class Beside:
    """A row beside a record. `says`: by fact, the reason in words and whether it agrees, for those that were compared.

    `asked_by`: who has given an answer, `asked`, that a second person must agree to; `mine`: this person.
    """

    uid: UUID
    waiting: int
    record: Record
    said: derive.Said
    supplier: str
    said_on: date
    says: dict[Fact, tuple[str, bool]]
    why: tuple[str, ...]
    second_needed: bool
    asked_by: str | None
    mine: bool
    asked: PairAnswer | None
    told: Told | None
    """Who told of the child, where it is no row of a supplier's."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A pair that is held, with everything that belongs to it."""

    pair: Pair
    row: SupplyRow
    file: SupplyFile
    sender: Sender
    said: Row
    looked: Looked
    """The record, and the parts of it that this person may see."""

    @property
    def child(self) -> Held:
        return self.looked[0]


def following(session: Session, actor: Actor) -> Beside | None:
    """The next pair of this authority: shielded records first, then the oldest; those that somebody was not sure of
    come last. None where nothing waits; then the audit says that somebody looked."""
    query = (
        select(Pair.uid)
        .join(Child, Child.id == Pair.child_id)
        .where(*_waiting(actor))
        .order_by(Pair.later_at.is_not(None), Child.shielded_at.is_(None), Pair.later_at, Pair.id)
    )
    uid = session.scalars(query.limit(1)).first()
    if uid is None:
        audit.record(session, actor, Act.SEE_PAIRS, audit.About(results=0))
        return None
    return show(session, actor, uid)


def _waiting(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """A pair whose record is live no longer is nobody's to decide."""
    live = exists().where(Child.id == Pair.child_id, Child.state == RecordState.LIVE)
    return Pair.authority_id == actor.authority_id, Pair.state == PairState.WAITING, live.correlate(Pair)


def show(session: Session, actor: Actor, uid: UUID) -> Beside:
    """Both sides, the record opened and audited. Raises Refusal."""
    found = _open(session, actor, uid, Act.SEE_PAIRS)
    held, parts, why = found.looked
    about = audit.About(held.subject_id, found.pair.uid, parts=parts)
    audit.record(session, actor, Act.SEE_PAIRS, about)
    judged = _judged(session, found, found.pair.child_id)
    asked = found.pair.asked_by_id
    return Beside(
        found.pair.uid, session.scalar(select(func.count()).where(*_waiting(actor))) or 0,
        record_parts.assemble(session, actor, held, parts, why), found.said.said, found.sender.organisation_name,
        rows.day_of(found.file), by_fact(judged) if judged else {}, tuple(found.pair.why),
        _takes_two(found, PairAnswer.SAME), team.name_of(session, asked) if asked else None,
        asked == actor.account_id, found.pair.asked, told.besides(session, found.file, found.row),
    )  # fmt: skip


def _judged(session: Session, found: _Open, child_id: int) -> Judged | None:
    """None where the record is not live any longer, or it was told without a date of birth."""
    if found.said.said.born_on is None:
        return None
    at = senders.thresholds(session, found.file.organisation_id)
    return placing.judge(session, found.file.organisation_id, found.said, child_id, at)


def answer(session: Session, actor: Actor, uid: UUID, said: PairAnswer) -> Came:
    """What becomes of the pair. `waits` for a second person; `over` where somebody was faster. Raises Refusal."""
    try:
        found = _open(session, actor, uid, Act.JUDGE_PAIR)
    except audit.Refusal:
        if _still(session, actor, uid):
            raise
        return "over"
    came = _answer(session, actor, found, said)
    session.flush()
    about = audit.About(found.child.subject_id, found.pair.uid, reason=came)
    audit.record(session, actor, Act.JUDGE_PAIR, about)
    return came


def _answer(session: Session, actor: Actor, found: _Open, said: PairAnswer) -> Came:
    if said is PairAnswer.LATER:
        found.pair.later_at = clock.now()
        return "later"
    if _takes_two(found, said) and not _agreed_before(session, actor, found.pair, said):
        found.pair.asked_by_id, found.pair.asked = actor.account_id, said
        found.pair.later_at = clock.now()
        return "waits"
    if said is PairAnswer.DIFFERENT:
        _apart(session, actor, found)
        pairing.again_beside(session, found.row)
        return "apart"
    _decide(found.pair, PairState.SAME, actor)
    pairing.drop(session, [found.row.id])
    _keep(session, found, found.pair.child_id)
    pairing.again_beside(session, found.row)
    return "told_joined" if found.file.form is FileForm.TOLD else "joined"


def _agreed_before(session: Session, actor: Actor, pair: Pair, said: PairAnswer) -> bool:
    """Whether another of the team, who is of it still, has given this answer."""
    asked = pair.asked_by_id
    another = asked is not None and asked != actor.account_id and pair.asked is said
    return another and team.has(session, actor.authority_id, asked or 0)


def _apart(session: Session, actor: Actor, found: _Open) -> None:
    """Two children: for ever. Where no other record is left to look at, the row is of the one that its key has come to
    since, or has one of its own, unless none is made of it: then it waits on, beside nobody. So does what a
    practitioner told."""
    _decide(found.pair, PairState.DIFFERENT, actor)
    telling_apart.row(session, actor, found.pair.child_id, found.file.organisation_id, found.said.key)
    session.flush()
    others = select(Pair.id).where(Pair.row_id == found.row.id, Pair.state == PairState.WAITING)
    on_its_own = session.scalars(others.limit(1)).first() is None and found.file.form is not FileForm.TOLD
    if on_its_own and not candidates.makes_none(session, found.said):
        pairing.tell_apart(session, actor, found.row.id, _keep(session, found, _come_to(session, found)))


def _come_to(session: Session, found: _Open) -> int | None:
    """The record to which the row's key was tied since, where it still fits and nobody has told the two apart."""
    tied, organisation_id = _source(session, found), found.file.organisation_id
    if tied is None or telling_apart.of_row(session, tied.child_id, organisation_id, found.said.key):
        return None
    judged = _judged(session, found, tied.child_id)
    return tied.child_id if judged and still_fits(judged, senders.thresholds(session, organisation_id)) else None


def _keep(session: Session, found: _Open, child_id: int | None) -> int:
    """The row's word, kept as any other is: of this record, or of a new one."""
    tied = _source(session, found)
    record = Tie(tied.id, child_id) if tied and tied.child_id == child_id else None
    keeping.keep(session, found.sender, found.file, [Placed(found.said, record, child_id)])
    session.flush()
    pairing.look_who_left(session, found.file)
    return session.get_one(SourceRecord, found.row.record_id).child_id


def _source(session: Session, found: _Open) -> SourceRecord | None:
    """To which the supplier's own key for the row is tied."""
    query = select(SourceRecord).where(
        SourceRecord.organisation_id == found.file.organisation_id, SourceRecord.row_key == found.said.key
    )
    return session.scalars(query).one_or_none()


def _decide(pair: Pair, state: PairState, actor: Actor) -> None:
    pair.state, pair.decided_by_id, pair.decided_at = state, actor.account_id, clock.now()


def _still(session: Session, actor: Actor, uid: UUID) -> bool:
    return session.scalars(select(Pair.id).where(Pair.uid == uid, *_waiting(actor))).first() is not None


def _open(session: Session, actor: Actor, uid: UUID, act: Act) -> _Open:
    """The pair, held, and the record, as this person may change it. Raises Refusal."""
    pair = session.scalars(select(Pair).where(Pair.uid == uid, *_waiting(actor)).with_for_update()).one_or_none()
    if pair is None:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    uid_of_child = session.scalars(select(Child.uid).where(Child.id == pair.child_id)).one()
    looked = children.correct(session, actor, uid_of_child, act)
    row = session.get_one(SupplyRow, pair.row_id)
    file = session.get_one(SupplyFile, row.file_id)
    sender = senders.of_file(session, file, actor)
    read = rows.read(sender, file, [row])
    if row.state is not RowState.WAITING or not read:
        raise audit.Refusal("none", object_id=uid, hidden=True)
    return _Open(pair, row, file, sender, read[0], looked)


def _takes_two(found: _Open, said: PairAnswer) -> bool:
    row = found.said.said
    who = Who(row.given_names or "", row.family_name or "", row.born_on, row.gender or Gender.NOT_SPECIFIED)
    far = far_apart(*alike(found.child, who))
    return answer_takes_two(said is PairAnswer.SAME, found.child.shielded, far)
