"""A child has died, moved away, left school: told by a practitioner, on the record once the team has made sure."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Change
from cp.models.child import Child, ChildLocation
from cp.services import audit, children
from cp.services.changes import deciding, telling
from cp.services.changes.deciding import Found
from cp.services.changes.telling import Said
from cp.terms import Act, AddressState, ChangeAnswer, ChangeKind, LeaveKind, MovedTo, RecordState, Role
from tests import build
from tests.build import Person, World
from tests.build_identities import shield
from tests.build_supply import AMIRA, send
from tests.build_supply import children as records
from tests.build_telling import give_reason
from tests.web import actor_of

DIED = Said(ChangeKind.DIED)
MOVED = Said(ChangeKind.MOVED_AWAY, date(2026, 11, 2), MovedTo.ABROAD)


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    """Whom her school has sent, and whose record Nia has a reason to open."""
    send(session, world.school, AMIRA)
    (child,) = records(session)
    give_reason(session, child, world.nia)
    return child


def tell(session: Session, who: Person, child: Child, said: Said = DIED) -> bool:
    fresh = telling.tell(session, actor_of(session, who), child.uid, said)
    session.commit()
    return fresh


def answer(session: Session, who: Person, said: ChangeAnswer, died_on: date | None = None) -> None:
    person = actor_of(session, who)
    (one,) = deciding.listed(session, person).rows
    deciding.answer(session, person, one.uid, Found(said, died_on))
    session.commit()


def test_a_death_is_on_no_record_before_the_team_has_made_sure(session: Session, world: World, amira: Child) -> None:
    tell(session, world.nia, amira)

    assert records(session)[0].died_on is None
    (one,) = deciding.listed(session, actor_of(session, world.max)).rows
    assert (one.name, one.kind, one.on, one.by, one.due_on, one.late) == (
        "Amira Siddiqui", ChangeKind.DIED, None, world.nia.account.name, date(2026, 11, 24), False,
    )  # fmt: skip


def test_a_death_that_is_true_is_on_the_record_with_its_day(session: Session, world: World, amira: Child) -> None:
    tell(session, world.nia, amira)

    answer(session, world.max, ChangeAnswer.TRUE, date(2026, 11, 20))

    record = children.open_record(session, actor_of(session, world.nia), amira.uid)
    assert (record.died_on, deciding.listed(session, actor_of(session, world.max)).rows) == (date(2026, 11, 20), ())


def test_a_death_without_its_day_is_not_noted(session: Session, world: World, amira: Child) -> None:
    tell(session, world.nia, amira)

    with pytest.raises(ValueError, match="a death needs its day"):
        answer(session, world.max, ChangeAnswer.TRUE)


def test_what_is_not_true_leaves_the_record_as_it_is(session: Session, world: World, amira: Child) -> None:
    tell(session, world.nia, amira)

    answer(session, world.max, ChangeAnswer.NOT_TRUE, date(2026, 11, 20))

    assert (records(session)[0].died_on, session.scalars(select(Change.answer)).all()) == (
        None, [ChangeAnswer.NOT_TRUE],
    )  # fmt: skip


def places(session: Session) -> list[tuple[AddressState, date | None, LeaveKind | None]]:
    query = select(ChildLocation.state, ChildLocation.from_on, ChildLocation.leave_kind)
    return [(state, since, how) for state, since, how in session.execute(query)]


def test_a_move_that_is_true_takes_the_place_of_the_address(
    session: Session, world: World, amira: Child, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=1))
    give_reason(session, amira, world.nia)
    tell(session, world.nia, amira, MOVED)
    before = places(session)

    answer(session, world.max, ChangeAnswer.TRUE)

    assert before == [(AddressState.CURRENT, None, None)]
    assert places(session) == [(AddressState.LEFT_AREA, date(2026, 11, 2), LeaveKind.UNKNOWN)]


def test_leaving_school_changes_nothing_but_that_it_was_looked_at(session: Session, world: World, amira: Child) -> None:
    tell(session, world.nia, amira, Said(ChangeKind.LEFT_SCHOOL))
    before = (places(session), records(session)[0].version)

    answer(session, world.max, ChangeAnswer.TRUE)

    assert (places(session), records(session)[0].version) == before


def test_the_same_told_twice_is_told_once(session: Session, world: World, amira: Child) -> None:
    fresh = [tell(session, world.nia, amira, said) for said in (DIED, DIED, MOVED)]

    assert (fresh, session.scalars(select(Change.kind).order_by(Change.id)).all()) == (
        [True, False, True], [ChangeKind.DIED, ChangeKind.MOVED_AWAY],
    )  # fmt: skip


def test_of_a_shielded_record_it_is_told_and_looked_at_alike(session: Session, world: World, amira: Child) -> None:
    shield(session, amira)
    session.commit()

    tell(session, world.nia, amira)
    answer(session, world.max, ChangeAnswer.TRUE, date(2026, 11, 20))

    record = children.open_record(session, actor_of(session, world.nia), amira.uid)
    assert (records(session)[0].died_on, record.died_on) == (date(2026, 11, 20), None)


def test_another_areas_team_sees_nothing_of_it(session: Session, world: World, amira: Child) -> None:
    tell(session, world.nia, amira)
    change = session.scalars(select(Change)).one()
    there = build.add(session, build.opened(name="Southmere Council", education_code="998",
                                         team_phone="+441614960131", help_phone="+441614960101"))  # fmt: skip
    council = build.organisation(session, there, world.council.kind, name="Southmere Council",
                                 body_kind=world.council.body_kind)  # fmt: skip
    other = actor_of(session, build.person(session, council, "Sid Marsh", "sid.manager", Role.MANAGEMENT_TEAM))

    assert (deciding.listed(session, other).rows, deciding.count(session, other)) == ((), 0)
    with pytest.raises(audit.Refusal):
        deciding.answer(session, other, change.uid, Found(ChangeAnswer.TRUE, date(2026, 11, 20)))


def test_of_a_record_that_is_no_longer_live_nothing_waits(session: Session, world: World, amira: Child) -> None:
    tell(session, world.nia, amira)
    records(session)[0].state = RecordState.SEALED
    session.commit()

    assert deciding.listed(session, actor_of(session, world.max)).rows == ()


def test_each_step_stands_in_the_audit(session: Session, world: World, amira: Child) -> None:
    tell(session, world.nia, amira)
    answer(session, world.max, ChangeAnswer.NOT_TRUE)

    query = select(AuditEvent.act, AuditEvent.subject_id, AuditEvent.reason)
    told = query.where(AuditEvent.act.in_([Act.TELL_CHANGE, Act.JUDGE_CHANGE])).order_by(AuditEvent.id)
    assert session.execute(told).all() == [
        (Act.TELL_CHANGE, amira.subject_id, "died"), (Act.JUDGE_CHANGE, amira.subject_id, "not_true"),
    ]  # fmt: skip
