"""A record whose day came between the backup and its restore is in the archive when the site answers again."""

from datetime import date, timedelta
from uuid import UUID

import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import lodging
from cp.models import AuditEvent, Certificate
from cp.models.child import Child
from cp.rules import number
from cp.services.retention import lodged, staying
from cp.services.retention.staying import Consent
from cp.terms import Act, RecordState, StayGround
from tests import build_retention
from tests.build import World
from tests.services.backing_up.conftest import Place
from tests.web import Browser, actor_of

GROWN = date(2008, 11, 25)
"""18 two days after the backup."""


def stands(session: Session, uid: UUID) -> tuple[RecordState, date | None]:
    session.rollback()
    state, on = session.execute(select(Child.state, Child.archived_on).where(Child.uid == uid)).one()
    return state, on


def backed_up(place: Place, world: World) -> tuple[UUID, UUID, str]:
    """One who is 18 soon, one who is not, and the file of the backup."""
    made = [build_retention.plain(place.session, world, given_names=name, born_on=born) for name, born in (
        ("Ann", GROWN), ("Dora", date(2016, 3, 14)),
    )]  # fmt: skip
    uids = [one.uid for one in made]
    return uids[0], uids[1], str(place.back_up())


def test_a_record_archived_since_is_archived_before_anybody_is_answered(
    place: Place, world: World, browser: Browser, clock: time_machine.Traveller
) -> None:
    ann, dora, file = backed_up(place, world)
    clock.shift(timedelta(days=3))
    place.done("retention", "run")
    assert stands(place.session, ann) == (RecordState.ARCHIVED, clocks.today())

    printed = place.done("restore", "--replace", file)

    assert "1 records whose day has come are in the archive." in printed.splitlines()
    assert stands(place.session, ann) == (RecordState.ARCHIVED, clocks.today())
    assert stands(place.session, dora) == (RecordState.LIVE, None)
    assert place.session.scalars(select(AuditEvent.act).where(AuditEvent.act == Act.ARCHIVE)).all() == [Act.ARCHIVE]
    assert place.done("find", "check") == "Every record has exactly its keys.\n"
    place.start()
    browser.become(place.session, world.sam)
    assert [browser.get(f"/children/{uid}").status for uid in (ann, dora)] == [404, 200]


def test_whoever_agreed_to_stay_since_is_not_archived_before_that_can_be_said_again(
    place: Place, world: World, clock: time_machine.Traveller
) -> None:
    ann, _, file = backed_up(place, world)
    consent = Consent(StayGround.CARE_LEAVER, clocks.today(), 21)
    staying.record(place.session, actor_of(place.session, world.max), ann, consent)
    place.session.commit()
    clock.shift(timedelta(days=3))
    place.done("retention", "run")

    printed = place.done("restore", "--replace", file)

    shown = number.shown(place.session.scalars(select(Child.number).where(Child.uid == ann)).one())
    said = "Consent to stay was recorded since, and goes again onto these records before tonight’s sweep"
    assert f"{said}: {shown}" in printed.splitlines()
    assert stands(place.session, ann) == (RecordState.LIVE, None)


def test_a_month_old_backup_is_believed_where_the_worker_was_at_work_yesterday(
    place: Place, world: World, clock: time_machine.Traveller
) -> None:
    ann, _, file = backed_up(place, world)
    for _ in range(4):
        clock.shift(timedelta(days=8))
        place.done("work", "--once")

    place.done("restore", "--replace", file)

    assert stands(place.session, ann)[0] is RecordState.ARCHIVED
    assert place.done("work", "--once") == ""


def test_where_no_day_near_is_known_the_restore_waits_for_somebody_to_say_it(
    place: Place, world: World, clock: time_machine.Traveller
) -> None:
    ann, _, file = backed_up(place, world)
    clock.shift(timedelta(days=30))

    said = place.refused("restore", "--replace", file)
    still = place.refused("work", "--once")
    other = place.refused("restore", "--finish", "--today", "2026-12-24")

    assert said.endswith("If it is right, run: flask --app app restore --finish --today 2026-12-23")
    assert still.startswith("A restore is not finished")
    assert "The clock of this machine says 23 December 2026, not 24 December 2026." in other
    assert lodging.facts(place.config.lodge, lodging.RESTORING) is not None

    printed = place.done("restore", "--finish", "--today", "2026-12-23")

    assert "1 records whose day has come are in the archive." in printed.splitlines()
    assert stands(place.session, ann) == (RecordState.ARCHIVED, date(2026, 12, 23))
    assert place.done("work", "--once") == ""


def test_a_restore_on_a_wrong_day_archives_and_destroys_nobody(
    place: Place, world: World, clock: time_machine.Traveller
) -> None:
    _, dora, file = backed_up(place, world)
    clock.shift(timedelta(days=9000))

    place.refused("restore", "--replace", file)
    clock.shift(timedelta(days=-8999))
    place.done("restore", "--finish")

    assert stands(place.session, dora) == (RecordState.LIVE, None)
    assert place.session.scalars(select(Certificate)).all() == []
    assert lodged.destroyed(place.config.lodge / lodged.FOLDER) == []
