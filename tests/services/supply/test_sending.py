"""A school's file becomes records: made, joined, confirmed, changed, ended, and taken back."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Involvement, Pair, SourceRecord, SourceVersion, SupplyRow
from cp.models.carer import ChildCarer
from cp.models.child import Child, ChildLocation
from cp.services import find
from cp.services.supply import files
from cp.terms import Act, Gender, RowState, SupplyState
from tests import build
from tests.build import World
from tests.build_supply import AMIRA, BARE, IFEOMA, JACK, children, send, undo


def names(session: Session) -> list[str]:
    return [f"{child.given_names} {child.family_name}" for child in children(session)]


def at_school(session: Session, world: World) -> list[tuple[str, date | None]]:
    query = (
        select(Child.given_names, Involvement.ended_on)
        .join(Involvement, Involvement.child_id == Child.id)
        .where(Involvement.organisation_id == world.school.id)
        .order_by(Child.id)
    )
    return [(name, ended) for name, ended in session.execute(query)]


def test_children_whom_nobody_knows_become_records(session: Session, world: World) -> None:
    file = send(session, world.school, AMIRA, JACK)

    amira, _ = children(session)
    assert (file.state, file.ready, file.done) == (SupplyState.SENT, 2, 2)
    assert (amira.given_names, amira.family_name, amira.born_on, amira.gender) == (
        "Amira", "Siddiqui", date(2016, 3, 14), Gender.FEMALE,
    )  # fmt: skip
    home = session.scalars(select(ChildLocation).where(ChildLocation.child_id == amira.id)).one()
    assert (home.address["lines"], home.address["postcode"]) == (["18 Tanner’s Row"], "ZA4 7QD")
    assert at_school(session, world) == [("Amira", None), ("Jack", None)]
    assert list(find.check(session)) == []


def test_each_record_that_is_changed_has_its_entry(session: Session, world: World) -> None:
    file = send(session, world.school, AMIRA, JACK)

    entries = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SUPPLY)).all()
    assert {entry.subject_id for entry in entries} == {child.subject_id for child in children(session)}
    assert {entry.object_id for entry in entries} == {file.uid}


def test_the_same_again_only_confirms(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)
    before = [child.version for child in children(session)]

    send(session, world.school, AMIRA)

    assert [child.version for child in children(session)] == before
    assert [version.confirmed_on for version in session.scalars(select(SourceVersion))] == [clock.today()]


def test_a_move_is_the_sources_newest_word(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)

    send(session, world.school, AMIRA | {"Address Line 1": "2 Elm Road", "PostCode": "ZA9 9AA"})

    home = session.scalars(select(ChildLocation)).one()
    assert (home.address["lines"], home.address["postcode"]) == (["2 Elm Road"], "ZA9 9AA")
    assert names(session) == ["Amira Siddiqui"]


def test_a_carer_who_is_no_longer_named_is_gone(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)

    send(session, world.school, AMIRA | {"Parent 1 Name": "", "Parent 1 Relationship": "", "Parent 1 Telephone": ""})

    assert session.scalars(select(ChildCarer)).all() == []


def test_a_row_keeps_its_record_whatever_else_it_says(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)

    send(session, world.school, AMIRA | {"Legal Surname": "Nowak"})

    assert names(session) == ["Amira Nowak"]


def test_whoever_is_not_in_a_whole_list_has_left(session: Session, world: World) -> None:
    send(session, world.school, AMIRA, JACK, whole=True)

    send(session, world.school, JACK, whole=True)

    (_, ended), still = at_school(session, world)
    assert (ended is not None, still) == (True, ("Jack", None))


def test_nobody_has_left_who_is_missing_from_a_list_of_some(session: Session, world: World) -> None:
    send(session, world.school, AMIRA, JACK, whole=True)

    send(session, world.school, JACK)

    assert at_school(session, world) == [("Amira", None), ("Jack", None)]


def test_a_row_that_is_not_right_yet_is_in_the_list_all_the_same(session: Session, world: World) -> None:
    send(session, world.school, AMIRA, JACK, whole=True)

    file = send(session, world.school, AMIRA | {"DOB": "31/02/2016"}, JACK, whole=True)

    assert (file.ready, at_school(session, world)) == (1, [("Amira", None), ("Jack", None)])


def test_nobody_has_left_while_a_row_does_not_say_whose_it_is(session: Session, world: World) -> None:
    send(session, world.school, AMIRA, JACK, whole=True)

    file = send(session, world.school, JACK, {"Forename": "Somebody"}, whole=True)

    assert at_school(session, world) == [("Amira", None), ("Jack", None)]
    assert files.shown(file).nobody_left
    assert not files.shown(send(session, world.school, JACK, AMIRA, whole=True)).nobody_left


def test_who_comes_back_is_there_again(session: Session, world: World) -> None:
    send(session, world.school, AMIRA, JACK, whole=True)
    send(session, world.school, JACK, whole=True)

    send(session, world.school, AMIRA, JACK, whole=True)

    assert at_school(session, world) == [("Amira", None), ("Jack", None)]


def test_a_row_joins_a_record_that_agrees_on_more_than_name_and_birth(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)
    other = build.organisation(session, world.authority, name="Ashgrove Prep")

    send(session, other, AMIRA | {"Adno": "9"})

    assert names(session) == ["Amira Siddiqui"]
    assert len(session.scalars(select(SourceRecord)).all()) == 2


def test_name_and_birth_date_alone_wait_for_a_person(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)
    other = build.organisation(session, world.authority, name="Ashgrove Prep")
    bare = {name: AMIRA[name] for name in ("Legal Surname", "Forename", "DOB", "Sex")}

    send(session, other, bare | {"Adno": "9"})

    pair = session.scalars(select(Pair)).one()
    row = session.get_one(SupplyRow, pair.row_id)
    assert (row.state, pair.child_id, names(session)) == (
        RowState.WAITING, children(session)[0].id, ["Amira Siddiqui"],
    )  # fmt: skip
    assert pair.why[-1].startswith("Names and birth date alone are never joined")


@pytest.mark.parametrize("upn", ["Z999200001001", "N999200002003"])
def test_a_row_joins_by_either_of_the_numbers_that_a_joined_record_has(
    session: Session, world: World, upn: str
) -> None:
    amira = build.child(session, world)
    for value in ("Z999200001001", "N999200002003"):
        build.outside_number(session, amira, value=value)
    find.reindex(session, amira.id)
    session.commit()

    send(session, world.school, BARE | {"UPN": upn})

    assert (len(children(session)), session.scalars(select(Pair)).all()) == (1, [])


def test_a_twin_is_a_child_of_their_own_and_somebody_looks(session: Session, world: World) -> None:
    send(session, world.school, AMIRA)

    send(session, world.school, AMIRA | {"Adno": "000419", "Forename": "Amina"})

    assert names(session) == ["Amira Siddiqui"]
    assert len(session.scalars(select(Pair)).all()) == 1


def test_an_undone_file_leaves_nothing_of_it(session: Session, world: World) -> None:
    file = send(session, world.school, AMIRA, JACK)

    undo(session, file)

    assert (file.state, children(session)) == (SupplyState.UNDONE, [])
    assert list(find.check(session)) == []


def test_undoing_puts_back_what_was_said_before(session: Session, world: World) -> None:
    send(session, world.school, AMIRA, JACK, whole=True)
    file = send(session, world.school, AMIRA | {"PostCode": "ZA9 9AA"}, IFEOMA, whole=True)

    undo(session, file)

    homes = {home.address["postcode"] for home in session.scalars(select(ChildLocation))}
    assert (names(session), homes) == (["Amira Siddiqui", "Jack Ashworth"], {"ZA4 7QD", "ZA2 2AA"})
    assert at_school(session, world) == [("Amira", None), ("Jack", None)]


def test_undoing_leaves_what_a_later_file_said_again(session: Session, world: World) -> None:
    first = send(session, world.school, AMIRA)
    send(session, world.school, AMIRA)

    undo(session, first)

    assert names(session) == ["Amira Siddiqui"]


def test_undoing_leaves_a_record_that_somebody_works_with(session: Session, world: World) -> None:
    file = send(session, world.school, AMIRA)
    child = children(session)[0]
    build.involvement(session, child, world.health)
    session.commit()

    undo(session, file)

    assert names(session) == ["Amira Siddiqui"]
