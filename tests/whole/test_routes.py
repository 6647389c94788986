"""Nothing was forgotten: every endpoint says what it does, strangers get nothing, each person what is theirs."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from cp.application import create_app
from cp.config import Config
from cp.models import Base
from cp.registry import Undeclared
from cp.terms import Act
from cp.views import account, children, help, involvements, searches, signing_in
from tests.build import World
from tests.web import Browser
from tests.whole.places import Places, address, rules, signed_in

OPEN = {
    "help.accessibility", "help.cannot_sign_in", "help.checked", "help.health", "help.holds", "help.index",
    "help.privacy", "joining.authenticator", "joining.enrol", "joining.link", "joining.use", "signing_in.check",
    "signing_in.choose", "signing_in.clear", "signing_in.code", "signing_in.create", "signing_in.enrol",
    "signing_in.enrolled", "signing_in.new", "signing_in.role", "signing_in.sign_out",
}  # fmt: skip
"""What anybody may ask for. It shows no child, and changes nothing but the asker's own sign-in."""

WHO = ("sam", "nia", "max", "una", "rex", "lou", "stranger")
PAGES = {
    "account.agreement": "200 200 200 200 200 200 303",
    "account.authenticator": "200 200 200 200 200 200 303",
    "account.codes": "200 200 200 200 200 200 303",
    "account.password": "200 200 200 200 200 200 303",
    "account.procedures": "200 200 200 200 200 200 303",
    "account.show": "200 200 200 200 200 200 303",
    "accounts.approvals": "403 403 403 200 403 403 303",
    "accounts.checking": "403 403 403 200 403 403 303",
    "accounts.closing": "403 403 403 200 403 403 303",
    "accounts.ending": "403 403 403 200 403 403 303",
    "accounts.export_csv": "403 403 403 200 403 403 303",
    "accounts.giving": "403 403 403 200 403 403 303",
    "accounts.index": "403 403 403 200 403 403 303",
    "accounts.link": "403 403 403 200 403 403 303",
    "accounts.moving": "403 403 403 200 403 403 303",
    "accounts.new": "403 403 403 200 403 403 303",
    "accounts.requests": "403 403 403 200 403 403 303",
    "accounts.review": "403 403 403 200 403 403 303",
    "accounts.sees": "403 403 403 200 403 403 303",
    "accounts.show": "403 403 403 200 403 403 303",
    "accounts.suspending": "403 403 403 200 403 403 303",
    "alerts.index": "403 403 403 403 200 403 303",
    "alerts.show": "403 403 403 403 200 403 303",
    "account.training": "200 200 200 200 200 200 303",
    "children.printed": "200 200 200 403 403 403 303",
    "children.show": "200 200 200 403 403 403 303",
    "children.why": "200 200 200 403 403 403 303",
    "closed_alerts.index_of_closed": "403 403 403 403 200 403 303",
    "handovers.ask": "403 403 404 403 403 403 303",  # Sam has not left
    "handovers.index": "403 403 200 403 403 403 303",
    "help.accessibility": "200 200 200 200 200 200 200",
    "help.cannot_sign_in": "200 200 200 200 200 200 200",
    "help.checked": "200 200 200 200 200 200 200",
    "help.health": "200 200 200 200 200 200 200",
    "help.holds": "200 200 200 200 200 200 200",
    "help.index": "200 200 200 200 200 200 200",
    "help.privacy": "200 200 200 200 200 200 200",
    "involvements.ending": "200 404 403 403 403 403 303",  # Sam's own: to another practitioner it is not there
    "involvements.index": "200 200 403 403 403 403 303",
    "involvements.new": "200 200 403 403 403 403 303",
    "limits.asked": "403 403 403 200 403 403 303",
    "limits.show": "403 403 403 200 403 403 303",
    "looking_up.more": "303 303 303 403 403 403 303",  # nobody here has looked at so many
    "joining.authenticator": "303 303 303 303 303 303 303",  # nobody here has given the password of the account
    "joining.link": "200 200 200 200 200 200 200",
    "searches.home": "200 200 200 403 403 403 303",
    "searches.new": "200 200 200 403 403 403 303",
    "searches.show": "200 404 404 403 403 403 303",  # Sam's own search
    "signing_in.code": "303 303 303 303 303 303 303",  # nobody here waits for a code
    "signing_in.enrol": "303 303 303 303 303 303 303",
    "signing_in.new": "303 303 303 303 303 303 200",
    "signing_in.role": "303 303 303 303 303 303 303",  # nobody here has several
    "stepping_up.again": "200 200 200 200 200 200 303",
}
FORMS = {
    "account.change_password": "422 422 422 422 422 422 303",
    "account.print_codes": "200 200 200 200 200 200 303",
    "account.read_procedures": "303 303 303 303 303 303 303",
    "account.record_training": "422 422 422 422 422 422 303",
    "account.replace": "422 422 422 422 422 422 303",
    "account.sign_agreement": "422 422 422 422 422 422 303",
    "accounts.approve": "403 403 403 422 403 403 303",
    "accounts.check": "403 403 403 422 403 403 303",
    "accounts.close": "403 403 403 422 403 403 303",
    "accounts.create": "403 403 403 422 403 403 303",
    "accounts.decline": "403 403 403 303 403 403 303",
    "accounts.end": "403 403 403 422 403 403 303",
    "accounts.find": "403 403 403 422 403 403 303",
    "accounts.grant": "403 403 403 422 403 403 303",
    "accounts.make_link": "403 403 403 422 403 403 303",
    "accounts.move": "403 403 403 422 403 403 303",
    "accounts.restore": "403 403 403 303 403 403 303",
    "accounts.save_review": "403 403 403 422 403 403 303",
    "accounts.suspend": "403 403 403 422 403 403 303",
    "alerts.close": "403 403 403 403 422 403 303",
    "children.give_reason": "422 422 422 403 403 403 303",
    "handovers.settle": "403 403 404 403 403 403 303",
    "involvements.confirm": "303 404 403 403 403 403 303",
    "involvements.create": "422 422 403 403 403 403 303",
    "involvements.end": "422 404 403 403 403 403 303",
    "limits.answer": "403 403 403 422 403 403 303",
    "limits.save": "403 403 403 422 403 403 303",
    "looking_up.give": "303 303 303 403 403 403 303",
    "looking_up.urgent": "303 303 303 403 403 403 303",
    "joining.enrol": "303 303 303 303 303 303 303",
    "joining.use": "422 422 422 422 422 422 422",
    "searches.create": "422 422 422 403 403 403 303",
    "signing_in.check": "303 303 303 303 303 303 303",
    "signing_in.choose": "303 303 303 303 303 303 303",
    "signing_in.create": "422 422 422 422 422 422 422",
    "signing_in.enrolled": "303 303 303 303 303 303 303",
    "signing_in.stay": "303 303 303 303 303 303 303",
    "signing_in.sign_out": "303 303 303 303 303 303 303",
    "signing_in.clear": "303 303 303 303 303 303 303",
    "stepping_up.check": "422 422 422 422 422 422 303",
}
"""What each person is answered: pages as they are opened, forms as they are sent empty."""
ENDING = ("signing_in.sign_out", "signing_in.clear")


def test_every_page_as_each_person(app: Flask, session: Session, world: World, clock: time_machine.Traveller) -> None:
    places, browsers = Places.make(session, world), signed_in(app, session, world)

    found = {
        rule.endpoint: " ".join(str(browsers[who].client.get(places.url(rule)).status_code) for who in WHO)
        for rule in rules(app, "GET")
    }

    assert found == PAGES


def test_every_empty_form_as_each_person(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    places, browsers = Places.make(session, world), signed_in(app, session, world)
    found = {}

    for rule in sorted(rules(app, "POST"), key=lambda rule: rule.endpoint in ENDING):
        if rule.endpoint == ENDING[-1]:
            clock.shift(timedelta(seconds=30))
            browsers = signed_in(app, session, world)
        found[rule.endpoint] = " ".join(str(_send(browsers[who], places.url(rule))) for who in WHO)

    assert found == FORMS


def _send(browser: Browser, url: str) -> int:
    return browser.client.post(url, data={"csrf_token": browser.token()}).status_code


def test_a_refusal_tells_each_person_why(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    places, browsers = Places.make(session, world), signed_in(app, session, world)
    record = f"/children/{places.child.uid}"

    assert {who: browsers[who].get(record).h1 for who in WHO} == {
        "sam": "Amira Siddiqui",
        "nia": "Amira Siddiqui",
        "max": "Amira Siddiqui",
        "una": "Your role does not allow this",
        "rex": "Your role does not allow this",
        "lou": "Your check has expired",
        "stranger": "Sign in",
    }


@pytest.mark.parametrize("known", [True, False], ids=["what is there", "what is not"])
def test_a_stranger_is_turned_away_from_everything_else(
    app: Flask, engine: Engine, session: Session, world: World, known: bool
) -> None:
    places, stranger = Places.make(session, world), Browser(app)
    before = _everything(engine)
    ids = places.ids if known else dict.fromkeys(places.ids, UUID(int=0))

    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        for rule in rules(app, method):
            if rule.endpoint in OPEN:
                continue
            answer = stranger.client.open(address(rule, ids), method=method)
            assert (answer.status_code, answer.location) == (303, "/sign-in"), f"{method} {rule.endpoint}"
            assert "Amira" not in answer.text

    assert _everything(engine) == before


def test_a_strangers_form_without_a_token_is_not_even_read(app: Flask, session: Session, world: World) -> None:
    stranger = Browser(app)
    forms = [rule for rule in rules(app, "POST") if rule.endpoint in OPEN]

    found = {rule.endpoint: stranger.client.post(address(rule, {"token": "0"})).status_code for rule in forms}

    assert found == dict.fromkeys(OPEN & FORMS.keys(), 400)


def _everything(engine: Engine) -> dict[str, int]:
    with Session(engine) as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


VIEWS = [
    account.print_codes, children.show, children.printed, help.index, help.health, involvements.create,
    searches.home, searches.show, signing_in.new, signing_in.sign_out,
]  # fmt: skip


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.__module__.rpartition('.')[2]}.{view.__name__}")
def test_without_one_declaration_it_does_not_start(
    config: Config, monkeypatch: pytest.MonkeyPatch, view: object
) -> None:
    monkeypatch.delattr(view, "act")

    with pytest.raises(Undeclared, match=rf"{view.__name__} .* declares no action"):  # type: ignore[attr-defined]
        create_app(config)


@pytest.mark.parametrize("act", [Act.READ_PUBLIC, Act.SEE_ACCOUNT, Act.PREPARE_INVOLVEMENT, Act.SEE_RESULTS])
def test_a_form_that_is_sent_under_a_reading_act_does_not_start(
    config: Config, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    monkeypatch.setattr(involvements.create, "act", act)

    with pytest.raises(Undeclared, match=r"involvements\.create .* changes nothing"):
        create_app(config)
