"""Lists that grow: what waits for somebody stands first, and nothing is out of reach."""

from datetime import timedelta

from sqlalchemy.orm import Session

from cp import clock
from cp.models.child import Child
from cp.terms import Asking
from tests import build_families
from tests.build import World
from tests.build_disclosures import answered, disclosure
from tests.build_families import Lookers
from tests.web import Browser


def test_a_copy_that_waits_stands_first_however_many_have_asked_since(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    asked = clock.now() - timedelta(days=100)
    waits = build_families.request(session, lookers.may, child, Asking.COPY, asked_at=asked)
    for _ in range(100):
        build_families.request(session, world.max, child)
    browser.become(session, world.max)

    first = browser.get("/requests")
    last = browser.get(browser.get(first.link("Those after")).link("Those after"))

    assert first.texts("tbody th")[0] == f"WL-{waits.reference}"
    assert (len(first.texts("tbody th")), len(last.texts("tbody th"))) == (50, 1)


def test_no_entry_of_the_register_is_out_of_reach_and_what_waits_stands_first(
    browser: Browser, session: Session, world: World, lookers: Lookers, child: Child
) -> None:
    waits = disclosure(session, child, lookers.may, world.max, asked_at=clock.now() - timedelta(days=100))
    for _ in range(50):
        answered(session, child, world.max, lookers.may)
    browser.become(session, world.max)

    first = browser.get("/disclosures")
    second = browser.get(first.link("Those after"))

    assert first.texts("tbody th")[0].startswith(f"DR-{waits.reference}")
    assert (len(first.texts("tbody th")), len(second.texts("tbody th"))) == (50, 1)
