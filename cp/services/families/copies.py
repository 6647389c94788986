"""A copy of what a record says: prepared by one of the team, released or kept back by another of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
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
from cp.services.coded import Coded
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
    """Only what this person may have; `items` says which parts that is, empty ones too.

    `says` is a hash of all of it. `changed`: it says something else than what was released, and has nothing here.
    """

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
    says: str = ""
    changed: bool = False


def items_of(known: Known) -> frozenset[CopyItem]:
    """What its copy has for this person; nothing where they may have none, whatever the record says."""
    return copy_items(known.counts_as, known.identity_checked, known.safe, known.sensitive)


def parts_of(items: Iterable[CopyItem]) -> frozenset[Part]:
    return frozenset({Part.IDENTITY}.union(*(PARTS[item] for item in items)))


def of(session: Session, actor: Actor, request: FamilyRequest, row: Row, known: Known) -> Copied:
    """As the record is now; nothing of it once the copy was kept back, a week after it was released, or where the
    record says something else since."""
    answer, today = asking.answer_of(request), clock.today()
    on = london_day(request.answered_at) if request.answered_at else None
    nothing = Copied(
        frozenset(), answer, team.name_of(session, request.answered_by_id) if request.answered_by_id else None, on,
        request.prepared_by_id == actor.account_id, full_name(row.given_names, row.family_name), row.number,
        row.born_on, row.gender,
    )  # fmt: skip
    if not copy_handed_over(answer, on, True, today):
        return nothing
    found = _as_it_is(session, actor, row, known, nothing)
    unchanged = answer is None or request.answer.get("says") == found.says
    return found if copy_handed_over(answer, on, unchanged, today) else replace(nothing, changed=True)


def _as_it_is(session: Session, actor: Actor, row: Row, known: Known, nothing: Copied) -> Copied:
    items = items_of(known)
    more = bool(items - {CopyItem.IDENTITY})
    found = replace(nothing, items=items, **(_facts(session, actor, row, known, items) if more else {}))
    return replace(found, says=_says(found, (row.shielded, known.safe) if more else ()))


def _says(one: Copied, protected: tuple[object, ...]) -> str:
    """A hash of what is read on it. Of one that has more than who the child is, a shield is among it: that a copy is
    shown no more tells nobody what has changed, and one of four facts reads the same, shield or no shield."""
    names, numbers = ([(each.kind, each.name) for each in one.names], [(each.kind, each.value) for each in one.numbers])
    facts = (
        sorted(one.items), one.name, one.number, one.born_on, one.gender, names, one.addresses, one.workers, one.carers,
        numbers, one.sensitive, protected,
    )  # fmt: skip
    return sha256(repr(facts).encode()).hexdigest()


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


class Refused(Coded):
    """A code of `copy_answer_refusal`, or `changed`."""


def answer(session: Session, actor: Actor, uid: UUID, said: CopyAnswer, seen: str) -> None:
    """Release it or keep it back; whoever prepared it may only take it back. Raises Refused, Refusal.

    `seen`: what the copy said when this person read it (`Copied.says`), since nothing else is released.
    """
    request, row = asking.find(session, actor, uid, Act.ANSWER_FAMILY_REQUEST, lock=True)
    waits = request.about is Asking.COPY and request.answer is None
    member = team.has(session, actor.authority_id, actor.account_id)
    refusal = copy_answer_refusal(request.prepared_by_id, actor.account_id, member, waits)
    taken_back = said is CopyAnswer.WITHDRAWN and refusal == "second_person" and member
    if refusal and not taken_back:
        raise Refused(refusal)
    kept: dict[str, str] = {"answer": said}
    if said is CopyAnswer.RELEASE:
        kept["says"] = of(session, actor, request, row, asking.known(session, request, row)).says
        if kept["says"] != seen:
            raise Refused("changed")
    request.answer, request.answered_by_id, request.answered_at = kept, actor.account_id, clock.now()
    session.flush()
    about = audit.About(subject_id=row.subject_id, object_id=uid, reason=_audited(said))
    audit.record(session, actor, Act.ANSWER_FAMILY_REQUEST, about)


def _audited(said: CopyAnswer) -> str:
    """Why a copy was kept back says something of people, and stands sealed with the request alone."""
    return "released" if said is CopyAnswer.RELEASE else "not_released"
