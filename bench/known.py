"""Children of a directory, drawn to be searched for, with what somebody may know of each."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.draw import Draw
from bench.queries import Sought
from cp.models.child import Child, ChildName
from cp.services.find.known import read
from cp.terms import NameKind, RecordState

SEED = 20_261
KNOWN = 4000
"""Children among whom those searched for are drawn."""


def drawn(session: Session, children: int) -> list[int]:
    """Ids drawn from the whole directory."""
    draw, last = Draw(SEED, "sought"), session.scalar(select(func.max(Child.id))) or 0
    return sorted({draw.between(1, last) for _ in range(min(KNOWN, children))})


def sought(session: Session, ids: Sequence[int]) -> list[Sought]:
    """Those of these children who are in the directory and not shielded, with what somebody may know of them."""
    query = (
        select(Child.id, Child.number, Child.given_names, Child.family_name, Child.born_on, Child.gender)
        .where(Child.id.in_(ids), Child.shielded_at.is_(None), Child.state == RecordState.LIVE)
        .order_by(Child.id)
    )
    found = session.execute(query).all()
    known = read(session, [row.id for row in found])
    postcodes = {key: address["postcode"] for key, one in known.items() for address in one.addresses()}
    given, family = _other_names(session, ids)
    return [
        Sought(*row, postcodes.get(row.id, ""), given.get(row.id, ""), family.get(row.id, ""))
        for row in found
    ]  # fmt: skip


def _other_names(session: Session, ids: Sequence[int]) -> tuple[dict[int, str], dict[int, str]]:
    """A preferred given name and a former family name by child, where there is one."""
    query = select(ChildName.child_id, ChildName.kind, ChildName.given_names, ChildName.family_name)
    found = session.execute(query.where(ChildName.child_id.in_(ids)).order_by(ChildName.id)).all()
    given = {row.child_id: row.given_names for row in found if row.kind is NameKind.PREFERRED and row.given_names}
    family = {row.child_id: row.family_name for row in found if row.kind is NameKind.FORMER and row.family_name}
    return given, family
