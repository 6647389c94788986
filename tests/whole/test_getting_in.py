"""Nobody gets in on somebody else's token, form, address or site; and reading changes nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from cp.application import create_app
from cp.config import Config
from cp.models import Base, Draft
from tests.build import PASSWORD, Person, World
from tests.web import Browser, code_now
from tests.whole.places import Places, forms, rules

OVER_TLS = {"base_url": "https://contactpoint.example.test"}
SENTENCE = "ContactPoint is reached by https:// only, so that nobody on the way can read along."


def token_of(browser: Browser) -> str:
    cookie = browser.client.get_cookie("cp")
    assert cookie is not None
    return cookie.value


def with_token(app: Flask, token: str) -> Browser:
    browser = Browser(app)
    browser.client.set_cookie("cp", token)
    return browser


@pytest.mark.asvs("7.2.4")
def test_the_token_changes_at_the_password_and_at_the_code_and_the_old_ones_are_dead(
    app: Flask, browser: Browser, world: World
) -> None:
    page = browser.get("/sign-in")
    tokens = [token_of(browser)]
    page = browser.submit(page, "Continue", email=world.sam.email, password=PASSWORD)
    tokens.append(token_of(browser))
    browser.submit(page, "Sign in", code=code_now(world.sam))
    tokens.append(token_of(browser))

    assert len(set(tokens)) == 3
    assert [with_token(app, token).get("/account").h1 for token in tokens] == ["Sign in", "Sign in", "Your account"]
    assert with_token(app, tokens[1]).get("/sign-in/code").h1 == "Sign in"


def test_a_token_planted_before_signing_in_opens_nothing(app: Flask, browser: Browser, world: World) -> None:
    browser.client.set_cookie("cp", "planted-by-somebody")
    page = browser.submit(browser.get("/sign-in"), "Continue", email=world.sam.email, password=PASSWORD)
    assert browser.submit(page, "Sign in", code=code_now(world.sam)).h1 == "Find a child"

    assert with_token(app, "planted-by-somebody").get("/").h1 == "Sign in"


@pytest.mark.asvs("7.2.1")
def test_a_token_that_was_changed_is_nobodys(app: Flask, browser: Browser, sam: Person) -> None:
    token = token_of(browser)
    others = [token[:-1], token + "A", token.swapcase(), token[1:], token[:20] + "-_"[token[20] == "-"] + token[21:]]

    assert [with_token(app, other).get("/").h1 for other in others] == ["Sign in"] * 5
    assert with_token(app, token).get("/").h1 == "Find a child"


@pytest.mark.asvs("2.3.1", "6.3.3")
def test_a_password_alone_opens_nothing_and_waits_ten_minutes(
    app: Flask, browser: Browser, session: Session, world: World, clock: time_machine.Traveller
) -> None:
    places = Places.make(session, world)
    page = browser.submit(browser.get("/sign-in"), "Continue", email=world.sam.email, password=PASSWORD)
    waiting = token_of(browser)

    assert with_token(app, waiting).get(f"/children/{places.child.uid}").h1 == "Sign in"
    assert with_token(app, waiting).get("/account").h1 == "Sign in"
    assert with_token(app, waiting).get("/sign-in/code").h1 == "Enter your security code"
    clock.shift(timedelta(minutes=10))
    assert browser.submit(page, "Sign in", code=code_now(world.sam)).h1 == "Sign in"


@pytest.mark.parametrize("token", ["none", "empty", "wrong", "short", "of another browser", "of before signing in"])
@pytest.mark.asvs("3.5.1")
def test_a_form_without_its_own_browsers_token_is_refused_everywhere(
    app: Flask, browser: Browser, session: Session, world: World, token: str
) -> None:
    places = Places.make(session, world)
    before = browser.token()
    browser.sign_in(session, world.sam)
    sent = {
        "none": None, "empty": "", "wrong": "A" * 88, "short": browser.token()[:40],
        "of another browser": Browser(app).token(), "of before signing in": before,
    }[token]  # fmt: skip

    found = {
        rule.endpoint: browser.client.post(places.url(rule), data={"csrf_token": sent} if sent is not None else {})
        for rule in forms(app)
    }

    assert {endpoint for endpoint, answer in found.items() if answer.status_code != 400} == set()
    assert browser.get("/").h1 == "Find a child", "nobody was signed out"


def test_a_token_is_masked_afresh_in_every_form_and_each_of_them_counts(browser: Browser, sam: Person) -> None:
    page = browser.get("/account/codes")
    tokens = [str(field["value"]) for field in page.html.select("input[name=csrf_token]")]
    tokens += [browser.token() for _ in range(5)]

    assert len(set(tokens)) == len(tokens) > 6
    assert {browser.post("/sign-in/stay", {"csrf_token": token}).status for token in tokens} == {200}


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-site", 403), ("x", 403),
                                              ("same-origin", 422), ("none", 422)])  # fmt: skip
@pytest.mark.asvs("3.5.1")
def test_what_another_site_sends_is_refused_though_it_knew_the_token(
    browser: Browser, sam: Person, site: str, status: int
) -> None:
    fields = {"csrf_token": browser.token()}

    answer = browser.client.post("/searches", data=fields, headers={"Sec-Fetch-Site": site})

    assert answer.status_code == status


@pytest.mark.parametrize("forged", [True, False])
def test_only_our_own_form_is_kept_when_its_session_has_ended(
    browser: Browser, session: Session, sam: Person, clock: time_machine.Traveller, forged: bool
) -> None:
    fields = browser.get("/").form("Search").fields | {"family_name": "Nowak"}
    clock.shift(timedelta(minutes=20))

    browser.post("/searches", fields | ({"csrf_token": "forged"} if forged else {}))

    session.rollback()
    assert [draft.fields["family_name"] for draft in session.scalars(select(Draft))] == ([] if forged else [["Nowak"]])


READING_MAY_TOUCH = {"audit_event", "factor", "opening", "search", "session"}
"""Who read what and when; what a search came to; a secret offered for an authenticator, which counts for nothing."""


@pytest.mark.asvs("3.5.3")
def test_reading_changes_nothing(
    app: Flask, browser: Browser, engine: Engine, session: Session, world: World, sam: Person,
    clock: time_machine.Traveller,
) -> None:  # fmt: skip
    places = Places.make(session, world)
    search, before = places.ids["search_uid"], everything(engine)
    clock.shift(1)

    for method in ("GET", "HEAD", "OPTIONS"):
        for rule in rules(app, method):
            if rule.endpoint != "help.health":
                browser.client.open(places.url(rule), method=method)
    for path in (f"/children/{places.child.uid}?from={search}", f"/searches/new?change={search}"):
        assert browser.get(path).status == 200

    after = everything(engine)
    assert {name for name in after if after[name] != before[name]} == READING_MAY_TOUCH


def everything(engine: Engine) -> dict[str, list[Any]]:
    with Session(engine) as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table)).all())) for table in Base.metadata.sorted_tables
        }


@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
def test_over_tls_the_cookie_is_bound_to_host_and_encryption(app: Flask, world: World) -> None:
    answer = app.test_client().get("/sign-in", **OVER_TLS)

    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *rest = cookie.split("; ")
    assert name.startswith("__Host-cp=")
    assert sorted(rest) == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "localhost:5000", "127.0.0.1:80", "[::1]:8000"])
def test_on_ones_own_machine_it_may_go_in_the_clear(app: Flask, host: str) -> None:
    answer = app.test_client().get("/sign-in", base_url=f"http://{host}")

    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *rest = cookie.split("; ")
    assert answer.status_code == 200
    assert name.startswith("cp=")
    assert sorted(rest) == ["HttpOnly", "Path=/", "SameSite=Lax"]


def test_a_cookie_sent_in_the_clear_is_none_over_tls_and_the_other_way_round(
    app: Flask, browser: Browser, sam: Person
) -> None:
    token, client = token_of(browser), app.test_client(use_cookies=False)  # or it would leave out what we send

    closed = client.get("/", headers={"Cookie": f"cp={token}"}, **OVER_TLS)
    plain = client.get("/", headers={"Cookie": f"__Host-cp={token}"})
    right = client.get("/", headers={"Cookie": f"__Host-cp={token}"}, **OVER_TLS)

    assert [answer.status_code for answer in (closed, plain, right)] == [303, 303, 200]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.asvs("12.2.1")
def test_in_the_clear_nothing_is_answered_but_why(app: Flask, browser: Browser, sam: Person, method: str) -> None:
    token, fields = token_of(browser), {"csrf_token": browser.token()}
    for path in ("/", "/sign-in", "/help", "/nothing"):
        for lie in ({}, {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost", "Forwarded": "proto=https"}):
            answer = app.test_client(use_cookies=False).open(
                path, method=method, data=fields if method == "POST" else None, base_url="http://example.org",
                headers={"Cookie": f"cp={token}"} | lie,
            )  # fmt: skip
            assert answer.status_code == 403, path
            assert SENTENCE in answer.text
            assert "Sam Okafor" not in answer.text


def guess(app: Flask, world: World, forwarded: str) -> int:
    browser = Browser(app)
    browser.client.environ_base |= {"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": "192.0.2.1"}
    return browser.submit(browser.get("/sign-in"), "Continue", email=world.sam.email, password="a wrong guess").status


@pytest.mark.asvs("4.1.3")
def test_an_address_that_is_only_claimed_buys_no_more_guesses(app: Flask, world: World) -> None:
    assert [guess(app, world, f"198.51.100.{at}") for at in range(4)] == [422, 422, 422, 429]


def test_behind_a_trusted_proxy_the_address_it_saw_counts_and_no_other(config: Config, world: World) -> None:
    app = create_app(replace(config, proxies=1))

    statuses = [guess(app, world, f"198.51.100.{at}, 203.0.113.5") for at in range(4)]
    other = guess(app, world, "203.0.113.5, 203.0.113.6")

    app.extensions["engine"].dispose()
    assert (statuses, other) == ([422, 422, 422, 429], 422)


def test_behind_a_trusted_proxy_its_encryption_counts(config: Config, world: World) -> None:
    app = create_app(replace(config, proxies=1))
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "contactpoint.example.test"}

    closed = app.test_client().get("/sign-in", base_url="http://10.0.0.5", headers=said)
    plain = app.test_client().get("/sign-in", base_url="http://10.0.0.5", headers=said | {"X-Forwarded-Proto": "http"})

    app.extensions["engine"].dispose()
    assert (closed.status_code, plain.status_code) == (200, 403)
    assert closed.headers["Set-Cookie"].startswith("__Host-cp=")
