"""Records taken apart again are what they would have been had nobody ever joined them, whatever happened meanwhile."""

from collections import Counter
from collections.abc import Callable

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.services import find
from tests.build import World
from tests.conftest import ENGINE, NOW
from tests.facts_of import of_child
from tests.scale import SEED, scaled
from tests.services.merging.histories import Played, drawn

HISTORIES = scaled(100 if ENGINE == "sqlite" else 20, 1000)


def records(session: Session) -> Counter[str]:
    session.expire_all()
    return Counter(str(of_child(session, child)) for child in session.scalars(select(Child)))


def test_taken_apart_each_is_what_it_would_have_been(
    session: Session, twin: Session, world: World, clock: time_machine.Traveller,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    histories, undone = drawn(SEED, HISTORIES)
    played = [Played(session, world, joining=True), Played(twin, world.held_by(twin), joining=False)]
    for one in played:
        clock.move_to(NOW, tick=False)
        one.play(clock, histories, undone)

    joined, never = records(session), records(twin)
    record_property("histories", HISTORIES)
    record_property("taken apart", played[0].apart)
    assert sorted((joined - never).elements()) == sorted((never - joined).elements())
    assert played[0].apart > HISTORIES
    assert list(find.check(session)) == []
