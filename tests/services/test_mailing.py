"""Invitations by email: in line with their link, sent by the worker, tried again, and nothing of them kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.config import Config, Mail, SettingProblem
from cp.models import Job
from cp.services import jobs, mailing
from cp.services.retention.believing import Believed
from tests.build import World
from tests.services.mailbox import Mailbox, mailbox
from tests.web import Browser

ADDRESS = "https://contactpoint.example/join/a-token"
WEEK = timedelta(days=7)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as server:
        yield server


@pytest.fixture
def mailing_app(app: Flask, box: Mailbox) -> Flask:
    mail = Mail("127.0.0.1", box.port, False, "", "", "contactpoint@council.example")
    app.extensions["config"] = replace(app.extensions["config"], mail=mail, site="https://contactpoint.example")
    return app


def invite(session: Session, world: World) -> None:
    mailing.invite(session, world.sam.account, ADDRESS, clocks.now() + WEEK)
    session.commit()


def work(app: Flask) -> str:
    return app.test_cli_runner().invoke(args=["work", "--once"]).output


def letters_in_line(session: Session) -> list[Job]:
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(Job).where(Job.kind == mailing.KIND)))


def test_a_letter_is_sent_once_and_emptied(mailing_app: Flask, box: Mailbox, session: Session, world: World) -> None:
    invite(session, world)

    work(mailing_app)
    work(mailing_app)

    (letter,) = box.letters
    assert box.receivers == ["<sam.practitioner@example.test>"]
    assert (letter["From"], letter["To"]) == ("contactpoint@council.example", "sam.practitioner@example.test")
    text = letter.get_content().replace("\r\n", "\n")
    assert text.startswith("Sam Okafor,\n")
    assert ADDRESS in text.splitlines()
    assert "It works once, until 30 November 2026 at 10:42:" in text
    (job,) = letters_in_line(session)
    assert (job.facts_sealed, job.problem, job.tries) == (None, None, 1)
    assert job.finished_at is not None


def test_what_waits_is_sealed(session: Session, world: World) -> None:
    invite(session, world)

    (job,) = letters_in_line(session)
    assert job.facts_sealed is not None
    assert b"a-token" not in job.facts_sealed
    assert b"sam." not in job.facts_sealed


def test_a_server_that_refuses_is_tried_again(
    mailing_app: Flask, box: Mailbox, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    invite(session, world)
    box.says = b"451 not now"

    said = work(mailing_app)
    assert said == "A letter was not sent and is tried again: SMTPDataError\n"
    assert work(mailing_app) == ""  # not at once
    (job,) = letters_in_line(session)
    assert (job.finished_at, job.problem) == (None, "SMTPDataError")

    box.says = b"250 kept"
    clock.shift(timedelta(minutes=1))
    work(mailing_app)
    assert len(box.letters) == 1


def test_a_server_that_is_away_costs_nothing(
    mailing_app: Flask, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    config = mailing_app.extensions["config"]
    mailing_app.extensions["config"] = replace(config, mail=replace(config.mail, port=9))
    invite(session, world)

    assert "ConnectionRefusedError" in work(mailing_app)

    assert len(letters_in_line(session)) == 1


def test_pauses_grow_to_four_hours(session: Session, world: World, clock: time_machine.Traveller) -> None:
    invite(session, world)
    pauses = []
    for _ in range(10):
        before = clocks.now()
        assert mailing.take(session) is not None
        session.flush()
        run_at = session.scalars(select(Job.run_at).where(Job.kind == mailing.KIND)).one()
        pauses.append((run_at - before) // timedelta(minutes=1))
        clock.move_to(run_at)

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]


def test_a_letter_whose_link_has_ended_is_not_sent(
    mailing_app: Flask, box: Mailbox, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    invite(session, world)
    clock.shift(WEEK)

    work(mailing_app)

    (job,) = letters_in_line(session)
    assert (box.letters, job.facts_sealed, job.problem) == ([], None, "late")


def test_a_letter_that_nobody_may_send_any_more_is_forgotten(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    invite(session, world)
    clock.shift(timedelta(days=8, seconds=1))

    jobs.tidy(session, Believed(clocks.now()))

    assert session.scalars(select(Job).where(Job.kind == mailing.KIND)).all() == []


def test_the_standing_work_goes_on_beside(mailing_app: Flask, session: Session, world: World) -> None:
    invite(session, world)

    work(mailing_app)

    session.rollback()
    assert sorted(session.scalars(select(Job.kind).where(Job.finished_at.is_not(None)))) == [
        "mail",
        "retention",
        "tidy",
    ]


def test_an_invitation_is_sent_and_a_link_for_a_password_is_not(
    mailing_app: Flask, browser: Browser, box: Mailbox, session: Session, world: World
) -> None:
    session.get_one(type(world.sam.account), world.sam.account.id).opened_on = None
    session.commit()
    browser.become(session, world.una)

    page = browser.get(f"/accounts/{world.sam.account.uid}/link")
    page = browser.submit(page, "Print the link", kind="join")
    assert "It is also sent to sam.practitioner@example.test." in page.html.get_text()
    page = browser.get(f"/accounts/{world.nia.account.uid}/link")
    page = browser.submit(page, "Print the link", kind="password")
    assert "It is also sent" not in page.html.get_text()

    work(mailing_app)
    (letter,) = box.letters
    (address,) = [line for line in letter.get_content().splitlines() if line.startswith("https://")]
    assert address.startswith("https://contactpoint.example/join/")
    assert Browser(mailing_app).get(address.removeprefix("https://contactpoint.example")).h1 == "Choose a password"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smtps://post:a%2Fb@mail.example?from=cp@council.example",
         Mail("mail.example", 465, True, "post", "a/b", "cp@council.example")),
        ("smtp://127.0.0.1:2525?from=cp@council.example", Mail("127.0.0.1", 2525, False, "", "", "cp@council.example")),
        ("smtp://mail.example?from=cp@council.example", Mail("mail.example", 587, False, "", "", "cp@council.example")),
    ],
)  # fmt: skip
def test_the_mail_server_is_one_setting(monkeypatch: pytest.MonkeyPatch, text: str, expected: Mail) -> None:
    monkeypatch.setenv("CP_MAIL", text)
    monkeypatch.setenv("CP_SITE", "https://contactpoint.example/")

    config = Config.from_environment()

    assert (config.mail, config.site) == (expected, "https://contactpoint.example")
    assert "a/b" not in repr(config)


@pytest.mark.parametrize(
    ("mail", "site", "sentence"),
    [
        ("smtp://mail.example?from=cp@council.example", "", "CP_MAIL needs CP_SITE"),
        ("mail.example", "https://contactpoint.example", "CP_MAIL must be like"),
        ("smtp://mail.example", "https://contactpoint.example", "CP_MAIL must be like"),
        ("smtp://?from=cp@council.example", "https://contactpoint.example", "CP_MAIL must be like"),
        ("smtp://mail.example:port?from=cp@council.example", "https://contactpoint.example", "CP_MAIL must be like"),
        ("http://mail.example?from=cp@council.example", "https://contactpoint.example", "CP_MAIL must be like"),
        ("", "contactpoint.example", "CP_SITE must be where people reach this site"),
        ("", "https://contactpoint.example?x", "CP_SITE must be where people reach this site"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, mail: str, site: str, sentence: str
) -> None:
    monkeypatch.setenv("CP_MAIL", mail)
    monkeypatch.setenv("CP_SITE", site)

    with pytest.raises(SettingProblem, match=sentence):
        Config.from_environment()
