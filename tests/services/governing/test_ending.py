"""What has ended or ends soon, older texts, partners: of one authority, in order."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from cp import clock
from cp.rules.access import Actor
from cp.services.implementation import ending
from cp.terms import Ending
from tests import build, build_governance
from tests.build import World
from tests.web import actor_of


@pytest.fixture
def ivy(session: Session, world: World) -> Actor:
    return actor_of(session, world.ivy)


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def test_what_ended_longest_ago_comes_first_and_what_lasts_is_left_out(
    session: Session, world: World, ivy: Actor
) -> None:
    build_governance.agreement(session, world, world.school, ends_on=in_days(60))
    build_governance.agreement(session, world, world.health, ends_on=in_days(61))
    world.health.accreditation_ends_on, world.practice.accreditation_ends_on = in_days(0), in_days(1)
    session.flush()

    found = ending.listed(session, ivy, 1)

    assert [(one.name, one.what, one.ends_on, one.how) for one in found.rows] == [
        ("Vale Community Health", "accreditation", in_days(0), Ending.ENDED),
        ("Vale Road Surgery", "accreditation", in_days(1), Ending.SOON),
        ("Hollin Bank Primary School", "agreement", in_days(60), Ending.SOON),
    ]
    assert (found.total, found.ended, found.last) == (3, 1, 1)


def test_the_council_itself_what_has_closed_and_another_authority_are_left_out(
    session: Session, world: World, ivy: Actor
) -> None:
    there = build_governance.authority(session, "Southvale Council", None)
    build.organisation(session, there, accreditation_ends_on=in_days(3))
    world.council.accreditation_ends_on = in_days(3)
    world.school.accreditation_ends_on, world.school.valid_to = in_days(3), in_days(0)
    session.flush()

    assert ending.listed(session, ivy, 1).rows == ()


def test_the_spreadsheet_has_all_of_them_and_computes_nothing(session: Session, world: World, ivy: Actor) -> None:
    world.school.name, world.school.accreditation_ends_on = "=1+1", in_days(-2)
    session.flush()

    assert ending.table(session, ivy).splitlines() == [
        "organisation,what,state,first day without", "'=1+1,accreditation,ended,2026-11-21",
    ]  # fmt: skip


def test_partners_have_an_agreement_in_date_that_was_not_taken_back(session: Session, world: World, ivy: Actor) -> None:
    build_governance.agreement(session, world, world.school)
    build_governance.agreement(session, world, world.school, version=0, signed_on=date(2026, 1, 5))
    build_governance.agreement(session, world, world.practice, ends_on=in_days(0))

    found = ending.partners(session, ivy)

    assert [(one.name, one.agreement.version) for one in found] == [("Hollin Bank Primary School", 1)]


def test_who_signed_an_older_text_is_listed_until_they_sign_the_newest(
    session: Session, world: World, ivy: Actor
) -> None:
    build_governance.agreement(session, world, world.school, version=0, signed_on=date(2026, 1, 5))
    build_governance.agreement(session, world, world.practice, version=0, signed_on=date(2026, 1, 5))
    build_governance.agreement(session, world, world.practice)

    assert [one.name for one in ending.older(session, ivy)] == ["Hollin Bank Primary School"]


def test_a_list_takes_as_many_statements_however_long_it_is(session: Session, world: World, ivy: Actor) -> None:
    def statements() -> int:
        asked: list[str] = []
        bind = session.get_bind()
        event.listen(bind, "before_cursor_execute", note := lambda *given: asked.append(given[2]))
        ending.listed(session, ivy, 1)
        ending.partners(session, ivy)
        event.remove(bind, "before_cursor_execute", note)
        return len(asked)

    build_governance.agreement(session, world, world.school, ends_on=in_days(9))
    few = statements()
    for number in range(12):
        one = build.organisation(session, world.authority, name=f"School {number}", accreditation_ends_on=in_days(5))
        build_governance.agreement(session, world, one, ends_on=in_days(9))

    assert statements() == few
