"""Brokered contact: how a request moves, and what the person who asked reads of it."""

from datetime import date
from itertools import product

import pytest

from cp.rules.brokering import broker_age, broker_reply, broker_step, contact_about, passed_to
from cp.terms import ContactAbout, ContactEvent, ContactState

ASKED, WITH_TEAM, PASSED, AGREED, DECLINED, CLOSED = ContactState
TAKE, PASS_ON, AGREE, DECLINE, WITHDRAWN, CLOSE = ContactEvent
DRAWN = {
    (ASKED, TAKE): WITH_TEAM,
    (WITH_TEAM, PASS_ON): PASSED,
    (WITH_TEAM, CLOSE): CLOSED,
    (PASSED, AGREE): AGREED,
    (PASSED, DECLINE): DECLINED,
    (PASSED, WITHDRAWN): DECLINED,
    (AGREED, WITHDRAWN): DECLINED,
    (AGREED, CLOSE): CLOSED,
    (DECLINED, CLOSE): CLOSED,
}
CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28)}
MONDAY = date(2026, 11, 23)


def test_a_request_moves_as_drawn_and_in_no_other_way() -> None:
    found = {(state, event): broker_step(state, event) for state, event in product(ContactState, ContactEvent)}

    assert found == {pair: DRAWN.get(pair, "refused") for pair in product(ContactState, ContactEvent)}


def test_nobody_is_put_in_touch_without_having_been_asked_and_having_agreed() -> None:
    """Every way from asked, of any length: in each that reaches “agreed”, passing on comes before agreeing."""
    ways: list[tuple[ContactState, tuple[ContactEvent, ...]]] = [(ASKED, ())]
    agreed = []
    while ways:
        state, done = ways.pop()
        if state is AGREED:
            agreed.append(done)
        for event in ContactEvent:
            after = broker_step(state, event)
            if after != "refused":
                ways.append((after, (*done, event)))

    assert agreed == [(TAKE, PASS_ON, AGREE)]


@pytest.mark.parametrize(
    ("asked_on", "agreed_on", "today", "expected"),
    [
        pytest.param(MONDAY, None, MONDAY, "waiting", id="the day it was asked"),
        pytest.param(MONDAY, None, date(2026, 11, 27), "waiting", id="the fourth working day"),
        pytest.param(MONDAY, None, date(2026, 11, 29), "waiting", id="the Sunday after"),
        pytest.param(MONDAY, None, date(2026, 11, 30), "no_contact", id="the fifth working day"),
        pytest.param(MONDAY, None, date(2027, 11, 30), "no_contact", id="a year on"),
        pytest.param(MONDAY, date(2026, 11, 25), date(2026, 11, 24), "waiting", id="before they agree"),
        pytest.param(MONDAY, date(2026, 11, 25), date(2026, 11, 25), "they_will_call", id="the day they agree"),
        pytest.param(date(2026, 12, 21), None, date(2026, 12, 29), "waiting", id="over Christmas"),
        pytest.param(date(2026, 12, 21), None, date(2026, 12, 30), "no_contact", id="after Christmas"),
        pytest.param(MONDAY, date(2026, 12, 1), date(2026, 11, 30), "no_contact", id="late, before they agree"),
        pytest.param(MONDAY, date(2026, 12, 1), date(2026, 12, 1), "they_will_call", id="late, once they agree"),
    ],
)
def test_who_asked_reads_by_the_day_and_by_consent_alone(
    asked_on: date, agreed_on: date | None, today: date, expected: str
) -> None:
    assert broker_reply(asked_on, agreed_on, today, CHRISTMAS) == expected


@pytest.mark.parametrize(
    ("asked_on", "today", "expected"),
    [
        pytest.param(MONDAY, MONDAY, 0, id="today"),
        pytest.param(MONDAY, date(2026, 11, 24), 1, id="yesterday"),
        pytest.param(MONDAY, date(2026, 11, 29), 4, id="a weekend counts for nothing"),
        pytest.param(MONDAY, date(2026, 11, 30), 5, id="a week ago"),
        pytest.param(date(2026, 11, 28), date(2026, 11, 30), 1, id="asked on a Saturday"),
        pytest.param(date(2026, 12, 21), date(2026, 12, 29), 4, id="holidays count for nothing"),
        pytest.param(MONDAY, date(2026, 11, 20), 0, id="a clock gone back"),
    ],
)
def test_the_age_of_a_request_is_in_working_days(asked_on: date, today: date, expected: int) -> None:
    assert broker_age(asked_on, today, CHRISTMAS) == expected


def test_whom_one_may_ask_to_reach() -> None:
    assert {shielded: contact_about(shielded) for shielded in (True, False)} == {
        True: (ContactAbout.SERVICES, ContactAbout.FAMILY),
        False: (ContactAbout.SERVICES,),
    }


def test_to_whom_a_request_may_be_passed() -> None:
    assert {(about, shielded): passed_to(about, shielded) for about in ContactAbout for shielded in (True, False)} == {
        (ContactAbout.SERVICES, True): {"service", "practitioner"},
        (ContactAbout.SERVICES, False): {"service"},
        (ContactAbout.FAMILY, True): {"family"},
        (ContactAbout.FAMILY, False): {"family"},
    }
