"""A browser without a screen: fills in forms as a person finds them, and checks every page it is given."""

import re
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

import pyotp
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from cp import clock
from cp.models import RoleGrant, SignedIn
from cp.rules.access import Actor
from cp.services import sessions, who
from cp.terms import Role
from tests import build


class Page:
    """A parsed answer."""

    def __init__(self, response: TestResponse, url: str) -> None:
        self.response, self.url = response, url
        self.status = response.status_code
        self.html = BeautifulSoup(response.text, "html5lib" if response.text.startswith("<!") else "html.parser")

    @property
    def h1(self) -> str:
        return said(self.html.select("h1")[0])

    @property
    def errors(self) -> list[str]:
        return [said(link) for link in self.html.select(".govuk-error-summary a")]

    @property
    def status_line(self) -> str:
        return said(self.html.select("#status")[0])

    def texts(self, selector: str) -> list[str]:
        return [said(found) for found in self.html.select(selector)]

    def form(self, button: str) -> "Form":
        """The form whose button says this."""
        for form in self.html.select("form"):
            if any(said(found) == button for found in form.select("button")):
                return Form(self, form, button)
        raise AssertionError(f"no form with a button “{button}” on {self.url}: {self.texts('button')}")

    def link(self, words: str) -> str:
        for link in self.html.select("a[href]"):
            if said(link) == words:
                return str(link["href"])
        raise AssertionError(f"no link “{words}” on {self.url}: {self.texts('a')}")


class Form:
    """A form of a page, with everything in it that would be sent."""

    def __init__(self, page: Page, form: Tag, button: str) -> None:
        self.action = urljoin(page.url, str(form["action"]))
        self.fields: dict[str, str] = {}
        for control in form.select("input[name]"):
            if control.get("type") not in ("radio", "checkbox") or control.has_attr("checked"):
                self.fields[str(control["name"])] = str(control.get("value", ""))
        for control in form.select("select[name]"):
            shown = control.select_one("option[selected]") or control.select_one("option")
            self.fields[str(control["name"])] = str(shown["value"]) if shown else ""
        for pressed in form.select("button[name]"):
            if said(pressed) == button:
                self.fields[str(pressed["name"])] = str(pressed.get("value", ""))


class Browser:
    """One person's browser: keeps cookies, follows redirects, and checks each whole page."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, url: str, **options: Any) -> Page:
        return self._page(self.client.get(url, follow_redirects=True, **options))

    def submit(self, page: Page, button: str, htmx: bool = False, **answers: Any) -> Page:
        """Fill in the form with this button and send it; `born_day` names the field `born-day`."""
        form = page.form(button)
        fields = form.fields | {name.replace("_on_", "-"): value for name, value in answers.items()}
        return self.post(form.action, fields, htmx=htmx)

    def post(self, url: str, fields: dict[str, Any], htmx: bool = False, follow: bool = True) -> Page:
        headers = {"HX-Request": "true"} if htmx else {}
        return self._page(self.client.post(url, data=fields, headers=headers, follow_redirects=follow))

    def token(self) -> str:
        """A form token of this browser, taken from a page that everybody may open."""
        field = self.get("/sign-in").html.select_one("input[name=csrf_token]") or self.get("/account").html.select_one(
            "input[name=csrf_token]"
        )
        assert field is not None
        return str(field["value"])

    def sign_in(self, session: Session, person: build.Person) -> Page:
        page = self.submit(self.get("/sign-in"), "Continue", email=person.email, password=build.PASSWORD)
        return self.submit(page, "Sign in", code=code_now(person))

    def become(self, session: Session, person: build.Person) -> None:
        """Somebody who has just signed in, without the pages on the way there."""
        token = token_of(session, person)
        session.commit()
        self.client.set_cookie("cp", token)

    def _page(self, response: TestResponse) -> Page:
        page = Page(response, response.request.path)
        if response.text.startswith("<!"):
            check_whole(page)
        ids = [str(tag["id"]) for tag in page.html.select("[id]")]
        assert len(ids) == len(set(ids)), f"an id is used twice on {page.url}"
        return page


UNNAMED = {"Child record", "Account", "What would this person see?", "Print a link", "A link to hand over",
           "Who works with this child now?", "Who looked at the record", "What the record says"}  # fmt: skip
"""Titles of pages whose heading names somebody: a title stays in a browser's history."""


def check_whole(page: Page) -> None:
    """What holds for every page: one heading, said in the title; forms that go somewhere; no straight quotes."""
    html = page.html
    assert len(html.select("h1")) == 1, f"{page.url} has {len(html.select('h1'))} h1"
    title = said(html.select("title")[0])
    assert title.endswith(" – ContactPoint")
    named = re.sub(r" \(page \d+ of \d+\)$", "", title.removesuffix(" – ContactPoint").removeprefix("Error: "))
    assert named == page.h1 or named in UNNAMED
    assert all(form.get("action") and form.get("method") for form in html.select("form"))
    assert not html.select("[style], style, [onclick], script:not([src])")
    main = html.select_one("main")
    assert main is not None
    assert "'" not in main.get_text(), f"a straight quote on {page.url}"
    for name in ("Content-Security-Policy", "Cache-Control", "Referrer-Policy", "X-Content-Type-Options"):
        assert name in page.response.headers


def said(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def code_now(person: build.Person) -> str:
    return pyotp.TOTP(person.secret).at(clock.now())


def actor_of(session: Session, person: build.Person) -> Actor:
    """The person as a service gets them, fully signed in."""
    token = token_of(session, person)
    session.flush()
    found = who.find(session, sessions.hashed(token), uuid4())
    assert found is not None
    assert found.actor is not None
    return found.actor


def token_of(session: Session, person: build.Person, role: Role | None = None) -> str:
    """What the cookie of somebody holds who has just signed in, in their only role or the one named."""
    role = role or role_of(session, person)
    waiting = sessions.begin(session, person.account, role, 0, clock.now())
    session.flush()
    row_id = session.scalars(select(SignedIn.id).where(SignedIn.token_hash == sessions.hashed(waiting))).one()
    return sessions.complete(session, row_id, clock.now(), (role,))


def role_of(session: Session, person: build.Person) -> Role:
    return session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == person.account.id)).one()
