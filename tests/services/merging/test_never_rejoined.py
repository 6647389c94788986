"""Records taken apart are told apart: no file joins them by itself, and nothing suggests them again."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Merge, Organisation, Pair, SourceRecord, Supplier, SupplyFile
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services.merging import deciding, moving
from cp.services.supply import reviewing
from cp.terms import PairAnswer, PairState
from tests import build
from tests.build import World
from tests.build_supply import AMIRA, JACK, children, send, undo, work

THERE = AMIRA | {"PostCode": "ZA2 2AA", "Address Line 1": "2 Cedar Road"}
BARE = {name: THERE[name] for name in THERE if not name.startswith("Parent")}


@pytest.fixture
def schools(session: Session, world: World) -> tuple[Organisation, Organisation]:
    """One says where Amira lives, the other, whose rows are never suggested, that she lives elsewhere."""
    ashgrove = build.organisation(session, world.authority, name="Ashgrove Prep")
    session.add(Supplier(organisation_id=ashgrove.id, maybe_at=1000.0))
    send(session, world.school, AMIRA)
    send(session, ashgrove, BARE)
    return world.school, ashgrove


def parted(session: Session, max_: Actor) -> tuple[Child, Child]:
    """The two, joined and taken apart."""
    kept, gone = children(session)
    assert deciding.join(session, max_, kept.uid, gone.uid) == "joined"
    moving.undo(session, max_, session.scalars(select(Merge.uid)).one())
    session.commit()
    return kept, gone


def of(session: Session, organisation: Organisation) -> list[int]:
    query = select(SourceRecord.child_id).where(SourceRecord.organisation_id == organisation.id)
    return list(session.scalars(query.order_by(SourceRecord.id)))


def test_nobody_joins_them_again(session: Session, max_: Actor, schools: tuple[Organisation, Organisation]) -> None:
    kept, gone = parted(session, max_)

    assert deciding.join(session, max_, kept.uid, gone.uid) == "apart"


def test_a_row_is_never_the_other_records_nor_suggested_to_be(
    session: Session, max_: Actor, schools: tuple[Organisation, Organisation]
) -> None:
    _, gone = parted(session, max_)

    send(session, schools[1], AMIRA)

    assert of(session, schools[1]) == [gone.id]
    assert session.scalars(select(Pair)).all() == []


def test_a_row_that_came_meanwhile_finds_its_own(
    session: Session, world: World, max_: Actor, schools: tuple[Organisation, Organisation]
) -> None:
    kept, gone = children(session)
    deciding.join(session, max_, kept.uid, gone.uid)
    third = build.organisation(session, world.authority, name="Weirside School")
    files = [send(session, third, row) for row in (AMIRA, BARE | {"Adno": "9"})]
    assert of(session, third) == [kept.id]

    moving.undo(session, max_, session.scalars(select(Merge.uid)).one())
    session.commit()
    work(session)

    for file in files:
        session.refresh(file)
    assert [(file.done, file.ready) for file in files] == [(1, 1), (1, 1)]
    assert sorted(of(session, third)) == [kept.id, gone.id]


def test_a_row_that_waited_beside_a_third_record_waits_there_again(
    session: Session, world: World, max_: Actor, schools: tuple[Organisation, Organisation]
) -> None:
    third = AMIRA | {"Adno": "7", "PostCode": "ZA9 9ZZ", "Address Line 1": "7 Mill Lane", "Parent 1 Name": "Ada Noor"}
    send(session, schools[1], third)
    kept, gone, other = children(session)
    deciding.join(session, max_, kept.uid, gone.uid)
    alone = {name: AMIRA[name] for name in ("Adno", "Legal Surname", "Forename", "DOB", "Sex")}
    send(session, build.organisation(session, world.authority, name="Weirside School"), alone)
    beside = select(Pair.uid).where(Pair.child_id == kept.id)
    assert reviewing.answer(session, max_, session.scalars(beside).one(), PairAnswer.SAME) == "joined"

    moving.undo(session, max_, session.scalars(select(Merge.uid)).one())
    session.commit()
    work(session)

    waits = select(Pair.child_id).where(Pair.state == PairState.WAITING).order_by(Pair.child_id)
    assert session.scalars(waits).all() == [kept.id, gone.id, other.id]


def test_a_key_whose_words_went_along_with_its_record_begins_anew_for_another_child(
    session: Session, world: World, max_: Actor, schools: tuple[Organisation, Organisation]
) -> None:
    gone, kept = children(session)
    deciding.join(session, max_, kept.uid, gone.uid)
    first = session.scalars(select(SupplyFile).where(SupplyFile.organisation_id == world.school.id)).one()
    undo(session, first)
    again = send(session, world.school, JACK | {"Adno": AMIRA["Adno"]})

    undo(session, again)
    moving.undo(session, max_, session.scalars(select(Merge.uid)).one())
    session.commit()

    assert [child.id for child in children(session)] == [kept.id]
    assert of(session, schools[1]) == [kept.id]
