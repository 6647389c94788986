"""A young person's consent to stay past 18 holds until the age they chose, and not a day after they take it back."""

from datetime import date
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import StayConsent, new_uid
from cp.models.child import Child
from cp.services import audit
from cp.services.retention import archiving, staying
from cp.services.retention.staying import Consent, Problem
from cp.terms import Act, RecordState, StayGround
from tests import build_retention
from tests.build import World
from tests.build_retention import entries
from tests.web import actor_of

SOON = date(2008, 11, 24)
"""Born on it, somebody is 18 tomorrow."""
TO_21 = Consent(StayGround.CARE_LEAVER, date(2026, 11, 20), 21)


def state(session: Session) -> tuple[RecordState, date | None]:
    found = session.execute(select(Child.state, Child.archive_on)).one()
    return found[0], found[1]


def test_who_consents_is_not_archived_at_18_but_at_the_age_they_chose(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    child = build_retention.plain(session, world, born_on=SOON)
    staying.record(session, actor_of(session, world.max), child.uid, TO_21)
    session.commit()

    found = []
    for day in ("2026-11-24", "2029-11-23", "2029-11-24"):
        clock.move_to(f"{day}T12:00Z")
        archiving.archive(session, clocks.today(), 10)
        found.append(state(session)[0])

    assert found == [RecordState.LIVE, RecordState.LIVE, RecordState.ARCHIVED]


def test_who_takes_it_back_after_18_is_archived_at_once_and_before_at_18(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    child = build_retention.plain(session, world, born_on=SOON)
    uid = child.uid
    staying.record(session, actor_of(session, world.max), uid, TO_21)
    staying.withdraw(session, actor_of(session, world.max), uid, believed=True)
    assert state(session) == (RecordState.LIVE, date(2026, 11, 24))

    staying.record(session, actor_of(session, world.max), uid, TO_21)
    session.commit()
    clock.move_to("2026-11-24T12:00Z")
    staying.withdraw(session, actor_of(session, world.max), uid, believed=True)

    assert state(session) == (RecordState.ARCHIVED, date(2026, 11, 24))
    with pytest.raises(audit.Refusal):
        staying.withdraw(session, actor_of(session, world.max), uid, believed=True)


@pytest.mark.parametrize(
    ("consent", "code"),
    [
        (Consent(StayGround.CARE_LEAVER, None, 21), "given_on"),
        (Consent(StayGround.CARE_LEAVER, date(2026, 11, 24), 21), "given_on"),
        (Consent(StayGround.CARE_LEAVER, date(2008, 11, 23), 21), "given_on"),
        (Consent(StayGround.CARE_LEAVER, date(2026, 11, 23), 18), "to_age"),
        (Consent(StayGround.CARE_LEAVER, date(2026, 11, 23), 26), "to_age"),
    ],
)
def test_it_was_given_on_a_day_that_can_be_and_to_an_age_that_may_be(
    session: Session, world: World, consent: Consent, code: str
) -> None:
    child = build_retention.plain(session, world, born_on=SOON)

    with pytest.raises(Problem, match=code):
        staying.record(session, actor_of(session, world.max), child.uid, consent)

    assert session.scalars(select(StayConsent)).all() == []


def test_one_is_in_force_at_a_time(session: Session, world: World) -> None:
    child = build_retention.plain(session, world, born_on=SOON)
    staying.record(session, actor_of(session, world.max), child.uid, TO_21)

    with pytest.raises(Problem, match="given_already"):
        staying.record(session, actor_of(session, world.max), child.uid, TO_21)


@pytest.mark.parametrize("who", ["sam", "una", "rex"])
def test_nobody_but_the_management_team_records_it(session: Session, world: World, who: str) -> None:
    child = build_retention.plain(session, world, born_on=SOON)

    with pytest.raises(audit.Refusal):
        staying.record(session, actor_of(session, getattr(world, who)), child.uid, TO_21)


def test_where_there_is_no_record_or_no_consent_nothing_is_taken_back(session: Session, world: World) -> None:
    child = build_retention.plain(session, world, born_on=SOON)
    actor = actor_of(session, world.max)

    said = []
    for uid in (child.uid, new_uid()):
        with pytest.raises(audit.Refusal) as refused:
            staying.withdraw(session, actor, uid, believed=True)
        said.append((refused.value.hidden, refused.value.reason))

    assert said == [(True, "none"), (True, "none")]


def test_the_ground_is_sealed_and_in_no_entry(session: Session, world: World) -> None:
    child = build_retention.plain(session, world, born_on=SOON)
    uid: UUID = staying.record(session, actor_of(session, world.max), child.uid, TO_21)
    staying.withdraw(session, actor_of(session, world.max), child.uid, believed=True)

    said = entries(session, Act.RECORD_STAY, Act.WITHDRAW_STAY)
    assert [(one.act, one.object_id, one.reason) for one in said] == [
        (Act.RECORD_STAY, uid, None), (Act.WITHDRAW_STAY, uid, None),
    ]  # fmt: skip
    kept = session.scalars(select(StayConsent)).one()
    assert (kept.ground, b"care" in kept.ground_sealed) == (StayGround.CARE_LEAVER, False)
