"""A new record for a protected child; an old record sealed by two people."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Base, Involvement, OldIdentity, Opening, SearchKey, Shield
from cp.models.child import Child, ChildLocation
from cp.rules.access import Actor
from cp.services import audit, children, find, handing_over, involved
from cp.services.children import give_reason, open_record
from cp.services.identities import making, sealing
from cp.services.identities.making import NewChild
from cp.services.identities.sealing import Problem
from cp.terms import Act, AddressState, Gender, Reason, RecordState, ShieldGround, WhoAsked
from tests import build
from tests.build import Person, World
from tests.build_identities import asked_to_join, asked_to_seal, derived, elsewhere, may, sealed, shield
from tests.web import actor_of

NEW = NewChild("Nadia", "Haddad", date(2017, 5, 2), Gender.FEMALE, ShieldGround.ADOPTION, date(2027, 5, 23))


@pytest.fixture
def max_(session: Session, world: World) -> Actor:
    return actor_of(session, world.max)


@pytest.fixture
def second(session: Session, world: World) -> Person:
    return may(session, world)


def entries(session: Session, *acts: Act) -> list[tuple[Any, ...]]:
    query = select(AuditEvent.act, AuditEvent.subject_id, AuditEvent.object_id, AuditEvent.reason)
    return [tuple(row) for row in session.execute(query.where(AuditEvent.act.in_(acts)).order_by(AuditEvent.id))]


def the_child(session: Session, uid: UUID) -> Child:
    return session.scalars(select(Child).where(Child.uid == uid)).one()


def test_a_new_record_is_shielded_from_its_first_moment(session: Session, max_: Actor) -> None:
    made = the_child(session, making.make(session, max_, NEW))

    place = session.scalars(select(ChildLocation)).one()
    row = session.scalars(select(Shield)).one()
    assert (made.given_names, made.family_name, made.born_on, made.shield_ground, made.authority_id) == (
        "Nadia", "Haddad", date(2017, 5, 2), ShieldGround.ADOPTION, max_.authority_id,
    )  # fmt: skip
    assert (place.state, place.address, made.shielded) == (AddressState.NONE_KNOWN, None, True)
    assert (row.child_id, row.owner_id, row.who_asked, row.review_on) == (
        made.id, max_.account_id, WhoAsked.OURSELVES, date(2027, 5, 23),
    )  # fmt: skip
    assert list(find.check(session)) == []
    assert entries(session, *Act) == [(Act.MAKE_IDENTITY, made.subject_id, None, "adoption")]
    assert open_record(session, max_, made.uid).reason is Reason.CORRECTING_RECORDS


def test_nothing_anywhere_leads_from_the_one_record_to_the_other(
    session: Session, world: World, max_: Actor, second: Person
) -> None:
    old = derived(session, world, "ZA4 7QD", given_names="Nadia", family_name="Haddad", born_on=NEW.born_on)
    sealing.ask(session, max_, old.uid, second.account.uid)
    identity = session.scalars(select(OldIdentity)).one()
    sealing.answer(session, actor_of(session, second), identity.uid, agreed=True)

    new = the_child(session, making.make(session, max_, NEW))

    names = {one: _names_of(session, one) for one in (old, new)}
    assert [table for table, row in _rows(session) if all(_speaks(row, names[one]) for one in names)] == []


def _names_of(session: Session, child: Child) -> set[Any]:
    """Whatever a row could call this record by, in the clear; a row's own small numbers only in a column for them."""
    return {child.uid, child.subject_id, child.number, ("child_id", child.id)}


def _rows(session: Session) -> list[tuple[str, dict[str, Any]]]:
    session.flush()
    return [
        (table.name, dict(row._mapping)) for table in Base.metadata.sorted_tables
        for row in session.execute(select(table))
    ]  # fmt: skip


def _speaks(row: dict[str, Any], names: set[Any]) -> bool:
    values = {*row.values(), *((name, value) for name, value in row.items() if name.endswith("child_id"))}
    return bool(values & names) or any(str(name) in str(value) for name in names for value in row.values()
                                       if isinstance(value, str) and not isinstance(name, tuple))  # fmt: skip


def test_the_one_act_writes_as_if_there_were_no_other_record(session: Session, world: World, max_: Actor) -> None:
    """With an old record of the same names and birth date and without it: the same entries, but for the ids."""
    derived(session, world, "ZA4 7QD", given_names="Nadia", family_name="Haddad", born_on=NEW.born_on)

    made = the_child(session, making.make(session, max_, NEW))

    assert entries(session, *Act) == [(Act.MAKE_IDENTITY, made.subject_id, None, "adoption")]
    columns = [column.key for column in inspect(Child).column_attrs]
    assert [name for name in columns if getattr(made, name) is None] == [
        "merged_into_id",
        "died_on",
        "archived_on",
        "destroy_on",
    ]


def test_a_colleague_is_asked_and_agrees(session: Session, world: World, max_: Actor, second: Person) -> None:
    child = derived(session, world, "ZA4 7QD")
    give_reason(session, max_, child.uid, Reason.CORRECTING_RECORDS)

    assert sealing.ask(session, max_, child.uid, second.account.uid) is True
    assert sealing.ask(session, max_, child.uid, second.account.uid) is False
    identity = session.scalars(select(OldIdentity)).one()
    assert child.state is RecordState.LIVE
    sealing.answer(session, actor_of(session, second), identity.uid, agreed=True)

    session.expire_all()
    assert (child.state, identity.sealed_at is not None) == (RecordState.SEALED, True)
    assert session.scalars(select(SearchKey)).all() == []
    assert session.scalars(select(Opening)).all() == []
    assert list(find.check(session)) == []
    assert entries(session, Act.ASK_SEAL, Act.SEAL_IDENTITY) == [
        (Act.ASK_SEAL, child.subject_id, identity.uid, None),
        (Act.SEAL_IDENTITY, child.subject_id, identity.uid, "agreed"),
    ]


def test_a_lift_that_waits_and_a_joining_that_waits_are_dropped(
    session: Session, world: World, max_: Actor, second: Person
) -> None:
    child, other = derived(session, world, "ZA4 7QD"), derived(session, world, "ZA4 7QD")
    row = shield(session, child)
    row.lift_asked_by_id, row.lift_asked_at = world.max.account.id, row.set_at
    asked_to_join(session, child, other, world.max)
    identity = asked_to_seal(session, child, world.max, second)

    sealing.answer(session, actor_of(session, second), identity.uid, agreed=True)

    session.expire_all()
    assert session.execute(select(Shield.lift_asked_by_id, Shield.lift_asked_at)).all() == [(None, None)]
    assert session.execute(select(Base.metadata.tables["merge"])).all() == []


def test_a_sealed_record_is_none_everywhere(session: Session, world: World, max_: Actor, second: Person) -> None:
    assert world.nia.practitioner is not None
    child = derived(session, world, "ZA4 7QD")
    held = build.involvement(session, child, world.nia.practitioner)
    nia = actor_of(session, world.nia)
    assert len(involved.mine(session, nia)) == 1

    sealed(session, child, world.max, second)

    assert involved.mine(session, nia) == []
    assert involved.running(session, world.nia.practitioner.id) == 0
    assert handing_over.live_children(session, world.authority.id) == 0
    for who in (nia, max_, actor_of(session, second)):
        for act in (Act.OPEN_RECORD, Act.PRINT_RECORD, Act.PREPARE_SEAL, Act.PREPARE_MERGE, Act.SEE_SHIELDS):
            with pytest.raises(audit.Refusal) as refused:
                children.find(session, who, child.uid, act)
            assert refused.value.hidden or refused.value.reason == "role"
    assert session.get_one(Involvement, held.id).ended_on is None


def test_whoever_asked_never_agrees_and_may_take_it_back(session: Session, world: World, second: Person) -> None:
    child = derived(session, world, "ZA4 7QD")
    identity = asked_to_seal(session, child, world.max, second)
    max_ = actor_of(session, world.max)

    with pytest.raises(audit.Refusal, match="second_person"):
        sealing.answer(session, max_, identity.uid, agreed=True)
    sealing.answer(session, max_, identity.uid, agreed=False)

    assert session.scalars(select(OldIdentity)).all() == []
    assert child.state is RecordState.LIVE
    assert entries(session, Act.SEAL_IDENTITY) == [(Act.SEAL_IDENTITY, child.subject_id, identity.uid, "declined")]


def test_nothing_is_sealed_for_one_who_has_left_the_team(session: Session, world: World, second: Person) -> None:
    identity = asked_to_seal(session, derived(session, world, "ZA4 7QD"), world.max, second)
    world.max.account.active = False
    session.flush()

    with pytest.raises(Problem, match="asker_left"):
        sealing.answer(session, actor_of(session, second), identity.uid, agreed=True)


def test_only_a_colleague_of_the_team_is_asked(session: Session, world: World, max_: Actor, second: Person) -> None:
    child = derived(session, world, "ZA4 7QD")
    _, eve = elsewhere(session)
    suspended = may(session, world, "Mo Khan", active=False)

    for other in (world.max, world.rex, eve, suspended):
        with pytest.raises(Problem, match="second"):
            sealing.ask(session, max_, child.uid, other.account.uid)
    with pytest.raises(Problem, match="second"):
        sealing.ask(session, max_, child.uid, None)
    assert [one.name for one in sealing.prepare(session, max_, child.uid).colleagues] == ["May Lindqvist"]
