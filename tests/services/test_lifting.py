"""A shield looked at again: kept by one, lifted by two of the team, listed with what is due first."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Account, RoleGrant, SearchPlace
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit, find
from cp.services.shielding import lifting, listing
from cp.services.shielding.lifting import NotAsked, NotShielded, Standing
from cp.terms import Act, RecordState
from tests import build_shields
from tests.build import Person, World
from tests.build_shields import audited
from tests.conftest import NOW
from tests.web import actor_of

REVIEW = date(2027, 5, 23)


@pytest.fixture
def child(session: Session, world: World) -> Child:
    return build_shields.shielded(session, world, world.max)


@pytest.fixture
def may(session: Session, world: World) -> Person:
    return build_shields.may(session, world)


@pytest.fixture
def max_(session: Session, world: World) -> Actor:
    return actor_of(session, world.max)


def test_who_keeps_it_owns_it(session: Session, child: Child, may: Person, max_: Actor) -> None:
    lifting.ask(session, max_, child.uid)

    lifting.keep(session, actor_of(session, may), child.uid, REVIEW)

    row = build_shields.row(session, child)
    assert (row.owner_id, row.review_on, row.kept_at) == (may.account.id, REVIEW, clocks.now())
    assert (row.lift_asked_by_id, row.lift_asked_at, child.shielded) == (None, None, True)
    assert audited(session, Act.KEEP_SHIELD) == [(Act.KEEP_SHIELD, child.subject_id, None)]


def test_two_people_lift_it(session: Session, child: Child, may: Person, max_: Actor) -> None:
    assert session.scalars(select(SearchPlace)).all() == []

    assert lifting.ask(session, max_, child.uid) is Standing.MINE
    assert child.shielded
    lifting.lift(session, actor_of(session, may), child.uid)

    row = build_shields.row(session, child)
    assert (child.shielded, child.shield_ground, child.version) == (False, None, 2)
    assert (row.lift_asked_by_id, row.lifted_by_id, row.lifted_at) == (
        max_.account_id, may.account.id, clocks.now(),
    )  # fmt: skip
    assert session.scalars(select(SearchPlace.child_id)).all() == [child.id]
    assert list(find.check(session)) == []
    assert audited(session, Act.ASK_LIFT, Act.LIFT_SHIELD) == [
        (Act.ASK_LIFT, child.subject_id, "asked"), (Act.LIFT_SHIELD, child.subject_id, None),
    ]  # fmt: skip


def test_who_asked_cannot_agree(session: Session, child: Child, max_: Actor) -> None:
    lifting.ask(session, max_, child.uid)

    with pytest.raises(audit.Refusal, match="second_person"):
        lifting.lift(session, max_, child.uid)

    assert child.shielded


def test_nobody_agrees_to_what_nobody_asks(session: Session, child: Child, may: Person, max_: Actor) -> None:
    with pytest.raises(NotAsked):
        lifting.lift(session, max_, child.uid)
    lifting.ask(session, max_, child.uid)
    lifting.take_back(session, max_, child.uid)

    with pytest.raises(NotAsked):
        lifting.lift(session, actor_of(session, may), child.uid)

    assert child.shielded
    assert audited(session, Act.ASK_LIFT) == [
        (Act.ASK_LIFT, child.subject_id, "asked"), (Act.ASK_LIFT, child.subject_id, "taken_back"),
    ]  # fmt: skip


def test_asking_twice_leaves_the_first(session: Session, child: Child, may: Person, max_: Actor) -> None:
    lifting.ask(session, max_, child.uid)

    again = [lifting.ask(session, max_, child.uid), lifting.ask(session, actor_of(session, may), child.uid)]
    lifting.take_back(session, actor_of(session, may), child.uid)

    assert again == [Standing.MINE, Standing.TO_AGREE]
    assert build_shields.row(session, child).lift_asked_by_id == max_.account_id
    assert len(audited(session, Act.ASK_LIFT)) == 1


def _suspend(session: Session, asker: Person) -> None:
    session.execute(update(Account).where(Account.id == asker.account.id).values(active=False))


def _revoke(session: Session, asker: Person) -> None:
    session.execute(delete(RoleGrant).where(RoleGrant.account_id == asker.account.id))


def _move(session: Session, asker: Person) -> None:
    build_shields.moves_away(session, asker, build_shields.elsewhere(session)[0])


@pytest.mark.parametrize("leaves", [_suspend, _revoke, _move])
def test_asking_counts_only_while_who_asked_is_of_the_team(
    session: Session, world: World, child: Child, may: Person, leaves: object
) -> None:
    lifting.ask(session, actor_of(session, may), child.uid)
    assert callable(leaves)
    leaves(session, may)
    max_ = actor_of(session, world.max)

    assert lifting.show(session, max_, child.uid).standing is Standing.UNASKED
    with pytest.raises(NotAsked):
        lifting.lift(session, max_, child.uid)
    assert lifting.ask(session, max_, child.uid) is Standing.MINE
    assert build_shields.row(session, child).lift_asked_by_id == world.max.account.id


def test_nothing_is_kept_or_lifted_of_an_open_record(
    session: Session, world: World, child: Child, may: Person, max_: Actor
) -> None:
    lifting.ask(session, max_, child.uid)
    lifting.lift(session, actor_of(session, may), child.uid)
    before = build_shields.row(session, child).review_on

    for work in (lifting.show, lifting.ask, lifting.take_back, lifting.lift):
        with pytest.raises(NotShielded):
            work(session, max_, child.uid)
    with pytest.raises(NotShielded):
        lifting.keep(session, max_, child.uid, REVIEW)

    assert build_shields.row(session, child).review_on == before
    assert len(audited(session, Act.LIFT_SHIELD)) == 1


def test_only_the_team_of_the_records_own_authority_lifts(session: Session, world: World, child: Child) -> None:
    _, eve = build_shields.elsewhere(session)
    refused = []

    for person in (world.sam, world.una, world.rex, eve):
        actor = actor_of(session, person)
        for work in (lifting.show, lifting.ask, lifting.take_back, lifting.lift):
            with pytest.raises(audit.Refusal) as refusal:
                work(session, actor, child.uid)
            refused.append(refusal.value.reason)

    assert refused == ["role"] * 16


def test_a_shield_without_its_row_can_be_kept_and_lifted(
    session: Session, world: World, may: Person, max_: Actor
) -> None:
    child = build_shields.child(session, world, shielded=True)
    shown = lifting.show(session, max_, child.uid).shield
    assert (shown.owner, shown.review_on, shown.review_due) == (None, clocks.today(), True)

    lifting.keep(session, max_, child.uid, REVIEW)
    lifting.ask(session, max_, child.uid)
    lifting.lift(session, actor_of(session, may), child.uid)

    assert (child.shielded, build_shields.row(session, child).lifted_by_id) == (False, may.account.id)


def test_what_is_due_stands_first_then_what_waits_for_a_second_person(
    session: Session, world: World, may: Person, max_: Actor
) -> None:
    today = clocks.today()
    for name, days, asker in (
        ("Late", -40, None), ("Later", 90, None), ("Waits", 80, may), ("Today", 0, None), ("Sooner", 9, None),
    ):  # fmt: skip
        build_shields.shielded(session, world, world.max, given_names=name, review_on=today + timedelta(days=days),
                               lift_asked_by=asker)  # fmt: skip
    build_shields.child(session, world, "Open")
    build_shields.shielded(session, world, given_names="Elsewhere", authority_id=build_shields.elsewhere(session)[0].id)
    build_shields.shielded(session, world, given_names="Archived", state=RecordState.ARCHIVED)

    found = listing.shielded(session, max_, 1)

    assert [one.name.split()[0] for one in found.rows] == ["Late", "Today", "Waits", "Sooner", "Later"]
    assert (found.total, found.due, found.waiting, found.last) == (5, 2, 1, 1)
    assert [(one.shield.owner, one.shield.lift_asked_by) for one in found.rows][1:3] == [
        ("Max Adeyemi", None), ("Max Adeyemi", "May Fielding"),
    ]  # fmt: skip
    named = {child.subject_id: child.given_names for child in session.scalars(select(Child))}
    entries = audited(session, Act.SEE_SHIELDS)
    assert [named[subject] for _, subject, _ in entries] == [  # type: ignore[index]
        "Late", "Today", "Waits", "Sooner", "Later",
    ]  # fmt: skip


def test_a_missed_review_lifts_nothing(session: Session, world: World, clock: time_machine.Traveller) -> None:
    child = build_shields.shielded(session, world, review_on=clocks.today() + timedelta(days=30))
    clock.move_to(NOW + timedelta(days=80))

    one = listing.shielded(session, actor_of(session, world.max), 1).rows[0]

    assert (one.shield.review_due, child.shielded) == (True, True)


def test_an_empty_list_is_in_the_audit_too(session: Session, world: World, max_: Actor) -> None:
    assert listing.shielded(session, max_, 1).rows == ()
    assert audited(session, Act.SEE_SHIELDS) == [(Act.SEE_SHIELDS, None, None)]
