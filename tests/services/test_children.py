"""The one way to a record: a reason first, only the allowed parts, an entry for each."""

from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import children
from cp.services.audit import Refusal
from cp.services.children import ReasonNeeded, give_reason, must_be_open, open_record
from cp.services.records import Record
from cp.terms import Act, BodyKind, OrganisationKind, Reason, RecordState, Role, SensitiveSubject
from tests import build
from tests.build import Person, World
from tests.pages.test_record import whole
from tests.web import actor_of

WORKING = Reason.WORKING_WITH


def search(session: Session, person: Person, *shown: Child, hours_ago: float = 0) -> UUID:
    """A search of this person that showed these children, for a reason of its own."""
    at = clocks.now() - timedelta(hours=hours_ago)
    return build.search(session, person, *shown, at=at, reason=Reason.MAY_NEED_HELP).uid


@pytest.fixture
def sam(session: Session, world: World) -> Actor:
    return actor_of(session, world.sam)


@pytest.fixture
def child(session: Session, world: World) -> Child:
    return whole(session, world)


def test_a_record_is_opened_for_a_reason_only(session: Session, sam: Actor, child: Child) -> None:
    with pytest.raises(ReasonNeeded):
        open_record(session, sam, child.uid)
    assert session.scalars(select(AuditEvent)).all() == []

    give_reason(session, sam, child.uid, WORKING)

    assert open_record(session, sam, child.uid).reason is WORKING


@pytest.mark.parametrize(("hours", "carries"), [(0, True), (7.9, True), (8, False), (100, False)])
def test_the_reason_of_ones_own_search_carries_over_for_a_day_of_work(
    session: Session, world: World, sam: Actor, child: Child, hours: float, carries: bool
) -> None:
    asked = search(session, world.sam, child, hours_ago=hours)

    if carries:
        opened = open_record(session, sam, child.uid, search_uid=asked)
        assert (opened.reason, opened.search_uid) == (Reason.MAY_NEED_HELP, asked)
    else:
        with pytest.raises(ReasonNeeded):
            open_record(session, sam, child.uid, search_uid=asked)


def test_a_search_that_did_not_show_this_child_is_no_reason(
    session: Session, world: World, sam: Actor, child: Child
) -> None:
    for asked in (search(session, world.sam), search(session, world.sam, build.child(session, world))):
        with pytest.raises(ReasonNeeded):
            open_record(session, sam, child.uid, search_uid=asked)


def test_the_entry_says_which_search_led_to_the_record(
    session: Session, world: World, sam: Actor, child: Child
) -> None:
    asked = search(session, world.sam, child)

    open_record(session, sam, child.uid, search_uid=asked)

    assert session.scalars(select(AuditEvent.object_id)).all() == [asked]


def test_where_a_shielded_child_is_looked_after_is_not_told_by_its_authority(session: Session, world: World) -> None:
    """Two shielded children in two authorities: the records differ in their four facts and in nothing else."""
    other = build.add(session, build.opened(name="Eastmere Council", education_code="998", team_phone="+441614960497",
                                         help_phone="+441614960498"))  # fmt: skip
    here = build.child(session, world, shielded=True)
    there = build.child(session, world, shielded=True, authority_id=other.id)
    opened = [open_record(session, actor_of(session, world.sam), child.uid,
                          search_uid=search(session, world.sam, here, there)) for child in (here, there)]  # fmt: skip

    assert opened[0].authority_name == opened[1].authority_name == ""
    own = {"uid", "number", "opened_at", "search_uid"}
    told = [{name: getattr(one, name) for name in Record.__slots__ if name not in own} for one in opened]
    assert told[0] == told[1]


def test_somebody_elses_search_is_no_reason(session: Session, world: World, sam: Actor, child: Child) -> None:
    hers = search(session, world.max, child)

    for asked in (hers, uuid4()):
        with pytest.raises(ReasonNeeded):
            open_record(session, sam, child.uid, search_uid=asked)


def test_a_reason_given_lasts_a_day_of_work(
    session: Session, sam: Actor, child: Child, clock: time_machine.Traveller
) -> None:
    give_reason(session, sam, child.uid, WORKING)
    clock.shift(timedelta(hours=7, minutes=59))
    assert open_record(session, sam, child.uid).reason is WORKING

    clock.shift(timedelta(minutes=1))

    with pytest.raises(ReasonNeeded):
        open_record(session, sam, child.uid)


def test_a_running_involvement_is_a_reason_and_an_ended_one_is_none(
    session: Session, world: World, child: Child
) -> None:
    nia = actor_of(session, world.nia)  # she is on this record
    assert open_record(session, nia, child.uid).reason is WORKING

    other = build.child(session, world)
    assert world.nia.practitioner is not None
    for ended in ({"ended_on": date(2026, 11, 20)}, {"in_error": True}):
        build.involvement(session, other, world.nia.practitioner, **ended)

    with pytest.raises(ReasonNeeded):
        open_record(session, nia, other.uid)


def test_a_reason_for_one_child_is_none_for_another(session: Session, world: World, sam: Actor, child: Child) -> None:
    give_reason(session, sam, child.uid, WORKING)

    with pytest.raises(ReasonNeeded):
        open_record(session, sam, build.child(session, world).uid)


@pytest.mark.parametrize("state", [RecordState.ARCHIVED, RecordState.MERGED, RecordState.SEALED])
def test_a_record_that_is_not_live_is_answered_as_none(
    session: Session, world: World, sam: Actor, state: RecordState
) -> None:
    gone = build.child(session, world, state=state)

    for uid in (gone.uid, uuid4()):
        for act in (Act.OPEN_RECORD, Act.PRINT_RECORD, Act.RECORD_INVOLVEMENT):
            with pytest.raises(Refusal) as refused:
                children.find(session, sam, uid, act)
            assert (refused.value.reason, refused.value.hidden) == ("none", True)


def parts_of(session: Session, actor: Actor, child: Child) -> list[str]:
    """The parts that hold anything, of a child of whom everything is known."""
    give_reason(session, actor, child.uid, WORKING)
    record = open_record(session, actor, child.uid)
    parts = ("people", "universal", "ended", "carers", "names", "addresses", "numbers", "name_source", "may_record")
    return [name for name in parts if getattr(record, name)]


EVERYTHING = ["people", "universal", "ended", "carers", "names", "addresses"]


@pytest.mark.parametrize(
    ("who", "shielded", "parts"),
    [
        ("sam", False, [*EVERYTHING, "numbers", "name_source", "may_record"]),
        ("nia", False, [*EVERYTHING, "name_source", "may_record"]),
        ("max", False, [*EVERYTHING, "numbers", "name_source"]),
        ("sam", True, []),
        ("nia", True, []),
        ("max", True, [*EVERYTHING, "numbers", "name_source"]),
    ],
)
def test_each_gets_the_parts_that_are_theirs(
    session: Session, world: World, who: str, shielded: bool, parts: list[str]
) -> None:
    child = whole(session, world, shielded=shielded)

    assert parts_of(session, actor_of(session, getattr(world, who)), child) == parts


def test_a_sensitive_service_is_never_on_the_record(session: Session, world: World, sam: Actor) -> None:
    child = build.child(session, world)
    clinic = build.organisation(
        session, world.authority, OrganisationKind.HEALTH_SERVICE, name="Young People’s Clinic",
        sensitive_subject=SensitiveSubject.SEXUAL_HEALTH, for_everyone_of_age=True,
    )  # fmt: skip
    build.involvement(session, child, clinic)
    build.involvement(session, child, build.practitioner(session, clinic, "Dr Quiet"))
    give_reason(session, sam, child.uid, WORKING)

    record = open_record(session, sam, child.uid)

    assert (record.people, record.universal, record.ended) == ((), (), ())


def test_another_authoritys_team_sees_no_more_than_four_facts_through_a_shield(session: Session, world: World) -> None:
    other = build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                            help_phone="+441614960101")  # fmt: skip
    build.add(session, other)
    council = build.organisation(session, other, OrganisationKind.COUNCIL_SERVICE, body_kind=BodyKind.AUTHORITY)
    eve = actor_of(session, build.person(session, council, "Eve Far", "eve.far", Role.MANAGEMENT_TEAM))

    assert parts_of(session, eve, whole(session, world, shielded=True)) == []


def test_every_opening_is_an_entry_with_its_parts(session: Session, sam: Actor, child: Child) -> None:
    give_reason(session, sam, child.uid, WORKING)
    assert session.scalars(select(AuditEvent)).all() == []

    for act in (Act.OPEN_RECORD, Act.OPEN_RECORD, Act.PRINT_RECORD):
        open_record(session, sam, child.uid, act=act)

    entries = session.execute(select(AuditEvent.act, AuditEvent.subject_id, AuditEvent.parts).order_by(AuditEvent.id))
    parts = "carers+education_numbers+identity+involvements+location+other_names"
    assert [tuple(entry) for entry in entries] == [
        (act, child.subject_id, parts) for act in (Act.OPEN_RECORD, Act.OPEN_RECORD, Act.PRINT_RECORD)
    ]


def test_what_a_page_gets_cannot_be_changed_and_knows_no_database(session: Session, sam: Actor, child: Child) -> None:
    give_reason(session, sam, child.uid, WORKING)
    record = open_record(session, sam, child.uid)

    with pytest.raises(FrozenInstanceError):
        record.family_name = "Other"  # type: ignore[misc]
    assert not hasattr(record, "__dict__")
    assert "session" not in dir(record)
    assert not hasattr(record, "id")


def test_whoever_acts_on_a_record_has_opened_it(session: Session, sam: Actor, child: Child) -> None:
    with pytest.raises(ReasonNeeded):
        must_be_open(session, sam, child.uid, Act.RECORD_INVOLVEMENT)

    give_reason(session, sam, child.uid, WORKING)

    row, _, reason = must_be_open(session, sam, child.uid, Act.RECORD_INVOLVEMENT)
    assert (row.uid, reason) == (child.uid, WORKING)
