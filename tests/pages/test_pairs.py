"""Records to review: a row beside a record, the answer, the next pair; by the management team and nobody else."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import Involvement, Organisation, Pair
from cp.terms import PairState
from tests.build import Person, World
from tests.build_identities import may, shield
from tests.build_supply import children, two_of_amira
from tests.web import Browser, Page

SAVE = "Save and show the next pair"
QUESTION, NONE_LEFT = "Are these the same child?", "No pairs to review"


@pytest.fixture
def ashgrove(session: Session, world: World) -> Organisation:
    """Another school, whose row may be of Amira, whom the first school has sent."""
    return two_of_amira(session, world)


@pytest.fixture
def maxim(browser: Browser, session: Session, world: World, ashgrove: Organisation) -> Person:
    """Max, of the management team, signed in at `browser`."""
    browser.become(session, world.max)
    return world.max


def states(session: Session) -> list[PairState]:
    session.commit()
    session.expire_all()
    return list(session.scalars(select(Pair.state).order_by(Pair.id)))


def cells(page: Page, fact: str) -> list[str]:
    return page.texts(f"main tr:has(th:-soup-contains-own('{fact}')) td")


def test_both_sides_stand_beside_each_other_with_what_each_fact_says(browser: Browser, maxim: Person) -> None:
    page = browser.get("/review")

    assert page.h1 == QUESTION
    assert cells(page, "Name") == ["Amira Siddiqui", "Amira Siddiqui", "Same given name. Same family name."]
    assert cells(page, "Born") == ["14 March 2016", "14 March 2016", "Same date of birth."]
    assert cells(page, "Address")[1:] == ["None is said", "Not compared"]
    assert page.texts("main .govuk-caption-l")[0].startswith("1 pair waits. ")
    assert page.html.select("main input[checked]") == []


def test_a_joining_is_undone_by_whoever_said_so(
    browser: Browser, maxim: Person, session: Session, world: World, ashgrove: Organisation
) -> None:
    page = browser.get("/review")
    assert page.texts("#answer-hint") == ["Joining can be undone. Children kept apart are never suggested again"]
    browser.submit(page, SAVE, answer="same")
    schools = select(Involvement.organisation_id).order_by(Involvement.organisation_id)
    kept = children(session)[0]
    joined = session.scalars(schools.where(Involvement.child_id == kept.id)).all()

    listed = browser.get(f"/children/{kept.uid}/merge")
    browser.submit(browser.get(listed.link("Move to a new record what Ashgrove Prep says")), "Move it to a new record")

    session.rollback()
    of = {child.id: session.scalars(schools.where(Involvement.child_id == child.id)).all()
          for child in children(session)}  # fmt: skip
    assert joined == [world.school.id, ashgrove.id]
    assert sorted(map(list, of.values())) == [[world.school.id], [ashgrove.id]]
    assert session.scalars(select(Pair.state)).all() == [PairState.DIFFERENT]


def test_no_answer_is_asked_for_by_its_field(browser: Browser, maxim: Person, session: Session) -> None:
    page = browser.submit(browser.get("/review"), SAVE)

    assert (page.status, page.errors) == (422, ["Choose same, different or not sure yet"])
    assert (page.h1, states(session)) == (QUESTION, [PairState.WAITING])


@pytest.mark.parametrize(
    ("answer", "said", "state", "records"),
    [
        ("same", "Joined. What the school said is on the record now.", PairState.SAME, 1),
        ("different", "Different children, kept apart for good.", PairState.DIFFERENT, 2),
    ],
)
def test_an_answer_is_done_and_said(
    browser: Browser, maxim: Person, session: Session, answer: str, said: str, state: PairState, records: int
) -> None:
    page = browser.submit(browser.get("/review"), SAVE, answer=answer)

    assert (page.h1, page.status_line) == (NONE_LEFT, said)
    assert (states(session), len(children(session))) == ([state], records)


def test_not_sure_yet_comes_again(browser: Browser, maxim: Person, session: Session) -> None:
    page = browser.submit(browser.get("/review"), SAVE, answer="later")

    assert (page.h1, page.status_line) == (QUESTION, "It comes again after the others.")
    assert states(session) == [PairState.WAITING]


def test_pressing_twice_answers_once(browser: Browser, maxim: Person, session: Session) -> None:
    page = browser.get("/review")

    first, again = (browser.submit(page, SAVE, answer="different") for _ in range(2))

    assert [first.status_line, again.status_line] == ["Different children, kept apart for good."] * 2
    assert len(children(session)) == 2


def test_somebody_who_was_slower_is_told_so(browser: Browser, maxim: Person, session: Session) -> None:
    page, other_tab = browser.get("/review"), browser.get("/review")
    browser.submit(page, SAVE, answer="same")

    late = browser.submit(other_tab, SAVE, answer="different")

    assert late.status_line == "Somebody was faster, or the file was undone. Nothing has changed by your answer."
    assert (states(session), len(children(session))) == ([PairState.SAME], 1)


def test_the_next_pair_comes_in_place_with_its_status(browser: Browser, maxim: Person) -> None:
    part = browser.submit(browser.get("/review"), SAVE, htmx=True, answer="later")

    assert part.texts("#status") == ["It comes again after the others."]
    assert [one["id"] for one in part.html.select("[data-focus]")] == ["pair-heading"]
    assert part.html.select("html, main") == []


def test_a_shielded_record_is_joined_by_two_people(
    browser: Browser, maxim: Person, session: Session, world: World
) -> None:
    shield(session, children(session)[0])
    second = may(session, world)
    session.commit()

    page = browser.get("/review")
    first = browser.submit(page, SAVE, answer="same")
    browser.become(session, second)
    asked = browser.get("/review")
    done = browser.submit(asked, SAVE, answer="same")

    assert "A second person must agree to this one." in page.texts("main p")
    assert first.status_line == "It waits for a second person."
    assert "A second person must agree to this one. Max Adeyemi has said that they are the same child." in asked.texts(
        "main p"
    )
    assert (done.h1, states(session)) == (NONE_LEFT, [PairState.SAME])


@pytest.mark.parametrize("who", ["sam", "una", "rex", "ade"])
def test_nobody_else_reviews(
    browser: Browser, session: Session, world: World, ashgrove: Organisation, who: str
) -> None:
    browser.become(session, getattr(world, who))
    pair = session.scalars(select(Pair.uid)).one()

    answers = [browser.get("/review"), browser.post(f"/review/{pair}", {"csrf_token": browser.token()})]

    assert [answer.status for answer in answers] == [403, 403]
    assert not [answer for answer in answers if "Siddiqui" in answer.response.text]
