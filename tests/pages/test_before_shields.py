"""Children of an authority that cannot shield yet: found and opened by nobody, in authorities that are open neither."""

from datetime import date

import pytest
from sqlalchemy.orm import Session
from time_machine import Traveller

from cp.models import Authority
from cp.models.child import Child
from tests import build, build_phases
from tests.build import Person, World
from tests.conftest import NOW
from tests.pages.test_search import AMIRA, add, search
from tests.web import Browser

TODAY, TOMORROW = NOW.date(), date(2026, 11, 24)


@pytest.fixture
def elsewhere(session: Session, world: World) -> Authority:
    """Data has begun there; shields begin tomorrow."""
    return build_phases.authority(session, data_from=TODAY, shields_from=TOMORROW)


def away(session: Session, world: World, elsewhere: Authority) -> Child:
    child = add(session, world, postcode="ZA9 1AA")
    child.authority_id = elsewhere.id
    session.commit()
    return child


def test_such_a_child_is_not_found_and_reads_as_nobody_until_shields_begin(
    browser: Browser, session: Session, world: World, sam: Person, elsewhere: Authority, clock: Traveller
) -> None:
    child = away(session, world, elsewhere)
    nobody = browser.get("/children/00000000-0000-0000-0000-000000000000").texts("main")

    page = search(browser, **AMIRA)
    by_number = search(browser, number=child.number, reason="working_with")
    opened = browser.get(f"/children/{child.uid}")

    assert page.texts("#results-count") == by_number.texts("#results-count") == ["No child found"]
    assert (opened.status, opened.texts("main")) == (404, nobody)

    clock.move_to(NOW.replace(day=24))
    browser.become(session, world.sam)
    assert search(browser, **AMIRA).texts(".cp-result a") == ["Amira Siddiqui"]


def test_the_results_are_those_of_a_directory_without_that_child(
    browser: Browser, session: Session, world: World, sam: Person, elsewhere: Authority
) -> None:
    add(session, world)
    alone = search(browser, **AMIRA).texts("#results")

    away(session, world, elsewhere)

    assert search(browser, **AMIRA).texts("#results") == alone


def test_who_works_with_the_child_opens_the_record_from_their_own_list(
    browser: Browser, session: Session, world: World, sam: Person, elsewhere: Authority
) -> None:
    child = away(session, world, elsewhere)
    assert sam.practitioner is not None
    build.involvement(session, child, sam.practitioner)
    session.commit()

    page = browser.get(browser.get("/involvements").link("Amira Siddiqui"))

    assert (page.status, page.h1) == (200, "Amira Siddiqui")
