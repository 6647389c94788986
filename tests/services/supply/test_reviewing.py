"""What a person says of a row and a record: one child, two, or not sure yet; by two people where one is not enough."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.matching.compare import Fact
from cp.models import Merge, Organisation, Pair, SourceRecord, SupplyRow
from cp.services import audit, find, telling_apart
from cp.services.merging import deciding
from cp.services.supply import reviewing
from cp.terms import PairAnswer, PairState, Role, RowState
from tests import build
from tests.build import Person, World
from tests.build_identities import shield
from tests.build_supply import AMIRA, BARE, children, send, undo
from tests.web import actor_of


@pytest.fixture
def may(session: Session, world: World) -> Person:
    return build.person(session, world.council, "May Lindholm", "may.manager", Role.MANAGEMENT_TEAM)


def answer(session: Session, who: Person, said: PairAnswer) -> str:
    person = actor_of(session, who)
    beside = reviewing.following(session, person)
    assert beside is not None
    came = reviewing.answer(session, person, beside.uid, said)
    session.commit()
    return came


def test_the_pair_is_shown_with_what_each_fact_says(session: Session, world: World, ashgrove: Organisation) -> None:
    beside = reviewing.following(session, actor_of(session, world.max))

    assert beside is not None
    assert (beside.waiting, beside.record.name, beside.said.given_names, beside.supplier) == (
        1, "Amira Siddiqui", "Amira", "Ashgrove Prep",
    )  # fmt: skip
    assert (beside.second_needed, beside.says[Fact.BORN]) == (False, ("Same date of birth.", True))


def test_one_child_joins_the_record(session: Session, world: World, ashgrove: Organisation) -> None:
    came = answer(session, world.max, PairAnswer.SAME)

    record = session.scalars(select(SourceRecord).where(SourceRecord.organisation_id == ashgrove.id)).one()
    assert (came, record.child_id, len(children(session))) == ("joined", children(session)[0].id, 1)
    assert session.scalars(select(Pair.state)).all() == [PairState.SAME]


def test_two_children_are_two_records_for_ever(session: Session, world: World, ashgrove: Organisation) -> None:
    came = answer(session, world.max, PairAnswer.DIFFERENT)

    first, second = children(session)
    assert (came, telling_apart.are(session, second.id, first.id)) == ("apart", True)
    person = actor_of(session, world.max)
    assert deciding.join(session, person, first.uid, second.uid) == "apart"
    assert session.scalars(select(Merge)).all() == []


def test_ten_more_files_never_join_what_was_told_apart(session: Session, world: World, ashgrove: Organisation) -> None:
    answer(session, world.max, PairAnswer.DIFFERENT)
    before = [child.id for child in children(session)]

    for _ in range(10):
        send(session, ashgrove, BARE | {"PostCode": AMIRA["PostCode"], "Address Line 1": AMIRA["Address Line 1"]})
        send(session, ashgrove, BARE)

    assert [child.id for child in children(session)] == before
    assert reviewing.following(session, actor_of(session, world.max)) is None


def test_told_apart_stays_when_the_file_is_undone(session: Session, world: World, ashgrove: Organisation) -> None:
    answer(session, world.max, PairAnswer.DIFFERENT)
    undo(session, send(session, ashgrove, BARE | {"Sex": ""}))

    send(session, ashgrove, BARE | {"PostCode": AMIRA["PostCode"]})

    assert len(children(session)) == 2


def test_two_records_are_never_joined_of_which_a_row_is_one_and_not_the_other(session: Session, world: World) -> None:
    both = [build.child(session, world), build.child(session, world)]
    find.reindex(session, *(child.id for child in both))
    session.commit()
    send(session, world.school, BARE)

    came = [answer(session, world.max, said) for said in (PairAnswer.DIFFERENT, PairAnswer.SAME)]

    first, second = children(session)
    assert (came, deciding.join(session, actor_of(session, world.max), first.uid, second.uid)) == (
        ["apart", "joined"], "apart",
    )  # fmt: skip


def test_not_sure_yet_comes_last(session: Session, world: World, ashgrove: Organisation) -> None:
    send(session, ashgrove, BARE | {"Adno": "10", "Forename": "Amirah"})
    first = reviewing.following(session, actor_of(session, world.max))

    came = answer(session, world.max, PairAnswer.LATER)

    following = reviewing.following(session, actor_of(session, world.max))
    assert first is not None
    assert following is not None
    assert (came, following.waiting, following.uid == first.uid) == ("later", 2, False)


def test_a_shielded_record_takes_two_people(
    session: Session, world: World, ashgrove: Organisation, may: Person
) -> None:
    child = children(session)[0]
    shield(session, child)
    session.commit()

    first = answer(session, world.max, PairAnswer.SAME)
    again = answer(session, world.max, PairAnswer.SAME)
    second = answer(session, may, PairAnswer.SAME)

    assert (first, again, second) == ("waits", "waits", "joined")


def test_another_areas_team_has_no_such_pair(session: Session, world: World, ashgrove: Organisation) -> None:
    elsewhere = build.add(session, build.opened(name="Southmere Council", education_code="998",
                                             team_phone="+441614960131", help_phone="+441614960101"))  # fmt: skip
    council = build.organisation(session, elsewhere, world.council.kind, name="Southmere Council",
                                 body_kind=world.council.body_kind)  # fmt: skip
    other = build.person(session, council, "Sid Marsh", "sid.manager", Role.MANAGEMENT_TEAM)
    pair = session.scalars(select(Pair)).one()

    assert reviewing.following(session, actor_of(session, other)) is None
    with pytest.raises(audit.Refusal):
        reviewing.show(session, actor_of(session, other), pair.uid)


def test_a_row_that_no_longer_fits_its_record_is_raised(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)

    send(session, world.school, AMIRA | {"Forename": "Jack", "Legal Surname": "Ashworth", "DOB": "21/11/2017"})

    assert [child.given_names for child in children(session)] == ["Amira"]
    assert session.scalars(select(SupplyRow.state).order_by(SupplyRow.id)).all() == [RowState.SENT, RowState.WAITING]


def test_a_misfit_that_is_another_child_leaves_the_record(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)
    jack = AMIRA | {"Forename": "Jack", "Legal Surname": "Ashworth", "DOB": "21/11/2017", "Sex": "M"}
    send(session, world.school, jack)

    came = answer(session, world.max, PairAnswer.DIFFERENT)
    send(session, world.school, jack | {"PostCode": "ZA9 9AA"})

    assert (came, [child.given_names for child in children(session)]) == ("apart", ["Amira", "Jack"])


def test_what_somebody_has_looked_at_is_not_raised_again_by_the_same_row(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)
    twin = AMIRA | {"Adno": "000419", "Forename": "Amina"}
    send(session, world.school, twin)
    may = build.person(session, world.council, "May Lindholm", "may.manager", Role.MANAGEMENT_TEAM)
    assert [answer(session, who, PairAnswer.SAME) for who in (world.max, may)] == ["waits", "joined"]

    send(session, world.school, AMIRA, twin)

    assert session.scalars(select(Pair.state)).all() == [PairState.SAME]


def test_beside_a_shielded_record_one_person_makes_no_record_either(
    session: Session, world: World, ashgrove: Organisation, may: Person
) -> None:
    shield(session, children(session)[0])
    session.commit()

    first = answer(session, world.max, PairAnswer.DIFFERENT)
    other = answer(session, may, PairAnswer.SAME)
    made = len(children(session))
    agreed = answer(session, world.max, PairAnswer.SAME)

    assert (first, other, made, agreed, len(children(session))) == ("waits", "waits", 1, "joined", 1)


def test_two_people_tell_a_shielded_child_apart(
    session: Session, world: World, ashgrove: Organisation, may: Person
) -> None:
    shield(session, children(session)[0])
    session.commit()

    answer(session, world.max, PairAnswer.DIFFERENT)
    shown = reviewing.following(session, actor_of(session, may))
    came = answer(session, may, PairAnswer.DIFFERENT)

    assert shown is not None
    assert (shown.asked_by, shown.asked, shown.mine) == ("Max Adeyemi", PairAnswer.DIFFERENT, False)
    assert (came, len(children(session))) == ("apart", 2)
