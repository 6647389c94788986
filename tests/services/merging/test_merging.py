"""Two records of one child joined: by one person or by two, and the shield is the person's."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Merge, Opening, Shield, SourceRecord
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit, find
from cp.services.children import give_reason, open_record
from cp.services.merging import comparing, deciding
from cp.services.merging.deciding import AskerLeft
from cp.terms import (
    Act,
    Reason,
    RecordState,
)  # fmt: skip
from tests import build
from tests.build import World
from tests.build_identities import asked_to_join, derived, elsewhere, may, shield
from tests.web import actor_of

TODAY = date(2026, 11, 23)


def entries(session: Session) -> list[tuple[Any, ...]]:
    query = select(AuditEvent.subject_id, AuditEvent.object_id, AuditEvent.reason).where(AuditEvent.act == Act.MERGE)
    return [tuple(row) for row in session.execute(query.order_by(AuditEvent.id))]


def test_alike_and_open_one_person_joins_them(session: Session, max_: Actor, pair: tuple[Child, Child]) -> None:
    kept, gone = pair
    give_reason(session, max_, gone.uid, Reason.CORRECTING_RECORDS)

    assert deciding.join(session, max_, kept.uid, gone.uid) == "joined"

    one = session.scalars(select(Merge)).one()
    session.expire_all()
    assert (kept.state, gone.state, gone.merged_into_id) == (RecordState.LIVE, RecordState.MERGED, kept.id)
    assert set(session.scalars(select(SourceRecord.child_id))) == {kept.id}
    assert session.scalars(select(Opening.child_id)).all() == [kept.id]
    assert list(find.check(session)) == []
    assert entries(session) == [(kept.subject_id, one.uid, "kept"), (gone.subject_id, one.uid, "gone")]
    assert open_record(session, max_, kept.uid).uid == kept.uid
    with pytest.raises(audit.Refusal, match="none"):
        open_record(session, max_, gone.uid)


@pytest.mark.parametrize("which", ["kept", "gone"])
def test_a_shield_of_either_is_the_persons(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child], which: str
) -> None:
    kept, gone = pair
    row = shield(session, kept if which == "kept" else gone, world.max)
    second = actor_of(session, may(session, world))

    assert deciding.join(session, max_, kept.uid, gone.uid) == "asked"
    one = session.scalars(select(Merge)).one()
    assert (kept.state, gone.state, one.merged_at) == (RecordState.LIVE, RecordState.LIVE, None)
    assert deciding.answer(session, second, (kept.uid, one.uid), agreed=True) == kept.uid

    session.expire_all()
    assert (kept.shielded, gone.state, row.child_id) == (True, RecordState.MERGED, kept.id)
    assert list(find.check(session)) == []
    assert [reason for *_, reason in entries(session)] == ["asked", "asked", "kept", "gone"]
    sam = actor_of(session, world.sam)
    give_reason(session, sam, kept.uid, Reason.WORKING_WITH)
    seen = open_record(session, sam, kept.uid)
    assert (seen.shielded, seen.addresses, seen.names, seen.people) == (True, (), (), ())


def test_both_shielded_keep_a_shield_each(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    first, other = shield(session, kept), shield(session, gone)
    first.lift_asked_by_id, first.lift_asked_at = world.max.account.id, clock.now()
    one = asked_to_join(session, kept, gone, world.max)

    deciding.answer(session, actor_of(session, may(session, world)), (gone.uid, one.uid), agreed=True)

    session.expire_all()
    assert (first.child_id, other.child_id) == (kept.id, gone.id)
    assert session.scalars(select(Shield.lift_asked_at)).all() == [None, None]


@pytest.mark.parametrize(
    "but", [{"given_names": "Maya"}, {"family_name": "Khan"}, {"born_on": date(2016, 3, 15)}, {"gender": "male"}]
)
def test_what_is_far_apart_takes_two(session: Session, world: World, max_: Actor, but: dict[str, Any]) -> None:
    kept, gone = derived(session, world, "ZA4 7QD"), derived(session, world, "ZA4 7QD", **but)

    assert comparing.compare(session, max_, kept.uid, gone.uid).second_needed is True
    assert deciding.join(session, max_, kept.uid, gone.uid) == "asked"
    assert deciding.join(session, max_, gone.uid, kept.uid) == "waits"
    one = session.scalars(select(Merge)).one()
    with pytest.raises(audit.Refusal, match="second_person"):
        deciding.answer(session, max_, (kept.uid, one.uid), agreed=True)
    assert gone.state is RecordState.LIVE


def test_a_second_person_declines_or_the_first_takes_it_back(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    second = actor_of(session, may(session, world))

    for who in (second, max_):
        one = asked_to_join(session, kept, gone, world.max)
        assert deciding.answer(session, who, (kept.uid, one.uid), agreed=False) is None

    assert session.scalars(select(Merge)).all() == []
    assert [reason for *_, reason in entries(session)] == ["declined"] * 4
    with pytest.raises(audit.Refusal, match="none"):
        deciding.answer(session, second, (kept.uid, one.uid), agreed=True)


def test_whoever_asked_must_still_be_of_the_team(session: Session, world: World, pair: tuple[Child, Child]) -> None:
    one = asked_to_join(session, *pair, world.max)
    shield(session, pair[0])
    world.max.account.active = False
    session.flush()

    with pytest.raises(AskerLeft):
        deciding.answer(session, actor_of(session, may(session, world)), (pair[0].uid, one.uid), agreed=True)


def test_a_record_shielded_meanwhile_takes_two(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    assert comparing.compare(session, max_, pair[0].uid, pair[1].uid).second_needed is False
    shield(session, pair[1])

    assert deciding.join(session, max_, pair[0].uid, pair[1].uid) == "asked"


def test_only_a_live_record_of_the_own_authority_is_joined(
    session: Session, world: World, max_: Actor, pair: tuple[Child, Child]
) -> None:
    kept, gone = pair
    authority, eve = elsewhere(session)
    theirs = build.child(session, world, authority_id=authority.id)
    archived = build.child(session, world, state=RecordState.ARCHIVED)

    found = [comparing.other_of(session, max_, kept.uid, number)
             for number in (gone.number, theirs.number, archived.number, kept.number, "CP 000", "")]  # fmt: skip

    assert found == [gone.uid, None, None, None, None, None]
    for other in (theirs, archived, kept):
        with pytest.raises(audit.Refusal):
            deciding.join(session, max_, kept.uid, other.uid)
    for who in (actor_of(session, eve), actor_of(session, world.sam)):
        with pytest.raises(audit.Refusal):
            deciding.join(session, who, kept.uid, gone.uid)
    assert session.scalars(select(Merge)).all() == []
