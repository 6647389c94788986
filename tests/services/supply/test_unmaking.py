"""A record that a file made and nobody speaks for any longer: no more, unless somebody has done something with it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import ArchiveReading, Base, Job, ToldApart
from cp.models.child import Child
from cp.models.index import SearchCarer, SearchKey, SearchPlace
from cp.services import jobs
from cp.services.supply import steering, unmaking
from cp.terms import SupplyState
from tests import build, build_disclosures, build_families, build_shields
from tests.build import World
from tests.build_supply import AMIRA, IFEOMA, JACK, children, csv_of, receive, send, undo

INDEX = {SearchCarer.child_id, SearchKey.child_id, SearchPlace.child_id}
OF_ARCHIVED_ALONE = {ArchiveReading.child_id}


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
