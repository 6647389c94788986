"""`flask account …`: the first two managers, a check, a link; what is refused is said and changes nothing."""

import re
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import Account, AuditEvent, Authority, Link, Organisation, RoleGrant
from cp.services import links
from cp.terms import Act, BodyKind, LinkKind, Role
from tests import build
from tests.build import World
from tests.web import Browser

Run = Callable[..., Result]
TWO = ("una.kowalski@example.test", "amir.patel@example.test")
PLACE = ("--authority", "Northvale Council", "--code", "999", "--phone", "0161 496 0130")


@pytest.fixture
def run(app: Flask, clock: time_machine.Traveller) -> Run:
    def runs(*words: str, typed: str = "") -> Result:
        return app.test_cli_runner().invoke(args=["account", *words], input=typed)

    return runs


def tokens(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return re.findall(r"http://127\.0\.0\.1:5000/join/(\S+)", result.output)


def count(session: Session, model: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_first_two_managers_are_made_with_their_authority(run: Run, session: Session, browser: Browser) -> None:
    result = run("first", *TWO, *PLACE)

    first, second = tokens(result)
    assert "Una Kowalski, una.kowalski@example.test, once until 30 November 2026, 10:42 UTC:" in result.output
    held = [links.find(session, token) for token in (first, second)]
    assert [one and (one.kind, one.account.name) for one in held] == [
        (LinkKind.JOIN, "Una Kowalski"), (LinkKind.JOIN, "Amir Patel"),
    ]  # fmt: skip
    (place,) = session.scalars(select(Authority)).all()
    assert (place.name, place.education_code, place.team_phone) == ("Northvale Council", "999", "+441614960130")
    (council,) = session.scalars(select(Organisation)).all()
    assert (council.body_kind, council.accreditation_ends_on) == (BodyKind.AUTHORITY, date(2027, 11, 23))
    grants = session.execute(select(RoleGrant.role, RoleGrant.starts_on)).all()
    assert [tuple(grant) for grant in grants] == [(Role.ACCOUNT_MANAGER, date(2026, 11, 23))] * 2
    assert {account.demonstration for account in session.scalars(select(Account))} == {False}
    assert browser.get(f"/join/{first}").h1 == "Choose a password"


def test_everything_stands_in_the_audit_as_done_at_the_server(run: Run, session: Session) -> None:
    run("first", *TWO, *PLACE)
    run("checked", TWO[0], "2026-09-01")

    entries = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(entry.act, entry.reason, entry.account_id) for entry in entries] == [
        (Act.SET_UP, reason, None)
        for reason in ("first_manager", "link_join", "first_manager", "link_join", "check_2026-09-01")
    ]


def test_what_is_not_given_is_asked_for(run: Run, session: Session) -> None:
    result = run("first", *TWO, typed="Eastvale Council\n998\n0161 496 0131\n")

    assert len(tokens(result)) == 2
    assert session.scalars(select(Authority.name)).all() == ["Eastvale Council"]


def test_names_may_be_given(run: Run, session: Session) -> None:
    run("first", "a@example.test", "b@example.test", "--names", "Una Kowalski", "Amir Patel", *PLACE)

    assert session.scalars(select(Account.name).order_by(Account.id)).all() == ["Una Kowalski", "Amir Patel"]


def test_a_second_time_is_refused(run: Run, session: Session) -> None:
    run("first", *TWO, *PLACE)

    result = run("first", "c@example.test", "d@example.test", *PLACE)

    assert result.exit_code == 1
    assert "There are accounts already. An account manager invites everybody else." in result.output
    assert (count(session, Account), count(session, Link), count(session, Authority)) == (2, 2, 1)


def test_a_directory_with_people_has_its_first_ones(run: Run, session: Session, world: World) -> None:
    assert run("first", *TWO).exit_code == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((TWO[0], TWO[0], *PLACE), "give two email addresses"),
        ((TWO[0], f" {TWO[0].upper()}", *PLACE), "is not an email address"),
        ((TWO[0], TWO[0].upper(), *PLACE), "give two email addresses"),
        ((TWO[0], "nobody", *PLACE), "“nobody” is not an email address"),
        ((*TWO, *PLACE[:-1], "12"), "Give a telephone number with its area code"),
        ((*TWO, *PLACE[:3], "99", *PLACE[4:]), "three digits"),
        ((*TWO, "--authority", "x" * 121, *PLACE[2:]), "120 characters or fewer"),
    ],
)
def test_what_cannot_be_used_makes_nothing(run: Run, session: Session, words: tuple[str, ...], sentence: str) -> None:
    result = run("first", *words)

    assert result.exit_code != 0
    assert sentence in result.output
    assert (count(session, Account), count(session, Authority)) == (0, 0)


def test_an_authority_that_is_there_is_used(run: Run, session: Session) -> None:
    for name, code in (("Northvale Council", "999"), ("Eastvale Council", "998")):
        build.add(session, Authority(name=name, education_code=code, team_phone="+441614960130",
                                     help_phone="+441614960100"))  # fmt: skip
    session.commit()

    unsaid = run("first", *TWO)
    assert "Name one of these with --authority: Northvale Council, Eastvale Council." in unsaid.output
    assert len(tokens(run("first", *TWO, "--authority", "Eastvale Council"))) == 2
    session.rollback()
    assert session.scalars(select(Organisation.name)).all() == ["Eastvale Council"]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-09-01", "The check of Una Kowalski is recorded."),
        ("2026-11-24", "out of date, or not issued yet"),
        ("2023-11-23", "out of date, or not issued yet"),
        ("01.09.2026", "does not match the format"),
    ],
)
def test_a_check_is_recorded_where_it_counts(run: Run, session: Session, world: World, day: str, sentence: str) -> None:
    before = world.una.account.check_issued_on

    result = run("checked", world.una.email.upper(), day)

    assert sentence in result.output
    session.refresh(world.una.account)
    recorded = result.exit_code == 0
    assert (world.una.account.check_issued_on == date(2026, 9, 1)) is recorded
    assert recorded or world.una.account.check_issued_on == before


@pytest.mark.parametrize("kind", [LinkKind.PASSWORD, LinkKind.FACTOR])
def test_somebody_locked_out_gets_a_link(run: Run, session: Session, world: World, kind: LinkKind) -> None:
    result = run("link", world.una.email, "--kind", kind.value)

    (token,) = tokens(result)
    held = links.find(session, token)
    assert held is not None
    assert (held.kind, held.account.id) == (kind, world.una.account.id)
    assert "Check who they are, and hand it over in person." in result.output


def test_a_first_manager_who_lost_the_link_gets_another(run: Run, session: Session) -> None:
    (lost, _) = tokens(run("first", *TWO, *PLACE))

    (token,) = tokens(run("link", TWO[0], "--kind", "join"))

    assert links.find(session, token) is not None
    assert links.find(session, lost) is None


@pytest.mark.parametrize(
    ("email", "kind", "sentence"),
    [
        ("nobody@example.test", "password", "No account has that email address."),
        ("una.accounts@example.test", "join", "They have joined already"),
        ("sam.practitioner@example.test", "password", "That account is suspended or closed."),
        ("una.accounts@example.test", "other", "Invalid value"),
    ],
)
def test_a_link_that_is_of_no_use_is_not_made(
    run: Run, session: Session, world: World, email: str, kind: str, sentence: str
) -> None:
    session.get_one(Account, world.sam.account.id).active = False
    session.commit()

    result = run("link", email, "--kind", kind)

    assert result.exit_code != 0
    assert sentence in result.output
    assert count(session, Link) == 0


def test_an_authority_is_accredited_where_nobody_on_the_web_can(run: Run, session: Session, world: World) -> None:
    world.council.accreditation_ends_on = date(2026, 11, 1)
    session.commit()

    result = run("accredited", "Northvale Council", "--years", "2")

    session.refresh(world.council)
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SET_UP)).one()
    assert result.output == "Northvale Council is accredited. 2028-11-23 is the first day without.\n"
    assert world.council.accreditation_ends_on == date(2028, 11, 23)
    assert (entry.object_id, entry.reason) == (world.council.uid, "accredited_until_2028-11-23")
    assert "No organisation of an authority" in run("accredited", "Hollin Bank Primary School").output
    assert run("accredited", "Northvale Council", "--years", "4").exit_code == 2
