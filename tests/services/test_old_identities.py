"""An old identity opened: by the two people named for it, together, for a short time, and by nobody else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent
from cp.rules.access import Actor
from cp.services import audit
from cp.services.identities import kept, opening, sealing
from cp.services.identities.sealing import Problem
from cp.terms import Act
from tests.build import Person, World
from tests.build_identities import derived, may, sealed
from tests.web import actor_of


@pytest.fixture
def max_(session: Session, world: World) -> Actor:
    return actor_of(session, world.max)


@pytest.fixture
def second(session: Session, world: World) -> Person:
    return may(session, world)


def entries(session: Session, *acts: Act) -> list[tuple[Any, ...]]:
    query = select(AuditEvent.act, AuditEvent.subject_id, AuditEvent.object_id, AuditEvent.reason)
    return [tuple(row) for row in session.execute(query.where(AuditEvent.act.in_(acts)).order_by(AuditEvent.id))]


def test_two_open_it_together_for_fifteen_minutes(
    session: Session, world: World, max_: Actor, second: Person, clock: time_machine.Traveller
) -> None:
    child = derived(session, world, "ZA4 7QD")
    identity = sealed(session, child, world.max, second)
    may_ = actor_of(session, second)

    with pytest.raises(audit.Refusal, match="none"):
        opening.read(session, max_, identity.uid)
    assert opening.ask(session, max_, identity.uid) is True
    assert opening.ask(session, may_, identity.uid) is False
    with pytest.raises(audit.Refusal, match="second_person"):
        opening.agree(session, max_, identity.uid)
    assert opening.agree(session, may_, identity.uid) is True
    for who in (max_, may_):
        found = opening.read(session, who, identity.uid)
        assert (found.record.name, found.record.addresses[0].address.postcode) == ("Amira Siddiqui", "ZA4 7QD")
        assert (found.record.may_record, found.record.may_join, found.record.may_seal) == (False, False, False)
    assert opening.agree(session, may_, identity.uid) is False

    clock.shift(timedelta(minutes=15))
    for who in (max_, may_):
        with pytest.raises(audit.Refusal, match="none"):
            opening.read(session, who, identity.uid)
    assert [entry[0] for entry in entries(session, Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY,
                                          Act.OPEN_OLD_IDENTITY)] == [
        Act.ASK_OLD_IDENTITY, Act.AGREE_OLD_IDENTITY, Act.OPEN_OLD_IDENTITY, Act.OPEN_OLD_IDENTITY,
    ]  # fmt: skip
    assert opening.ask(session, may_, identity.uid) is True


def test_after_a_day_it_has_to_be_asked_for_again(
    session: Session, world: World, max_: Actor, second: Person, clock: time_machine.Traveller
) -> None:
    identity = sealed(session, derived(session, world, "ZA4 7QD"), world.max, second)
    opening.ask(session, max_, identity.uid)

    clock.shift(timedelta(hours=24))

    assert opening.agree(session, actor_of(session, second), identity.uid) is False
    assert [one.stands for one in kept.mine(session, max_).rows] == ["closed"]


def test_nobody_else_has_it(session: Session, world: World, max_: Actor, second: Person) -> None:
    third = may(session, world, "Mina Roy")
    identity = sealed(session, derived(session, world, "ZA4 7QD"), world.max, second)
    opening.ask(session, max_, identity.uid)

    for uid in (identity.uid, uuid4()):
        for act in (opening.ask, opening.agree, opening.read, sealing.asked):
            with pytest.raises(audit.Refusal, match="none") as refused:
                act(session, actor_of(session, third), uid)
            assert (refused.value.hidden, refused.value.subject_id) == (True, None)
    assert kept.mine(session, actor_of(session, third)).rows == ()
    assert [(one.stands, one.mine, one.other) for one in kept.mine(session, max_).rows] == [
        ("asked", True, "May Lindqvist")
    ]


def test_one_who_has_left_the_team_opens_nothing_from_outside(session: Session, world: World, second: Person) -> None:
    identity = sealed(session, derived(session, world, "ZA4 7QD"), world.max, second)
    opening.ask(session, actor_of(session, world.max), identity.uid)
    world.max.account.active = False
    session.flush()

    with pytest.raises(Problem, match="asker_left"):
        opening.agree(session, actor_of(session, second), identity.uid)
