"""Whom somebody worked with who has left: found, ended, or given to a colleague."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Involvement
from cp.models.child import Child
from cp.services import audit, handing_over
from cp.services.managing import changing
from cp.terms import Act
from tests import build
from tests.build import World
from tests.services.managers import una
from tests.web import actor_of

TODAY = date(2026, 11, 23)


def left(session: Session, world: World, **given: object) -> tuple[Involvement, Child]:
    """Sam worked with a child, and has left."""
    assert world.sam.practitioner is not None
    child = build.child(session, world, **given)
    held = build.involvement(session, child, world.sam.practitioner)
    changing.close(session, una(session, world), world.sam.account, TODAY)
    session.flush()
    return held, child


def test_only_those_of_people_who_left_wait(session: Session, world: World) -> None:
    assert world.nia.practitioner is not None
    build.involvement(session, build.child(session, world, given_names="Zofia"), world.nia.practitioner)
    _, child = left(session, world)

    rows, total = handing_over.waiting(session, actor_of(session, world.max))

    assert ([(one.name, one.who, one.left_on) for one in rows], total) == ([("Amira Siddiqui", "Sam Okafor", TODAY)], 1)
    entries = session.scalars(select(AuditEvent.subject_id).where(AuditEvent.act == Act.SEE_HANDOVERS)).all()
    assert entries == [child.subject_id]


def test_a_suspended_person_has_not_left_and_a_later_leaver_not_yet(session: Session, world: World) -> None:
    assert world.sam.practitioner is not None
    build.involvement(session, build.child(session, world), world.sam.practitioner)
    changing.close(session, una(session, world), world.sam.account, TODAY + timedelta(days=1))

    assert handing_over.waiting(session, actor_of(session, world.max)) == ([], 0)


def test_ending_ends_it_on_the_day_they_left(session: Session, world: World) -> None:
    held, child = left(session, world)

    assert handing_over.settle(session, actor_of(session, world.max), held.uid, None) == ("Amira Siddiqui", None)

    assert (held.ended_on, held.lead) == (TODAY, False)
    assert handing_over.waiting(session, actor_of(session, world.max)) == ([], 0)
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.HAND_OVER)).one()
    assert (entry.subject_id, entry.object_id, entry.reason) == (child.subject_id, held.uid, "ended")
    with pytest.raises(audit.Refusal, match="none"):
        handing_over.settle(session, actor_of(session, world.max), held.uid, None)


def test_a_colleague_takes_over_from_today(session: Session, world: World) -> None:
    held, child = left(session, world)
    held.lead = True
    dee = build.person(session, world.school, "Dee Whitlock", "dee.whitlock", role_title="Head")
    assert dee.practitioner is not None
    _, colleagues = handing_over.one(session, actor_of(session, world.max), held.uid)
    assert [one.name for one in colleagues] == ["Dee Whitlock", "Lou Marsh"]

    handing_over.settle(session, actor_of(session, world.max), held.uid, dee.practitioner.uid)

    (new,) = session.scalars(select(Involvement).where(Involvement.practitioner_id == dee.practitioner.id))
    assert (new.child_id, new.started_on, new.ended_on, new.lead) == (child.id, TODAY, None, False)
    assert held.ended_on == TODAY


def test_who_works_with_the_child_already_is_recorded_once(session: Session, world: World) -> None:
    held, child = left(session, world)
    assert world.lou.practitioner is not None
    build.involvement(session, child, world.lou.practitioner)

    handing_over.settle(session, actor_of(session, world.max), held.uid, world.lou.practitioner.uid)

    running = select(Involvement).where(Involvement.child_id == child.id, Involvement.ended_on.is_(None))
    assert len(session.scalars(running).all()) == 1


def test_nobody_of_another_organisation_takes_over(session: Session, world: World) -> None:
    held, _ = left(session, world)
    assert world.nia.practitioner is not None

    for uid in (world.nia.practitioner.uid, uuid4()):
        with pytest.raises(handing_over.NoSuchColleague):
            handing_over.settle(session, actor_of(session, world.max), held.uid, uid)
    assert held.ended_on is None


def test_one_that_began_on_the_last_day_was_none(session: Session, world: World) -> None:
    held, _ = left(session, world)
    held.started_on = TODAY
    session.flush()

    handing_over.settle(session, actor_of(session, world.max), held.uid, None)

    assert (held.in_error, held.ended_on) == (True, None)


def test_a_child_shielded_elsewhere_is_not_there(session: Session, world: World) -> None:
    other = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                         help_phone="+441614960101"))  # fmt: skip
    held, _ = left(session, world, authority_id=other.id, shielded=True)
    max_ = actor_of(session, world.max)

    assert handing_over.waiting(session, max_) == ([], 0)
    with pytest.raises(audit.Refusal, match="none"):
        handing_over.settle(session, max_, held.uid, None)


def test_a_shielded_child_of_ones_own_is_handed_over(session: Session, world: World) -> None:
    held, _ = left(session, world, shielded=True)

    assert handing_over.settle(session, actor_of(session, world.max), held.uid, None)[0] == "Amira Siddiqui"


def test_an_involvement_of_another_authority_is_not_there(session: Session, world: World) -> None:
    held, _ = left(session, world)
    other = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                         help_phone="+441614960101"))  # fmt: skip
    world.school.authority_id = other.id
    session.flush()

    with pytest.raises(audit.Refusal, match="none"):
        handing_over.one(session, actor_of(session, world.max), held.uid)


def test_only_live_records_are_counted(session: Session, world: World) -> None:
    build.child(session, world)
    build.child(session, world, state="archived")

    assert handing_over.live_children(session, world.authority.id) == 1
