"""Who must be thought of when a child is shielded: at the same address, with the same carer, born as a twin."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.matching.names import fold
from cp.models import Authority
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation
from cp.rules.access import Actor, Allowed, Subject, decide
from cp.rules.postcodes import normalise
from cp.rules.shielding import must_consider_shield, same_home, twins
from cp.services import reading
from cp.services.find import household
from cp.services.records import full_name
from cp.terms import Act, AddressState, RecordState, Relationship

A_FAMILY = 20
"""Children with one telephone number of a carer: with more it is an office's, and makes nobody a brother or sister."""
AFRESH = {"populate_existing": True}
"""It is asked twice in one transaction, before and after the records are held."""


@dataclass(frozen=True, slots=True)
class Other:
    """A child brought up for the same decision."""

    id: int
    uid: UUID
    subject_id: UUID
    name: str
    year: int
    days_after: int | None
    """Of a twin: how many days after the child in question."""
    at_address: bool
    shielded: bool
    """Already, so that nothing is to be decided."""
    elsewhere: tuple[str, str] | None
    """Name and telephone of the other authority, which alone can shield this child."""


class _Home(NamedTuple):
    postcode: str
    lines: tuple[str, ...]


def of(session: Session, actor: Actor, child_id: int) -> tuple[Other, ...]:
    """Everybody to think of: at the address, then elsewhere, of each the twins first, then by age.

    Nothing tells of one that another authority has shielded.
    """
    child = session.get_one(Child, child_id)
    homes = _homes(session, [child_id])[child_id]
    siblings = _siblings(session, child_id)
    near = household.at_postcodes(session, {home.postcode for home in homes if home})
    ids = {*siblings, *near, *household.born_around(session, child_id), *_shielded(session, actor)} - {child_id}
    theirs = _homes(session, ids)
    query = select(Child, Authority).join(Authority, Authority.id == Child.authority_id).where(Child.id.in_(ids))
    found = []
    for other, authority in session.execute(query.order_by(Child.born_on, Child.id), execution_options=AFRESH):
        shared, together = other.id in siblings, _same_home(homes, theirs[other.id])
        twin = _twins(child, other, shared, together is True)
        if must_consider_shield(twin, shared, together) and _may_know(actor, other):
            elsewhere = other.authority_id != actor.authority_id
            found.append(_other(child, other, twin, together is not False, authority if elsewhere else None))
    return tuple(sorted(found, key=lambda one: (not one.at_address, one.days_after is None)))


def beside_a_shield(session: Session, actor: Actor, child_id: int) -> bool:
    """Whether a brother, a sister or a child at the address is shielded, whichever authority answers for it."""
    if any(one.shielded for one in of(session, actor, child_id)):
        return True
    theirs = Child.id.in_(_siblings(session, child_id) - {child_id})
    elsewhere = select(Child.id).where(Child.shielded_at.is_not(None), Child.state == RecordState.LIVE)
    if session.scalars(elsewhere.where(theirs).limit(1)).first() is not None:
        return True
    ids = session.scalars(elsewhere.where(Child.authority_id != actor.authority_id)).all()
    homes = _homes(session, [child_id, *ids])
    return any(_same_home(homes[child_id], homes[one]) is not False for one in ids)


def subject_of(child: Child) -> Subject:
    return Subject(child.authority_id, child.shielded, child.state is RecordState.LIVE)


def _may_know(actor: Actor, other: Child) -> bool:
    """Those that this person may shield, and those that are open elsewhere. A shield elsewhere is told to nobody."""
    subject = subject_of(other)
    if isinstance(decide(actor, Act.PREPARE_SHIELD, subject, clock.today()), Allowed):
        return True
    return subject.live and not subject.shielded


def _other(child: Child, other: Child, twin: bool, together: bool, authority: Authority | None) -> Other:
    return Other(
        other.id, other.uid, other.subject_id, full_name(other.given_names, other.family_name), other.born_on.year,
        (other.born_on - child.born_on).days if twin else None, together, other.shielded,
        (authority.name, authority.team_phone) if authority else None,
    )  # fmt: skip


def _twins(child: Child, other: Child, shared: bool, together: bool) -> bool:
    return twins(
        (other.born_on - child.born_on).days, shared, together, fold(other.family_name) == fold(child.family_name)
    )


def _homes(session: Session, child_ids: Collection[int]) -> defaultdict[int, list[_Home | None]]:
    """Current and last known addresses, unsealed; None for one that cannot be read."""
    reading.also(session, child_ids)
    query = select(ChildLocation).where(
        ChildLocation.child_id.in_(child_ids),
        ChildLocation.state.in_([AddressState.CURRENT, AddressState.LAST_KNOWN]),
        ChildLocation.address_sealed.is_not(None),
    )
    found: defaultdict[int, list[_Home | None]] = defaultdict(list)
    for row in session.scalars(query, execution_options=AFRESH):
        found[row.child_id].append(_home(row))
    return found


def _home(row: ChildLocation) -> _Home | None:
    try:
        address: dict[str, Any] = row.address
    except sealing.KeyProblem:
        return None
    return _Home(normalise(address["postcode"]) or address["postcode"], tuple(address["lines"]))


def _same_home(here: list[_Home | None], there: list[_Home | None]) -> bool | None:
    """None where one of the addresses cannot be read, and no others agree."""
    pairs = [(one, other) for one in here for other in there]
    if any(
        one and other and one.postcode == other.postcode and same_home(one.lines, other.lines) for one, other in pairs
    ):
        return True
    return None if any(None in pair for pair in pairs) else False


def _siblings(session: Session, child_id: int) -> set[int]:
    """Whoever has a carer in common, known by the row or by a telephone number: each source writes its own row."""
    theirs = select(Carer).join(ChildCarer, ChildCarer.carer_id == Carer.id)
    carers = session.scalars(theirs.where(ChildCarer.child_id == child_id, _CARES)).all()
    keys = {key for one in carers for phone in one.details["phones"] for key in sealing.ring().look_ups("phone", phone)}
    same = ChildCarer.carer_id.in_([one.id for one in carers])
    found = set(session.scalars(select(ChildCarer.child_id).where(same, _CARES)))
    by_phone = select(Carer.phone_key, ChildCarer.child_id).join(ChildCarer, ChildCarer.carer_id == Carer.id)
    sharing: dict[int | None, set[int]] = defaultdict(set)
    for key, other_id in session.execute(by_phone.where(Carer.phone_key.in_(keys), _CARES)):
        sharing[key].add(other_id)
    return found.union(*(ids for ids in sharing.values() if len(ids) <= A_FAMILY))


_CARES = ChildCarer.ended_on.is_(None) & (ChildCarer.relationship != Relationship.LOCAL_AUTHORITY)


def _shielded(session: Session, actor: Actor) -> set[int]:
    """The authority's own shielded children, whom no index has at a place."""
    query = select(Child.id).where(Child.authority_id == actor.authority_id, Child.shielded_at.is_not(None))
    return set(session.scalars(query.where(Child.state == RecordState.LIVE)))
