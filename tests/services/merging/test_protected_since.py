"""What protects the joined record was set for whom it is about: taken apart, either of the two may be that child."""

from datetime import date, timedelta

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import lodging
from cp.config import Config
from cp.models import LegalHold, Merge, Shield
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import find
from cp.services.merging import deciding, moving
from tests import build_retention
from tests.build import World
from tests.build_identities import asked_to_join, may, shield
from tests.web import actor_of


def joined(session: Session, world: World, pair: tuple[Child, Child]) -> tuple[Child, Child]:
    kept, gone = pair
    one = asked_to_join(session, kept, gone, world.max)
    deciding.answer(session, actor_of(session, may(session, world)), (kept.uid, one.uid), agreed=True)
    return kept, gone


def taken_back(session: Session, actor: Actor) -> None:
    moving.undo(session, actor, session.scalars(select(Merge.uid)).one())
    session.expire_all()


def test_a_shield_set_since_is_on_both(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child], config: Config
) -> None:
    lodging.use(config.lodge)
    kept, gone = joined(session, world, pair)
    first = shield(session, kept, world.max)

    taken_back(session, max_)

    second = session.scalars(select(Shield).where(Shield.child_id == gone.id)).one()
    assert (kept.shielded, gone.shielded) == (True, True)
    assert (second.ground, second.owner_id, second.review_on, second.lifted_at) == (
        first.ground, first.owner_id, first.review_on, None,
    )  # fmt: skip
    assert list(find.check(session)) == []
    noted = {line.uid for line in lodging.lines(config.lodge, clocks.now()) if line.kind is lodging.Kind.SHIELD}
    assert gone.subject_id in noted


def test_one_that_was_there_before_stays_where_it_was(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    shield(session, kept, world.max)
    joined(session, world, pair)

    taken_back(session, max_)

    assert (kept.shielded, gone.shielded) == (True, False)


def test_a_hold_placed_since_holds_both(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child], clock: time_machine.Traveller
) -> None:
    kept, gone = pair
    own = build_retention.hold(session, world, kept, date(2027, 3, 1))
    joined(session, world, pair)
    clock.shift(timedelta(minutes=1))
    since = build_retention.hold(session, world, kept, date(2027, 5, 1))
    over = build_retention.hold(session, world, kept, date(2026, 11, 23))
    waits = build_retention.hold(session, world, kept, date(2027, 6, 1), agreed_at=None)

    taken_back(session, max_)

    stay = session.scalars(select(LegalHold.uid).where(LegalHold.child_id == kept.id)).all()
    assert set(stay) == {own.uid, since.uid, over.uid, waits.uid}
    too = session.scalars(select(LegalHold).where(LegalHold.child_id == gone.id)).one()
    assert (too.ends_on, too.reason, too.first_id, too.second_id, too.agreed_at) == (
        since.ends_on, since.reason, since.first_id, since.second_id, since.agreed_at,
    )  # fmt: skip


def test_a_death_said_since_stands_where_it_was_said(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = joined(session, world, pair)
    kept.died_on = date(2026, 11, 20)
    session.flush()

    taken_back(session, max_)

    assert (kept.died_on, gone.died_on) == (date(2026, 11, 20), None)
