"""What is taken away is gone at the next request: in any order of taking, giving back and asking."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, Opening, Organisation, RoleGrant, SignedIn
from cp.models.child import Child
from cp.rules.conditions import AGREEMENT_VERSION
from cp.services import find
from cp.terms import Reason
from tests import build
from tests.build import Person, World
from tests.conftest import NOW
from tests.scale import SEED, scaled
from tests.web import Browser

ORDERS = scaled(100, 1000)
STEPS = 12
IN_DATE, TODAY = date(2025, 4, 18), NOW.date()
ACCOUNT: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "suspended": ({"active": False}, {"active": True}),
    "check": ({"check_issued_on": date(2023, 11, 23)}, {"check_issued_on": IN_DATE}),
    "training": ({"trained_on": date(2024, 11, 23)}, {"trained_on": IN_DATE}),
    "agreement": ({"agreement_version": AGREEMENT_VERSION - 1}, {"agreement_version": AGREEMENT_VERSION}),
    "review": ({"kept_on": date(2026, 5, 1)}, {"kept_on": date(2026, 11, 2)}),
}
"""What is done to the account to take something away, and to give it back."""
TAKEN = (*ACCOUNT, "role", "accreditation")


@pytest.fixture
def child(session: Session, world: World, sam: Person) -> Child:
    made = build.child(session, world)
    session.add(Opening(account_id=sam.account.id, child_id=made.id, reason=Reason.WORKING_WITH, at=clock.now()))
    find.reindex(session, made.id)
    session.commit()
    return made


def change(session: Session, sam: Person, what: str, *, away: bool) -> None:
    """Take this away from Sam, or give it back."""
    if what == "role":
        row = update(RoleGrant).where(RoleGrant.account_id == sam.account.id)
        session.execute(row.values(ends_on=TODAY if away else None))
    elif what == "accreditation":
        row = update(Organisation).where(Organisation.id == sam.account.organisation_id)
        session.execute(row.values(accreditation_ends_on=TODAY if away else TODAY + timedelta(days=300)))
    else:
        lost, held = ACCOUNT[what]
        session.execute(update(Account).where(Account.id == sam.account.id).values(**(lost if away else held)))
    session.commit()


Ask = Callable[[Browser, Child], tuple[int, str]]


def opening(browser: Browser, child: Child) -> tuple[int, str]:
    answer = browser.client.get(f"/children/{child.uid}")
    return answer.status_code, answer.text


def printing(browser: Browser, child: Child) -> tuple[int, str]:
    answer = browser.client.get(f"/children/{child.uid}/print")
    return answer.status_code, answer.text


def recording(browser: Browser, child: Child) -> tuple[int, str]:
    answer = browser.client.get(f"/children/{child.uid}/involvements/new", headers={"HX-Request": "true"})
    return answer.status_code, answer.text


def listing(browser: Browser, _: Child) -> tuple[int, str]:
    answer = browser.client.get("/involvements")
    return answer.status_code, answer.text


ASKS: tuple[Ask, ...] = (opening, printing, recording, listing)


@pytest.mark.asvs("7.4.2", "8.3.2")
def test_whatever_is_taken_away_counts_from_the_very_next_request(
    browser: Browser, session: Session, sam: Person, child: Child, record_property: Callable[[str, object], None]
) -> None:
    asked = wrong = 0
    for order in range(ORDERS):
        chance, missing = random.Random(SEED * 100_000 + order), set[str]()
        for _ in range(STEPS):
            what = chance.choice(TAKEN)
            change(session, sam, what, away=what not in missing)
            missing ^= {what}
            session.execute(update(SignedIn).values(last_used_at=clock.now()))
            session.commit()
            status, text = chance.choice(ASKS)(browser, child)
            asked += 1
            wrong += (status == 200) is bool(missing) or (bool(missing) and "Amira" in text)
        for what in sorted(missing):
            change(session, sam, what, away=False)

    for name, figure in {"orders": ORDERS, "requests": asked, "not at once": wrong, "seed": SEED}.items():
        record_property(name, figure)
    assert asked == ORDERS * STEPS
    assert wrong == 0


def test_a_form_half_filled_in_when_its_person_is_suspended_changes_nothing(
    browser: Browser, session: Session, sam: Person, child: Child
) -> None:
    page = browser.get(f"/children/{child.uid}/involvements/new")
    change(session, sam, "suspended", away=True)

    answer = browser.submit(page, "Record involvement")

    assert answer.status == 403
    change(session, sam, "suspended", away=False)
    assert "Sam Okafor (you)" not in browser.get(f"/children/{child.uid}").response.text
