"""A shield looked through: who may begin, who is named to review it, what the record shows, how it ends."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Override, SignedIn
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import children, sessions, who
from cp.services.audit import Refusal
from cp.services.children import ReasonNeeded
from cp.services.overriding import starting
from cp.terms import Act, OverrideReason, Reason
from tests import build, build_overriding
from tests.build import Person, World
from tests.web import actor_of

DANGER = OverrideReason.IMMEDIATE_DANGER


def again(session: Session, actor: Actor) -> Actor:
    """The same person at the next request."""
    session.flush()
    query = select(SignedIn.token_hash).where(SignedIn.account_id == actor.account_id, SignedIn.ended_at.is_(None))
    found = who.find(session, session.scalars(query).one(), uuid4())
    assert found is not None
    assert found.actor is not None
    sessions.touch(session, found.session_id, clocks.now())
    return found.actor


def entries(session: Session) -> list[tuple[str, ...]]:
    query = select(AuditEvent.act, AuditEvent.decision, AuditEvent.reason).order_by(AuditEvent.id)
    return [(act.value, decision.value, reason or "") for act, decision, reason in session.execute(query)]


def only(session: Session) -> Override:
    session.expire_all()
    return session.scalars(select(Override)).one()


def test_an_override_shows_the_record_names_a_reviewer_and_is_written(
    session: Session, world: World, acting: Actor, leo: Child
) -> None:
    assert children.open_record(session, acting, leo.uid).shielded

    starting.start(session, acting, leo.uid, DANGER)

    kept = only(session)
    assert (kept.account_id, kept.authority_id, kept.child_id) == (acting.account_id, world.authority.id, leo.id)
    assert (kept.reason, kept.opened_at, kept.left_at, kept.closed_at) == (DANGER, clocks.now(), None, None)
    assert kept.reviewer_id == world.rex.account.id
    assert 100_000 <= kept.reference < 1_000_000
    assert entries(session)[-1] == ("override", "allowed", "immediate_danger")
    entry = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert entry is not None
    assert (entry.subject_id, entry.object_id) == (leo.subject_id, kept.uid)
    record = children.open_record(session, again(session, acting), leo.uid)
    assert (record.shielded, [person.name for person in record.people]) == (False, ["Samantha Ruiz"])
    assert [carer.name for carer in record.carers] == ["Giulia Marchetti"]
    assert record.addresses[0].address.postcode == "ZA9 9ZZ"
    assert record.look is not None
    assert (record.look.reference, record.look.minutes(clocks.now())) == (f"OV-{kept.reference}", 15)
    assert (record.may_print, record.may_override, record.may_record) == (False, True, True)


def test_numbers_of_other_bodies_stay_hidden_and_so_does_every_other_record(
    session: Session, world: World, acting: Actor, leo: Child
) -> None:
    other = build_overriding.leo(session, world, given_names="Mia")
    children.give_reason(session, acting, other.uid, Reason.MAY_NEED_HELP)
    starting.start(session, acting, leo.uid, DANGER)
    now = again(session, acting)

    assert children.open_record(session, now, leo.uid).numbers == ()
    assert children.open_record(session, now, other.uid).shielded
    with pytest.raises(Refusal, match="shielded"):
        children.open_record(session, now, leo.uid, act=Act.PRINT_RECORD)


def test_an_issuing_body_reads_its_numbers_through_no_shield(session: Session, world: World, leo: Child) -> None:
    teacher = build.person(session, world.school, "Tess Moor", "tess.moor")
    build_overriding.give_right(session, teacher)
    actor = actor_of(session, teacher)
    children.give_reason(session, actor, leo.uid, Reason.WORKING_WITH)

    starting.start(session, actor, leo.uid, DANGER)

    record = children.open_record(session, again(session, actor), leo.uid)
    assert (record.shielded, record.numbers) == (False, ())


@pytest.mark.parametrize("who", ["sam", "max", "ash", "rex"])
def test_nobody_overrides_without_the_right(session: Session, world: World, leo: Child, who: str) -> None:
    actor = actor_of(session, getattr(world, who))
    if who != "rex":  # who opens no record
        children.give_reason(session, actor, leo.uid, Reason.WORKING_WITH)

    with pytest.raises(Refusal, match="role"):
        starting.start(session, actor, leo.uid, DANGER)
    assert session.scalars(select(Override)).all() == []


def test_the_right_is_no_reason_to_open_a_record(session: Session, world: World, ola: Person) -> None:
    other = build_overriding.leo(session, world)

    with pytest.raises(ReasonNeeded):
        starting.start(session, actor_of(session, ola), other.uid, DANGER)


def test_what_is_not_there_and_what_is_not_shielded(session: Session, world: World, acting: Actor, leo: Child) -> None:
    with pytest.raises(Refusal, match="none"):
        starting.start(session, acting, uuid4(), DANGER)
    leo.shielded_at = None
    session.flush()
    with pytest.raises(Refusal, match="not_shielded"):
        starting.start(session, acting, leo.uid, DANGER)


def test_the_code_of_signing_in_is_too_old_after_five_minutes(
    session: Session, acting: Actor, leo: Child, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=5))

    assert starting.needs_code(acting)
    with pytest.raises(Refusal, match="fresh_code"):
        starting.start(session, acting, leo.uid, DANGER)


def test_one_without_a_finding_stops_the_next(session: Session, world: World, acting: Actor, leo: Child) -> None:
    other = build_overriding.leo(session, world, given_names="Mia")
    children.give_reason(session, acting, other.uid, Reason.MAY_NEED_HELP)
    starting.start(session, acting, leo.uid, DANGER)
    reference = only(session).reference

    assert starting.about(session, acting, other.uid, Act.PREPARE_OVERRIDE).waiting == f"OV-{reference}"
    with pytest.raises(Refusal, match="one_open"):
        starting.start(session, acting, other.uid, DANGER)
    assert only(session).child_id == leo.id


@pytest.mark.parametrize(
    ("minutes", "seconds", "left"), [(14, 59, 1), (13, 1, 2), (13, 0, 2), (12, 59, 3), (0, 0, 15), (0, 1, 15)]
)
def test_the_minutes_that_are_left(
    session: Session, acting: Actor, leo: Child, clock: time_machine.Traveller, minutes: int, seconds: int, left: int
) -> None:
    starting.start(session, acting, leo.uid, DANGER)
    clock.shift(timedelta(minutes=minutes, seconds=seconds))

    look = starting.look(session, again(session, acting), leo.uid)

    assert look is not None
    assert look.minutes(clocks.now()) == left
    ends = look.closes_at - timedelta(minutes=left - 1) - clocks.now()
    assert look.next_in(clocks.now()) == max(1, ends.total_seconds())


def test_it_closes_after_15_minutes_by_itself(
    session: Session, acting: Actor, leo: Child, clock: time_machine.Traveller
) -> None:
    starting.start(session, acting, leo.uid, DANGER)
    clock.shift(timedelta(minutes=14, seconds=59))
    assert not children.open_record(session, again(session, acting), leo.uid).shielded

    clock.shift(timedelta(seconds=1))

    assert starting.look(session, again(session, acting), leo.uid) is None
    record = children.open_record(session, again(session, acting), leo.uid)
    assert (record.shielded, record.look, record.addresses) == (True, None, ())


def test_a_shield_that_is_lifted_is_no_longer_looked_through(session: Session, acting: Actor, leo: Child) -> None:
    starting.start(session, acting, leo.uid, DANGER)
    leo.shielded_at = None
    session.flush()

    record = children.open_record(session, again(session, acting), leo.uid)

    assert (record.look, record.may_print, record.may_override) == (None, True, False)
