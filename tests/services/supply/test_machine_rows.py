"""Rows that another system sends become records by the way of a file; each organisation's keys are its own."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Involvement, SourceRecord, SupplyFile
from cp.models.child import Child
from cp.terms import FileForm, SupplyState
from tests import build, build_machines, build_supply
from tests.build import World
from tests.build_machines import AMIRA, JACK, taken

LEFT = {"row_key": "000417", "left_on": "2026-11-20"}


@pytest.fixture
def secret(session: Session, world: World) -> str:
    return build_machines.credential(session, world.school)


def names(session: Session) -> list[str]:
    return [child.given_names for child in build_supply.children(session)]


def files(session: Session) -> list[SupplyFile]:
    return list(session.scalars(select(SupplyFile).order_by(SupplyFile.id)))


def on_roll(session: Session, school: int) -> list[tuple[str, date | None]]:
    query = select(Child.given_names, Involvement.ended_on).join(Involvement, Involvement.child_id == Child.id)
    rows = session.execute(query.where(Involvement.organisation_id == school).order_by(Child.id))
    return [(name, ended) for name, ended in rows]


def test_rows_become_records_and_the_receipt_says_what_was_held_and_why(
    session: Session, world: World, secret: str
) -> None:
    receipt = taken(session, secret, AMIRA, JACK | {"born_on": "31/02/2017"}, {"row_key": "9"})

    (file,) = files(session)
    assert receipt == {
        "receipt": str(file.uid), "accepted": 1, "held": 2, "problems": [],
        "rows": [
            {"row": 1, "row_key": "000417", "accepted": True, "problems": []},
            {"row": 2, "row_key": "000418", "accepted": False, "problems": [
                {"property": "born_on", "detail": "31/02/2017 is not a date: February 2017 had 28 days",
                 "do": "Check the date"}]},
            {"row": 3, "row_key": "9", "accepted": False, "problems": [
                {"property": "given_names", "detail": "Empty", "do": "Add the name"},
                {"property": "born_on", "detail": "Empty", "do": "Add the date of birth"}]},
        ],
    }  # fmt: skip
    assert names(session) == ["Amira"]
    assert (file.form, file.whole, file.state, file.account_id) == (FileForm.MACHINE, False, SupplyState.SENT, None)
    assert (file.total, file.ready, file.done, file.facts["name"]) == (3, 1, 1, "Rows from SIMS")


def test_where_every_row_is_held_nothing_is_sent(session: Session, world: World, secret: str) -> None:
    receipt = taken(session, secret, {"row_key": "9"})

    assert (receipt["accepted"], names(session)) == (0, [])
    assert [file.state for file in files(session)] == [SupplyState.CHECKED]


def test_an_unusual_row_is_held_unless_it_is_said_to_be_sent_as_it_is(
    session: Session, world: World, secret: str
) -> None:
    odd = AMIRA | {"nhs": "1"}

    held = taken(session, secret, odd)
    sent = taken(session, secret, odd, send_unusual=True)

    assert [one["accepted"] for receipt in (held, sent) for one in receipt["rows"]] == [False, True]
    assert held["rows"][0]["problems"] == sent["rows"][0]["problems"]
    assert held["rows"][0]["problems"][0]["property"] == "nhs"
    assert names(session) == ["Amira"]


def test_the_same_row_again_is_the_same_child_and_another_word_of_it(
    session: Session, world: World, secret: str
) -> None:
    taken(session, secret, AMIRA, JACK)
    taken(session, secret, AMIRA | {"middle_names": "Noor"})

    assert names(session) == ["Amira Noor", "Jack"]
    assert on_roll(session, world.school.id) == [("Amira Noor", None), ("Jack", None)]  # who is not named has not left


def test_whom_a_row_of_a_key_and_a_day_names_has_left(session: Session, world: World, secret: str) -> None:
    taken(session, secret, AMIRA, JACK)

    receipt = taken(session, secret, LEFT)

    assert receipt["rows"] == [{"row": 1, "row_key": "000417", "accepted": True, "problems": []}]
    session.expire_all()
    assert on_roll(session, world.school.id) == [("Amira", date(2026, 11, 24)), ("Jack", None)]
    assert [(file.state, file.total, file.done) for file in files(session)][1] == (SupplyState.SENT, 1, 1)


def test_a_leaver_who_is_undone_is_back(session: Session, world: World, secret: str) -> None:
    taken(session, secret, AMIRA)
    taken(session, secret, LEFT)

    build_supply.undo(session, files(session)[1])

    session.expire_all()
    assert on_roll(session, world.school.id) == [("Amira", None)]


@pytest.mark.parametrize(
    ("day", "detail", "do"),
    [
        ("24/11/2026", "24/11/2026 is in the future", "Send it on that day"),
        ("31/02/2026", "31/02/2026 is not a date: February 2026 had 28 days", "Check the date"),
        ("01/01/1900", "01/01/1900 stands for no date", "Give the day"),
        ("soon", "soon is not a date: it has no day, month and year that we can read", "Check the date"),
    ],
)
def test_a_leaver_without_a_day_that_has_come_is_held(
    session: Session, world: World, secret: str, day: str, detail: str, do: str
) -> None:
    taken(session, secret, AMIRA)

    receipt = taken(session, secret, LEFT | {"left_on": day})

    assert receipt["rows"][0]["problems"] == [{"property": "left_on", "detail": detail, "do": do}]
    assert (receipt["accepted"], on_roll(session, world.school.id)) == (0, [("Amira", None)])


def test_a_key_is_of_its_own_organisation_and_one_that_is_not_known_is_answered_alike(
    session: Session, world: World, secret: str
) -> None:
    other = build.organisation(session, world.authority, name="Ashgrove Prep")
    theirs = build_machines.credential(session, other)
    taken(session, secret, AMIRA)
    known = taken(session, secret, LEFT)["rows"]
    taken(session, secret, AMIRA)

    unknown = taken(session, theirs, LEFT)["rows"]
    taken(session, theirs, AMIRA | JACK | {"row_key": "000417"})

    assert unknown == known
    session.expire_all()
    assert on_roll(session, world.school.id) == [("Amira", None)]
    assert on_roll(session, other.id) == [("Jack", None)]
    keys = select(SourceRecord.row_key, SourceRecord.organisation_id).order_by(SourceRecord.id)
    assert session.execute(keys).all() == [("000417", world.school.id), ("000417", other.id)]
