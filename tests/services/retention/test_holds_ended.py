"""A hold that is ended before its day: one asks, another agrees, and the record goes as if it had ended so."""

from datetime import date
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import LegalHold
from cp.models.child import Child
from cp.services import audit
from cp.services.retention import holds, sweeping, unholding
from cp.services.retention.believing import Believed
from cp.services.retention.holds import Problem
from cp.terms import Act
from tests import build, build_identities, build_retention
from tests.build import Person, World
from tests.build_retention import entries
from tests.web import actor_of

ENDS, TODAY = date(2027, 5, 1), date(2026, 11, 23)


@pytest.fixture
def may(session: Session, world: World) -> Person:
    return build_identities.may(session, world)


@pytest.fixture
def child(session: Session, world: World) -> Child:
    """Whose six years are over."""
    return build_retention.archived(session, build.child(session, world), date(2020, 11, 1))


@pytest.fixture
def held(session: Session, world: World, child: Child) -> UUID:
    reason = {"reason": "court", "reference": ""}
    return build_retention.hold(session, world, child, ENDS, reason=reason).uid


def ends(session: Session) -> list[date]:
    return list(session.scalars(select(LegalHold.ends_on)))


def test_one_asks_another_agrees_and_the_record_goes_that_night(
    session: Session, world: World, may: Person, child: Child, held: UUID
) -> None:
    assert sweeping.step(session, Believed(clocks.now())) == (None, 0)
    unholding.ask(session, actor_of(session, world.max), held)
    (listed,) = holds.listed(session, actor_of(session, may), 1).rows
    assert (listed.end_asked_by, listed.end_mine, child.destroy_on) == (world.max.account.name, False, ENDS)

    unholding.answer(session, actor_of(session, may), held, agreed=True)

    assert (ends(session), child.destroy_on) == ([TODAY], TODAY)
    assert holds.listed(session, actor_of(session, may), 1).rows == ()
    said = [(one.act, one.subject_id, one.object_id, one.reason) for one in entries(session, Act.ASK_HOLD,
                                                                                  Act.ANSWER_HOLD)]  # fmt: skip
    assert said == [(Act.ASK_HOLD, child.subject_id, held, "end"), (Act.ANSWER_HOLD, child.subject_id, held, "ended")]
    assert sweeping.step(session, Believed(clocks.now())) == ("destroyed", 1)


def test_another_hold_on_the_record_goes_on(
    session: Session, world: World, may: Person, child: Child, held: UUID
) -> None:
    build_retention.hold(session, world, child, date(2027, 1, 1))
    unholding.ask(session, actor_of(session, world.max), held)

    unholding.answer(session, actor_of(session, may), held, agreed=True)

    assert child.destroy_on == date(2027, 1, 1)


def test_nobody_ends_one_alone_or_for_somebody_who_has_left(
    session: Session, world: World, may: Person, held: UUID
) -> None:
    unholding.ask(session, actor_of(session, world.max), held)
    unholding.ask(session, actor_of(session, may), held)

    with pytest.raises(Problem, match="two_people"):
        unholding.answer(session, actor_of(session, world.max), held, agreed=True)
    world.max.account.active = False
    session.flush()
    with pytest.raises(Problem, match="asker_left"):
        unholding.answer(session, actor_of(session, may), held, agreed=True)

    assert ends(session) == [ENDS]


@pytest.mark.parametrize("who", ["asker", "another"])
def test_either_may_drop_it_and_then_nothing_waits(
    session: Session, world: World, may: Person, held: UUID, who: str
) -> None:
    unholding.ask(session, actor_of(session, world.max), held)

    unholding.answer(session, actor_of(session, world.max if who == "asker" else may), held, agreed=False)

    with pytest.raises(audit.Refusal):
        unholding.answer(session, actor_of(session, may), held, agreed=True)
    (listed,) = holds.listed(session, actor_of(session, may), 1).rows
    assert (listed.end_asked_by, ends(session)) == (None, [ENDS])


def test_one_that_waits_is_over_or_is_anothers_is_not_there(
    session: Session, world: World, may: Person, child: Child, held: UUID, clock: time_machine.Traveller
) -> None:
    waiting = build_retention.hold(session, world, child, ENDS, agreed_at=None).uid
    _, stranger = build_identities.elsewhere(session)

    for who, uid in ((world.max, waiting), (stranger, held), (world.max, UUID(int=0))):
        with pytest.raises(audit.Refusal) as refused:
            unholding.ask(session, actor_of(session, who), uid)
        assert refused.value.hidden
    clock.move_to("2027-05-01T12:00Z")
    with pytest.raises(audit.Refusal):
        unholding.ask(session, actor_of(session, world.max), held)
