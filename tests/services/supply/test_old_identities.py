"""An old identity is still in a supplier's list: nothing that a file says of it makes a record that anybody finds."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Organisation, Pair, SourceRecord, SupplyFile, SupplyRow
from cp.models.child import Child
from cp.services import find
from cp.services.supply import reviewing
from cp.terms import NumberKind, PairAnswer, RecordState, RowState
from tests import build
from tests.build import World
from tests.build_hidden_supply import KNOWN, MOVED, UPN, ashgrove, found, shielded
from tests.build_identities import may, sealed
from tests.build_supply import AMIRA, JACK, send, undo
from tests.build_supply import children as records
from tests.web import actor_of


@pytest.fixture
def old(session: Session, world: World) -> Child:
    """Amira, as the first school's file had her, is an old identity now."""
    child = shielded(session, world)
    sealed(session, child, world.max, may(session, world))
    session.commit()
    return child


@pytest.fixture
def other(session: Session, world: World) -> Organisation:
    return ashgrove(session, world)


def stand(session: Session) -> list[tuple[str, RecordState]]:
    return [(child.given_names, child.state) for child in records(session)]


def rows(session: Session, file: SupplyFile) -> tuple[list[RowState], int]:
    """What became of the rows of a file, and how many its supplier reads were sent."""
    return list(session.scalars(select(SupplyRow.state).where(SupplyRow.file_id == file.id))), file.done


def test_the_schools_own_row_stays_with_it(session: Session, world: World, old: Child) -> None:
    file = send(session, world.school, MOVED)

    assert stand(session) == [("Amira", RecordState.SEALED)]
    assert rows(session, file) == ([RowState.SENT], 1)
    assert [*found(session), *find.check(session)] == []


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(MOVED, id="the old name"),
        pytest.param(JACK, id="another name: the new one, for all that we know"),
    ],
)
def test_another_suppliers_row_with_its_number_makes_no_record_and_is_shown_to_nobody(
    session: Session, world: World, old: Child, other: Organisation, row: dict[str, str]
) -> None:
    file = send(session, other, row | {"Adno": "9", "UPN": UPN})

    assert stand(session) == [("Amira", RecordState.SEALED)]
    assert rows(session, file) == ([RowState.WAITING], 1)
    assert session.scalars(select(Pair)).all() == []
    assert reviewing.following(session, actor_of(session, world.max)) is None
    assert [*found(session), *find.check(session)] == []


def test_nobody_is_shown_the_row_beside_a_record_that_is_like_it(
    session: Session, world: World, old: Child, other: Organisation
) -> None:
    """The record may be the new identity's, and the row has the old name."""
    new = build.child(session, world, given_names="Nadia", family_name="Haddad", shielded=True)
    build.outside_number(session, new, NumberKind.UPN, UPN)
    find.reindex(session, new.id)
    session.commit()

    file = send(session, other, MOVED | {"Adno": "9", "UPN": UPN})

    assert rows(session, file) == ([RowState.WAITING], 1)
    assert session.scalars(select(Pair)).all() == []


def test_a_record_that_is_surely_another_childs_is_joined_though_the_number_is_wrong(
    session: Session, world: World, old: Child, other: Organisation
) -> None:
    send(session, world.school, JACK)

    file = send(session, other, JACK | {"UPN": UPN})

    assert stand(session) == [("Amira", RecordState.SEALED), ("Jack", RecordState.LIVE)]
    assert rows(session, file) == ([RowState.SENT], 1)


def test_the_row_of_a_file_that_was_undone_stays_with_it(session: Session, world: World, old: Child) -> None:
    undo(session, session.scalars(select(SupplyFile)).one())

    file = send(session, world.school, MOVED)

    assert stand(session) == [("Amira", RecordState.SEALED)]
    assert rows(session, file) == ([RowState.SENT], 1)
    assert [*found(session), *find.check(session)] == []


def test_a_row_told_apart_from_everybody_else_still_makes_no_record(
    session: Session, world: World, other: Organisation
) -> None:
    """It waited beside a child of the same name when the old identity was sealed."""
    send(session, world.school, AMIRA)
    bare = {name: AMIRA[name] for name in ("Legal Surname", "Forename", "DOB", "Sex")}
    file = send(session, other, bare | {"Adno": "9", "UPN": UPN})
    old = build.child(session, world, given_names="Zuzanna", family_name="Nowak", shielded=True)
    build.outside_number(session, old, NumberKind.UPN, UPN)
    sealed(session, old, world.max, may(session, world))
    session.commit()

    person = actor_of(session, world.max)
    beside = reviewing.following(session, person)
    assert beside is not None
    came = reviewing.answer(session, person, beside.uid, PairAnswer.DIFFERENT)
    again = send(session, other, bare | {"Adno": "9", "UPN": UPN})

    assert came == "apart"
    assert stand(session) == [("Amira", RecordState.LIVE), ("Zuzanna", RecordState.SEALED)]
    assert [rows(session, one)[0] for one in (file, again)] == [[RowState.WAITING], [RowState.WAITING]]


def test_a_row_that_nobody_is_shown_is_undone_like_any_other(
    session: Session, world: World, old: Child, other: Organisation
) -> None:
    file = send(session, other, MOVED | {"Adno": "9", "UPN": UPN})

    undo(session, file)

    assert rows(session, file) == ([RowState.UNDONE], 1)
    assert session.scalars(select(SourceRecord.organisation_id)).all() == [world.school.id]


def test_its_row_leaves_with_nobody_the_wiser(session: Session, world: World, old: Child) -> None:
    send(session, world.school, KNOWN, JACK, whole=True)

    send(session, world.school, JACK, whole=True)

    assert stand(session) == [("Amira", RecordState.SEALED), ("Jack", RecordState.LIVE)]
    assert [*found(session), *find.check(session)] == []
