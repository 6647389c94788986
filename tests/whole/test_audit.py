"""No audit, no data: what is shown or done stands in the audit, once, without a name; what cannot is neither."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Draft, Involvement, Opening, Search, SignedIn
from cp.registry import action
from cp.terms import Act, Decision, Reason
from tests import build
from tests.build import PASSWORD, Person, World
from tests.web import Browser
from tests.whole.places import Places, rules
from tests.whole.tables import breaking_the_audit, mending_the_audit

ENTRIES = {
    "children.printed": "print_record",
    "children.show": "open_record",
    "changes.new": "prepare_change",
    "contacts.index": "see_own_contacts",
    "contacts.new": "prepare_contact",
    "children.why": "see_reason",  # asks for the reason and shows nothing of the child
    "involvements.ending": "prepare_involvement",
    "involvements.index": "see_own_involvements",
    "involvements.new": "prepare_involvement",
    "own_disputes.index": "see_own_disputes",
    "own_disputes.new": "prepare_dispute",
    "searches.show": "see_results",
}
"""The one entry of each page that shows children."""
OF_A_CHILD = {"child_uid", "involvement_uid", "search_uid"}
PAST_A_LIMIT = "looking_up.more"
"""Asks for more, shows nothing of the child, and leads on whoever is within the limits."""
NOT_FOR_SAM = {
    "handovers.ask", "shields.new", "shields.keeping", "shields.lifting_page", "seals.prepare", "merges.prepare",
    "overriding.new", "overriding.left", "children.sensitive.new", "log.asking",
    "family_asking.new", "disclosing.new", "staying.show",
}  # fmt: skip
"""The management team's, a holder's of the right, a sensitive service's, a reviewer's: each held by the tests of its
own service."""
ABOUT_MANY = {"contacts.index", "involvements.index", "own_disputes.index", "searches.show"}
HTMX = {"HX-Request": "true"}
TOKEN = re.compile(r'value="[\w=-]{22,88}"')
"""Letters by chance, three of which may well be half a postcode."""
FACTS = ("Amira", "Siddiqui", "Grace", "Oyelaran", "Tanner", "Farah", "ZA4", "14 March 2016")


def newest(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.max(AuditEvent.id))) or 0


def since(session: Session, before: int) -> list[AuditEvent]:
    session.rollback()
    return list(session.scalars(select(AuditEvent).where(AuditEvent.id > before).order_by(AuditEvent.id)))


def showing(app: Flask, places: Places) -> Iterator[tuple[str, str]]:
    """Every page that shows children, with its address."""
    return ((rule.endpoint, places.url(rule)) for rule in rules(app, "GET") if rule.endpoint in ENTRIES)


def test_every_page_about_a_child_is_on_the_list(app: Flask) -> None:
    named = {rule.endpoint for rule in rules(app, "GET") if rule.arguments & OF_A_CHILD}

    lists = ABOUT_MANY - {"searches.show"}
    assert named | lists == ENTRIES.keys() | {PAST_A_LIMIT} | NOT_FOR_SAM


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
def test_every_page_that_shows_a_child_writes_one_entry_with_its_subject(
    app: Flask, browser: Browser, session: Session, world: World, sam: Person, headers: dict[str, str]
) -> None:
    places = Places.make(session, world)

    for endpoint, url in showing(app, places):
        before = newest(session)
        answer = browser.client.get(url, headers=headers)

        entries = since(session, before)
        assert answer.status_code == 200, endpoint
        assert entries or "Amira" not in answer.text, endpoint
        assert " ".join(entry.act for entry in entries) == ENTRIES[endpoint]
        for entry in entries:
            assert entry.account_id == world.sam.account.uid
            assert entry.subject_id == (None if endpoint in ABOUT_MANY else places.child.subject_id)


@pytest.mark.parametrize(
    ("path", "fields", "htmx", "acts"),
    [
        ("children/{}/involvements", {"started-day": "32"}, {}, "prepare_involvement"),
        ("children/{}/involvements", {"started-year": "2099"}, {}, "prepare_involvement"),
        ("children/{}/involvements", {"started-year": "2001"}, HTMX, "prepare_involvement"),
        ("children/{}/involvements", {"lead": "yes"}, {}, "prepare_involvement"),
        ("children/{}/involvements", {}, {}, "record_involvement"),
        ("children/{}/involvements", {}, HTMX, "record_involvement open_record"),
    ],
)  # fmt: skip
def test_every_answer_to_recording_writes_what_it_did_and_what_it_shows(
    browser: Browser, session: Session, world: World, path: str, fields: dict[str, str], htmx: dict[str, str], acts: str
) -> None:
    places = Places.make(session, world)
    _not_involved(session, world.nia)
    browser.become(session, world.nia)
    before, token = newest(session), browser.token()
    day = {"started-day": "20", "started-month": "11", "started-year": "2026"}

    browser.client.post(f"/{path.format(places.child.uid)}", data=day | fields | {"csrf_token": token}, headers=htmx)

    entries = since(session, before)
    assert " ".join(entry.act for entry in entries) == acts
    assert {entry.subject_id for entry in entries} == {places.child.subject_id}


def _not_involved(session: Session, person: Person) -> None:
    session.execute(delete(Involvement).where(Involvement.practitioner_id == person.account.practitioner_id))
    session.commit()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
@pytest.mark.asvs("16.5.3")
def test_what_cannot_be_written_down_is_not_shown(
    app: Flask, browser: Browser, session: Session, world: World, sam: Person, url: str, headers: dict[str, str]
) -> None:
    places = Places.make(session, world)
    breaking_the_audit(url)

    for endpoint, address in showing(app, places):
        if ENTRIES[endpoint]:
            answer = browser.client.get(address, headers=headers)
            assert answer.status_code == 503, endpoint
            assert [fact for fact in FACTS if fact in TOKEN.sub("", answer.text)] == [], endpoint

    mending_the_audit(url)
    assert browser.get(f"/children/{places.child.uid}").h1 == "Amira Siddiqui"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/children/{child}/involvements", {"started-day": "2", "started-month": "11", "started-year": "2026"}),
        ("/children/{child}/involvements", {}),
        ("/involvements/{mine}/end", {"how": "mistake"}),
        ("/involvements/{mine}/end", {}),
        ("/involvements/{mine}/confirm", {}),
        ("/involvements/{none}/confirm", {}),
        ("/searches", {"given_name": "Amira", "family_name": "Siddiqui", "age": "10", "reason": "working_with"}),
        ("/account/codes", {}),
        ("/sign-out", {}),
    ],
)
def test_what_cannot_be_written_down_is_not_done(
    browser: Browser, session: Session, world: World, url: str, path: str, fields: dict[str, Any]
) -> None:
    places = Places.make(session, world)
    who = world.nia if path.startswith("/children") else world.sam
    _not_involved(session, world.nia)
    browser.become(session, who)
    token, before = browser.token(), state(session)
    breaking_the_audit(url)
    ids = {"child": places.child.uid, "mine": places.ids["involvement_uid"], "none": places.child.uid}

    answer = browser.client.post(path.format(**ids), data=fields | {"csrf_token": token, "once": "key"})

    assert answer.status_code == 503
    assert [fact for fact in FACTS if fact in TOKEN.sub("", answer.text)] == []
    assert state(session) == before


def state(session: Session) -> list[Any]:
    """Whatever those forms could change."""
    session.rollback()
    return [
        session.execute(
            select(Involvement.ended_on, Involvement.in_error, Involvement.version, Involvement.lead)
        ).all(),
        session.scalar(select(func.count()).select_from(Search)),
        session.scalar(select(func.count()).select_from(Draft)),
        session.execute(select(SignedIn.ended_at)).all(),
    ]


@pytest.mark.parametrize("act", [Act.SEE_RESULTS, Act.OPEN_RECORD, Act.SEE_OWN_INVOLVEMENTS])
def test_a_page_that_forgot_its_entry_is_withheld(own_app: Flask, session: Session, world: World, act: Act) -> None:
    own_app.add_url_rule("/forgetful", view_func=action(act)(lambda: "Amira Siddiqui"), endpoint="forgetful")
    browser = Browser(own_app)
    browser.become(session, world.sam)

    answer = browser.client.get("/forgetful")

    assert answer.status_code == 500
    assert "Amira" not in answer.text


def test_nobody_gets_in_unwritten(browser: Browser, session: Session, world: World, url: str) -> None:
    page = browser.submit(browser.get("/sign-in"), "Continue", email=world.sam.email, password=PASSWORD)
    breaking_the_audit(url)

    guess = Browser(browser.client.application)
    wrong = guess.submit(guess.get("/sign-in"), "Continue", email=world.sam.email, password="a wrong guess")
    page = browser.submit(page, "Sign in", code="000000")

    assert (wrong.status, page.status) == (503, 503)
    assert browser.get("/").h1 == "Sign in"


@pytest.mark.parametrize(
    ("who", "path", "status", "act", "reason", "about_the_child"),
    [
        ("rex", "/children/{child}", 403, Act.OPEN_RECORD, "role", False),
        ("lou", "/children/{child}", 403, Act.OPEN_RECORD, "check", False),
        ("sam", "/children/{shielded}/print", 403, Act.PRINT_RECORD, "shielded", True),
        ("sam", "/children/{none}", 404, Act.OPEN_RECORD, "none", False),
        ("nia", "/searches/{search}", 404, Act.SEE_RESULTS, "none", False),
        ("nia", "/involvements/{mine}/end", 404, Act.PREPARE_INVOLVEMENT, "none", False),
    ],
)  # fmt: skip
@pytest.mark.asvs("16.3.2")
def test_a_refusal_undoes_the_request_and_keeps_its_own_entry(
    browser: Browser, session: Session, world: World, who: str, path: str, status: int, act: Act, reason: str,
    about_the_child: bool,
) -> None:  # fmt: skip
    places = Places.make(session, world)
    shielded = build.child(session, world, shielded=True)
    session.add(Opening(account_id=world.sam.account.id, child_id=shielded.id, reason=Reason.WORKING_WITH,
                        at=clock.now()))  # fmt: skip
    session.commit()
    person: Person = getattr(world, who)
    browser.become(session, person)
    before = newest(session)
    ids = {"child": places.child.uid, "shielded": shielded.uid, "none": world.authority.uid,
           "search": places.ids["search_uid"], "mine": places.ids["involvement_uid"]}  # fmt: skip

    answer = browser.client.get(path.format(**ids))

    (entry,) = since(session, before)
    assert answer.status_code == status
    assert (entry.act, entry.decision, entry.reason) == (act, Decision.REFUSED, reason)
    assert entry.account_id == person.account.uid
    assert entry.subject_id == (shielded.subject_id if about_the_child else None)
