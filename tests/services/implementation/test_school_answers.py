"""What a school answers by its link: kept at once, the newest stands, the last one finishes it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Authority, Onboarding, SchoolAnswer, SchoolLink
from cp.rules.means import Proposal
from cp.services import audit
from cp.services.implementation import answers, steps
from cp.services.implementation.answers import Answers, Contact
from cp.terms import (
    AccessNeed,
    Act,
    Frequency,
    Means,
    MeansWhy,
    OrganisationKind,
    PartOfDay,
    PupilSystem,
    SchoolDay,
    SchoolQuestion,
    TrainingHad,
)
from tests import build
from tests.build import World
from tests.build_school_form import VALUES, link, say, say_all
from tests.web import actor_of


@pytest.fixture(autouse=True)
def stopped(clock: time_machine.Traveller) -> None:
    """23 November 2026."""


@pytest.fixture
def token(session: Session, world: World) -> str:
    return link(session, world)


def entries(session: Session) -> list[str | None]:
    query = select(AuditEvent).where(AuditEvent.act == Act.ANSWER_AS_SCHOOL).order_by(AuditEvent.id)
    found = session.scalars(query).all()
    assert {entry.account_id for entry in found} <= {None}
    return [entry.reason for entry in found]


def test_nothing_is_known_of_a_school_that_has_not_answered(session: Session, world: World) -> None:
    found = answers.of(session, world.school)

    assert found == Answers({})
    assert (found.complete, found.following) == (False, SchoolQuestion.CONTACT)
    assert answers.proposal(found, world.school) is None


def test_each_answer_is_read_as_it_was_given(session: Session, world: World, token: str) -> None:
    say_all(session, token)

    assert answers.of(session, world.school) == Answers(
        saved=dict.fromkeys(SchoolQuestion, clocks.now()),
        contact=Contact("Bea Lindholm", "Bursar", "+442079460123", "bursar@ashgrove.example.test"),
        system=PupilSystem.ISAMS, wish=None, pupils=1210, staff=VALUES[SchoolQuestion.STAFF]["staff"], others=4,
        training=(TrainingHad.SAFEGUARDING, TrainingHad.DATA_PROTECTION),
        days=(SchoolDay.TUESDAY, SchoolDay.THURSDAY), times=(PartOfDay.AFTER_SCHOOL,), needs=(AccessNeed.STEP_FREE,),
    )  # fmt: skip
    proposal = answers.proposal(answers.of(session, world.school), world.school)
    assert proposal == Proposal(Means.TRANSFER_FILE, Frequency.TERMLY, MeansWhy.EXPORTS)


def test_the_newest_answer_stands_alone(session: Session, world: World, token: str) -> None:
    say(session, token, SchoolQuestion.SYSTEM)

    say(session, token, SchoolQuestion.SYSTEM, {"system": "sims"})

    assert answers.of(session, world.school).system is PupilSystem.SIMS
    assert len(session.scalars(select(SchoolAnswer)).all()) == 1
    assert entries(session) == ["system", "system"]


def test_the_same_answer_again_changes_nothing(
    session: Session, world: World, token: str, clock: time_machine.Traveller
) -> None:
    first = say(session, token, SchoolQuestion.SYSTEM)
    clock.shift(timedelta(minutes=1))

    again = say(session, token, SchoolQuestion.SYSTEM)

    assert again == first
    assert entries(session) == ["system"]


@pytest.mark.parametrize("last", SchoolQuestion)
def test_the_last_answer_finishes_it_whichever_it_is(
    session: Session, world: World, token: str, last: SchoolQuestion
) -> None:
    say_all(session, token, but=last)
    row = steps.held(session, world.school)
    assert (row.answered_on, world.school.pupils, entries(session)[-1:] == ["finished"]) == (None, None, False)

    say(session, token, last)

    assert (row.answered_on, world.school.pupils) == (clocks.today(), 1210)
    assert entries(session)[-2:] == [last.value, "finished"]
    assert session.scalars(select(SchoolLink.finished_at)).one() == clocks.now()


def test_a_changed_answer_leaves_the_day_on_which_it_first_answered(
    session: Session, world: World, token: str, clock: time_machine.Traveller
) -> None:
    say_all(session, token)
    before = clocks.today()
    clock.shift(timedelta(days=2))

    say(session, token, SchoolQuestion.STAFF, VALUES[SchoolQuestion.STAFF] | {"pupils": 180})

    row = session.scalars(select(Onboarding)).one()
    assert (row.answered_on, world.school.pupils) == (before, 180)
    assert entries(session).count("finished") == 1


def test_a_later_link_goes_on_where_the_earlier_one_stopped(session: Session, world: World, token: str) -> None:
    say_all(session, token, but=SchoolQuestion.SESSION)
    later = link(session, world)

    found = say(session, later, SchoolQuestion.SESSION)

    assert found.complete
    assert entries(session).count("finished") == 1


def test_a_manager_reads_what_a_school_of_their_own_authority_answered(
    session: Session, world: World, token: str
) -> None:
    say(session, token, SchoolQuestion.SYSTEM)
    there = build.add(session, Authority(name="Southvale Council", education_code="998",
                                               team_phone="+441614960150", help_phone="+441614960151"))  # fmt: skip
    theirs = build.organisation(session, there, OrganisationKind.INDEPENDENT_SCHOOL, name="Southvale Prep")
    actor = actor_of(session, world.ivy)

    organisation, found = answers.show(session, actor, world.school.uid)

    assert (organisation.id, found.system) == (world.school.id, PupilSystem.ISAMS)
    seen = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SEE_SCHOOL_ANSWERS)).one()
    assert (seen.account_id, seen.object_id) == (world.ivy.account.uid, world.school.uid)
    with pytest.raises(audit.Refusal):
        answers.show(session, actor, theirs.uid)
