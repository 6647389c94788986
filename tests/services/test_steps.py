"""The facts of an organisation on its way, and what is kept of what follows from them."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Onboarding
from cp.services.implementation import steps
from cp.terms import Means, Need, Step, WhoActs
from tests.build import World

DAY = date(2026, 11, 2)
EVERYTHING: dict[str, Any] = {
    "contacted_on": DAY, "duty_explained_on": DAY, "answered_on": DAY, "means": Means.SPREADSHEET,
    "means_agreed_on": DAY, "test_accepted_on": DAY, "agreement_signed_on": DAY, "people_named": 1, "people_trained": 1,
}  # fmt: skip


def test_a_new_organisation_waits_for_its_first_contact(session: Session, world: World) -> None:
    row = steps.held(session, world.school)

    assert (row.step, row.need, row.who, row.live_on) == (Step.FIRST_CONTACT, Need.CONTACT, WhoActs.YOU, None)
    assert (row.authority_id, row.began_on) == (world.authority.id, clocks.today())


def test_each_begins_once_and_the_council_itself_never(session: Session, world: World) -> None:
    every = [world.school, world.health, world.practice, world.council]

    steps.begin(session, every)
    steps.begin(session, every)

    begun = session.scalars(select(Onboarding.organisation_id).order_by(Onboarding.organisation_id)).all()
    assert begun == sorted(one.id for one in every[:3])


def test_what_follows_from_a_fact_is_kept_with_it_and_every_change_counts(session: Session, world: World) -> None:
    today = clocks.today()
    first = steps.held(session, world.school).version

    row = steps.keep(session, world.school, contacted_on=today, duty_explained_on=today)

    assert (row.step, row.need, row.who) == (Step.ANSWERS, Need.ANSWER, WhoActs.SCHOOL)
    assert row.version == first + 1


def test_the_day_on_which_nothing_was_missing_any_more_stays(session: Session, world: World) -> None:
    today = clocks.today()
    world.authority.data_from, world.authority.shields_from = today - timedelta(days=60), today - timedelta(days=30)
    world.authority.access_from = world.authority.opened_on = today

    live = steps.keep(session, world.school, **EVERYTHING)
    assert (live.step, live.live_on) == (Step.LIVE, today)

    world.school.accreditation_ends_on = date(2020, 1, 1)
    steps.renew(session, world.school)

    assert (live.step, live.need, live.live_on) == (Step.ACCREDITATION, Need.ANSWER_ACCREDITATION, today)


@pytest.mark.parametrize("ended", ["agreement", "accreditation"])
def test_a_day_that_only_passes_is_noticed_by_the_worker(
    session: Session, world: World, clock: time_machine.Traveller, ended: str
) -> None:
    today = clocks.today()
    row = steps.keep(session, world.school, **(EVERYTHING | {"agreement_ends_on": today + timedelta(days=400)}))
    assert row.step is Step.LIVE
    soon = today + timedelta(days=3)
    if ended == "agreement":
        row.agreement_ends_on = soon
    else:
        world.school.accreditation_ends_on = soon
    session.commit()

    before = steps.lapse(session, 10)
    clock.shift(timedelta(days=3))
    after = [steps.lapse(session, 10), steps.lapse(session, 10)]

    assert (before, after) == (0, [1, 0])
    assert row.step is (Step.AGREEMENT if ended == "agreement" else Step.ACCREDITATION)


def test_who_sends_no_lists_signs_without_agreeing_how_it_sends(session: Session, world: World) -> None:
    answered = {"contacted_on": DAY, "duty_explained_on": DAY, "answered_on": DAY}

    rows = [steps.keep(session, one, **answered) for one in (world.health, world.practice)]

    assert [row.need for row in rows] == [Need.SIGN, Need.OFFER_MEANS]


def test_who_was_to_agree_how_it_sends_and_sends_no_lists_moves_on_by_itself(session: Session, world: World) -> None:
    rows = [steps.keep(session, one, contacted_on=DAY, duty_explained_on=DAY, answered_on=DAY)
            for one in (world.health, world.practice)]  # fmt: skip
    for row in rows:
        row.step, row.need = Step.MEANS, Need.OFFER_MEANS
    session.commit()

    assert [steps.lapse(session, 10), steps.lapse(session, 10)] == [1, 0]

    assert [row.need for row in rows] == [Need.SIGN, Need.OFFER_MEANS]
