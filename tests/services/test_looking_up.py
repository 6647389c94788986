"""How many records one account opens: what is counted, when more is asked, where it stops, who is told."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Alert, AuditEvent, Search
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import children, disclosing, involvements, looking_up, saying_more
from cp.services.families import asking, letters
from cp.services.looking_up import MoreNeeded, Stopped, Used
from cp.services.retention import staying
from cp.terms import Act, AlertKind, Asking, Decision, MoreReason, Reason
from tests import build, build_disclosures, build_families, build_shields, build_watched
from tests.build import World
from tests.web import actor_of

SOFT, HARD = 3, 5


@pytest.fixture
def sam(session: Session, world: World) -> Actor:
    build_watched.limits(session, world.authority, SOFT, HARD)
    actor = actor_of(session, world.sam)
    session.commit()
    return actor


def look_at(session: Session, actor: Actor, child: Child, act: Act = Act.OPEN_RECORD) -> None:
    """As a page does: a reason, the record, and the end of the transaction; what was refused is written down."""
    try:
        if children.find(session, actor, child.uid, act)[0].opened is None:
            children.give_reason(session, actor, child.uid, Reason.WORKING_WITH)
        children.open_record(session, actor, child.uid, act=act)
    except looking_up.Over as over:
        session.rollback()
        saying_more.refused(session, actor, over, act)
        session.commit()
        raise
    session.commit()


def some(session: Session, world: World, how_many: int) -> list[Child]:
    found = [build.child(session, world) for _ in range(how_many)]
    session.commit()
    return found


def own(session: Session, world: World, how_many: int) -> list[Child]:
    """Children whom Sam works with."""
    assert world.sam.practitioner is not None
    found = some(session, world, how_many)
    for child in found:
        build.involvement(session, child, world.sam.practitioner)
    return found


def alerts(session: Session) -> list[tuple[AlertKind, int | None]]:
    return [tuple(row) for row in session.execute(select(Alert.kind, Alert.count).order_by(Alert.id))]  # type: ignore[misc]


@pytest.mark.asvs("8.2.4")
def test_past_the_weeks_limit_more_is_asked_and_a_reviewer_is_told(
    session: Session, world: World, sam: Actor, clock: time_machine.Traveller
) -> None:
    first, second, third, fourth = some(session, world, 4)
    look_at(session, sam, first)
    look_at(session, sam, second)
    assert alerts(session) == []
    look_at(session, sam, third)
    assert alerts(session) == [(AlertKind.MANY_LOOK_UPS, 3)]

    with pytest.raises(MoreNeeded):
        look_at(session, sam, fourth)
    look_at(session, sam, first)

    saying_more.give(session, sam, fourth.uid, MoreReason.DUTY_DESK)
    look_at(session, sam, fourth)
    assert alerts(session) == [(AlertKind.MANY_LOOK_UPS, 3)]
    alert = session.scalars(select(Alert)).one()
    assert (alert.authority_id, alert.account_id, alert.subject_id) == (world.authority.id, world.sam.account.id, None)
    assert (alert.at, alert.due_on) == (clocks.now(), clocks.today() + timedelta(days=2))


def test_what_was_said_counts_for_one_record_for_eight_hours(
    session: Session, world: World, sam: Actor, clock: time_machine.Traveller
) -> None:
    *_, fourth, fifth = found = some(session, world, 5)
    for child in found[:3]:
        look_at(session, sam, child)
    children.give_reason(session, sam, fourth.uid, Reason.WORKING_WITH)
    saying_more.give(session, sam, fourth.uid, MoreReason.COVERING)
    session.commit()

    with pytest.raises(MoreNeeded):
        look_at(session, sam, fifth)
    look_at(session, sam, fourth)
    clock.shift(timedelta(hours=8))

    with pytest.raises(MoreNeeded):
        look_at(session, sam, fourth)


def test_another_search_neither_asks_again_nor_makes_it_last_longer(
    session: Session, world: World, sam: Actor, clock: time_machine.Traveller
) -> None:
    *_, fourth = found = some(session, world, 4)
    for child in found[:3]:
        look_at(session, sam, child)
    children.give_reason(session, sam, fourth.uid, Reason.WORKING_WITH)
    saying_more.give(session, sam, fourth.uid, MoreReason.COVERING)
    clock.shift(timedelta(hours=7))
    looks = [{"at": "", "request": "", "children": [str(fourth.subject_id)]}]
    asked = build.add(session, Search(account_id=sam.account_id, at=clocks.now(), reason=Reason.WORKING_WITH,
                                      criteria={}, returned=looks))  # fmt: skip

    assert children.open_record(session, sam, fourth.uid, search_uid=asked.uid).search_uid is None

    clock.shift(timedelta(hours=1))
    with pytest.raises(MoreNeeded):
        children.open_record(session, sam, fourth.uid, search_uid=asked.uid)


def test_the_days_limit_stops_and_counts_ones_own_list_too(session: Session, world: World, sam: Actor) -> None:
    mine, (other,) = own(session, world, HARD), some(session, world, 1)
    for child in mine:
        look_at(session, sam, child)
    assert alerts(session) == []

    for _ in range(3):
        with pytest.raises(Stopped) as stopped:
            look_at(session, sam, other)
    look_at(session, sam, mine[0])

    assert stopped.value.used == Used(records=HARD, others=0, soft=SOFT, hard=HARD, allowed=0)
    assert alerts(session) == [(AlertKind.LIMIT_REACHED, HARD)]
    refused = select(AuditEvent.subject_id, AuditEvent.reason).where(AuditEvent.decision == Decision.REFUSED)
    assert session.execute(refused).all() == [(other.subject_id, "limit")] * 3


def test_a_day_is_twenty_four_hours_and_a_week_seven_times_as_many(
    session: Session, world: World, sam: Actor, clock: time_machine.Traveller
) -> None:
    for child in own(session, world, HARD):
        look_at(session, sam, child)
    fresh, *others = some(session, world, 5)
    clock.shift(timedelta(hours=24) - timedelta(seconds=1))
    with pytest.raises(Stopped):
        look_at(session, sam, fresh)

    clock.shift(timedelta(seconds=1))
    look_at(session, sam, fresh)
    for child in others[:2]:
        look_at(session, sam, child)
    clock.shift(timedelta(days=7) - timedelta(seconds=1))
    with pytest.raises(MoreNeeded):
        look_at(session, sam, others[2])
    clock.shift(timedelta(seconds=1))
    look_at(session, sam, others[2])


def test_whatever_shows_something_of_a_record_counts_once_a_child(session: Session, world: World, sam: Actor) -> None:
    opened, printed, prepared = some(session, world, 3)
    for _ in range(3):
        look_at(session, sam, opened)
    look_at(session, sam, printed, Act.PRINT_RECORD)
    children.give_reason(session, sam, prepared.uid, Reason.WORKING_WITH)
    involvements.form(session, sam, prepared.uid)

    assert looking_up.count(session, sam) == Used(records=3, others=3, soft=SOFT, hard=HARD, allowed=0)
    assert looking_up.count(session, sam, printed.subject_id).records == 2
    assert looking_up.count(session, actor_of(session, world.max)).records == 0


def test_the_teams_forms_that_name_the_child_count_too(session: Session, world: World) -> None:
    team = actor_of(session, world.max)
    stays, given_out, told = some(session, world, 3)
    stays.born_on = date(2009, 1, 1)
    session.flush()

    staying.prepare(session, team, stays.uid)
    disclosing.prepare(session, team, given_out.uid)
    asking.prepare(session, team, told.uid)

    assert looking_up.count(session, team).records == 3


def test_copies_for_families_and_what_is_given_out_go_round_no_limit(session: Session, world: World) -> None:
    build_watched.limits(session, world.authority, SOFT, HARD)
    team, may = actor_of(session, world.max), build_shields.may(session, world)
    asked = [build_families.request(session, world.max, child, Asking.COPY) for child in some(session, world, SOFT)]
    (child,) = some(session, world, 1)
    out = build_disclosures.answered(session, child, world.max, may)

    for one in asked[1:]:
        letters.read(session, team, one.uid)
    disclosing.given(session, team, out.uid)

    assert looking_up.count(session, team).records == SOFT
    with pytest.raises(MoreNeeded):
        letters.read(session, team, asked[0].uid)


def test_no_form_goes_round_a_limit(session: Session, world: World, sam: Actor) -> None:
    for child in own(session, world, HARD):
        look_at(session, sam, child)
    (other,) = some(session, world, 1)
    children.give_reason(session, sam, other.uid, Reason.WORKING_WITH)

    for act in (Act.PREPARE_INVOLVEMENT, Act.RECORD_INVOLVEMENT, Act.TAKE_LEAD):
        with pytest.raises(Stopped):
            children.must_be_open(session, sam, other.uid, act)


def test_what_ended_is_on_nobodys_list(session: Session, world: World, sam: Actor) -> None:
    assert world.sam.practitioner is not None
    ended, mistaken, theirs = some(session, world, 3)
    build.involvement(session, ended, world.sam.practitioner, ended_on=clocks.today())
    build.involvement(session, mistaken, world.sam.practitioner, in_error=True)
    assert world.nia.practitioner is not None
    build.involvement(session, theirs, world.nia.practitioner)
    for child in (ended, mistaken, theirs, *own(session, world, 1)):
        look_at(session, sam, child)

    assert looking_up.count(session, sam).others == 3
