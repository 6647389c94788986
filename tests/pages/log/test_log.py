"""A reviewer's log: in plain words, a child by number alone, what is grave first."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, LogView
from cp.models.child import Child
from cp.rules.number import shown
from cp.terms import Act, Decision
from tests import build, build_log
from tests.build import Person, World
from tests.pages.log.asking import asked, rows
from tests.web import Browser

NOBODY = "Nobody in your area has this work email. Check it, or leave it out"


def test_an_entry_says_who_when_what_to_whom_and_why(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    build_log.opened(session, world.sam, amira)
    build_log.entry(session, world.sam, Act.SEE_RESULTS, reason="may_need_help", results=3)
    build_log.opened(session, world.ash, amira, principal_id=world.nia.account.uid)
    session.commit()

    page = browser.get("/log")

    assert page.h1 == "Log of 17 to 23 November 2026"
    assert page.texts("h2") == ["Look at these first", "Everything else"]
    assert page.texts("h3") == ["23 November 2026"]
    assert [" ".join(row.split()) for row in rows(page)] == [
        f"10:42 Opened a record Child {shown(amira.number)} Ash Bello Vale Community Health, for Nia Pritchard Working"
        " with this child",
        "10:42 Looked at the results of a search Sam Okafor Teacher, Hollin Bank Primary School This child may need"
        " help from others. 3 children were shown",
        f"10:42 Opened a record Child {shown(amira.number)} Sam Okafor Teacher, Hollin Bank Primary School Working with"
        " this child",
    ]
    assert "Amira" not in page.response.text
    assert "Siddiqui" not in page.response.text


def test_what_is_grave_stands_first(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    build_log.opened(session, world.sam, amira, parts="identity")
    build_log.opened(session, world.sam, amira)
    build_log.entry(session, world.sam, Act.OVERRIDE, amira, reason="section_47", object_id=amira.uid)
    build_log.entry(session, world.max, Act.SEARCH_FAMILY, reason="working_with", object_id=amira.uid)
    build_log.refused(session, world.sam, Act.SEE_ALERTS, None, "role")
    session.commit()

    page = browser.get("/log")

    lists = [
        [said(row) for row in found.select(".cp-person p:first-child")] for found in page.html.select("ul.cp-people")
    ]
    assert page.texts("ul.cp-people")[0].count("Child") == 2
    assert [" ".join(words) for words in lists] == [
        "10:42 Looked at alerts Sam Okafor Refused: their role does not do this"
        " 10:42 Searched by a carer or an address Max Adeyemi Working with this child"
        " 10:42 Overrode a shield Sam Okafor A child protection enquiry under section 47"
        " 10:42 Opened a shielded record: the four facts that it shows Sam Okafor Working with this child",
        "10:42 Opened a record Sam Okafor Working with this child",
    ]


def said(row: object) -> str:
    return " ".join(row.get_text(" ").split())  # type: ignore[attr-defined]


def test_a_person_a_child_an_act_and_days_are_asked_for_and_the_address_tells_nothing(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    build_log.opened(session, world.sam, amira, at=clocks.now() - timedelta(days=40))
    build_log.opened(session, world.nia, amira)
    build_log.opened(session, world.sam, build.child(session, world))
    build_log.entry(session, world.sam, Act.SIGN_OUT)
    session.commit()
    mail, day = "Sam.Practitioner@example.test", {"since-day": "14", "since-month": "10", "since-year": "2026"}

    pages = {
        "person": asked(browser, person=mail),
        "child": asked(browser, number=shown(amira.number).lower()),
        "both": asked(browser, person=mail, number=amira.number),
        "act": asked(browser, what="accounts"),
        "day": asked(browser, **day),
    }

    assert {name: len(rows(page)) for name, page in pages.items()} == {
        "person": 3, "child": 2, "both": 1, "act": 1, "day": 1,
    }  # fmt: skip
    assert pages["both"].h1 == "Log of all days"
    assert pages["day"].h1 == "Log of 14 October 2026"
    assert pages["both"].texts(".cp-facts li") == ["Only Sam Okafor", f"Only the child {shown(amira.number)}"]
    for page in pages.values():
        assert re.fullmatch("/log/[0-9a-f-]{36}", page.url)
    assert mail.encode() not in b"".join(session.scalars(select(LogView.asked_sealed)))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"number": "402 716 5582"}, "That is not a ContactPoint number. Check it: it is CP and 10 numbers"),
        ({"person": "nobody@example.test"}, NOBODY),
        ({"person": "sid.southwell@example.test"}, NOBODY),
        ({"since-day": "31", "since-month": "2", "since-year": "2026"},
         "The first day must be a real date: February 2026 had 28 days"),
        ({"since-day": "1", "since-month": "12", "since-year": "2026"}, "The first day must be today or earlier"),
        ({"since-day": "2", "since-month": "11", "since-year": "2026", "until-day": "1", "until-month": "11",
          "until-year": "2026"}, "The last day must be the first day or later"),
        ({"since-day": "2", "since-month": "9", "since-year": "2026", "until-day": "1", "until-month": "11",
          "until-year": "2026"}, "Choose at most 31 days, or one person, or one child"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_field(
    browser: Browser, session: Session, rex: Person, typed: dict[str, str], error: str
) -> None:
    build_log.elsewhere(session)
    session.commit()

    page = asked(browser, **typed)

    assert (page.status, page.errors) == (422, [error])


def test_a_number_that_no_record_has_reads_as_one_that_nobody_looked_at(
    browser: Browser, session: Session, rex: Person, amira: Child
) -> None:
    session.commit()

    known, unknown = asked(browser, number=amira.number), asked(browser, number="CP0000000000")

    assert shown(amira.number) in known.response.text
    assert known.texts("main")[0].replace(shown(amira.number), "") == unknown.texts("main")[0].replace(
        shown("CP0000000000"), ""
    )


def test_anothers_or_an_old_one_is_not_there(
    browser: Browser, session: Session, world: World, rex: Person, clock: time_machine.Traveller
) -> None:
    page = asked(browser)
    assert browser.get(page.url).status == 200
    session.execute(update(LogView).values(account_id=world.sam.account.id))
    session.commit()
    assert browser.get(page.url).status == 404

    session.execute(update(LogView).values(account_id=rex.account.id, at=clocks.now() - timedelta(hours=8)))
    session.commit()
    assert browser.get(page.url).status == 404


def test_a_look_is_written_down_and_left_out_until_it_is_asked_for(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    build_log.opened(session, world.sam, amira)
    session.commit()

    page = asked(browser, person="sam.practitioner@example.test", number=amira.number)
    browser.get(page.link("Print"))
    session.rollback()
    looks = session.scalars(select(AuditEvent).where(AuditEvent.act.in_((Act.SEE_LOG, Act.PRINT_LOG)))).all()

    assert [(one.act, one.subject_id, one.object_id, one.results) for one in looks] == [
        (act, amira.subject_id, world.sam.account.uid, 1) for act in (Act.SEE_LOG, Act.PRINT_LOG)
    ]
    assert len(rows(browser.get("/log"))) == 1
    reviews = rows(asked(browser, what="reviews"))
    assert [row.split(" ", 1)[1].split(" Rex")[0] for row in reviews] == [
        "Looked at the log", f"Printed the log Child {shown(amira.number)}",
        f"Looked at the log Child {shown(amira.number)}",
    ]  # fmt: skip


def test_a_long_log_goes_on_page_by_page_and_loses_nothing(
    browser: Browser, session: Session, world: World, rex: Person
) -> None:
    made = [build_log.entry(session, world.sam, Act.SIGN_OUT, at=clocks.now() - timedelta(minutes=n // 2))
            for n in range(120)]  # fmt: skip
    session.commit()
    seen, page = list[int](), browser.get("/log")
    seen.append(len(rows(page)))
    while links := page.html.select("nav[aria-label=Pages] a"):
        page = browser.get(str(links[0]["href"]))
        seen.append(len(rows(page)))

    assert (len(made), seen) == (120, [50, 50, 20])
    assert page.texts("h2") == ["Older"]
    for odd in ("0", "1", "x", "-1", "9" * 30, "²", "1-", "9" * 18 + "-0", "٣-٣"):
        assert len(rows(browser.get(f"/log?before={odd}"))) == 50


def test_many_grave_ones_are_begun_and_read_by_themselves(
    browser: Browser, session: Session, world: World, rex: Person
) -> None:
    for _ in range(23):
        build_log.refused(session, world.sam, Act.SEE_ALERTS, None, "role")
    build_log.entry(session, world.sam, Act.SIGN_OUT)
    session.commit()

    page, alone = browser.get("/log"), asked(browser, what="first")

    assert len(rows(page)) == 21
    assert "These are the newest 20." in page.response.text
    assert len(rows(alone)) == 23
    assert len(rows(browser.get(alone.link("Print")))) == 23


def test_a_name_leads_to_everything_they_did(browser: Browser, session: Session, world: World, rex: Person) -> None:
    build_log.entry(session, world.sam, Act.SIGN_OUT, at=clocks.now() - timedelta(days=400))
    build_log.entry(session, world.sam, Act.SIGN_OUT)
    session.commit()

    page = browser.get(browser.get("/log").link("Sam Okafor"))

    assert (page.h1, len(rows(page))) == ("Log of all days", 2)
    assert page.texts(".cp-facts li") == ["Only Sam Okafor"]


def test_refused_looks_stand_among_what_is_grave(browser: Browser, session: Session, world: World) -> None:
    browser.become(session, world.sam)
    assert browser.get("/log").status == 403
    browser.become(session, world.rex)

    assert "Looked at the log" in rows(browser.get("/log"))[0]
    assert session.scalars(select(AuditEvent.decision).where(AuditEvent.act == Act.SEE_LOG)).first() is Decision.REFUSED
