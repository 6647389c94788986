"""What an organisation waits for: the first thing missing, whose move it is, by when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cp.rules.implementing import Facts, Waits, waits_for
from cp.terms import Means, Need, Step, WhoActs

DAY, TODAY, LATER = date(2026, 11, 16), date(2026, 11, 23), date(2027, 11, 23)
"""A Monday, and the Monday after."""
NEW = Facts(began_on=DAY)
PATH: tuple[dict[str, Any], ...] = (
    {"contacted_on": DAY},
    {"duty_explained_on": DAY},
    {"answered_on": DAY},
    {"means": Means.TRANSFER_FILE, "means_offered_on": DAY},
    {"means_agreed_on": DAY},
    {"test_came_on": DAY},
    {"test_accepted_on": DAY},
    {"agreement_signed_on": DAY, "agreement_ends_on": LATER},
    {"people_named": 2},
    {"people_invited": 2},
    {"places_booked": 2},
    {"people_trained": 1},
    {"accreditation_answered_on": DAY},
    {"accreditation_ends_on": LATER},
    {"opens_on": TODAY},
)
"""One fact after the other, until nothing is missing."""
WAITED_FOR = (
    Waits(Step.FIRST_CONTACT, Need.CONTACT, WhoActs.YOU, date(2026, 11, 30)),
    Waits(Step.FIRST_CONTACT, Need.EXPLAIN_DUTY, WhoActs.YOU, date(2026, 11, 23)),
    Waits(Step.ANSWERS, Need.ANSWER, WhoActs.SCHOOL, date(2026, 11, 30)),
    Waits(Step.MEANS, Need.OFFER_MEANS, WhoActs.YOU, date(2026, 11, 23)),
    Waits(Step.MEANS, Need.ACCEPT_MEANS, WhoActs.SCHOOL, date(2026, 11, 30)),
    Waits(Step.TEST_FILE, Need.SEND_TEST_FILE, WhoActs.SCHOOL, date(2026, 12, 7)),
    Waits(Step.TEST_FILE, Need.JUDGE_TEST_FILE, WhoActs.YOU, date(2026, 11, 23)),
    Waits(Step.AGREEMENT, Need.SIGN, WhoActs.SCHOOL, date(2026, 12, 7)),
    Waits(Step.PEOPLE, Need.NAME_PEOPLE, WhoActs.SCHOOL, date(2026, 11, 30)),
    Waits(Step.TRAINING, Need.INVITE_PEOPLE, WhoActs.ACCOUNT_MANAGER, date(2026, 11, 23)),
    Waits(Step.TRAINING, Need.BOOK_TRAINING, WhoActs.YOU, date(2026, 11, 30)),
    Waits(Step.TRAINING, Need.COME_TO_TRAINING, WhoActs.SCHOOL, date(2026, 12, 28)),
    Waits(Step.ACCREDITATION, Need.ANSWER_ACCREDITATION, WhoActs.SCHOOL, date(2026, 11, 30)),
    Waits(Step.ACCREDITATION, Need.DECIDE_ACCREDITATION, WhoActs.YOU, date(2026, 11, 23)),
    Waits(Step.ACCREDITATION, Need.OPENING_DAY, WhoActs.NOBODY, None),
    Waits(Step.LIVE, Need.NOTHING, WhoActs.NOBODY, None),
)


def after(steps: int) -> Facts:
    facts = NEW
    for known in PATH[:steps]:
        facts = replace(facts, **known)
    return facts


WHOLE = after(len(PATH))


@pytest.mark.parametrize("steps", range(len(PATH) + 1))
def test_it_waits_for_the_first_thing_missing(steps: int) -> None:
    assert waits_for(after(steps), TODAY) == WAITED_FOR[steps]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({"contacted_on": None}, Need.CONTACT, id="a later fact is no contact"),
        pytest.param({"answered_on": None}, Need.NOTHING, id="a way that was offered needs no answers"),
        pytest.param(
            {"means": Means.SYSTEM, "test_came_on": None, "test_accepted_on": None},
            Need.SWITCH_ON,
            id="a system is switched on",
        ),
        pytest.param(
            {
                "sends": False,
                "means": None,
                "means_offered_on": None,
                "means_agreed_on": None,
                "test_accepted_on": None,
            },
            Need.NOTHING,
            id="who sends no lists agrees and tries nothing",
        ),
        pytest.param(
            {"means": Means.SYSTEM, "test_accepted_on": None}, Need.JUDGE_TEST_FILE, id="and what it sent is looked at"
        ),
        pytest.param({"test_came_on": None}, Need.NOTHING, id="an accepted file has come"),
        pytest.param({"agreement_ends_on": TODAY}, Need.SIGN, id="an agreement that ended"),
        pytest.param({"agreement_ends_on": None}, Need.NOTHING, id="an agreement without an end"),
        pytest.param({"accreditation_ends_on": TODAY}, Need.DECIDE_ACCREDITATION, id="an accreditation that ended"),
        pytest.param({"accreditation_ends_on": None}, Need.DECIDE_ACCREDITATION, id="answered, not decided"),
        pytest.param({"people_invited": 0, "places_booked": 0}, Need.NOTHING, id="trained without either"),
        pytest.param({"opens_on": None}, Need.OPENING_DAY, id="an authority without a day"),
        pytest.param({"opens_on": LATER}, Need.OPENING_DAY, id="an authority whose day is to come"),
        pytest.param({"live_on": DAY, "contacted_on": None, "people_trained": 0}, Need.NOTHING, id="it was live"),
        pytest.param({"live_on": DAY, "agreement_ends_on": TODAY}, Need.SIGN, id="it was live, and must sign again"),
        pytest.param({"live_on": DAY, "accreditation_ends_on": DAY}, Need.DECIDE_ACCREDITATION, id="live, accredited"),
    ],
)
def test_what_else_decides_what_is_needed(known: dict[str, Any], expected: Need) -> None:
    assert waits_for(replace(WHOLE, **known), TODAY).need is expected


def test_a_day_that_somebody_wrote_down_comes_before_the_usual_one() -> None:
    assert waits_for(replace(after(2), next_on=date(2026, 11, 18)), TODAY).due_on == date(2026, 11, 18)
    assert waits_for(replace(WHOLE, next_on=date(2026, 11, 18)), TODAY).due_on is None


def test_days_are_counted_from_the_newest_fact_and_never_from_the_future() -> None:
    assert waits_for(replace(after(2), contacted_on=LATER), TODAY).due_on == date(2026, 12, 7)
