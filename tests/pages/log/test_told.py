"""What the log does not tell a reviewer: what is hidden, and what another authority answers for."""

import pytest
from sqlalchemy.orm import Session

from cp.models import new_uid
from cp.models.child import Child
from cp.rules.number import shown
from cp.services import blinding
from cp.terms import Act, Role
from tests import build, build_log
from tests.build import Person, World
from tests.build_sensitive import CLINIC, Clinic
from tests.pages.log.asking import asked, rows
from tests.web import Browser


def test_others_users_are_told_by_place_alone_and_not_of_a_shielded_child(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    sid, hidden = build_log.elsewhere(session), build.child(session, world, shielded=True)
    theirs = build.child(session, world, authority_id=build_log.authority_of(session, sid).id)
    for child in (amira, hidden, theirs):
        build_log.opened(session, sid, child)
    build_log.entry(session, sid, Act.SEARCH, object_id=amira.uid, reason="working_with")
    build_log.refused(session, sid, Act.PRINT_RECORD, amira, "shielded")
    session.commit()

    page = browser.get("/log")

    assert [" ".join(row.split()) for row in rows(page)] == [
        f"10:42 Opened a record Child {shown(amira.number)} Somebody of another area Southvale Primary School Working"
        " with this child"
    ]
    assert "Sid" not in page.response.text
    assert browser.get(f"/log/people/{sid.account.uid}").status == 404


def test_a_sensitive_service_is_not_named_nor_whom_it_looked_at(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    clinic = Clinic.make(session, world)
    build_log.opened(session, clinic.kit, amira)
    build_log.entry(session, clinic.kit, Act.RECORD_SENSITIVE, reason="child", object_id=amira.uid,
                    subject_id=blinding.subject(amira.subject_id))  # fmt: skip
    session.commit()

    page, of_child = browser.get("/log"), asked(browser, number=amira.number)

    assert [" ".join(row.split()) for row in rows(page)] == [
        "10:42 Recorded by consent Kit Maddox A sensitive service",
        "10:42 Opened a record Kit Maddox A sensitive service Working with this child",
    ]
    assert rows(of_child) == []
    assert CLINIC not in page.response.text
    assert "Sexual health" not in page.response.text


def test_whoever_has_left_a_sensitive_service_is_told_of_as_when_they_looked(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    """Kit's team was sensitive, and is another one now."""
    clinic = Clinic.make(session, world, subject=None)
    build_log.opened(session, clinic.kit, amira, parts=f"{build_log.WHOLE}+own_sensitive")
    session.commit()

    page, of_child = browser.get("/log"), asked(browser, number=amira.number)

    said = "10:42 Opened a record Kit Maddox A sensitive service Working with this child"
    assert [" ".join(row.split()) for row in rows(page)] == [said]
    assert rows(of_child) == []


@pytest.mark.parametrize(
    "act",
    [
        Act.MERGE,
        Act.SEAL_IDENTITY,
        Act.OPEN_OLD_IDENTITY,
        Act.MAKE_IDENTITY,
        Act.SHIELD,
        Act.LIFT_SHIELD,
        Act.SEE_SHIELDS,
    ],
)
def test_what_was_joined_shielded_or_sealed_is_told_without_the_child(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child, act: Act
) -> None:
    build_log.entry(session, world.max, act, amira, object_id=amira.uid, reason="correcting_records", parts="identity")
    session.commit()

    assert len(rows(browser.get("/log"))) == 1
    assert shown(amira.number) not in browser.get("/log").response.text
    assert rows(asked(browser, number=amira.number)) == []


def test_an_answer_that_nothing_is_there_has_no_number(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    build_log.refused(session, world.sam, Act.OPEN_RECORD, amira, "none")
    build_log.refused(session, world.sam, Act.OPEN_RECORD, None, "none")
    session.commit()

    said = rows(browser.get("/log"))

    assert said[0] == said[1]
    assert "Refused: it is not there for them" in said[0]
    assert rows(asked(browser, number=amira.number)) == []


def test_the_ground_of_a_shield_is_not_told(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    build_log.entry(session, world.max, Act.SHIELD, amira, reason="witness-protection")
    session.commit()

    page = browser.get("/log")

    assert "Shielded a record" in page.response.text
    assert "witness" not in page.response.text.lower()


def test_a_reviewer_reads_the_log_of_their_own_authority(browser: Browser, session: Session, world: World) -> None:
    sid = build_log.elsewhere(session)
    council = build.organisation(session, build_log.authority_of(session, sid), name="Southvale Council")
    build_log.entry(session, world.sam, Act.SIGN_OUT)
    browser.become(session, build.person(session, council, "Rita South", "rita.south", Role.REVIEWER))

    assert rows(browser.get("/log")) == []
    assert browser.get(f"/log/people/{world.sam.account.uid}").status == 404


def test_a_page_about_many_children_is_one_line(
    browser: Browser, session: Session, world: World, rex: Person, amira: Child
) -> None:
    page = new_uid()
    for child in (build.child(session, world), amira, build.child(session, world)):
        build_log.entry(session, world.sam, Act.SEE_OWN_INVOLVEMENTS, child, request_id=page)
    build_log.entry(session, world.sam, Act.SEE_OWN_INVOLVEMENTS, amira)
    session.commit()

    assert [" ".join(row.split()).split(" Sam")[0] for row in rows(browser.get("/log"))] == [
        f"10:42 Looked at their involvements Child {shown(amira.number)}",
        "10:42 Looked at their involvements Several at once",
    ]
    assert len(rows(asked(browser, number=amira.number))) == 2
