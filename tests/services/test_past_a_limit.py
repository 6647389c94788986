"""Past a limit: what cannot wait, what a manager allows, how often somebody may search, and what counting costs."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Alert, Allowance, AuditEvent
from cp.rules.access import Actor
from cp.services import children, looking_up, saying_more, searches
from cp.services.audit import Refusal
from cp.services.looking_up import SearchedTooOften, Stopped
from cp.terms import Act, AlertKind, Reason
from tests import build, build_watched
from tests.build import World
from tests.pages.test_record import whole
from tests.services.directory import executed
from tests.services.test_find_cost import scans
from tests.services.test_looking_up import HARD, SOFT, alerts, look_at, own, some
from tests.web import actor_of


@pytest.fixture
def sam(session: Session, world: World) -> Actor:
    build_watched.limits(session, world.authority, SOFT, HARD)
    actor = actor_of(session, world.sam)
    session.commit()
    return actor


def test_urgent_opens_and_a_reviewer_is_told_each_time(session: Session, world: World, sam: Actor) -> None:
    for child in own(session, world, HARD):
        look_at(session, sam, child)
    urgent = some(session, world, 2)
    for child in urgent:
        children.give_reason(session, sam, child.uid, Reason.MAY_NEED_HELP)
        for _ in range(2):
            saying_more.urgent(session, sam, child.uid)
        look_at(session, sam, child)

    assert alerts(session) == [(AlertKind.URGENT_LOOK_UP, HARD + at) for at in range(2)]
    assert session.scalars(select(Alert.subject_id).order_by(Alert.id)).all() == [one.subject_id for one in urgent]
    said = select(AuditEvent.reason).where(AuditEvent.act == Act.GIVE_MORE_REASON)
    assert session.scalars(said).all() == ["urgent"] * 2


def test_nothing_urgent_is_said_of_a_record_that_is_not_there(session: Session, sam: Actor) -> None:
    for act in (saying_more.urgent, saying_more.asked):
        with pytest.raises(Refusal):
            act(session, sam, UUID(int=7))


def test_what_a_manager_allowed_adds_to_the_day(
    session: Session, world: World, sam: Actor, clock: time_machine.Traveller
) -> None:
    found = own(session, world, HARD + 3)
    for child in found[:HARD]:
        look_at(session, sam, child)
    given = Allowance(account_id=sam.account_id, given_by_id=world.una.account.id, at=clocks.now(), records=2)
    build.add(session, given)

    look_at(session, sam, found[HARD])
    look_at(session, sam, found[HARD + 1])
    with pytest.raises(Stopped):
        look_at(session, sam, found[HARD + 2])


def test_the_next_week_is_told_again(session: Session, world: World, sam: Actor, clock: time_machine.Traveller) -> None:
    for child in some(session, world, SOFT):
        look_at(session, sam, child)
    clock.shift(timedelta(days=7))
    for child in some(session, world, SOFT):
        look_at(session, sam, child)

    assert alerts(session) == [(AlertKind.MANY_LOOK_UPS, SOFT)] * 2


def test_sixty_searches_in_an_hour(session: Session, sam: Actor, clock: time_machine.Traveller) -> None:
    facts = {"given_name": "Amira"}
    for _ in range(60):
        searches.start(session, sam, facts, Reason.WORKING_WITH)
        clock.shift(timedelta(seconds=10))

    with pytest.raises(SearchedTooOften) as refused:
        searches.start(session, sam, facts, Reason.WORKING_WITH)
    assert refused.value.again_at == clocks.now() + timedelta(minutes=50)

    clock.shift(timedelta(minutes=50))
    searches.start(session, sam, facts, Reason.WORKING_WITH)


def test_a_limit_costs_two_statements_that_an_index_answers(session: Session, world: World, sam: Actor) -> None:
    child = whole(session, world)
    children.give_reason(session, sam, child.uid, Reason.WORKING_WITH)
    row, _ = children.find(session, sam, child.uid, Act.OPEN_RECORD)
    why, _ = children.opening(session, sam, row, None)

    sent = executed(session, lambda: looking_up.within(session, sam, row, why))

    assert len(sent) == 2
    assert [statement for statement in sent if scans(session, *statement)] == []
