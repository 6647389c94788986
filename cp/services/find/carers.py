"""Who cares for a child now, as far as the child can be found by it: opened to be indexed and to be compared only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import sealing
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child
from cp.sealing import KeyProblem
from cp.services.find.entry import Entry
from cp.services.find.known import read
from cp.services.find.lists import one_of
from cp.services.find.prepared import Prepared
from cp.terms import RecordState, Relationship

_CARERS = Prepared(
    select(ChildCarer.child_id, Carer.uid, Carer.details_sealed)
    .join(Carer, Carer.id == ChildCarer.carer_id)
    .join(Child, Child.id == ChildCarer.child_id)
    .where(
        one_of(ChildCarer.child_id, "ids"), ChildCarer.ended_on.is_(None),
        ChildCarer.relationship != Relationship.LOCAL_AUTHORITY,
        Child.state == RecordState.LIVE, Child.shielded_at.is_(None),
    )
    .order_by(ChildCarer.child_id, ChildCarer.id)
)  # fmt: skip


def entries(session: Session, ids: Sequence[int]) -> dict[int, Entry]:
    """The live ones among these children, each with everything that it may be found by."""
    if not ids:
        return {}
    known, carers = read(session, ids), carers_of(session, ids)
    return {child_id: found.whole(tuple(carers.get(child_id, ()))) for child_id, found in known.items()}


def carers_of(session: Session, ids: Iterable[int]) -> dict[int, list[str]]:
    """The names of those who care for these children; none of a shielded child.

    One that does not open is nobody: it is lost already, and keeps no child from being found by the rest.
    """
    ring = sealing.ring()
    found: dict[int, list[str]] = defaultdict(list)
    for child_id, uid, sealed in _CARERS.read(session.connection(), ids=list(ids)):
        try:
            found[child_id].append(ring.unseal(sealed, Carer.__tablename__, "details", uid)["name"])
        except KeyProblem:
            continue
    return found
