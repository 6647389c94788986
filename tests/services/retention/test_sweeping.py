"""What the dry run says is what is done, day by day; and a hold that comes while others are destroyed is kept."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import time_machine
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp import engines_bulk, sealing
from cp.models import AuditEvent, LegalHold, StayConsent, new_uid
from cp.models.child import Child
from cp.rules import number, retention
from cp.rules.days import london_day
from cp.services.demo.rows import CHILD, LOCATION
from cp.services.demo.rows import table as of
from cp.services.retention import due, going, lodged, pacing, sweeping
from cp.services.retention.believing import Believed
from cp.services.retention.going import Going
from cp.terms import Act, AddressState, ArchiveReason, DestroyReason, Gender, LeaveKind, RecordState
from tests import build, build_retention
from tests.build import World
from tests.scale import SEED, scaled

HOW_MANY, MANY = scaled(10_000, 1_000_000), 5_000
TODAY = date(2026, 11, 23)
NIGHTS = 31
Facts = dict[str, Any]


def sweep(session: Session) -> None:
    while sweeping.step(session, Believed(clocks.now()))[0]:
        session.commit()
        session.expunge_all()
    session.commit()


def near(chance: random.Random, day: date) -> date:
    """About one in twenty within the month."""
    return day + timedelta(days=chance.randint(-2, 600))


def record(chance: random.Random, serial: int) -> Facts:
    """Of any kind: a birth, a death, a leaving, a consent, an archive, a hold, each near its end or not there."""
    state = chance.choices((RecordState.LIVE, RecordState.ARCHIVED, RecordState.SEALED), (8, 4, 1))[0]
    shut = state is RecordState.ARCHIVED or (state is RecordState.SEALED and chance.random() < 0.5)
    stays_to = chance.choice((18, 18, 19, 21, 25))
    born = near(chance, date(2026 - stays_to, 11, 23))
    if not shut and chance.random() < 0.3:
        born = date(2026 - chance.randint(5, 12), 2, 28) + timedelta(days=chance.randint(0, 2))
    return {
        "number": number.make(f"{serial:09d}"), "born_on": born, "state": state,
        "died_on": near(chance, date(2025, 11, 23)) if chance.random() < 0.2 else None,
        "archived_on": near(chance, date(chance.choice((2019, 2020)), 11, 23)) if shut else None,
        "left_on": near(chance, chance.choice((date(2025, 11, 23), date(2023, 11, 23)))) if chance.random() < 0.2
        else None,
        "leave": chance.choice(list(LeaveKind)),
        "stays_to": stays_to,
        "held": near(chance, TODAY) if chance.random() < 0.3 else None,
    }  # fmt: skip


def put(session: Session, world: World, facts: list[Facts]) -> None:
    """As rows, by the thousand; the days are worked out by the service."""
    connection = session.connection()
    first, team = engines_bulk.next_ids(connection, [CHILD])[CHILD], world.max.account.id
    by_id = list(enumerate(facts, first))
    rows = [
        {"id": at, "uid": new_uid(), "subject_id": new_uid(), "authority_id": world.authority.id,
         "given_names": "Amira", "family_name": "Siddiqui", "gender": Gender.FEMALE, "version": 1}
        | {name: one[name] for name in ("number", "born_on", "state", "died_on", "archived_on")}
        for at, one in by_id
    ]  # fmt: skip
    left = [{"uid": new_uid(), "child_id": at, "state": AddressState.LEFT_AREA, "from_on": one["left_on"],
             "leave_kind": one["leave"]} for at, one in by_id if one["left_on"]]  # fmt: skip
    stays = [_sealed(StayConsent, "ground", "care_leaver") | {"child_id": at, "given_on": TODAY, "recorded_by_id": team,
             "to_age": one["stays_to"]} for at, one in by_id if one["stays_to"] > 18]  # fmt: skip
    holds = [_sealed(LegalHold, "reason", "court") | {"child_id": at, "first_id": team, "ends_on": one["held"],
             "second_id": world.rex.account.id, "asked_at": clocks.now(), "agreed_at": clocks.now()}
             for at, one in by_id if one["held"]]  # fmt: skip
    for table, some in ((CHILD, rows), (of(StayConsent), stays), (of(LegalHold), holds)):
        engines_bulk.bulk_insert(connection, table, some)
    connection.execute(insert(LOCATION), left)
    due.keep(session, [at for at, _ in by_id])


def _sealed(model: Any, name: str, value: str) -> Facts:
    uid = new_uid()
    return {"uid": uid, f"{name}_sealed": sealing.ring().seal(value, model.__tablename__, name, uid)}


def expected(one: Facts) -> Iterator[Going]:
    """Looked at anew on each day, with nothing but the rules."""
    ends = one["born_on"], one["died_on"], one["left_on"], one["leave"], one["stays_to"]
    archived = retention.archive_on(*ends)
    for night in range(NIGHTS):
        day = TODAY + timedelta(days=night)
        if one["archived_on"] is None and archived <= day < date(2026, 12, 23):
            return (yield Going(day, one["number"], "archive", retention.archive_because(*ends)))
        if one["archived_on"] and retention.destroy_on(one["archived_on"], one["held"]) <= day < date(2026, 12, 23):
            because = retention.destroy_because(one["archived_on"], one["held"])
            return (yield Going(day, one["number"], "destruction", because))
    return None


def done(session: Session, subjects: dict[UUID, str]) -> set[tuple[date, str, str]]:
    """By the audit."""
    query = select(AuditEvent.at, AuditEvent.act, AuditEvent.subject_id)
    acts = AuditEvent.act.in_((Act.ARCHIVE, Act.DESTROY)), AuditEvent.subject_id.is_not(None)
    said = {Act.ARCHIVE: "archive", Act.DESTROY: "destruction"}
    return {
        (london_day(at), subjects[subject], said[act])
        for at, act, subject in session.execute(query.where(*acts))
        if subject
    }


def test_the_dry_run_is_what_is_done(
    session: Session,
    world: World,
    clock: time_machine.Traveller,
    record_property: Callable[[str, object], None],
) -> None:
    chance = random.Random(SEED)
    facts = [record(chance, serial) for serial in range(1, HOW_MANY + 1)]
    waiting = iter(facts)
    while some := list(islice(waiting, MANY)):
        put(session, world, some)
        session.commit()
        session.expunge_all()
    subjects = dict(session.execute(select(Child.subject_id, Child.number)).all())

    plan = going.plan(session, TODAY)
    before = [one.on for one in plan]
    for _ in range(NIGHTS - 1):
        sweep(session)
        clock.shift(timedelta(days=1))

    assert before == sorted(before)
    assert set(plan) == {goes for one in facts for goes in expected(one)}
    assert {(one.on, one.number, one.to) for one in plan} == done(session, subjects)
    assert len(plan) == len(set(plan))
    kinds = {(one.to, one.because) for one in plan}
    assert kinds == {("archive", reason) for reason in ArchiveReason} | {("destruction", why) for why in DestroyReason}
    record_property("records", HOW_MANY)
    record_property("seed", SEED)
    record_property("go", len(plan))


def test_a_hold_that_is_placed_between_two_batches_wins(session: Session, world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(pacing, "MOST", 1)
    first, second = (
        build_retention.archived(session, build.child(session, world, given_names=name), date(2020, 11, 23))
        for name in ("Ann", "Beth")
    )
    number_of_second = second.number

    assert sweeping.step(session, Believed(clocks.now())) == ("destroyed", 1)
    build_retention.hold(session, world, session.get_one(Child, second.id), date(2027, 1, 1))
    sweep(session)

    assert session.scalars(select(Child.number)).all() == [number_of_second]
    assert [one.because for one in going.plan(session, date(2026, 12, 15))] == [DestroyReason.HOLD_OVER]
    assert first is not second


def test_a_day_that_was_not_kept_right_does_not_destroy(session: Session, world: World) -> None:
    child = build_retention.archived(session, build.child(session, world), date(2025, 11, 23))
    child.destroy_on = TODAY

    assert [sweeping.step(session, Believed(clocks.now())) for _ in range(2)] == [("destroyed", 1), (None, 0)]

    assert session.scalars(select(Child.destroy_on)).all() == [date(2031, 11, 23)]


def test_the_day_begins_at_midnight_in_london(session: Session, world: World) -> None:
    build.child(session, world, born_on=date(2008, 7, 31))

    before = sweeping.step(session, Believed(datetime(2026, 7, 30, 22, 59, 59, tzinfo=UTC)))
    worked_out = sweeping.step(session, Believed(datetime(2026, 7, 30, 22, 59, 59, tzinfo=UTC)))
    after = sweeping.step(session, Believed(datetime(2026, 7, 30, 23, tzinfo=UTC)))

    assert (before, worked_out, after) == (("worked_out", 1), (None, 0), ("archived", 1))
    assert session.scalars(select(Child.archived_on)).all() == [date(2026, 7, 31)]


def test_a_whole_life_comes_to_its_end(
    session: Session, world: World, clock: time_machine.Traveller, tmp_path: Any
) -> None:
    child = build_retention.full(session, world, born_on=date(2016, 3, 14))
    uid, days = child.uid, []
    session.commit()

    for day in ("2034-03-13", "2034-03-14", "2040-03-13", "2040-03-14"):
        clock.move_to(datetime.fromisoformat(f"{day}T12:00Z"))
        sweep(session)
        days.append(session.scalars(select(Child.state).where(Child.uid == uid)).one_or_none())
    lodged.lodge(session, tmp_path)

    assert days == [RecordState.LIVE, RecordState.ARCHIVED, RecordState.ARCHIVED, None]
    assert uid in lodged.destroyed(tmp_path)
