"""A directory of before: who was shielded by the command alone has a shield like any other once it is brought up to
date."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from cp.models import Shield
from cp.models.child import Child
from cp.terms import ShieldGround
from tests import build
from tests.build import World
from tests.whole.tables import brought_up

SINCE = datetime(2026, 8, 31, 9, 30, tzinfo=UTC)


def test_a_record_shielded_before_has_its_shield_afterwards(url: str, session: Session, world: World) -> None:
    told, untold, _ = (build.child(session, world) for _ in range(3))
    ids = told.id, untold.id

    def shield(before: Connection) -> None:
        for child_id, ground in zip(ids, (ShieldGround.ADOPTION, None), strict=True):
            before.execute(update(Child).where(Child.id == child_id).values(shielded_at=SINCE, shield_ground=ground))

    brought_up(url, session, "0002", shield)

    rows = session.scalars(select(Shield).order_by(Shield.child_id)).all()
    assert [(row.child_id, row.ground, row.set_at, row.review_on, row.owner_id, row.lifted_at) for row in rows] == [
        (ids[0], ShieldGround.ADOPTION, SINCE, date(2027, 3, 1), None, None),
        (ids[1], ShieldGround.OTHER_SIGNIFICANT_HARM, SINCE, date(2027, 3, 1), None, None),
    ]
