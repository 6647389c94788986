"""A link that was handed over: somebody new comes in, forgot the password, or lost the telephone."""

from datetime import date, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Account, AuditEvent, Factor, Link, RoleGrant
from cp.services import links
from cp.terms import Act, Decision, LinkKind
from tests.build import Person, World
from tests.web import Browser, Page

CHOSEN = "otters in four hats"
SHORT = "Your password must be at least 12 characters"
OWN = "Choose another password: this one is made of your name, your email address or where you work"
TODAY = date(2026, 11, 23)


def link(session: Session, person: Person, kind: LinkKind) -> str:
    token = links.make(session, person.account, kind, None)
    session.commit()
    return f"/join/{token}"


@pytest.fixture
def newcomer(session: Session, world: World) -> Person:
    """Invited: has no password, no authenticator, and has read and signed nothing."""
    account = update(Account).where(Account.id == world.sam.account.id)
    session.execute(account.values(
        password_hash=None, opened_on=None, kept_on=None, last_used_on=None, procedures_read_on=None, trained_on=None,
        agreement_version=None, agreement_signed_on=None,
    ))  # fmt: skip
    session.execute(delete(Factor).where(Factor.account_id == world.sam.account.id))
    session.commit()
    return world.sam


def enrol(browser: Browser, page: Page) -> Page:
    key = page.texts(".cp-key")[0].replace(" ", "")
    return browser.submit(page, "Continue", code=pyotp.TOTP(key).at(clocks.now()))


def test_an_invited_person_comes_in(browser: Browser, session: Session, newcomer: Person) -> None:
    page = browser.get(link(session, newcomer, LinkKind.JOIN))
    assert page.h1 == "Choose a password"
    assert page.html.select_one("input[name=password]")["autocomplete"] == "new-password"  # type: ignore[index]

    page = browser.submit(page, "Continue", password=CHOSEN)
    assert (page.h1, page.url) == ("Set up your authenticator app", "/sign-in/authenticator")
    page = enrol(browser, page)
    assert page.h1 == "Your printed security codes"
    page = browser.get(page.link("I have kept them safe"))

    assert page.url == "/account"
    session.refresh(newcomer.account)
    account = newcomer.account
    assert (account.opened_on, account.kept_on, account.last_used_on) == (TODAY, TODAY, TODAY)


def test_the_account_opens_with_the_authenticator_and_not_before(
    browser: Browser, session: Session, newcomer: Person
) -> None:
    browser.submit(browser.get(link(session, newcomer, LinkKind.JOIN)), "Continue", password=CHOSEN)

    session.refresh(newcomer.account)
    assert newcomer.account.opened_on is None
    assert browser.get("/account").h1 == "Sign in"
    page = browser.submit(browser.get("/sign-in"), "Continue", email=newcomer.email, password=CHOSEN)
    assert page.h1 == "Set up your authenticator app"


@pytest.mark.parametrize("kind", [LinkKind.JOIN, LinkKind.PASSWORD])
@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Choose a password of at least 12 characters"),
        ("elevenchars", f"{SHORT}. Three or four words together are easy to remember"),
        ("Password2026!", "Choose another password: this one is among the first that are guessed"),
        ("SamOkafor2026", OWN),
        ("hollin bank 11", OWN),
        ("a horse " * 17, "Your password must be 128 characters or fewer"),
        ("x" * 10_000, "Your password must be 128 characters or fewer"),
    ],
)  # fmt: skip
def test_a_password_that_may_not_be_chosen_uses_nothing_up(
    browser: Browser, session: Session, newcomer: Person, kind: LinkKind, password: str, sentence: str
) -> None:
    address = link(session, newcomer, kind)

    page = browser.submit(browser.get(address), "Continue", password=password)

    assert (page.status, page.errors) == (422, [sentence])
    assert page.html.select_one("input[name=password]").get("value") is None  # type: ignore[union-attr]
    assert browser.submit(page, "Continue", password=CHOSEN).h1 == "Set up your authenticator app"


def test_opening_a_link_changes_nothing(browser: Browser, session: Session, newcomer: Person) -> None:
    address = link(session, newcomer, LinkKind.JOIN)

    for _ in range(3):
        assert browser.get(address).h1 == "Choose a password"
    assert browser.client.head(address).status_code == 200

    session.rollback()
    assert session.scalars(select(Link.used_at)).one() is None


@pytest.mark.parametrize("why", ["unknown", "used", "late", "newer", "joined already", "suspended"])
def test_a_link_that_is_no_use_is_answered_the_same(
    browser: Browser, session: Session, newcomer: Person, clock: time_machine.Traveller, why: str
) -> None:
    unknown = browser.client.get("/join/0").text
    address, account = link(session, newcomer, LinkKind.JOIN), newcomer.account
    form = browser.get(address)
    session.refresh(account)
    if why == "used":
        session.execute(update(Link).values(used_at=clocks.now()))
    elif why == "late":
        clock.shift(timedelta(days=7))
    elif why == "newer":
        links.make(session, account, LinkKind.JOIN, None)
    elif why == "joined already":
        account.opened_on = TODAY
    elif why == "suspended":
        account.active = False
    else:
        address = address[:-1] + ("A" if address[-1] != "A" else "B")
    session.commit()

    page = browser.get(address)
    sent = browser.post(address, form.form("Continue").fields | {"password": CHOSEN})

    for answer in (page, sent):
        assert (answer.status, answer.h1) == (404, "This link does not work")
        assert "Sam" not in answer.html.get_text()
    assert page.response.text == unknown
    session.refresh(account)
    assert account.password_hash is None


def test_the_second_of_two_comes_too_late(app: Flask, browser: Browser, session: Session, newcomer: Person) -> None:
    address, other = link(session, newcomer, LinkKind.JOIN), Browser(app)
    page, second = browser.get(address), other.get(address)

    assert browser.submit(page, "Continue", password=CHOSEN).h1 == "Set up your authenticator app"
    late = other.submit(second, "Continue", password="somebody else chose this")

    assert (late.status, late.h1) == (404, "This link does not work")
    page = browser.submit(browser.get("/sign-in"), "Continue", email=newcomer.email, password=CHOSEN)
    assert page.errors == []


def test_a_role_that_waits_for_a_second_manager_uses_nothing_up(
    browser: Browser, session: Session, newcomer: Person
) -> None:
    address = link(session, newcomer, LinkKind.JOIN)
    form = browser.get(address).form("Continue")
    session.execute(update(RoleGrant).where(RoleGrant.account_id == newcomer.account.id)
                    .values(starts_on=TODAY + timedelta(days=1)))  # fmt: skip
    session.commit()

    for page in (browser.get(address), browser.post(address, form.fields | {"password": CHOSEN})):
        assert page.h1 == "Your account is not ready yet"
        assert "it works until 10:42 on 30 November 2026" in page.html.get_text()
    session.rollback()
    assert session.scalars(select(Link.used_at)).one() is None


def test_every_use_stands_in_the_audit(browser: Browser, session: Session, newcomer: Person) -> None:
    browser.submit(browser.get(link(session, newcomer, LinkKind.JOIN)), "Continue", password=CHOSEN)

    session.rollback()
    (entry,) = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.USE_LINK)).all()
    assert (entry.decision, entry.object_id, entry.reason) == (Decision.ALLOWED, newcomer.account.uid, "join")
    assert entry.account_id is None


def test_a_token_reaches_no_log(
    browser: Browser,
    session: Session,
    newcomer: Person,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not even where something breaks on it."""
    caplog.set_level("DEBUG")
    address = link(session, newcomer, LinkKind.JOIN)
    token = address.rpartition("/")[2]
    page = browser.get(address)
    with monkeypatch.context() as patch:
        patch.setattr(links, "use", lambda *_: 1 / 0)
        assert browser.submit(page, "Continue", password=CHOSEN).status == 500
    browser.submit(page, "Continue", password=CHOSEN)

    printed = capfd.readouterr()
    assert "ZeroDivisionError" in caplog.text
    assert token not in caplog.text + printed.out + printed.err
