"""What changes between a page's reading and its entry is obeyed: a shield, an end of the session, a suspension."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, AuditEvent, Search, SignedIn
from cp.models.child import Child
from cp.services import find, record_parts, shielding
from cp.terms import Act, ShieldGround
from tests import build
from tests.build import Person, World
from tests.pages.test_record import whole
from tests.web import Browser

Meanwhile = Callable[[Callable[[Session], object]], None]


@pytest.fixture
def child(session: Session, world: World, sam: Person) -> Child:
    made = whole(session, world)
    find.reindex(session, made.id)
    session.commit()
    return made


@pytest.fixture
def meanwhile(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Somebody else does this, and commits it, once the page has read all that it shows and before its entry."""

    def between(module: Any, name: str, change: Callable[[Session], object]) -> None:
        read = getattr(module, name)
        done: list[bool] = []

        def and_then(*given: Any, **named: Any) -> Any:
            found = read(*given, **named)
            if not done:
                done.append(True)
                with Session(engine) as other:
                    change(other)
                    other.commit()
            return found

        monkeypatch.setattr(module, name, and_then)

    def arrange(change: Callable[[Session], object]) -> None:
        between(record_parts, "assemble", change)
        between(find, "search", change)

    return arrange


def shield(child: Child) -> Callable[[Session], object]:
    return lambda other: shielding.shield(other, child.number, ShieldGround.DOMESTIC_ABUSE)


def test_a_shield_set_while_the_record_was_read_is_obeyed(
    browser: Browser, session: Session, sam: Person, child: Child, meanwhile: Meanwhile
) -> None:
    asked = build.search(session, sam, child)
    session.commit()
    meanwhile(shield(child))

    page = browser.get(f"/children/{child.uid}?from={asked.uid}")

    assert "This record is shielded" in page.response.text
    assert [word for word in ("Tanner", "Farah", "Hollin Bank Primary") if word in " ".join(page.texts("main"))] == []
    session.rollback()
    entries = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == child.subject_id)).all()
    assert [(entry.act, entry.parts) for entry in entries[-2:]] == [(Act.SHIELD, None), (Act.OPEN_RECORD, "identity")]


def test_a_shield_set_while_it_was_looked_for_is_obeyed(
    browser: Browser, session: Session, sam: Person, child: Child, meanwhile: Meanwhile
) -> None:
    meanwhile(shield(child))

    page = browser.submit(browser.get("/"), "Search", given_name=child.given_names, family_name=child.family_name,
                          postcode="ZA4", reason="working_with")  # fmt: skip

    assert page.texts("#results-count") == ["No child found"]


def test_what_a_search_has_shown_stays_written_after_a_shield(
    browser: Browser, session: Session, sam: Person, child: Child
) -> None:
    page = browser.submit(browser.get("/"), "Search", given_name=child.given_names, family_name=child.family_name,
                          postcode="ZA4", reason="working_with")  # fmt: skip
    assert page.texts("#results-count") == ["1 child matches"]
    shield(child)(session)
    session.commit()

    assert browser.get(page.url).texts("#results-count") == ["No child found"]

    session.expire_all()
    (kept,) = session.scalars(select(Search))
    assert [look["children"] for look in kept.returned] == [[str(child.subject_id)], []]


@pytest.mark.parametrize("what", ["signed out", "suspended"])
def test_nothing_is_shown_to_somebody_who_lost_their_right_meanwhile(
    browser: Browser, session: Session, sam: Person, child: Child, meanwhile: Meanwhile, what: str
) -> None:
    asked = build.search(session, sam, child)
    session.commit()
    rows: dict[str, Any] = {
        "signed out": update(SignedIn).values(ended_at=clock.now(), end_reason="signed_out"),
        "suspended": update(Account).where(Account.id == sam.account.id).values(active=False),
    }
    meanwhile(lambda other: other.execute(rows[what]))

    page = browser.get(f"/children/{child.uid}?from={asked.uid}")

    assert page.h1 != child.given_names
    assert child.family_name not in page.response.text
    session.rollback()
    assert session.scalars(select(AuditEvent.id).where(AuditEvent.act == Act.OPEN_RECORD)).all() == []


@pytest.mark.parametrize("header", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Purpose": "prefetch"}])
def test_a_link_from_another_site_opens_nothing_in_somebodys_name(
    browser: Browser, session: Session, sam: Person, child: Child, header: dict[str, str]
) -> None:
    asked = build.search(session, sam, child)
    session.commit()

    answer = browser.client.get(f"/children/{child.uid}?from={asked.uid}", headers=header)

    assert (answer.status_code, urlsplit(answer.location).path) == (303, f"/children/{child.uid}/why")
    session.rollback()
    assert session.scalars(select(AuditEvent.id).where(AuditEvent.act == Act.OPEN_RECORD)).all() == []


class Dawdling:
    """The body of a form that never ends; reading it tries whether somebody else can write."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.wrote = engine, False

    def read(self, _: int = -1) -> bytes:
        with Session(self.engine) as other:
            other.execute(update(Account).values(active=True))
            other.commit()
            self.wrote = True
        return b""

    readline = read


def test_a_form_that_comes_slowly_holds_nobody_up(app: Flask, engine: Engine, world: World) -> None:
    """A stranger with an invented cookie, who sends a little and then waits."""
    body, client = Dawdling(engine), app.test_client()
    client.set_cookie("cp", "invented")

    client.post(
        "/sign-in", content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": "50"},
    )  # fmt: skip

    assert body.wrote


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://localhost:1", "http://[", ""])
def test_a_form_that_another_site_sent_is_refused_by_its_origin(browser: Browser, sam: Person, origin: str) -> None:
    form = browser.get("/").form("Search")

    answer = browser.client.post(form.action, data=form.fields | {"number": "x"}, headers={"Origin": origin})

    assert answer.status_code == 403
    ours = browser.client.post(form.action, data=form.fields, headers={"Origin": "http://localhost"})
    assert ours.status_code == 422
