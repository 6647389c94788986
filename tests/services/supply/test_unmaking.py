"""A record that a file made and nobody speaks for any longer: no more, unless somebody has done something with it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import ArchiveReading, Base, Job, SupplyRow, ToldApart
from cp.models.carer import Carer, ChildCarer
from cp.models.child import Child, ChildLocation
from cp.models.index import Name, SearchCarer, SearchKey, SearchPlace
from cp.services import jobs
from cp.services.supply import steering, unmaking
from cp.terms import RowState, SupplyState
from tests import build, build_disclosures, build_families, build_shields
from tests.build import World
from tests.build_supply import AMIRA, IFEOMA, JACK, children, csv_of, receive, send, undo

OTHERWISE = {
    "Adno": "9",
    "Legal Surname": "Siddiqi",
    "Parent 1 Name": "Jon Farouk",
    "Parent 1 Telephone": "0161 496 0164",
}
INDEX = {SearchCarer.child_id, SearchKey.child_id, SearchPlace.child_id}
OF_ARCHIVED_ALONE = {ArchiveReading.child_id}


def facts_of(session: Session) -> list[object]:
    """Who the one record says that the child is, where and with whom."""
    session.expire_all()
    (child,) = children(session)
    homes = session.scalars(select(ChildLocation).where(ChildLocation.child_id == child.id))
    carers = session.scalars(select(Carer).join(ChildCarer).where(ChildCarer.child_id == child.id))
    found = select(Name.folded).join(SearchKey, SearchKey.family_id == Name.id).where(SearchKey.child_id == child.id)
    return [
        (child.given_names, child.family_name, child.name_source_id), [home.address for home in homes],
        [carer.details for carer in carers], sorted(session.scalars(found)),
    ]  # fmt: skip


def asked_about(session: Session, world: World, child: Child) -> None:
    build_families.request(session, world.max, child)


def given_out(session: Session, world: World, child: Child) -> None:
    build_disclosures.disclosure(session, child, world.max, build_shields.may(session, world))


@pytest.mark.parametrize("do", [asked_about, given_out])
def test_undoing_leaves_a_record_that_somebody_asked_about_or_gave_out(
    session: Session, world: World, do: Callable[[Session, World, Child], None]
) -> None:
    """Its file is undone for all that, and the worker goes on."""
    file = send(session, world.school, AMIRA)
    do(session, world, children(session)[0])
    session.commit()

    undo(session, file)

    assert (file.state, [child.given_names for child in children(session)]) == (SupplyState.UNDONE, ["Amira"])


def test_a_record_that_nobody_speaks_for_stands_as_before_the_file_that_is_undone(
    session: Session, world: World
) -> None:
    """Kept for whoever works with the child, joined by another school's row, and that file undone: the carer and the
    home of the last file would else stand on it for good."""
    assert world.sam.practitioner is not None
    undone = send(session, world.school, AMIRA)
    build.involvement(session, children(session)[0], world.sam.practitioner)
    undo(session, undone)
    before = facts_of(session)
    ashgrove = build.organisation(session, world.authority, name="Ashgrove Prep")
    for pupil in (AMIRA | OTHERWISE, AMIRA | OTHERWISE | {"Address Line 1": "4 Weir Close"}):
        other = send(session, ashgrove, pupil)
        during = facts_of(session)
        undo(session, other)

        assert (during != before, facts_of(session)) == (True, before)


def test_a_row_beside_a_record_of_its_own_file_is_undone_with_it(session: Session, world: World) -> None:
    """It does not look again whose it is, of a file that is being undone: nor do fewer seem to have been sent."""
    file = send(session, world.school, AMIRA, AMIRA | {"Adno": "9", "Forename": "Amirah"})
    states = [row.state for row in session.scalars(select(SupplyRow).order_by(SupplyRow.number))]

    undo(session, file)

    session.expire_all()
    assert (states, file.done) == ([RowState.SENT, RowState.WAITING], 2)
    assert [row.state for row in session.scalars(select(SupplyRow))] == [RowState.UNDONE] * 2


def test_every_table_of_a_child_keeps_the_record_or_goes_with_it() -> None:
    """One that is forgotten here stops the worker, at the file that is to be undone, for everybody."""
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    refer = {
        getattr(models[table], column.key)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is Child.__table__ for key in column.foreign_keys)
    }
    gone = {model.child_id for model in (*unmaking.UNSAID, *unmaking.BELONGING)} | {ToldApart.other_id}
    stays = {column for column in unmaking.SOMEBODYS if column.key != "merged_into_id"} | {Child.merged_into_id}

    assert refer == stays | gone | INDEX | OF_ARCHIVED_ALONE


def test_a_file_that_cannot_be_worked_on_keeps_nothing_and_nobody_else_waiting(
    app: Flask, session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = send(session, world.school, AMIRA)
    build_families.request(session, world.max, children(session)[0])
    steering.take_back(file)
    another = receive(session, build.organisation(session, world.authority, name="Ashgrove Prep"), csv_of(JACK))
    its_own = receive(session, world.school, csv_of(IFEOMA))
    session.commit()
    monkeypatch.setattr(unmaking, "SOMEBODYS", ())

    result = app.test_cli_runner().invoke(args=["work", "--once"])

    session.expire_all()
    done = set(session.scalars(select(Job.kind).where(Job.finished_at.is_not(None))))
    assert (result.exit_code, result.output.count("A file cannot be worked on"), done) == (0, 1, set(jobs.KINDS))
    assert (file.state, another.state, its_own.state) == (SupplyState.UNDOING, SupplyState.SENT, SupplyState.SENDING)
