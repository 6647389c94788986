"""A copy of what a record says: prepared by one of the team, released or kept back by another of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from cp import clock
from cp.models import FamilyRequest
from cp.rules.access import Actor
from cp.rules.days import london_day
from cp.rules.derive import Address
from cp.rules.families import OF_THE_LAW, addresses_copied, copy_answer_refusal, copy_handed_over, copy_items
from cp.services import audit, children, team
from cp.services.families import asking, entries
from cp.services.families.asking import Known
from cp.services.record_row import Row
from cp.services.records import NameShown, NumberShown, Person, Record, full_name
from cp.terms import Act, AddressState, Asking, CopyAnswer, CopyItem, Gender, Part, Relationship, SensitiveGround

PARTS = {
    CopyItem.IDENTITY: {Part.IDENTITY},
    CopyItem.OTHER_NAMES: {Part.OTHER_NAMES},
    CopyItem.ADDRESS: {Part.LOCATION},
    CopyItem.WORKERS: {Part.INVOLVEMENTS},
    CopyItem.CARERS: {Part.CARERS},
    CopyItem.NUMBERS: {Part.EDUCATION_NUMBERS, Part.HEALTH_NUMBERS},
    CopyItem.SENSITIVE: {Part.SENSITIVE},
}
"""Which parts of the record are read for it: no others are."""


@dataclass(frozen=True, slots=True)
class Worker:
    """What somebody does and where, since when: no name and no way to reach them."""

    role: str
    organisation: str
    since: date


@dataclass(frozen=True, slots=True)
class Copied:
    """Only what this person may have; `items` says which parts that is, empty ones too."""

    items: frozenset[CopyItem]
    answer: CopyAnswer | None
    answered_by: str | None
    answered_on: date | None
    mine: bool
    name: str
    number: str
    born_on: date
    gender: Gender
    names: tuple[NameShown, ...] = ()
    addresses: tuple[Address, ...] = ()
    workers: tuple[Worker, ...] = ()
    carers: tuple[tuple[str, Relationship], ...] = ()
    numbers: tuple[NumberShown, ...] = ()
    sensitive: tuple[Worker, ...] = ()


def parts_of(items: Iterable[CopyItem]) -> frozenset[Part]:
    return frozenset({Part.IDENTITY}.union(*(PARTS[item] for item in items)))


def of(session: Session, actor: Actor, request: FamilyRequest, row: Row, known: Known) -> Copied:
    """As the record is now; nothing of it once the copy was kept back, or a week after it was released."""
    answer = asking.answer_of(request)
    items = copy_items(known.counts_as, known.identity_checked, known.safe, known.sensitive)
    on = london_day(request.answered_at) if request.answered_at else None
    if not copy_handed_over(answer, on, clock.today()):
        items = frozenset()
    by = team.name_of(session, request.answered_by_id) if request.answered_by_id else None
    facts = _facts(session, actor, row, known, items) if items - {CopyItem.IDENTITY} else {}
    return Copied(
        items, answer, by, on, request.prepared_by_id == actor.account_id,
        full_name(row.given_names, row.family_name), row.number, row.born_on, row.gender, **facts,
    )  # fmt: skip


def _facts(session: Session, actor: Actor, row: Row, known: Known, items: frozenset[CopyItem]) -> dict[str, Any]:
    """What is read for it; the record is given out in these parts alone, so that the others are empty by themselves.

    Of sensitive services, those that the young person agreed to: one that suspects harm may not have told them.
    """
    _, _, record = children.hand_out(session, actor, row.uid, Act.SEE_FAMILY_REQUEST, parts_of(items))
    current = tuple(one.address for one in record.addresses if one.state is AddressState.CURRENT)
    return {
        "names": record.names,
        "addresses": current if addresses_copied(known.counts_as, len(current)) else (),
        "workers": _workers(session, record),
        "carers": tuple((one.name, one.relationship) for one in record.carers),
        "numbers": record.numbers,
        "sensitive": tuple(
            Worker(one.role, one.service, one.started_on)
            for one in record.sensitive
            if one.ground is SensitiveGround.CHILD
        ),
    }


def _workers(session: Session, record: Record) -> tuple[Worker, ...]:
    """Those of now, by their words; not the police, probation or youth justice."""
    everybody: list[Person] = [*record.people, *record.universal]
    justice = entries.uids_of_justice(session, [one.organisation_uid for one in everybody])
    found = [
        Worker(one.role, one.organisation, one.started_on)
        for one in everybody
        if one.organisation_uid not in justice and one.organisation_kind not in OF_THE_LAW
    ]
    return tuple(sorted(found, key=lambda one: (not one.role, one.role, one.organisation, one.since)))


class Refused(Exception):
    """A code of `copy_answer_refusal`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def answer(session: Session, actor: Actor, uid: UUID, said: CopyAnswer) -> None:
    """Release it or keep it back; whoever prepared it may only take it back. Raises Refused, Refusal."""
    request, row = asking.find(session, actor, uid, Act.ANSWER_FAMILY_REQUEST, lock=True)
    waits = request.about is Asking.COPY and request.answered_at is None
    member = team.has(session, actor.authority_id, actor.account_id)
    refusal = copy_answer_refusal(request.prepared_by_id, actor.account_id, member, waits)
    taken_back = said is CopyAnswer.WITHDRAWN and refusal == "second_person" and member
    if refusal and not taken_back:
        raise Refused(refusal)
    request.answer, request.answered_by_id, request.answered_at = {"answer": said}, actor.account_id, clock.now()
    session.flush()
    about = audit.About(subject_id=row.subject_id, object_id=uid, reason=_audited(said))
    audit.record(session, actor, Act.ANSWER_FAMILY_REQUEST, about)


def _audited(said: CopyAnswer) -> str:
    """Why a copy was kept back says something of people, and stands sealed with the request alone."""
    return "released" if said is CopyAnswer.RELEASE else "not_released"
