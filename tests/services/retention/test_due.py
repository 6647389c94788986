"""The day on which each record is archived follows from its facts, and is kept right whatever changes them."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp.models import Change, LegalHold, Merge, StayConsent
from cp.models.child import Child
from cp.rules import derive
from cp.services import deriving
from cp.services.changes import deciding
from cp.services.changes.deciding import Found
from cp.services.merging import deciding as merging
from cp.services.merging import moving
from cp.services.retention import due
from cp.terms import AddressState, ChangeAnswer, ChangeKind, LeaveKind, RecordState
from tests import build, build_identities, build_retention, build_telling
from tests.build import World
from tests.build_supply import AMIRA, send
from tests.web import actor_of
from tests.whole.tables import brought_up

GROWN = date(2034, 3, 14)
"""The 18th birthday of whoever was born on 14 March 2016."""


def day_of(session: Session, child: Child) -> date | None:
    return session.scalars(select(Child.archive_on).where(Child.id == child.id)).one()


def test_a_record_that_a_file_makes_ends_at_18(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)

    assert session.scalars(select(Child.archive_on)).all() == [GROWN]


def test_what_a_source_says_of_birth_and_leaving_moves_the_day(session: Session, world: World) -> None:
    child = build_identities.derived(session, world, "ZA4 7QD")
    assert day_of(session, child) == GROWN

    gone = derive.Address(AddressState.LEFT_AREA, from_on=date(2026, 9, 1), leave_kind=LeaveKind.NOT_RETURNING)
    build_identities.says(session, child, world.practice, said_on=date(2026, 9, 20), addresses=(gone,))
    deriving.derive(session, child.id)
    assert day_of(session, child) == date(2027, 9, 1)

    home = (build_identities.home("ZA4 7QD"),)
    build_identities.says(session, child, world.health, said_on=date(2026, 10, 1), addresses=home)
    deriving.derive(session, child.id)
    assert day_of(session, child) == GROWN


def test_a_death_that_is_found_true_moves_the_day(session: Session, world: World) -> None:
    child = build_retention.plain(session, world)
    change = build.add(session, build_telling.change(child, world.sam, ChangeKind.DIED))

    found = Found(ChangeAnswer.TRUE, died_on=date(2026, 11, 20))
    deciding.answer(session, actor_of(session, world.max), change.uid, found)

    assert session.scalars(select(Change.answer)).all() == [ChangeAnswer.TRUE]
    assert day_of(session, child) == date(2027, 11, 20)


@pytest.mark.parametrize(
    ("withdrawn_on", "expected"), [(None, date(2037, 3, 14)), (date(2026, 11, 23), GROWN)], ids=["given", "withdrawn"]
)
def test_a_consent_to_stay_moves_the_day_until_it_is_taken_back(
    session: Session, world: World, withdrawn_on: date | None, expected: date
) -> None:
    child = build_retention.plain(session, world)

    build_retention.stay(session, world, child, 21, withdrawn_on=withdrawn_on)

    assert day_of(session, child) == expected


def test_of_two_days_of_leaving_the_later_counts_and_none_where_the_child_is_here(
    session: Session, world: World
) -> None:
    child = build.child(session, world)
    for on in (None, date(2026, 9, 1), date(2025, 9, 1)):
        build_retention.left(session, child, from_on=on, leave_kind=LeaveKind.UNKNOWN)
    assert day_of(session, child) == date(2029, 9, 1)

    build.address(session, child)
    due.keep(session, [child.id])
    assert day_of(session, child) == GROWN


def test_a_hold_counts_once_two_have_agreed_and_the_latest_of_them(session: Session, world: World) -> None:
    child = build_retention.archived(session, build.child(session, world), date(2026, 11, 1))
    assert child.destroy_on == date(2032, 11, 1)

    build_retention.hold(session, world, child, date(2035, 1, 1), agreed_at=None)
    assert child.destroy_on == date(2032, 11, 1)
    for ends_on in (date(2034, 1, 1), date(2033, 1, 1)):
        build_retention.hold(session, world, child, ends_on)
    assert child.destroy_on == date(2034, 1, 1)


def test_consents_and_holds_move_with_the_record_that_is_joined_and_back(session: Session, world: World) -> None:
    kept, gone = (build_identities.derived(session, world, "ZA4 7QD") for _ in range(2))
    build_retention.stay(session, world, gone, 21)
    build_retention.hold(session, world, gone, date(2030, 1, 1))
    session.commit()

    merging.join(session, actor_of(session, world.max), kept.uid, gone.uid)

    assert day_of(session, kept) == date(2037, 3, 14)
    assert session.scalars(select(LegalHold.child_id)).all() == [kept.id]

    moving.undo(session, actor_of(session, world.max), session.scalars(select(Merge.uid)).one())
    assert [day_of(session, one) for one in (kept, gone)] == [GROWN, date(2037, 3, 14)]
    assert session.scalars(select(StayConsent.child_id)).all() == [gone.id]
    assert session.scalars(select(Merge)).all() == []


def test_those_without_a_day_get_theirs_in_batches(session: Session, world: World) -> None:
    for _ in range(3):
        build.child(session, world)
    session.execute(update(Child).values(archive_on=None))

    assert [due.fill(session, 2) for _ in range(3)] == [2, 1, 0]
    assert session.scalars(select(Child.archive_on)).all() == [GROWN] * 3


def test_a_directory_of_before_has_the_days_that_the_rule_says(url: str, session: Session, world: World) -> None:
    plain = build.child(session, world, born_on=date(2008, 2, 29))
    dead = build.child(session, world, died_on=date(2024, 2, 29))
    back, away, soon = (build.child(session, world) for _ in range(3))
    for child, kind in ((back, LeaveKind.UNKNOWN), (away, LeaveKind.RETURNING), (soon, LeaveKind.NOT_RETURNING)):
        build.address(session, child, state=AddressState.LEFT_AREA, from_on=date(2024, 2, 29), leave_kind=kind)
    build.address(session, back)
    merged = build.child(session, world, state=RecordState.MERGED, merged_into_id=plain.id)
    ids = [child.id for child in (plain, dead, back, away, soon, merged)]

    brought_up(url, session, "0020")

    stored = {child.id: child.archive_on for child in session.scalars(select(Child))}
    worked_out = {one.id: one.ends.archive_on for one in due.of(session, ids)}
    assert [stored[child_id] for child_id in ids] == [
        date(2026, 3, 1), date(2025, 3, 1), GROWN, date(2027, 3, 1), date(2025, 3, 1), GROWN,
    ]  # fmt: skip
    assert stored == worked_out
