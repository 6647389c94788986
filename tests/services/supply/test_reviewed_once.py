"""A row that waits in two files: what a person says of it in one holds in the other."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Organisation, Pair, SourceRecord
from cp.services import find
from cp.services.supply import files, reviewing, suppliers
from cp.terms import PairAnswer, PairState, Role, SupplyState
from tests import build
from tests.build import World
from tests.build_supply import BARE, JACK, children, send, work
from tests.web import actor_of


def answer(session: Session, world: World, said: PairAnswer, pair: int = 0) -> str:
    """Of a pair that waits: the first, or a later one."""
    uid = session.scalars(select(Pair.uid).where(Pair.state == PairState.WAITING).order_by(Pair.id)).all()[pair]
    came = reviewing.answer(session, actor_of(session, world.max), uid, said)
    session.commit()
    work(session)
    return came


def ties(session: Session, school: Organisation) -> list[tuple[str | None, int]]:
    query = select(SourceRecord.row_key, SourceRecord.child_id).where(SourceRecord.organisation_id == school.id)
    return [(key, child_id) for key, child_id in session.execute(query.order_by(SourceRecord.id))]


@pytest.mark.parametrize("pair", [0, 1], ids=["the earlier file", "the later file"])
def test_two_children_are_two_records_and_not_three(
    session: Session, world: World, ashgrove: Organisation, pair: int
) -> None:
    send(session, ashgrove, BARE)

    came = answer(session, world, PairAnswer.DIFFERENT, pair)

    _, second = children(session)
    assert (came, ties(session, ashgrove)) == ("apart", [("9", second.id)])
    assert session.scalars(select(Pair.state)).all() == [PairState.DIFFERENT]


def test_one_child_is_not_asked_about_again(session: Session, world: World, ashgrove: Organisation) -> None:
    send(session, ashgrove, BARE)

    came = answer(session, world, PairAnswer.SAME)

    (only,) = children(session)
    assert (came, ties(session, ashgrove)) == ("joined", [("9", only.id)])
    assert session.scalars(select(Pair.state)).all() == [PairState.SAME]


def test_the_school_is_not_told_that_its_row_looks_again(
    session: Session, world: World, ashgrove: Organisation
) -> None:
    file = send(session, ashgrove, BARE)
    sue = actor_of(session, build.person(session, ashgrove, "Sue Lambert", "sue.supplier", Role.SUPPLIER))
    before, last = files.show(session, sue, file.uid), files.last_sent(session, sue)

    uid = session.scalars(select(Pair.uid).order_by(Pair.id)).first()
    assert uid is not None
    reviewing.answer(session, actor_of(session, world.max), uid, PairAnswer.SAME)
    session.commit()

    assert file.state is SupplyState.SENDING
    assert (files.show(session, sue, file.uid), files.last_sent(session, sue)) == (before, last)
    assert files.can_undo(before)


def test_the_row_of_another_school_waits_on(session: Session, world: World, ashgrove: Organisation) -> None:
    send(session, build.organisation(session, world.authority, name="Weirside School"), BARE)

    answer(session, world, PairAnswer.SAME)

    assert session.scalars(select(Pair.state).order_by(Pair.id)).all() == [PairState.SAME, PairState.WAITING]


@pytest.mark.parametrize("said", [PairAnswer.SAME, PairAnswer.DIFFERENT])
def test_a_key_that_was_given_to_another_child_meanwhile_takes_nothing_along(
    session: Session, world: World, ashgrove: Organisation, said: PairAnswer
) -> None:
    send(session, ashgrove, JACK | {"Adno": "9"})

    answer(session, world, said)

    jack = children(session)[1]
    assert (jack.given_names, jack.family_name) == ("Jack", "Ashworth")
    assert (None, jack.id) in ties(session, ashgrove)
    assert list(find.check(session)) == []


def test_a_row_whose_key_has_a_record_by_now_makes_no_other(
    session: Session, world: World, ashgrove: Organisation
) -> None:
    suppliers.held(session, ashgrove.id).maybe_at = 1000.0
    send(session, ashgrove, BARE | {"Town": "Northvale", "PostCode": "ZA2 2AA"})
    second = children(session)[1]

    answer(session, world, PairAnswer.DIFFERENT)

    assert (len(children(session)), ties(session, ashgrove)) == (2, [("9", second.id)])
