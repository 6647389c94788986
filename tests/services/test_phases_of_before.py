"""A directory of before: who was at work stays at work, and an authority without children waits for its days."""

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp.models import Authority
from tests import build
from tests.build import World
from tests.whole.tables import brought_up

NONE = dict.fromkeys(("data_from", "shields_from", "access_from"))


def test_an_authority_that_holds_children_is_open_afterwards(url: str, session: Session, world: World) -> None:
    empty = build.add(session, Authority(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                         help_phone="+441614960101"))  # fmt: skip
    planned = build.add(session, build.opened(name="Westmoor Council", education_code="997",
                                              team_phone="+441614960131", help_phone="+441614960101"))  # fmt: skip
    build.child(session, world)
    build.child(session, world, authority_id=planned.id)
    session.execute(update(Authority).where(Authority.id != planned.id).values(**NONE))
    ids = world.authority.id, empty.id, planned.id

    brought_up(url, session, "0012")

    columns = Authority.id, Authority.data_from, Authority.shields_from, Authority.access_from, Authority.opened_on
    assert [tuple(row) for row in session.execute(select(*columns).order_by(Authority.id))] == [
        (ids[0], date(2000, 1, 1), date(2000, 1, 1), date(2000, 1, 2), date(2000, 1, 2)),
        (ids[1], None, None, None, None),
        (ids[2], date(2025, 1, 6), date(2025, 2, 3), date(2025, 3, 3), None),
    ]
