"""Who leads the work with a child: one at a time, taken over with consent, given back after a mistake."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import children, involved, involvements
from cp.services.leading import LeadChanged
from cp.terms import Reason
from tests.build import World
from tests.services.involving.test_involvements import acts, held, record


def test_taking_over_must_be_confirmed_for_the_one_who_leads_now(
    session: Session, world: World, sam: Actor, nia: Actor, child: Child
) -> None:
    hers = record(session, nia, child, lead=True)

    for confirmed in (None, uuid4()):
        with pytest.raises(LeadChanged) as asked:
            record(session, sam, child, lead=True, confirmed=confirmed)
        assert (asked.value.lead.uid, asked.value.lead.name, asked.value.lead.has_account) == (
            hers, "Nia Pritchard", True,
        )  # fmt: skip
    mine = record(session, sam, child, lead=True, confirmed=hers)

    assert (held(session, mine).lead, held(session, hers).lead) == (True, False)
    assert held(session, hers).lead_passed_to_id == sam.practitioner_id
    assert [one.led_now_by for one in involved.mine(session, nia)] == ["Sam Okafor"]


def test_only_one_can_lead_whatever_the_code_does(session: Session, sam: Actor, nia: Actor, child: Child) -> None:
    record(session, nia, child, lead=True)
    mine = held(session, record(session, sam, child))

    mine.lead = True

    with pytest.raises(IntegrityError):
        session.flush()


def test_taking_over_by_mistake_gives_the_lead_back(session: Session, sam: Actor, nia: Actor, child: Child) -> None:
    hers = record(session, nia, child, lead=True)
    mine = record(session, sam, child, lead=True, confirmed=hers)
    assert involvements.ending(session, sam, mine).lead_before == "Nia Pritchard"

    done = involvements.withdraw(session, sam, mine)

    assert (done.led, done.lead_again) == (True, hers)
    assert (held(session, hers).lead, held(session, mine).lead) == (True, False)
    assert acts(session)[-2:] == ["withdraw_involvement", "take_lead"]
    assert [one.led_now_by for one in involved.mine(session, nia)] == [None]


def test_the_lead_goes_back_to_nobody_who_has_ended(session: Session, sam: Actor, nia: Actor, child: Child) -> None:
    hers = record(session, nia, child, lead=True)
    mine = record(session, sam, child, lead=True, confirmed=hers)
    involvements.end(session, nia, hers, date(2026, 11, 20))
    about = involvements.ending(session, sam, mine)
    assert (about.leads, about.lead_before, about.vacant) == (True, None, True)

    done = involvements.withdraw(session, sam, mine)

    assert (done.led, done.lead_again) == (True, None)
    assert not held(session, hers).lead


def test_the_lead_goes_back_only_for_the_involvement_that_took_it(
    session: Session, sam: Actor, nia: Actor, child: Child, clock: time_machine.Traveller
) -> None:
    hers = record(session, nia, child, lead=True)
    involvements.end(session, sam, record(session, sam, child, lead=True, confirmed=hers), date(2026, 11, 20))
    clock.shift(timedelta(days=1))
    children.give_reason(session, sam, child.uid, Reason.WORKING_WITH)
    later = record(session, sam, child, lead=True, started_on=date(2026, 11, 22))

    assert involvements.withdraw(session, sam, later).lead_again is None
    assert not held(session, hers).lead


def test_who_leads_a_shielded_child_is_said_to_nobody_outside(
    session: Session, sam: Actor, nia: Actor, child: Child
) -> None:
    hers = record(session, nia, child, lead=True)
    mine = record(session, sam, child, lead=True, confirmed=hers)
    child.shielded_at = clocks.now()
    session.flush()

    about = involvements.ending(session, sam, mine)
    done = involvements.withdraw(session, sam, mine)

    assert (about.leads, about.lead_before, about.vacant) == (True, None, False)
    assert done.lead_again == hers
    gone = involved.past(session, sam, mine)
    assert gone is not None
    assert (gone.called, gone.lead) == ("Amira", None)
    assert involved.past(session, nia, mine) is None
