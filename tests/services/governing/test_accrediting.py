"""An organisation answers, is accredited or asked again; who belongs to it is refused at once where it is withdrawn."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AccreditationDecision, AuditEvent, Onboarding
from cp.rules.access import Actor, refusals_of
from cp.services.audit import Refusal
from cp.services.implementation import accrediting, councils
from cp.terms import AccreditationQuestion, Accrediting, Act, Role, WithdrawnBecause
from tests import build, build_governance
from tests.build import World
from tests.build_governance import EVERYTHING, NO_PROCEDURE
from tests.web import actor_of

YEAR_ON = date(2027, 11, 23)


@pytest.fixture
def ivy(session: Session, world: World) -> Actor:
    return actor_of(session, world.ivy)


def answered_on(session: Session, world: World) -> date | None:
    query = select(Onboarding).where(Onboarding.organisation_id == world.school.id)
    return session.scalars(query).one().accreditation_answered_on


def answer(session: Session, ivy: Actor, world: World, missing: bool = False) -> accrediting.Answered:
    by_on = date(2027, 1, 31) if missing else None
    accrediting.answer(session, ivy, world.school.uid, NO_PROCEDURE if missing else EVERYTHING, by_on)
    answered = accrediting.show(session, ivy, world.school.uid).answered
    assert answered is not None
    return answered


def test_answers_are_kept_with_their_version_and_what_is_missing(session: Session, world: World, ivy: Actor) -> None:
    answered = answer(session, ivy, world, missing=True)

    shown = accrediting.show(session, ivy, world.school.uid)
    assert (answered.version, answered.answers, answered.by_on) == (1, NO_PROCEDURE, date(2027, 1, 31))
    assert (answered.missing, answered.recorded_by) == ([AccreditationQuestion.MISUSE], "Ivy Hartley")
    assert (shown.waits, shown.may_answer, shown.may_decide, shown.own) == (True, True, True, False)
    assert answered_on(session, world) == clock.today()


def test_an_organisation_with_everything_is_accredited_until_a_day(session: Session, world: World, ivy: Actor) -> None:
    answered = answer(session, ivy, world)

    done = accrediting.settle(session, ivy, world.school.uid, answered.uid, 1)

    shown = accrediting.show(session, ivy, world.school.uid)
    assert (done, shown.accredited, shown.ends_on, shown.waits) == (True, True, YEAR_ON, False)
    assert [(one.decision, one.ends_on, one.by) for one in shown.decisions] == [
        (Accrediting.ACCREDITED, YEAR_ON, "Ivy Hartley")
    ]
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.ACCREDIT)).one()
    assert (entry.object_id, entry.reason) == (world.school.uid, "until_2027-11-23")


def test_with_something_missing_it_is_asked_again_and_never_accredited(
    session: Session, world: World, ivy: Actor
) -> None:
    world.school.accreditation_ends_on = None
    answered = answer(session, ivy, world, missing=True)

    assert not accrediting.settle(session, ivy, world.school.uid, answered.uid, 1)
    assert accrediting.settle(session, ivy, world.school.uid, answered.uid, None)

    shown = accrediting.show(session, ivy, world.school.uid)
    assert [one.decision for one in shown.decisions] == [Accrediting.MISSING]
    assert (shown.accredited, answered_on(session, world)) == (False, None)


def test_answers_that_changed_or_were_decided_on_are_decided_on_no_more(
    session: Session, world: World, ivy: Actor
) -> None:
    first = answer(session, ivy, world)
    second = answer(session, ivy, world)

    done = [accrediting.settle(session, ivy, world.school.uid, uid, 1) for uid in (first.uid, second.uid, second.uid)]

    assert done == [False, True, False]
    assert not accrediting.settle(session, ivy, world.school.uid, None, 1)


def test_withdrawing_refuses_everybody_of_the_organisation_from_then_on(
    session: Session, world: World, ivy: Actor
) -> None:
    assert refusals_of(actor_of(session, world.sam), clock.today()) == []

    done = accrediting.withdraw(session, ivy, world.school.uid, WithdrawnBecause.MISUSE)
    session.flush()

    assert done
    assert refusals_of(actor_of(session, world.sam), clock.today()) == ["accreditation"]
    assert refusals_of(actor_of(session, world.nia), clock.today()) == []
    assert answered_on(session, world) is None
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.WITHDRAW_ACCREDITATION)).one()
    assert (entry.object_id, entry.reason) == (world.school.uid, "misuse")


def test_what_is_withdrawn_already_changes_nothing(session: Session, world: World, ivy: Actor) -> None:
    accrediting.withdraw(session, ivy, world.school.uid, WithdrawnBecause.MISUSE)

    assert not accrediting.withdraw(session, ivy, world.school.uid, WithdrawnBecause.ASKED)
    assert [one.because for one in session.scalars(select(AccreditationDecision))] == [WithdrawnBecause.MISUSE]


def test_the_management_team_sees_it_and_withdraws_and_does_not_decide(session: Session, world: World) -> None:
    team = actor_of(session, world.max)

    shown = accrediting.show(session, team, world.school.uid)

    assert (shown.may_answer, shown.may_decide) == (False, False)
    assert accrediting.withdraw(session, team, world.school.uid, WithdrawnBecause.MISUSE)
    with pytest.raises(Refusal, match="role"):
        accrediting.settle(session, team, world.school.uid, uuid4(), 1)


def test_a_manager_does_not_accredit_where_they_belong(session: Session, world: World) -> None:
    hugo = build.person(session, world.school, "Hugo Bright", "hugo.bright", Role.IMPLEMENTATION_MANAGER)
    manager = actor_of(session, hugo)
    answered = answer(session, manager, world)

    with pytest.raises(Refusal, match="own_organisation"):
        accrediting.settle(session, manager, world.school.uid, answered.uid, 1)

    assert accrediting.show(session, manager, world.school.uid).own


def test_another_authoritys_school_is_not_there(session: Session, world: World, ivy: Actor) -> None:
    there = build.organisation(session, build_governance.authority(session, "Southvale Council", None))

    with pytest.raises(Refusal) as refused:
        accrediting.withdraw(session, ivy, there.uid, WithdrawnBecause.MISUSE)

    assert refused.value.hidden


def test_a_national_administrator_renews_other_authorities_and_not_their_own(session: Session, world: World) -> None:
    ade = actor_of(session, world.ade)
    there = build_governance.authority(session, "Southvale Council", None)
    council = build.organisation(session, there, name="Southvale Council", body_kind=world.council.body_kind,
                                 accreditation_ends_on=None)  # fmt: skip

    councils.accredit(session, ade, council.uid, 3)

    rows = councils.listed(session, ade, 1).rows
    assert [(one.name, one.ends_on, one.own) for one in rows] == [
        ("Northvale Council", date(2027, 9, 1), True), ("Southvale Council", date(2029, 11, 23), False),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="own_organisation"):
        councils.accredit(session, ade, world.council.uid, 1)
    with pytest.raises(Refusal) as refused:
        councils.accredit(session, ade, world.school.uid, 1)
    assert refused.value.hidden


def test_an_authority_without_accreditation_lets_nobody_in(session: Session, world: World) -> None:
    ade = actor_of(session, world.ade)

    done = [councils.withdraw(session, ade, world.council.uid, WithdrawnBecause.MISUSE) for _ in range(2)]
    session.flush()

    assert done == [True, False]
    assert refusals_of(actor_of(session, world.max), clock.today()) == ["accreditation"]
