"""What an organisation waits for before it is live, whose move it is, and by when."""

from dataclasses import dataclass
from datetime import date

from cp.rules.days import working_days_after
from cp.terms import Means, Need, Step, WhoActs


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one organisation. Days on which something was done; None where it is not yet.

    `accreditation_ends_on` and `agreement_ends_on` are the first days without; `opens_on` the authority's first day
    for practitioners; `next_on` the day of a next step that somebody wrote down; `test_came_on` when a test file came,
    unless another was asked for. `sends`: it is of a kind that sends lists of children, so that a way to send is agreed
    with it and tried.
    """

    began_on: date
    sends: bool = True
    contacted_on: date | None = None
    duty_explained_on: date | None = None
    answered_on: date | None = None
    means: Means | None = None
    means_offered_on: date | None = None
    means_agreed_on: date | None = None
    test_came_on: date | None = None
    test_accepted_on: date | None = None
    agreement_signed_on: date | None = None
    agreement_ends_on: date | None = None
    people_named: int = 0
    people_invited: int = 0
    places_booked: int = 0
    people_trained: int = 0
    accreditation_answered_on: date | None = None
    accreditation_ends_on: date | None = None
    opens_on: date | None = None
    live_on: date | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """`due_on` is None where nobody has to act."""

    step: Step
    need: Need
    who: WhoActs
    due_on: date | None


STEP_OF = {
    Need.CONTACT: Step.FIRST_CONTACT, Need.EXPLAIN_DUTY: Step.FIRST_CONTACT, Need.ANSWER: Step.ANSWERS,
    Need.OFFER_MEANS: Step.MEANS, Need.ACCEPT_MEANS: Step.MEANS, Need.SEND_TEST_FILE: Step.TEST_FILE,
    Need.SWITCH_ON: Step.TEST_FILE, Need.JUDGE_TEST_FILE: Step.TEST_FILE, Need.SIGN: Step.AGREEMENT,
    Need.NAME_PEOPLE: Step.PEOPLE,
    Need.INVITE_PEOPLE: Step.TRAINING, Need.BOOK_TRAINING: Step.TRAINING, Need.COME_TO_TRAINING: Step.TRAINING,
    Need.ANSWER_ACCREDITATION: Step.ACCREDITATION, Need.DECIDE_ACCREDITATION: Step.ACCREDITATION,
    Need.OPENING_DAY: Step.ACCREDITATION, Need.NOTHING: Step.LIVE,
}  # fmt: skip
ACTS = {
    Need.CONTACT: WhoActs.YOU, Need.EXPLAIN_DUTY: WhoActs.YOU, Need.ANSWER: WhoActs.SCHOOL,
    Need.OFFER_MEANS: WhoActs.YOU, Need.ACCEPT_MEANS: WhoActs.SCHOOL, Need.SEND_TEST_FILE: WhoActs.SCHOOL,
    Need.SWITCH_ON: WhoActs.THEIR_SUPPLIER, Need.JUDGE_TEST_FILE: WhoActs.YOU, Need.SIGN: WhoActs.SCHOOL,
    Need.NAME_PEOPLE: WhoActs.SCHOOL,
    Need.INVITE_PEOPLE: WhoActs.ACCOUNT_MANAGER, Need.BOOK_TRAINING: WhoActs.YOU,
    Need.COME_TO_TRAINING: WhoActs.SCHOOL, Need.ANSWER_ACCREDITATION: WhoActs.SCHOOL,
    Need.DECIDE_ACCREDITATION: WhoActs.YOU, Need.OPENING_DAY: WhoActs.NOBODY, Need.NOTHING: WhoActs.NOBODY,
}  # fmt: skip
WITHIN = {
    Need.CONTACT: 10, Need.EXPLAIN_DUTY: 5, Need.ANSWER: 10, Need.OFFER_MEANS: 5, Need.ACCEPT_MEANS: 10,
    Need.SEND_TEST_FILE: 15, Need.SWITCH_ON: 20, Need.JUDGE_TEST_FILE: 5, Need.SIGN: 15, Need.NAME_PEOPLE: 10,
    Need.INVITE_PEOPLE: 5, Need.BOOK_TRAINING: 10, Need.COME_TO_TRAINING: 30, Need.ANSWER_ACCREDITATION: 10,
    Need.DECIDE_ACCREDITATION: 5,
}  # fmt: skip
"""Working days after the newest fact."""


def waits_for(facts: Facts, today: date) -> Waits:
    """The first thing missing, in the order of the steps; who acts; and by when: the day somebody wrote down, or so
    many working days after the newest fact.

    An organisation that was live stays so while its agreement and its accreditation are in date.

    Commons Hansard 12 October 2009: an employer is accredited before anybody is let in. Policy: the implementation
    issue; the working days are proposed.
    """
    need = _need(facts, today)
    within = WITHIN.get(need)
    due_on = None
    if within is not None:
        due_on = facts.next_on or working_days_after(_newest(facts, today), within)
    return Waits(STEP_OF[need], need, ACTS[need], due_on)


def _need(facts: Facts, today: date) -> Need:
    signed = facts.agreement_signed_on is not None and _in_date(facts.agreement_ends_on, today)
    accredited = facts.accreditation_ends_on is not None and today < facts.accreditation_ends_on
    found = {} if facts.live_on else _before_agreement(facts)
    found |= {Need.SIGN: signed} if facts.live_on else {Need.SIGN: signed, **_people(facts)}
    found |= _accreditation(facts, accredited)
    if facts.live_on is None:
        found[Need.OPENING_DAY] = facts.opens_on is not None and facts.opens_on <= today
    return next((need for need, done in found.items() if not done), Need.NOTHING)


def _before_agreement(facts: Facts) -> dict[Need, bool]:
    return {
        Need.CONTACT: facts.contacted_on is not None,
        Need.EXPLAIN_DUTY: facts.duty_explained_on is not None,
        Need.ANSWER: facts.answered_on is not None or facts.means_offered_on is not None,
        **(_supply(facts) if facts.sends else {}),
    }


def _supply(facts: Facts) -> dict[Need, bool]:
    sends = Need.SWITCH_ON if facts.means is Means.SYSTEM else Need.SEND_TEST_FILE
    return {
        Need.OFFER_MEANS: facts.means_offered_on is not None or facts.means_agreed_on is not None,
        Need.ACCEPT_MEANS: facts.means_agreed_on is not None,
        sends: facts.test_came_on is not None or facts.test_accepted_on is not None,
        Need.JUDGE_TEST_FILE: facts.test_accepted_on is not None,
    }


def _people(facts: Facts) -> dict[Need, bool]:
    trained = facts.people_trained > 0
    return {
        Need.NAME_PEOPLE: facts.people_named > 0,
        Need.INVITE_PEOPLE: facts.people_invited > 0 or trained,
        Need.BOOK_TRAINING: facts.places_booked > 0 or trained,
        Need.COME_TO_TRAINING: trained,
    }


def _accreditation(facts: Facts, accredited: bool) -> dict[Need, bool]:
    return {
        Need.ANSWER_ACCREDITATION: facts.accreditation_answered_on is not None or accredited,
        Need.DECIDE_ACCREDITATION: accredited,
    }


def _in_date(ends_on: date | None, today: date) -> bool:
    return ends_on is None or today < ends_on


def _newest(facts: Facts, today: date) -> date:
    days = (
        facts.began_on, facts.contacted_on, facts.duty_explained_on, facts.answered_on, facts.means_offered_on,
        facts.means_agreed_on, facts.test_came_on, facts.test_accepted_on, facts.agreement_signed_on,
        facts.accreditation_answered_on,
    )  # fmt: skip
    return max(min(day, today) for day in days if day is not None)
