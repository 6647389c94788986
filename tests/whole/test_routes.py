"""Nothing was forgotten: every endpoint says what it does, strangers get nothing, each person what is theirs."""

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
from tests.whole.places import Places, address, forms, rules, signed_in

OPEN = {
    "about.ask", "about.easy_read", "about.find", "about.index", "about.schools",
    "asking.asked", "asking.create", "asking.new",
    "help.accessibility", "help.cannot_sign_in", "help.checked", "help.health", "help.holds", "help.index",
    "help.privacy", "joining.authenticator", "joining.enrol", "joining.link", "joining.use", "machine_rows.create",
    "machine_rows.describe", "school_form.answer", "school_form.check", "school_form.done", "school_form.not_ours",
    "school_form.question", "school_form.start", "signing_in.check",
    "signing_in.choose", "signing_in.clear", "signing_in.code", "signing_in.create", "signing_in.enrol",
    "signing_in.enrolled", "signing_in.new", "signing_in.role", "signing_in.sign_out",
}  # fmt: skip
"""What anybody may ask for. It shows no child, and changes nothing but the asker's own sign-in; by its link, what a
school answered."""


NOBODYS = {"token": "0", "school_token": "0", "number": "1"}
"""Of nothing that there is."""


def test_a_refusal_tells_each_person_why(
    app: Flask, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    places, browsers = Places.make(session, world), signed_in(app, session, world)
    record = f"/children/{places.child.uid}"

    assert {who: browsers[who].get(record).h1 for who in browsers} == {
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
            turned_away = (400, None) if method == "POST" else (303, "/sign-in")  # a form of nobody's page
            assert (answer.status_code, answer.location) == turned_away, f"{method} {rule.endpoint}"
            assert "Amira" not in answer.text

    assert _everything(engine) == before


def test_a_strangers_form_without_a_token_is_not_even_read(app: Flask, session: Session, world: World) -> None:
    stranger = Browser(app)
    open_to_all = [rule for rule in forms(app) if rule.endpoint in OPEN]

    found = {rule.endpoint: stranger.client.post(address(rule, NOBODYS)).status_code for rule in open_to_all}

    assert found == dict.fromkeys((rule.endpoint for rule in open_to_all), 400)
    assert len(found) > 5


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
@pytest.mark.asvs("8.3.1")
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
