"""Nothing is applied before an organisation supplies live, whichever way its rows come; undoing is always possible."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.feeds.rows_sent import read
from cp.models import AuditEvent, Organisation, SourceVersion, Supplier, SupplyFile, SupplyRow
from cp.services import jobs
from cp.services.retention.believing import Believed
from cp.services.supply import by_hand, live, pairing, requests, senders, steering, working
from cp.services.supply.live import NotLive
from cp.services.supply.steering import NotNow
from cp.terms import Act, Column, FileForm, Lack, RowState, SupplyState
from tests import build, build_machines, build_supply, build_telling
from tests.build import World
from tests.build_live import without
from tests.build_supply import AMIRA, JACK, children, csv_of
from tests.web import actor_of

TYPED = {
    Column.GIVEN_NAMES: "Amira", Column.FAMILY_NAME: "Siddiqui", Column.BORN_ON: "14/03/2016", Column.GENDER: "F",
    Column.ROW_KEY: "000417",
}  # fmt: skip
LACKING: dict[Lack, Callable[[], dict[str, Any]]] = {
    Lack.MEANS: lambda: {"means_agreed_on": None},
    Lack.TEST: lambda: {"test_accepted_on": None},
    Lack.SIGNATURE: lambda: {"agreement_signed_on": None},
    Lack.AGREEMENT: lambda: {"agreement_ends_on": clock.today()},
}
SCHOOL = "900417"


def by_file(session: Session, school: Organisation) -> SupplyFile:
    return build_supply.at(session, school, SupplyState.CHECKED, csv_of(AMIRA, JACK))


def applied(session: Session) -> int:
    session.expire_all()
    return session.scalar(select(func.count()).select_from(SourceVersion)) or 0


@pytest.mark.parametrize("lack", LACKING)
def test_a_checked_file_is_not_sent_while_anything_is_missing(session: Session, world: World, lack: Lack) -> None:
    file = by_file(session, world.school)
    without(session, world.school, **LACKING[lack]())

    with pytest.raises(NotLive) as refused:
        steering.go(session, file, too=True)

    assert refused.value.missing.lacks == (lack,)
    assert (file.state, file.sent_at) == (SupplyState.CHECKED, None)


@pytest.mark.parametrize("lack", LACKING)
def test_a_file_on_its_way_stops_between_two_batches(
    session: Session, world: World, lack: Lack, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_supply.row_by_row(monkeypatch)
    file = build_supply.receive(session, world.school, csv_of(AMIRA, JACK), whole=True)
    working.step(session)
    without(session, world.school, **LACKING[lack]())

    working.step(session)

    assert (file.state, file.done, applied(session)) == (SupplyState.STOPPED, 1, 1)
    assert [row.state for row in session.scalars(select(SupplyRow).order_by(SupplyRow.number))] == [
        RowState.SENT, RowState.READY,
    ]  # fmt: skip
    said = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.STOP_FILE)).one()
    assert (said.object_id, said.reason, said.account_id) == (file.uid, "not_live", None)


def test_a_stopped_file_goes_on_once_it_may_and_not_before(session: Session, world: World) -> None:
    file = build_supply.receive(session, world.school, csv_of(AMIRA))
    sue = actor_of(session, build.person(session, world.school, "Sue Lambert", "sue.supplier"))
    without(session, world.school, agreement_ends_on=clock.today())
    working.step(session)

    with pytest.raises(NotLive):
        steering.go_on(session, sue, file.uid)
    without(session, world.school, agreement_ends_on=clock.today() + timedelta(days=1))
    steering.go_on(session, sue, file.uid)
    build_supply.work(session)

    assert (file.state, applied(session)) == (SupplyState.SENT, 1)


def test_whoever_is_missing_from_a_whole_list_has_not_left_by_one_that_stops(session: Session, world: World) -> None:
    build_supply.send(session, world.school, AMIRA, JACK, whole=True)
    said = applied(session)
    file = build_supply.receive(session, world.school, csv_of(AMIRA), whole=True)
    working.step(session)
    without(session, world.school, agreement_ends_on=clock.today())

    build_supply.work(session)

    assert (file.state, applied(session)) == (SupplyState.STOPPED, said)


def test_undoing_needs_no_agreement(session: Session, world: World) -> None:
    file = build_supply.send(session, world.school, AMIRA)
    without(session, world.school, agreement_ends_on=clock.today(), test_accepted_on=None)

    build_supply.undo(session, file)

    assert (file.state, children(session)) == (SupplyState.UNDONE, [])


def test_a_row_that_waited_for_a_person_comes_to_its_place_after_the_agreement(session: Session, world: World) -> None:
    """It was sent while it might be; where it stands tells a supplier nothing of whom it waits beside."""
    bare = {name: AMIRA[name] for name in ("Legal Surname", "Forename", "DOB", "Sex")} | {"Adno": "9"}
    build_supply.send(session, world.school, AMIRA)
    other = build.organisation(session, world.authority, name="Ashgrove Prep")
    file = build_supply.send(session, other, bare)
    without(session, other, agreement_ends_on=clock.today())

    pairing.place_again(session, [children(session)[0].id])
    build_supply.work(session)

    assert file.state is SupplyState.SENT


def test_what_is_typed_in_by_hand_is_a_test_then(session: Session, world: World) -> None:
    without(session, world.school, test_accepted_on=None)
    sender = senders.of_organisation(world.school, UUID(int=3), None)

    uid = by_hand.send(session, sender, TYPED)
    build_supply.work(session)

    file = session.scalars(select(SupplyFile).where(SupplyFile.uid == uid)).one()
    assert (file.form, file.state, file.total, file.ready, applied(session)) == (
        FileForm.HAND, SupplyState.CHECKED, 1, 1, 0,
    )  # fmt: skip


def test_rows_of_another_system_are_one_test_however_often_they_come(session: Session, world: World) -> None:
    secret = build_machines.credential(session, world.school)
    without(session, world.school, agreement_signed_on=None)
    data = build_machines.body(build_machines.AMIRA, {"row_key": "1"})
    asked = requests.Asked(secret, data, read(data), None, UUID(int=2))

    for _ in range(2):
        with pytest.raises(requests.OnlyTried) as tried:
            requests.take(session, asked)
    build_supply.work(session)

    assert (tried.value.missing.lacks, tried.value.ready, tried.value.total) == ((Lack.SIGNATURE,), 1, 2)
    assert [file.state for file in session.scalars(select(SupplyFile))] == [SupplyState.CHECKED]
    assert applied(session) == 0
    without(session, world.school)
    assert build_machines.taken(session, secret, build_machines.AMIRA, {"row_key": "1"})["accepted"] == 1
    assert applied(session) == 1


@pytest.mark.parametrize("words", ["file", "watch"])
def test_at_the_server_it_is_read_as_a_test_and_the_command_says_why(
    app: Flask, session: Session, world: World, tmp_path: Path, words: str
) -> None:
    world.school.urn = SCHOOL
    without(session, world.school, test_accepted_on=None)
    session.commit()
    folder = tmp_path / SCHOOL
    folder.mkdir()
    path = folder / "roll.csv"
    path.write_bytes(csv_of(AMIRA, JACK))
    os.utime(path, (0, 0))
    asked = ["supply", "file", str(path), "--organisation", SCHOOL, "--apply"]
    if words == "watch":
        asked = ["supply", "watch", str(tmp_path), "--once"]

    result = app.test_cli_runner().invoke(args=asked)

    session.rollback()
    why = "No test file of yours is accepted yet. You send one, and Northvale Council’s implementation manager looks at"
    said = result.output if words == "file" else (folder / "roll.csv.why.txt").read_text("utf-8")
    assert why in said
    assert "This was a test, and nothing of it is kept in any record" in said
    assert [(file.state, file.ready) for file in session.scalars(select(SupplyFile))] == [(SupplyState.CHECKED, 2)]
    assert applied(session) == 0


def test_what_a_practitioner_tells_is_nobodys_supply(session: Session, world: World) -> None:
    build_telling.told(session, world.sam, build_telling.AMIRA)

    assert live.missing(session, world.school.id) is not None
    assert session.scalars(select(SupplyRow.state)).one() is RowState.WAITING


def test_rows_that_were_not_sent_are_forgotten_after_14_days_and_then_never_sent(
    session: Session, world: World
) -> None:
    file = by_file(session, world.school)
    unconfirmed = build_supply.at(session, world.school, SupplyState.COLUMNS)
    kept = select(func.count()).where(SupplyRow.file_id.in_([file.id, unconfirmed.id]))

    left = []
    for days in (14, 15):
        jobs.tidy(session, Believed(clock.now() + timedelta(days=days) - timedelta(minutes=5)))
        left.append(session.scalar(kept))

    assert left == [3, 0]
    with time_machine.travel(clock.now() + timedelta(days=15), tick=False), pytest.raises(NotNow):
        steering.go(session, file, too=True)


def test_the_suppliers_due_day_follows_from_no_test(session: Session, world: World) -> None:
    without(session, world.school, test_accepted_on=None)
    by_hand.send(session, senders.of_organisation(world.school, UUID(int=3), None), TYPED)

    assert session.scalars(select(Supplier.due_on)).all() in ([], [None])
