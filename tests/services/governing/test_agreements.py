"""Who signed a partnership agreement is recorded once, sets what the organisation waits for, and can be taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Agreement, AuditEvent, Onboarding
from cp.rules.access import Actor
from cp.services.audit import Refusal
from cp.services.implementation import agreements, steps
from cp.terms import Act, TakenBackBecause
from tests import build, build_governance
from tests.build import World
from tests.build_governance import SAID
from tests.web import actor_of


@pytest.fixture
def ivy(session: Session, world: World) -> Actor:
    return actor_of(session, world.ivy)


def waiting(session: Session, world: World) -> tuple[date | None, date | None]:
    row = session.scalars(select(Onboarding).where(Onboarding.organisation_id == world.school.id)).one()
    return row.agreement_signed_on, row.agreement_ends_on


def test_what_was_signed_is_kept_and_the_school_waits_for_it_no_longer(
    session: Session, world: World, ivy: Actor
) -> None:
    done = agreements.record(session, ivy, world.school.uid, SAID)

    shown = agreements.show(session, ivy, world.school.uid)
    assert done
    assert [(one.version, one.name, one.post, one.recorded_by) for one in shown.agreements] == [
        (1, "Petra Vaughan", "Head", "Ivy Hartley")
    ]
    assert waiting(session, world) == (date(2026, 11, 20), date(2028, 11, 20))
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.RECORD_AGREEMENT)).one()
    assert (entry.object_id, entry.reason) == (world.school.uid, "version_1")


def test_the_same_paper_is_recorded_once(session: Session, world: World, ivy: Actor) -> None:
    agreements.record(session, ivy, world.school.uid, SAID)

    again = agreements.record(session, ivy, world.school.uid, SAID)

    assert not again
    assert session.scalar(select(func.count()).select_from(Agreement)) == 1


def test_an_agreement_taken_back_stays_readable_and_the_one_before_counts(
    session: Session, world: World, ivy: Actor
) -> None:
    before = build_governance.agreement(session, world, world.school, signed_on=date(2026, 11, 3))
    agreements.record(session, ivy, world.school.uid, SAID)
    wrong = agreements.show(session, ivy, world.school.uid).agreements[0]

    agreements.take_back(session, ivy, wrong.uid, TakenBackBecause.WRONG_FACTS)

    shown = agreements.show(session, ivy, world.school.uid)
    assert [(one.signed_on, one.because) for one in shown.agreements] == [
        (SAID.signed_on, TakenBackBecause.WRONG_FACTS), (before.signed_on, None),
    ]  # fmt: skip
    assert waiting(session, world) == (before.signed_on, before.ends_on)


def test_the_school_waits_again_once_its_only_agreement_is_taken_back(
    session: Session, world: World, ivy: Actor
) -> None:
    only = build_governance.agreement(session, world, world.school)

    for _ in range(2):
        assert agreements.take_back(session, ivy, only.uid, TakenBackBecause.NOT_SIGNED) == world.school.uid

    assert waiting(session, world) == (None, None)
    acts = session.scalars(select(AuditEvent.act).where(AuditEvent.act == Act.TAKE_BACK_AGREEMENT)).all()
    assert len(acts) == 1


def test_an_agreement_that_ended_is_not_in_the_way_of_the_next(session: Session, world: World, ivy: Actor) -> None:
    build_governance.agreement(session, world, world.school, signed_on=date(2024, 11, 1), ends_on=date(2026, 11, 1))

    agreements.record(session, ivy, world.school.uid, replace(SAID, last_on=date(2027, 8, 31)))

    assert waiting(session, world) == (SAID.signed_on, date(2027, 9, 1))


def test_who_signed_for_the_authority_the_last_time_is_known(session: Session, world: World, ivy: Actor) -> None:
    there = build.organisation(session, build_governance.authority(session, "Southvale Council", None))
    agreements.record(session, ivy, world.school.uid, SAID)
    build_governance.agreement(session, world, there, authority_name="Somebody Else")

    assert agreements.signed_before(session, ivy) == ("Ivy Hartley", "Implementation manager")


def test_a_school_of_another_authority_and_the_council_itself_are_not_there(
    session: Session, world: World, ivy: Actor
) -> None:
    there = build.organisation(session, build_governance.authority(session, "Southvale Council", None))
    signed = build_governance.agreement(session, world, there)

    for uid in (there.uid, world.council.uid):
        with pytest.raises(Refusal) as refused:
            agreements.record(session, ivy, uid, SAID)
        assert refused.value.hidden
    with pytest.raises(Refusal) as refused:
        agreements.take_back(session, ivy, signed.uid, TakenBackBecause.NOT_SIGNED)
    assert refused.value.hidden


def test_a_school_that_has_closed_signs_nothing(session: Session, world: World, ivy: Actor) -> None:
    world.school.valid_to = clock.today()
    steps.held(session, world.school)

    with pytest.raises(Refusal, match="closed"):
        agreements.record(session, ivy, world.school.uid, SAID)

    assert agreements.show(session, ivy, world.school.uid).closed_on == clock.today()
    world.school.valid_to = clock.today() + timedelta(days=1)
    assert agreements.record(session, ivy, world.school.uid, SAID)
