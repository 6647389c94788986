"""Children of the demonstration with nothing particular about them: what a script may look for."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models.child import Child, ChildLocation
from cp.services import reading
from cp.services.demo.loading import found
from cp.terms import AddressState, Gender, RecordState


class Ordinary(NamedTuple):
    number: str
    given_name: str
    family_name: str
    date_of_birth: str
    gender: str
    postcode: str


def children(session: Session, count: int) -> Sequence[Ordinary]:
    """So many, if there are, spread over the directory: with two names, a gender and one known address.

    Raises LookupError where no demonstration is loaded: the children of a real directory are listed nowhere.
    """
    if found(session)[0] != "complete":
        raise LookupError("no demonstration")
    reading.unshielded(session)
    one_home = (
        select(ChildLocation.child_id, func.min(ChildLocation.id).label("home"))
        .group_by(ChildLocation.child_id)
        .having(func.count() == 1)
        .subquery()
    )
    query = (
        select(Child, ChildLocation)
        .join(one_home, one_home.c.child_id == Child.id)
        .join(ChildLocation, ChildLocation.id == one_home.c.home)
        .where(
            Child.state == RecordState.LIVE, Child.shielded_at.is_(None), Child.died_on.is_(None),
            Child.gender != Gender.NOT_SPECIFIED, Child.family_name != "", ChildLocation.state == AddressState.CURRENT,
        )
        .order_by(Child.given_names.contains(" "), Child.number)
        .limit(count)
    )  # fmt: skip
    return [
        Ordinary(child.number, child.given_names, child.family_name, child.born_on.isoformat(), child.gender,
                 home.address["postcode"])
        for child, home in session.execute(query)
    ]  # fmt: skip
