"""What every answer says to the browser, whatever was asked: run nothing foreign, keep nothing, tell nobody."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.build import Person, World
from tests.web import Browser
from tests.whole.places import Places, rules
from tests.whole.tables import breaking_the_audit, mending_the_audit, swapping_two_addresses

EVERY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
    "Vary": "HX-Request, Cookie",
}
HTMX = {"HX-Request": "true"}
FAR = {"base_url": "http://example.org"}
CLOSED = {"base_url": "https://contactpoint.example.test"}


def said(answer: TestResponse) -> dict[str, str | None]:
    return {name: answer.headers.get(name) for name in EVERY}


@pytest.mark.asvs("3.2.1", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "14.2.2", "14.3.2")
def test_every_page_and_every_part_of_one_says_it(app: Flask, session: Session, world: World, browser: Browser) -> None:
    places = Places.make(session, world)
    browser.become(session, world.sam)

    for rule in rules(app, "GET"):
        for headers in ({}, HTMX):
            assert said(browser.client.get(places.url(rule), headers=headers)) == EVERY, rule.endpoint


@pytest.mark.parametrize(
    ("status", "method", "path", "options"),
    [
        (303, "GET", "/", {}),
        (303, "GET", "/involvements", {"headers": HTMX}),
        (400, "POST", "/sign-in", {}),
        (403, "GET", "/help", FAR),
        (403, "POST", "/sign-in", {"headers": {"Sec-Fetch-Site": "cross-site"}}),
        (404, "GET", "/nothing", {}),
        (400, "PUT", "/help", {}),
        (413, "POST", "/sign-in", {"data": {"email": "a" * 300_000}}),
        (200, "OPTIONS", "/help", {}),
        (200, "HEAD", "/help", {}),
        (200, "GET", "/health", {}),
    ],
)
def test_every_other_answer_to_a_stranger_says_it(
    browser: Browser, status: int, method: str, path: str, options: dict[str, Any]
) -> None:
    answer = browser.client.open(path, method=method, **options)

    if "HX-Request" in options.get("headers", {}):  # htmx is told where to go: the answer itself is empty
        assert (answer.status_code, answer.headers["HX-Redirect"], answer.text) == (200, "/sign-in", "")
    else:
        assert answer.status_code == status
    assert said(answer) == EVERY


def test_a_refused_form_a_hidden_record_and_a_missing_right_say_it(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    places = Places.make(session, world)
    token = browser.token()

    answers = [
        browser.client.post("/searches", data={"csrf_token": token}),
        browser.client.get(f"/children/{world.authority.uid}"),
        browser.client.delete("/help", data={"csrf_token": token}),
    ]
    rex = Browser(browser.client.application)
    rex.become(session, world.rex)
    answers.append(rex.client.get(f"/children/{places.child.uid}", headers=HTMX))

    assert [answer.status_code for answer in answers] == [422, 404, 405, 403]
    assert [said(answer) for answer in answers] == [EVERY] * 4
    assert answers[2].headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.asvs("14.3.2")
def test_a_broken_page_and_one_that_cannot_be_written_down_say_it(
    browser: Browser, session: Session, world: World, sam: Person, url: str
) -> None:
    places = Places.make(session, world)
    record = f"/children/{places.child.uid}"

    breaking_the_audit(url)
    unwritten = browser.client.get(record)
    mending_the_audit(url)
    swapping_two_addresses(url, session, world, places.child)
    broken = browser.client.get(record)

    assert (broken.status_code, said(broken)) == (500, EVERY)
    assert (unwritten.status_code, said(unwritten)) == (503, EVERY)
    assert unwritten.headers["Retry-After"] == "60"


@pytest.mark.asvs("3.4.1")
def test_only_an_encrypted_answer_asks_for_encryption_from_now_on(browser: Browser) -> None:
    assert browser.client.get("/help", **CLOSED).headers["Strict-Transport-Security"] == (
        "max-age=63072000; includeSubDomains"
    )
    assert "Strict-Transport-Security" not in browser.client.get("/help").headers


def test_styles_and_scripts_are_kept_for_good_and_by_nobody_else(app: Flask, browser: Browser) -> None:
    path = browser.get("/sign-in").html.select("link[rel=stylesheet]")[0]["href"]

    with browser.client.get(str(path)) as answer:
        assert answer.status_code == 200

    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Set-Cookie" not in answer.headers
