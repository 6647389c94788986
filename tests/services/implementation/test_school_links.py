"""The link of a school: only its hash is kept, one works at a time, and it says what it is good for."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Authority, Organisation, SchoolLink
from cp.services import audit
from cp.services.implementation import school_links, steps
from cp.services.implementation.school_links import Working
from cp.services.sessions import hashed
from cp.terms import Act, Means, OrganisationKind, Role
from tests import build
from tests.build import World
from tests.build_school_form import held, link, say_all
from tests.web import actor_of

LAST, ENDS = date(2026, 12, 14), datetime(2026, 12, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def stopped(clock: time_machine.Traveller) -> None:
    """23 November 2026."""


def test_only_the_hash_of_a_token_is_kept_and_who_made_it(session: Session, world: World) -> None:
    token = link(session, world)

    (kept,) = session.scalars(select(SchoolLink)).all()
    assert kept.token_hash == hashed(token)
    assert len(token) >= 43  # 256 bits
    assert token not in {str(value) for value in vars(kept).values()}
    assert (kept.made_by_id, kept.ends_at, kept.finished_at) == (world.ivy.account.id, ENDS, None)
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.MAKE_SCHOOL_LINK)).one()
    assert (entry.account_id, entry.object_id) == (world.ivy.account.uid, world.school.uid)


def test_a_link_made_at_the_server_names_nobody(session: Session, world: World) -> None:
    school_links.make(session, None, world.school)

    assert session.scalars(select(SchoolLink)).one().made_by_id is None
    assert session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)).all() == [Act.SET_UP]


def test_a_new_link_ends_the_earlier_one_of_that_school_alone(session: Session, world: World) -> None:
    other = build.organisation(session, world.authority, name="Weirside Academy")
    first, elsewhere = link(session, world), link(session, world, other)

    second = link(session, world)

    assert [held(session, token).state for token in (first, second, elsewhere)] == ["ended", "open", "open"]
    assert held(session, first).last_on == clocks.today()


def test_a_link_is_of_one_organisation_and_names_whom_to_call(session: Session, world: World) -> None:
    found = held(session, link(session, world))

    assert (found.organisation.name, found.authority.name) == ("Hollin Bank Primary School", "Northvale Council")
    assert (found.call.name, found.call.phone, found.call.is_manager) == ("Ivy Hartley", "+441614960110", True)
    assert found.last_on == LAST


def test_another_manager_is_named_once_the_one_who_made_it_has_gone_and_then_the_council(
    session: Session, world: World
) -> None:
    token = link(session, world)
    other = build.person(session, world.council, "Ola Reyes", "ola.implementer", Role.IMPLEMENTATION_MANAGER)

    assert held(session, token).call.name == "Ivy Hartley"
    world.ivy.account.active = False
    assert held(session, token).call.name == "Ola Reyes"
    other.account.active = False
    assert (held(session, token).call.name, held(session, token).call.phone) == ("Northvale Council", "+441614960100")


def test_a_token_that_never_was_is_good_for_nothing(session: Session, world: World) -> None:
    link(session, world)

    assert school_links.find(session, "x" * 43) is None


def test_a_link_ends_with_its_last_day(session: Session, world: World, clock: time_machine.Traveller) -> None:
    token = link(session, world)

    clock.move_to(ENDS - timedelta(seconds=1))
    assert held(session, token).state == "open"
    clock.move_to(ENDS)
    assert (held(session, token).state, held(session, token).last_on) == ("ended", LAST)


def test_a_school_that_closed_answers_nothing(session: Session, world: World) -> None:
    token = link(session, world)
    world.school.valid_to = clocks.today()

    assert held(session, token).state == "closed"


def test_once_all_is_answered_and_the_means_agreed_nothing_is_changed_by_a_later_link_either(
    session: Session, world: World
) -> None:
    token = link(session, world)
    steps.keep(session, world.school, means=Means.SPREADSHEET, means_agreed_on=clocks.today())

    assert held(session, token).state == "open"
    say_all(session, token)
    assert held(session, token).state == "agreed"
    assert held(session, link(session, world)).state == "agreed"


def test_a_manager_sees_the_link_that_works_and_another_authoritys_not_at_all(session: Session, world: World) -> None:
    actor = actor_of(session, world.ivy)
    link(session, world)
    there = build.add(session, Authority(name="Southvale Council", education_code="998",
                                               team_phone="+441614960150", help_phone="+441614960151"))  # fmt: skip
    theirs = build.organisation(session, there, OrganisationKind.INDEPENDENT_SCHOOL, name="Southvale Prep")

    found = school_links.shown(session, actor, world.school.uid)

    assert (found.organisation, found.closed) == (session.get_one(Organisation, world.school.id), False)
    assert found.working == Working(clocks.now(), "Ivy Hartley", LAST)
    assert school_links.shown(session, actor, world.practice.uid).working is None
    with pytest.raises(audit.Refusal):
        school_links.shown(session, actor, theirs.uid)
