"""The emergency shield from the server: at once, out of the index, in the audit."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, SearchArea, SearchPlace, Shield
from cp.models.child import Child
from cp.models.index import NOWHERE
from cp.rules.number import make, shown
from cp.services import find, shielding
from cp.terms import Act, RecordState, ShieldGround
from tests import build
from tests.build import World
from tests.services.directory import Made

GROUND = ShieldGround.DOMESTIC_ABUSE


@pytest.fixture
def child(made: Made) -> Child:
    return made(others=({"family_name": "Nowak"},), postcodes=("ZA4 7QD",))


def test_a_shield_takes_what_is_hidden_out_of_the_index_at_once(session: Session, child: Child) -> None:
    assert session.scalars(select(SearchPlace)).all() != []

    assert shielding.shield(session, child.number, GROUND) is True

    assert session.scalars(select(SearchPlace)).all() == []
    assert set(session.scalars(select(SearchArea.outward_key))) == {NOWHERE}
    assert list(find.check(session)) == []
    assert (child.shielded, child.shield_ground, child.version) == (True, GROUND, 2)
    entry = session.scalars(select(AuditEvent)).one()
    row = session.scalars(select(Shield)).one()
    assert (entry.act, entry.subject_id, entry.object_id, entry.reason, entry.account_id) == (
        Act.SHIELD, child.subject_id, row.uid, "domestic-abuse", None,
    )  # fmt: skip
    assert (row.child_id, row.ground, row.owner_id, row.who_asked, row.set_at, row.review_on) == (
        child.id, GROUND, None, None, clock.now(), date(2027, 5, 23),
    )  # fmt: skip


def test_shielding_twice_changes_nothing(session: Session, child: Child) -> None:
    shielding.shield(session, child.number, GROUND)

    assert shielding.shield(session, child.number, ShieldGround.ADOPTION) is False
    assert child.shield_ground is GROUND
    assert len(session.scalars(select(AuditEvent)).all()) == len(session.scalars(select(Shield)).all()) == 1


def test_no_record_no_shield(session: Session, world: World) -> None:
    assert shielding.shield(session, "CP0000000000", GROUND) is None
    assert session.scalars(select(AuditEvent)).all() == []


def test_the_command_takes_the_number_as_people_write_it(app: Flask, session: Session, world: World) -> None:
    child = build.child(session, world)
    session.commit()
    command = ["children", "shield", shown(child.number), "--because", "witness-protection"]

    said = [app.test_cli_runner().invoke(args=command) for _ in range(2)]

    assert [(result.exit_code, result.output) for result in said] == [
        (0, f"{shown(child.number)} is shielded.\n"),
        (0, f"{shown(child.number)} was shielded already.\n"),
    ]
    session.expire_all()
    assert child.shield_ground is ShieldGround.WITNESS_PROTECTION


def test_the_number_of_a_record_that_was_joined_shields_the_one_that_goes_on(
    app: Flask, session: Session, world: World
) -> None:
    """It stands on somebody's paper still; what is open is the other one."""
    kept = build.child(session, world)
    between, gone = (build.child(session, world, state=RecordState.MERGED) for _ in range(2))
    between.merged_into_id, gone.merged_into_id = kept.id, between.id
    session.commit()

    said = app.test_cli_runner().invoke(args=["children", "shield", gone.number, "--because", "domestic-abuse"])

    session.expire_all()
    assert said.output == f"{shown(gone.number)} is shielded.\n"
    assert (kept.shielded, between.shielded, gone.shielded) == (True, False, False)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (
            ["CP 000 000 0001", "--because", "adoption"],
            1,
            "That is not a ContactPoint number",
        ),
        (["{number}", "--because", "adoption"], 1, "No record has that number."),
        (["{number}", "--because", "fame"], 2, "'fame' is not one of 'domestic-abuse'"),
        (["{number}"], 2, "Missing option '--because'"),
    ],
)
def test_the_command_says_what_is_wrong(app: Flask, words: list[str], status: int, said: str) -> None:
    number = make("999999999")

    result = app.test_cli_runner().invoke(args=["children", "shield", *[word.format(number=number) for word in words]])

    assert result.exit_code == status
    assert said in result.output
