"""An authority opens on its day once somebody can shield there: when the next person signs in, and for good."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent
from cp.rules.access import refusals_of
from cp.services.implementation import opening, steps
from cp.services.managing import staff
from cp.terms import Act, Means, Need, Role
from tests import build, build_phases
from tests.build import Person, World
from tests.conftest import NOW

TODAY = NOW.date()
YESTERDAY, LAST_WEEK, TOMORROW = (TODAY + timedelta(days=away) for away in (-1, -7, 1))

READY: dict[str, Any] = {
    **dict.fromkeys(("contacted_on", "duty_explained_on", "answered_on", "means_offered_on", "means_agreed_on",
                     "test_accepted_on", "agreement_signed_on", "accreditation_answered_on"), LAST_WEEK),
    **dict.fromkeys(("people_named", "people_invited", "places_booked", "people_trained"), 1),
    "means": Means.TRANSFER_FILE,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _not_yet(session: Session, world: World) -> None:
    build_phases.closed_again(session, world, data_from=LAST_WEEK, shields_from=LAST_WEEK, access_from=TODAY)


def sign_in(session: Session, person: Person) -> list[str]:
    """What keeps them from their work, once they have."""
    opening.settle(session, person.account, uuid4())
    session.flush()
    (actor,) = staff.one(session, person.account, uuid4()).actors
    return refusals_of(actor, clock.today())


def entries(session: Session) -> list[str | None]:
    query = select(AuditEvent.object_id).where(AuditEvent.act == Act.OPEN_AUTHORITY)
    return [str(found) for found in session.scalars(query)]


def test_the_first_who_signs_in_on_its_day_opens_it_for_everybody(session: Session, world: World) -> None:
    assert sign_in(session, world.sam) == []

    assert world.authority.opened_on == TODAY
    assert entries(session) == [str(world.authority.uid)]
    assert sign_in(session, world.nia) == []
    assert len(entries(session)) == 1


def test_before_its_day_nobody_does(session: Session, world: World) -> None:
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        assert sign_in(session, world.sam) == ["not_open"]
        assert sign_in(session, world.ash) == ["not_open", "principal"]
        assert sign_in(session, world.max) == []
    assert entries(session) == []


LACKING = {
    "suspended": {"active": False}, "has not joined": {"opened_on": None, "last_used_on": None},
    "training lapsed": {"trained_on": None}, "check lapsed": {"check_issued_on": date(2023, 1, 1)},
}  # fmt: skip


@pytest.mark.parametrize("lacking", LACKING.values(), ids=LACKING)
def test_nobody_is_let_in_while_nobody_of_the_team_has_an_account_in_order(
    session: Session, world: World, lacking: dict[str, object]
) -> None:
    for name, value in lacking.items():
        setattr(world.max.account, name, value)

    assert sign_in(session, world.sam) == ["not_open"]
    build.person(session, world.council, "May Lindholm", "may.manager", Role.MANAGEMENT_TEAM)
    assert sign_in(session, world.sam) == []


def test_a_team_of_elsewhere_does_not_count(session: Session, world: World) -> None:
    world.max.account.active = False
    build_phases.elsewhere_team(session)

    assert sign_in(session, world.sam) == ["not_open"]


def test_it_stays_open_when_the_team_lapses(session: Session, world: World) -> None:
    sign_in(session, world.sam)
    world.max.account.active = False

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert sign_in(session, world.sam) == []


def test_who_waited_for_the_day_alone_is_live_from_it(session: Session, world: World) -> None:
    world.authority.access_from = TOMORROW
    ready, not_yet = steps.keep(session, world.school, **READY), steps.held(session, world.health)
    assert (ready.need, not_yet.need) == (Need.OPENING_DAY, Need.CONTACT)
    world.authority.access_from = TODAY

    sign_in(session, world.sam)

    assert (ready.need, ready.live_on, not_yet.version) == (Need.NOTHING, TODAY, 1)


def test_a_national_partner_opens_on_its_own_day(session: Session, world: World) -> None:
    world.authority.access_from = TOMORROW
    partner = build_phases.charity(session, world, national_phase=1, access_from=YESTERDAY)
    pia = build.person(session, partner, "Pia Lund", "pia.partner")

    assert sign_in(session, world.sam) == ["not_open"]
    assert sign_in(session, pia) == []
    assert (partner.opened_on, world.authority.opened_on) == (TODAY, None)
    assert entries(session) == [str(partner.uid)]


def test_but_never_before_shields_at_its_authority(session: Session, world: World) -> None:
    world.authority.shields_from = world.authority.access_from = None
    partner = build_phases.charity(session, world, national_phase=1, access_from=YESTERDAY)
    pia = build.person(session, partner, "Pia Lund", "pia.partner")

    assert sign_in(session, pia) == ["not_open"]


def test_an_assistant_waits_for_the_place_of_whom_they_assist(session: Session, world: World) -> None:
    sign_in(session, world.sam)
    there = build_phases.authority(session)
    principal = build.person(session, build.organisation(session, there), "Far Away", "far.away")
    helper = build.person(session, world.health, "Hal Low", "hal.low", Role.ASSISTANT, principal=principal)

    assert sign_in(session, helper) == ["principal"]
