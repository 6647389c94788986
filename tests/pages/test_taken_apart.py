"""What was joined is taken apart again, and what is said of another child is taken out: by one of the team."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Merge
from cp.models.child import Child
from cp.rules.number import shown
from cp.services import find, telling_apart
from cp.terms import Act, RecordState
from tests import build
from tests.build import Person, World
from tests.build_identities import asked_to_join, may, says, shield
from tests.pages.test_merging import compared, max_, pair
from tests.web import Browser, Page

__all__ = ["max_", "pair"]

PARTED = "The two records are apart again. Each has what was its own, and nobody joins them again."
BEFORE = "Nothing has changed: the two records were taken apart before."


def joined(browser: Browser, pair: tuple[Child, Child]) -> Page:
    """The page of the record that goes on, which asks for another one to join."""
    browser.submit(compared(browser, pair), "Join the records", keep=str(pair[0].uid))
    return browser.get(browser.get(f"/children/{pair[0].uid}").link("Join with another record, or take apart"))


def test_what_was_joined_is_taken_apart_again(
    browser: Browser, session: Session, pair: tuple[Child, Child], max_: Person
) -> None:
    kept, gone = pair
    listed = joined(browser, pair)
    said = f"Amira Siddiqui, {shown(gone.number)}, on 23 November 2026 by {max_.account.name}."
    assert said in " ".join(listed.texts("li"))

    page = browser.get(listed.link(f"Take apart {shown(gone.number)}"))
    assert (page.h1, page.link("Cancel")) == ("Are these two children?", f"/children/{kept.uid}")
    assert page.link("Back to join with another record, or take apart") == f"/children/{kept.uid}/merge"
    assert "This cannot be undone." in page.html.text
    done = browser.submit(page, "Take the records apart")

    assert (
        done.status_line == "The two records are apart again. Each has what was its own, and nobody joins them again."
    )
    assert browser.get(f"/children/{gone.uid}/merge").status == 200
    again = browser.submit(page, "Take the records apart")
    assert again.status_line == BEFORE
    late = browser.get(listed.link(f"Take apart {shown(gone.number)}"))
    assert late.status_line == BEFORE
    compared_again = compared(browser, pair)
    assert "They are never joined." in compared_again.html.text
    assert not {"Join the records", "Ask a second person"} & set(compared_again.texts("button"))
    assert compared_again.texts("input[type=radio]") == []


def test_what_waits_of_two_children_can_only_be_declined(
    browser: Browser, session: Session, world: World, pair: tuple[Child, Child], max_: Person
) -> None:
    asked_to_join(session, *pair, may(session, world))
    telling_apart.records(session, None, pair[0].id, pair[1].id)
    session.commit()
    page = browser.get(f"/children/{pair[0].uid}/merge?other={pair[1].uid}")

    assert "Agree: join the records" not in page.texts("button")
    done = browser.submit(page, "Decline")

    assert done.status_line == "The records are not joined, and nothing waits any longer."


def test_one_person_alone_shows_nothing_that_was_hidden(
    app: Flask, browser: Browser, session: Session, world: World, pair: tuple[Child, Child], max_: Person
) -> None:
    kept, gone = pair
    shield(session, gone)
    asked = asked_to_join(session, *pair, may(session, world))
    session.commit()
    browser.submit(browser.get(f"/children/{kept.uid}/merge?other={gone.uid}"), "Agree: join the records")
    page = browser.get(f"/children/{kept.uid}/merge?joined={asked.uid}")
    assert "The record is shielded, so both are." in page.html.text

    browser.submit(page, "Take the records apart")

    session.expire_all()
    assert (kept.shielded, gone.shielded) == (True, True)
    assert list(find.check(session)) == []
    acts = session.scalars(select(AuditEvent.act).where(AuditEvent.subject_id == kept.subject_id)).all()
    assert Act.SHIELD in acts


def test_another_teams_joining_is_none(
    browser: Browser, session: Session, world: World, pair: tuple[Child, Child], max_: Person
) -> None:
    joined(browser, pair)
    merge = session.scalars(select(Merge)).one()
    other = build.child(session, world)
    session.commit()

    page = browser.get(f"/children/{other.uid}/merge?joined={merge.uid}")

    assert page.status_line == BEFORE
    session.expire_all()
    assert pair[1].state is RecordState.MERGED


def test_what_is_said_of_another_child_is_taken_out(
    browser: Browser, session: Session, world: World, pair: tuple[Child, Child], max_: Person
) -> None:
    kept, _ = pair
    school = build.organisation(session, world.authority, name="Ashgrove Prep")
    says(session, kept, school, given_names="Zara")
    session.commit()
    listed = browser.get(f"/children/{kept.uid}/merge")

    told = "If an organisation means another child, move what it says to a new record. What others say stays here."
    assert told in listed.texts("p")
    page = browser.get(listed.link("Move to a new record what Ashgrove Prep says"))
    assert page.h1 == "Is this another child?"
    assert "Ashgrove Prep said on 7 September 2026: Zara Siddiqui, born 14 March 2016." in page.texts("p")
    done = browser.submit(page, "Move it to a new record")

    assert done.status_line == "This is the new record, of what was moved. No file joins the two."
    assert done.h1 == "Join with another record, or take apart"
    assert done.texts(".govuk-caption-l")[0].startswith("Zara Siddiqui, CP ")
    assert "Said of this child" not in browser.get(f"/children/{kept.uid}/merge").html.text
    before = "Nothing has changed: that was moved before, or nobody else says who this child is."
    assert browser.submit(page, "Move it to a new record").status_line == before
    assert browser.get(listed.link("Move to a new record what Ashgrove Prep says")).status_line == before
    session.expire_all()
    assert session.scalars(select(Child.given_names).order_by(Child.id.desc()).limit(1)).one() == "Zara"
