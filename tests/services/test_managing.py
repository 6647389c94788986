"""Whose accounts a manager may touch, what is given and ended, and that somebody always stays who runs them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Approval, RoleGrant, SignedIn
from cp.services import audit
from cp.services.managing import approving, changing, granting, holders, staff
from cp.services.managing.granting import Wish
from cp.services.managing.problems import Problem
from cp.services.stepping_up import StepUpNeeded
from cp.terms import Act, Right, Role
from tests import build
from tests.build import Person, World
from tests.services.managers import acts, far_away, seen, una
from tests.web import actor_of

TODAY = date(2026, 11, 23)


@pytest.mark.asvs("8.4.1")
def test_a_manager_reads_the_accounts_of_their_scope_alone(session: Session, world: World) -> None:
    far = far_away(session)
    school = build.person(session, world.school, "Ann Close", "ann.close", Role.ACCOUNT_MANAGER)

    def names(person: Person) -> list[str]:
        return [one.name for one in staff.everybody(session, actor_of(session, person))]

    assert names(world.una) == ["Amir Patel", "Ann Close", "Ash Bello", "Gil Osei", "Ivy Hartley", "Lou Marsh",
                                "Max Adeyemi", "Nia Pritchard", "Rex Hale", "Sam Okafor", "Una Kowalski"]  # fmt: skip
    assert names(school) == ["Ann Close", "Lou Marsh", "Sam Okafor"]
    assert names(world.ade) == ["Ade Okoro", "Amir Patel", "Ann Close", "Una Kowalski"]
    for actor, account in ((world.una, far), (world.una, world.ade), (school, world.nia), (world.ade, world.sam)):
        with pytest.raises(audit.Refusal) as refused:
            holders.find(session, actor_of(session, actor), account.account.uid, Act.SEE_ONE_ACCOUNT)
        assert (refused.value.reason, refused.value.hidden) == ("none", True)


@pytest.mark.parametrize("act", [Act.CHANGE_ACCOUNT, Act.SUSPEND_ACCOUNT, Act.CLOSE_ACCOUNT, Act.GRANT, Act.PRINT_LINK])
def test_nobody_touches_their_own_account(session: Session, world: World, act: Act) -> None:
    with pytest.raises(audit.Refusal, match="to_oneself"):
        holders.find(session, una(session, world), world.una.account.uid, act)


@pytest.mark.asvs("7.5.3")
def test_a_grave_act_asks_for_a_fresh_code(session: Session, world: World, clock: object) -> None:
    actor = una(session, world)
    clock.shift(timedelta(minutes=5))  # type: ignore[attr-defined]

    holders.find(session, actor, world.sam.account.uid, Act.SUSPEND_ACCOUNT)
    with pytest.raises(StepUpNeeded):
        holders.find(session, actor, world.sam.account.uid, Act.GRANT)


def test_each_condition_is_told_as_the_person_is_told(session: Session, world: World) -> None:
    assert seen(session, world.lou).missing == ("check",)
    assert seen(session, world.sam).state == "open"
    world.nia.account.trained_on = None
    assert (seen(session, world.ash).missing, seen(session, world.nia).missing) == (("principal",), ("training",))


def test_a_role_is_given_at_once_and_says_what_others_see(session: Session, world: World) -> None:
    wish = Wish(Role.PRACTITIONER, "contactpoint", "Officer", "+441614960155")

    assert granting.give(session, una(session, world), world.rex.account, wish) == "granted"

    member = seen(session, world.rex)
    assert ([grant.role for grant in member.grants], member.works_as) == ([Role.REVIEWER, Role.PRACTITIONER], "Officer")
    assert (Act.GRANT, "practitioner") in acts(session)


@pytest.mark.parametrize(
    ("who", "wish", "field", "code"),
    [
        pytest.param("sam", Wish(Role.PRACTITIONER, "head"), "what", "has_it", id="twice"),
        pytest.param("rex", Wish(Role.PRACTITIONER, "head"), "post", "post", id="a post of another body"),
        pytest.param("sam", Wish(Role.REVIEWER), "what", "place", id="a reviewer at a school"),
        pytest.param("nia", Wish(Role.ASSISTANT, "assists_professional", principal_email="nia.nurse@example.test",
                                 ends_on=date(2027, 11, 23)), "principal", "no_principal", id="one's own assistant"),
        pytest.param("nia", Wish(Role.ASSISTANT, "assists_professional",
                                 principal_email="sam.practitioner@example.test",
                                 ends_on=date(2027, 1, 1)), "principal", "no_principal", id="elsewhere"),
        pytest.param("nia", Wish(Role.ASSISTANT, "assists_professional", principal_email="x", ends_on=TODAY), "ends",
                     "ends_within_a_year", id="until today"),
        pytest.param("nia", Wish(Role.ASSISTANT, "assists_professional", principal_email="x",
                                 ends_on=date(2027, 11, 24)), "ends", "ends_within_a_year", id="over a year"),
        pytest.param("rex", Wish(Right.OVERRIDE), "what", "override_needs_practitioner", id="override without a child"),
    ],
)  # fmt: skip
def test_what_cannot_be_given_is_said(
    session: Session, world: World, who: str, wish: Wish, field: str, code: str
) -> None:
    with pytest.raises(Problem) as problem:
        granting.give(session, una(session, world), getattr(world, who).account, wish)

    assert (problem.value.field, problem.value.code) == (field, code)


def test_a_manager_makes_nobody_whom_they_could_not_see(session: Session, world: World) -> None:
    with pytest.raises(audit.Refusal, match="none"):
        granting.give(session, una(session, world), world.max.account, Wish(Role.NATIONAL_ADMINISTRATOR))
    with pytest.raises(audit.Refusal, match="none"):
        granting.give(session, actor_of(session, world.ade), world.una.account, Wish(Role.REVIEWER))


@pytest.mark.parametrize("what", [Role.MANAGEMENT_TEAM, Role.ACCOUNT_MANAGER, Right.OVERRIDE])
@pytest.mark.asvs("2.3.5")
def test_what_takes_two_waits_for_another_manager(session: Session, world: World, what: Role | Right) -> None:
    person = world.sam if what is Right.OVERRIDE else world.rex
    first = una(session, world)

    assert granting.give(session, first, person.account, Wish(what)) == "asked"

    (asked,) = approving.waiting(session, first)
    assert (asked.mine, person.account.uid) == (True, asked.account_uid)
    with pytest.raises(audit.Refusal, match="second_approver"):
        approving.answer(session, first, asked.uid, agreed=True)
    with pytest.raises(Problem, match="has_it"):
        granting.give(session, first, person.account, Wish(what))
    assert not seen(session, person).override
    assert len(seen(session, person).grants) == 1

    answered = approving.answer(session, actor_of(session, world.amir), asked.uid, agreed=True)
    again = approving.answer(session, actor_of(session, world.amir), asked.uid, agreed=False)

    assert (answered.agreed, again.agreed, again.mine, again.by) == (True, True, False, "Amir Patel")
    member = seen(session, person)
    assert member.override or what in [grant.role for grant in member.grants]


def test_a_second_manager_may_decline(session: Session, world: World) -> None:
    granting.give(session, una(session, world), world.rex.account, Wish(Role.MANAGEMENT_TEAM))
    (asked,) = approving.waiting(session, actor_of(session, world.amir))

    approving.answer(session, actor_of(session, world.amir), asked.uid, agreed=False)

    assert [grant.role for grant in seen(session, world.rex).grants] == [Role.REVIEWER]
    assert (Act.APPROVE, "declined_management_team") in acts(session)


@pytest.mark.asvs("2.3.5")
def test_nobody_agrees_for_themselves_or_for_somebody_who_has_gone(session: Session, world: World) -> None:
    asked = build.add(session, Approval(account_id=world.amir.account.id, role=Role.MANAGEMENT_TEAM,
                                        asked_by_id=world.una.account.id, asked_at=clock.now()))  # fmt: skip
    with pytest.raises(audit.Refusal, match="to_oneself"):
        approving.answer(session, actor_of(session, world.amir), asked.uid, agreed=True)

    asked.account_id = world.rex.account.id
    world.una.account.active = False
    session.flush()
    with pytest.raises(Problem, match="asker_left"):
        approving.answer(session, actor_of(session, world.amir), asked.uid, agreed=True)
    assert asked.answered_at is None


def test_a_role_that_cannot_be_held_there_any_longer_is_not_agreed_to(session: Session, world: World) -> None:
    cas = build.person(session, world.council, "Cas Moor", "cas.moor", post="social_worker")
    granting.give(session, una(session, world), cas.account, Wish(Role.MANAGEMENT_TEAM))
    changing.move(session, una(session, world), cas.account, changing.Move(world.school, "head", "Head"))
    second = actor_of(session, world.amir)
    (asked,) = approving.waiting(session, second)

    with pytest.raises(Problem, match="place"):
        approving.answer(session, second, asked.uid, agreed=True)

    assert approving.answer(session, second, asked.uid, agreed=False).mine


def test_an_approval_outside_the_scope_is_not_there(session: Session, world: World) -> None:
    far = far_away(session)
    asked = build.add(session, Approval(account_id=far.account.id, right=Right.OVERRIDE,
                                        asked_by_id=world.amir.account.id, asked_at=clock.now()))  # fmt: skip

    for uid in (asked.uid, uuid4()):
        with pytest.raises(audit.Refusal, match="none"):
            approving.answer(session, una(session, world), uid, agreed=True)
    assert approving.waiting(session, una(session, world)) == []


def test_an_ended_role_is_gone_at_once_and_with_it_every_session(session: Session, world: World) -> None:
    actor_of(session, world.sam)

    granting.end(session, una(session, world), world.sam.account, Role.PRACTITIONER)

    assert session.scalar(select(func.count()).where(
        SignedIn.account_id == world.sam.account.id, SignedIn.ended_at.is_(None))) == 0  # fmt: skip
    assert seen(session, world.sam).missing == ("no_role",)
    assert world.sam.practitioner is not None
    assert world.sam.practitioner.left_on == TODAY
    with pytest.raises(Problem, match="has_it_not"):
        granting.end(session, una(session, world), world.sam.account, Role.PRACTITIONER)


def test_the_end_of_a_practitioner_ends_who_assists_them(session: Session, world: World) -> None:
    granting.end(session, una(session, world), world.nia.account, Role.PRACTITIONER)

    assert seen(session, world.ash).grants == ()


def test_a_grant_of_a_closed_or_future_time_is_not_in_force(session: Session, world: World) -> None:
    build.add(session, RoleGrant(account_id=world.rex.account.id, role=Role.SUPPLIER, starts_on=date(2027, 1, 1)))

    member = seen(session, world.rex)
    assert ([one.role for one in member.actors], len(member.grants)) == ([Role.REVIEWER], 2)
