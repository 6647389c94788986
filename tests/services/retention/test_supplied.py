"""A supplier goes on sending rows of children whose records have ended: nothing of them comes back, nothing is told."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Involvement, Pair, SourceVersion, SupplyFile, SupplyRow
from cp.models.child import Child, ChildLocation
from cp.services import find
from cp.services.retention import archiving, due
from cp.services.supply import reviewing
from cp.terms import RecordState, RowState
from tests import build_identities, build_retention
from tests.build import World
from tests.build_hidden_supply import KNOWN, ashgrove
from tests.build_supply import JACK, send, undo, work
from tests.build_supply import children as records
from tests.web import actor_of

TODAY = date(2026, 11, 23)
GROWN = {"DOB": "22/11/2008"}


def archived(session: Session, world: World, **facts: object) -> Child:
    """The record that a school's row made while the child was younger, in the archive since today."""
    send(session, world.school, KNOWN)
    child = records(session)[0]
    if facts:
        session.execute(update(Child).where(Child.id == child.id).values(**facts))
    due.keep(session, [child.id])
    archiving.archive(session, TODAY, 10)
    session.commit()
    session.refresh(child)
    return child


def seen(session: Session, file: SupplyFile) -> tuple[int, int, str]:
    """What a supplier reads of its file."""
    return file.ready, file.done, str(file.state)


def stand(session: Session) -> list[tuple[str, RecordState]]:
    return [(child.given_names, child.state) for child in records(session)]


def test_the_schools_own_row_of_a_child_who_died_changes_nothing(session: Session, world: World) -> None:
    child = archived(session, world, died_on=date(2025, 11, 23))
    before = child.version, len(session.scalars(select(SourceVersion)).all())

    file = send(session, world.school, KNOWN | {"Forename": "Amirah"}, whole=True)

    assert stand(session) == [("Amira", RecordState.ARCHIVED)]
    session.refresh(child)
    assert (child.version, len(session.scalars(select(SourceVersion)).all())) == before
    assert seen(session, file) == (1, 1, "sent")
    assert session.scalars(select(Involvement.id).where(Involvement.ended_on.is_(None))).all() == []
    assert list(find.check(session)) == []


def test_another_schools_row_with_the_number_of_a_child_who_died_makes_no_record(
    session: Session, world: World
) -> None:
    archived(session, world, died_on=date(2025, 11, 23))
    other = ashgrove(session, world)

    known = send(session, other, KNOWN | {"Adno": "9"})
    nobodys = send(session, other, JACK | {"Adno": "10"})

    assert stand(session) == [("Amira", RecordState.ARCHIVED), ("Jack", RecordState.LIVE)]
    assert seen(session, known) == seen(session, nobodys) == (1, 1, "sent")
    assert session.scalars(select(SupplyRow.state).where(SupplyRow.file_id == known.id)).all() == [RowState.WAITING]
    assert session.scalars(select(Pair)).all() == []
    assert reviewing.following(session, actor_of(session, world.max)) is None


def test_whoever_left_and_is_in_a_list_again_is_a_new_record(session: Session, world: World) -> None:
    child = archived(session, world)
    assert child.state is RecordState.LIVE
    session.execute(delete(ChildLocation))
    build_retention.left(session, child, from_on=date(2023, 11, 23))
    archiving.archive(session, TODAY, 10)
    session.commit()

    file = send(session, world.school, KNOWN)

    assert stand(session) == [("Amira", RecordState.ARCHIVED), ("Amira", RecordState.LIVE)]
    assert seen(session, file) == (1, 1, "sent")
    assert list(find.check(session)) == []
    undo(session, file)
    assert stand(session) == [("Amira", RecordState.ARCHIVED)]


@pytest.mark.parametrize(
    ("sent", "hidden"),
    [
        pytest.param({}, True, id="the same row"),
        pytest.param({"Adno": "9", "Forename": "Mira", "DOB": "14/03/2015"}, True, id="the number"),
        pytest.param({"Adno": "9", "Forename": "AMIRA", "UPN": ""}, True, id="the birth date with the names"),
        pytest.param({"Adno": "9", "Legal Surname": "Other", "UPN": ""}, False, id="with the given name alone"),
        pytest.param({"Adno": "9", "Forename": "Mira", "UPN": ""}, False, id="with the family name alone"),
        pytest.param({"Adno": "9", "DOB": "14/03/2015", "UPN": ""}, False, id="the names alone"),
    ],
)
def test_whoever_was_shielded_and_is_back_is_shielded(
    session: Session, world: World, sent: dict[str, str], hidden: bool
) -> None:
    child = archived(session, world)
    build_identities.shield(session, child)
    session.execute(delete(ChildLocation))
    build_retention.left(session, child, from_on=date(2023, 11, 23))
    archiving.archive(session, TODAY, 10)
    session.commit()

    file = send(session, world.school, KNOWN | sent)

    old, new = records(session)
    assert (old.state, new.state, new.shielded) == (RecordState.ARCHIVED, RecordState.LIVE, hidden)
    assert (new.shield_ground, seen(session, file)) == (child.shield_ground if hidden else None, (1, 1, "sent"))
    assert list(find.check(session)) == []
    undo(session, file)
    work(session)
    assert list(find.check(session)) == []


@pytest.mark.parametrize("known", [True, False], ids=["whose record is archived", "whom nobody ever knew"])
def test_a_row_of_somebody_of_18_reads_the_same_and_makes_no_record(
    session: Session, world: World, known: bool
) -> None:
    if known:
        archived(session, world, born_on=date(2008, 11, 22))
    other = ashgrove(session, world)

    file = send(session, other, KNOWN | GROWN | {"Adno": "9"})

    assert seen(session, file) == (1, 1, "sent")
    assert stand(session) == ([("Amira", RecordState.ARCHIVED)] if known else [])
    undo(session, file)
    assert stand(session) == ([("Amira", RecordState.ARCHIVED)] if known else [])


def test_a_young_person_who_stays_by_consent_is_kept_up_to_date(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    send(session, world.school, KNOWN | {"DOB": "24/11/2008"})
    child = records(session)[0]
    build_retention.stay(session, world, child, 21)
    session.commit()

    clock.shift(timedelta(days=1))
    send(session, world.school, KNOWN | {"DOB": "24/11/2008", "PostCode": "ZA2 2AA"})

    assert stand(session) == [("Amira", RecordState.LIVE)]
    session.refresh(child)
    assert (child.archive_on, archiving.archive(session, clocks.today(), 10)) == (date(2029, 11, 24), 0)
    assert session.scalars(select(ChildLocation)).one().address["postcode"] == "ZA2 2AA"


def test_a_file_that_made_an_archived_record_may_be_undone_and_the_record_stays(session: Session, world: World) -> None:
    archived(session, world, born_on=date(2008, 11, 22))
    assert stand(session) == [("Amira", RecordState.ARCHIVED)]

    undo(session, session.scalars(select(SupplyFile)).one())
    work(session)

    assert stand(session) == [("Amira", RecordState.ARCHIVED)]
