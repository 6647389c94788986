"""What the archive gives out of a record: as a live one does to the team, as it stood when it was archived."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Opening
from cp.models.child import Child
from cp.services import audit, children
from cp.services.archive import asking, finding, reading
from cp.services.archive.finding import Wanted
from cp.services.archive.reading import Archived
from cp.services.records import Record
from cp.services.retention import archiving, due
from cp.terms import Act, ArchiveReason, Part, Reason
from tests import build, build_identities, build_retention, build_sensitive
from tests.build import Person, World
from tests.pages.test_record import whole
from tests.web import actor_of

GROWN = date(2008, 11, 24)
FACTS = ("name", "number", "born_on", "gender", "died_on", "authority_name", "carers", "names", "addresses", "numbers",
         "name_source", "born_source")  # fmt: skip


def archive(session: Session, child: Child) -> None:
    due.keep(session, [child.id])
    assert child.archive_on is not None
    archiving.close(session, [child.id], child.archive_on)


def read(session: Session, child: Child, person: Person, second: Person | None = None, **given: Any) -> Archived:
    one = build_retention.reading(session, child, person, second, **given)
    return reading.read(session, actor_of(session, person), one.uid, Act.READ_ARCHIVED)


def live(session: Session, child: Child, person: Person) -> Record:
    opened = {"reason": Reason.CORRECTING_RECORDS, "at": datetime(2026, 11, 23, 10, tzinfo=UTC)}
    build.add(session, Opening(account_id=person.account.id, child_id=child.id, **opened))
    return children.open_record(session, actor_of(session, person), child.uid)


@pytest.mark.parametrize("shielded", [False, True])
def test_it_shows_what_the_team_is_shown_of_a_live_record_and_no_more(
    session: Session, world: World, clock: time_machine.Traveller, shielded: bool
) -> None:
    child = whole(session, world, born_on=GROWN, shielded=shielded)
    clinic = build_sensitive.Clinic.make(session, world).kit
    build_sensitive.entry(session, clinic, child)
    before = live(session, child, world.max)
    assert before.sensitive
    clock.move_to(datetime(2026, 11, 24, 10, tzinfo=UTC))
    archive(session, child)

    found = read(session, child, world.max)

    assert {name: getattr(found.record, name) for name in FACTS} == {name: getattr(before, name) for name in FACTS}
    assert (found.record.sensitive, found.record.own_service, found.record.people) == ((), (), ())
    everybody = {one.uid for one in (*before.people, *before.universal)}
    assert everybody <= {one.uid for one in found.record.ended}
    assert {name for name in Record.__slots__ if name.startswith("may_") and getattr(found.record, name)} == set()
    assert found.shielded is shielded
    assert (found.because, found.one.archived_on, found.destroy_on) == (
        ArchiveReason.GROWN_UP, date(2026, 11, 24), date(2032, 11, 24),
    )  # fmt: skip


def test_who_worked_with_the_child_is_still_read_years_later(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    child, may = build.child(session, world, born_on=date(2003, 11, 24)), build_identities.may(session, world)
    grace = build.practitioner(session, world.council)
    build.involvement(session, child, grace, started_on=date(2019, 1, 7))
    build.involvement(session, child, world.school, started_on=date(2015, 9, 1), ended_on=date(2021, 7, 20))
    build.involvement(session, child, world.practice, started_on=date(2004, 1, 5), ended_on=date(2020, 11, 24))
    archive(session, child)

    found = read(session, child, world.max, may, agreed=True)

    ended = [(one.name, one.ended_on) for one in found.record.ended]
    assert ended == [("Grace Oyelaran", date(2021, 11, 24)), (world.school.name, date(2021, 7, 20))]


@pytest.mark.parametrize("act", [Act.OPEN_RECORD, Act.PRINT_RECORD, Act.PREPARE_SHIELD, Act.PREPARE_DISCLOSURE])
def test_an_archived_record_that_opens_there_opens_nowhere_else(session: Session, world: World, act: Act) -> None:
    child = build_retention.archived(session, build.child(session, world), date(2026, 5, 1))
    read(session, child, world.max)

    with pytest.raises(audit.Refusal) as refused:
        children.find(session, actor_of(session, world.max), child.uid, act)

    assert refused.value.hidden


def test_nothing_is_shown_whose_entry_could_not_be_written(
    session: Session, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = build_retention.archived(session, build.child(session, world), date(2026, 5, 1))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("full")

    monkeypatch.setattr("cp.services.archive.reading.audit.record", broken)
    with pytest.raises(RuntimeError, match="full"):
        read(session, child, world.max)


def test_the_parts_of_a_look_are_in_the_audit(session: Session, world: World) -> None:
    child = build_retention.archived(session, whole(session, world), date(2026, 5, 1))

    read(session, child, world.max)

    query = select(AuditEvent).where(AuditEvent.act == Act.READ_ARCHIVED)
    said = session.scalars(query).one()
    everything = set(Part) - {Part.OWN_SENSITIVE}
    assert {Part(one) for one in (said.parts or "").split("+")} == everything
    assert said.subject_id == child.subject_id


def test_finding_by_name_reads_one_day_of_births_and_no_more(session: Session, engine: Engine, world: World) -> None:
    """However many records there are: by an index, and a fixed number at most."""
    build_retention.archived(session, build.child(session, world), date(2026, 5, 1))
    sent: list[str] = []

    def note(_connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    wanted = Wanted(None, "Amira", "Siddiqui", date(2016, 3, 14), None)

    assert finding.find(session, actor_of(session, world.max), wanted).count == 1

    [query] = [one for one in sent if "child.born_on = " in one.split("WHERE")[-1]]
    assert "LIMIT" in query


def test_more_than_ten_of_one_name_are_not_listed(session: Session, world: World) -> None:
    for _ in range(finding.MOST + 1):
        build_retention.archived(session, build.child(session, world), date(2026, 5, 1))
    wanted = Wanted(None, "Amira", "Siddiqui", date(2016, 3, 14), None)

    found = finding.find(session, actor_of(session, world.max), wanted)

    assert (found.count, found.uid) == (finding.MOST + 1, None)
    assert asking.listed(session, actor_of(session, world.max)) == []
