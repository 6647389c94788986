"""Two records beside each other, as the management team may see them, and whether one person may join them."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.matching.names import fold
from cp.models.child import Child
from cp.rules import number
from cp.rules.access import Actor
from cp.rules.merging import far_apart, merge_result
from cp.services import audit, children, looking_up, record_parts, telling_apart
from cp.services.record_row import Row
from cp.services.records import Opened, Record
from cp.terms import Act, Gender, Part

Looked = tuple[Row, frozenset[Part], Opened]


@dataclass(frozen=True, slots=True)
class Pair:
    """The record that was on the screen, the other one, and whether a second person must agree."""

    this: Record
    other: Record
    shielded: tuple[bool, bool]
    alike: "Alike"
    second_needed: bool
    told_apart: bool
    """Somebody found them to be two children: they are never joined."""


class Alike(NamedTuple):
    """Which of the facts that say who a child is are the same; a gender that one does not state is neither."""

    given: bool
    family: bool
    birth: bool
    gender: bool | None

    @property
    def name(self) -> bool:
        return self.given and self.family


def other_of(session: Session, actor: Actor, uid: UUID, typed: str) -> UUID | None:
    """The record of this number, where it may be joined with this one; None alike for whatever else it is."""
    query = select(Child.uid).where(Child.number == (number.normalise(typed) or ""), Child.uid != uid)
    found = session.scalars(query).one_or_none()
    try:
        return found and children.find(session, actor, found, Act.PREPARE_MERGE)[0].uid
    except audit.Refusal:
        return None


def compare(session: Session, actor: Actor, uid: UUID, other: UUID) -> Pair:
    """Both records, each opened and audited."""
    both = hold(session, actor, uid, other, Act.PREPARE_MERGE)
    this, that = (_seen(session, actor, *looked) for looked in both)
    (a, _, _), (b, _, _) = both
    alone = comes_to(session, a, b, second_person=False) != "refused"
    return Pair(this, that, (a.shielded, b.shielded), alike(a, b), not alone, telling_apart.are(session, a.id, b.id))


def _seen(session: Session, actor: Actor, row: Row, parts: frozenset[Part], why: Opened) -> Record:
    audit.record(session, actor, Act.PREPARE_MERGE, audit.About(subject_id=row.subject_id, parts=parts))
    return record_parts.assemble(session, actor, row, parts, why)


def hold(session: Session, actor: Actor, uid: UUID, other: UUID, act: Act) -> tuple[Looked, Looked]:
    """Both, held in the order of their making, so that two people at once wait for each other once."""
    if uid == other:
        raise audit.Refusal("none", hidden=True)
    looking_up.hold(session, actor)
    session.execute(select(Child.id).where(Child.uid.in_((uid, other))).order_by(Child.id).with_for_update())
    return children.correct(session, actor, uid, act), children.correct(session, actor, other, act)


def comes_to(session: Session, a: Row, b: Row, *, second_person: bool) -> str:
    """What the rule says of these two now."""
    told = telling_apart.are(session, a.id, b.id)
    return merge_result(a.shielded, b.shielded, far_apart(*alike(a, b)), told, second_person)


class Who(NamedTuple):
    """Who a record, or a supplied row, says that a child is."""

    given_names: str
    family_name: str
    born_on: date | None
    gender: Gender


def alike(a: Row | Who, b: Row | Who) -> Alike:
    """Which facts of the two are the same."""
    genders = {a.gender, b.gender}
    return Alike(
        fold(a.given_names) == fold(b.given_names), fold(a.family_name) == fold(b.family_name), a.born_on == b.born_on,
        None if Gender.NOT_SPECIFIED in genders else len(genders) == 1,
    )  # fmt: skip
