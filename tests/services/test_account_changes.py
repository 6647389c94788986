"""An account suspended, opened again, closed, moved; printed links; and that somebody always stays who runs them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.models import Approval, Link, Organisation, RightGrant
from cp.services import links
from cp.services.managing import approving, changing, granting, linking
from cp.services.managing.granting import Wish
from cp.services.managing.problems import Problem
from cp.terms import Act, LinkKind, Right, Role, SuspendedBecause
from tests import build
from tests.build import Person, World
from tests.services.managers import acts, far_away, seen, una
from tests.web import actor_of

TODAY = date(2026, 11, 23)


def works(session: Session, person: Person) -> bool:
    """Whether somebody is let in by the token of a session begun now."""
    try:
        return actor_of(session, person).active
    except AssertionError:
        return False


@pytest.mark.parametrize("how", ["suspend", "close", "end", "move"])
def test_the_last_account_manager_stays(session: Session, world: World, how: str) -> None:
    actor = actor_of(session, world.ade)
    elsewhere = session.get_one(Organisation, far_away(session).account.organisation_id)
    changing.suspend(session, actor, world.amir.account, SuspendedBecause.LONG_LEAVE)

    def let_go() -> None:
        account = world.una.account
        if how == "suspend":
            changing.suspend(session, actor, account, SuspendedBecause.LONG_LEAVE)
        elif how == "close":
            changing.close(session, actor, account, TODAY + timedelta(days=9))
        elif how == "end":
            granting.end(session, actor, account, Role.ACCOUNT_MANAGER)
        else:
            changing.move(session, actor, account, changing.Move(elsewhere, None, None))

    with pytest.raises(Problem, match="last_account_manager"):
        let_go()
    session.refresh(world.una.account)
    assert (world.una.account.active, len(seen(session, world.una).grants)) == (True, 1)

    changing.restore(session, actor, world.amir.account)
    let_go()


def test_a_manager_who_leaves_next_week_keeps_nobody(session: Session, world: World) -> None:
    changing.close(session, una(session, world), world.amir.account, TODAY + timedelta(days=7))

    with pytest.raises(Problem, match="last_account_manager"):
        changing.close(session, actor_of(session, world.amir), world.una.account, TODAY)


def test_a_suspension_ends_sessions_and_is_lifted(session: Session, world: World) -> None:
    actor_of(session, world.sam)

    changing.suspend(session, una(session, world), world.sam.account, SuspendedBecause.UNUSUAL_USE)

    assert not works(session, world.sam)
    assert (seen(session, world.sam).state, (Act.SUSPEND_ACCOUNT, "unusual_use") in acts(session)) == (
        "suspended",
        True,
    )
    changing.restore(session, una(session, world), world.sam.account)
    assert (seen(session, world.sam).state, works(session, world.sam)) == ("open", True)


def test_an_account_unused_for_90_days_is_opened_again(session: Session, world: World) -> None:
    world.sam.account.last_used_on = date(2026, 8, 25)
    assert seen(session, world.sam).missing == ("unused",)

    changing.restore(session, una(session, world), world.sam.account)

    assert seen(session, world.sam).missing == ()


def test_a_leaver_keeps_their_last_day(session: Session, world: World, clock: object) -> None:
    changing.close(session, una(session, world), world.sam.account, TODAY + timedelta(days=7))

    assert (world.sam.account.closed_at, works(session, world.sam)) == (None, True)
    assert world.sam.practitioner is not None
    assert world.sam.practitioner.left_on == TODAY + timedelta(days=8)
    clock.shift(timedelta(days=7))  # type: ignore[attr-defined]
    assert seen(session, world.sam).state == "open"
    clock.shift(timedelta(days=1))  # type: ignore[attr-defined]
    assert seen(session, world.sam).missing == ("no_role",)


def test_a_closed_account_begins_anew(session: Session, world: World) -> None:
    granting.give(session, una(session, world), world.sam.account, Wish(Right.OVERRIDE))
    approving.answer(session, actor_of(session, world.amir), session.scalars(select(Approval.uid)).one(), agreed=True)

    changing.close(session, una(session, world), world.sam.account, TODAY)

    account = world.sam.account
    assert (account.active, account.password_hash, seen(session, world.sam).state) == (False, None, "closed")
    assert not seen(session, world.sam).override
    assert session.scalars(select(RightGrant.ends_on)).all() == [TODAY]
    with pytest.raises(Problem, match="closed"):
        granting.give(session, una(session, world), account, Wish(Role.SUPPLIER))

    changing.restore(session, una(session, world), account)
    assert (seen(session, world.sam).state, linking.kinds(account)) == ("invited", (LinkKind.JOIN,))
    with pytest.raises(Problem, match="no_role"):
        linking.make(session, una(session, world), account, LinkKind.JOIN)
    granting.give(session, una(session, world), account, Wish(Role.PRACTITIONER, "head", "Head"))
    assert linking.make(session, una(session, world), account, LinkKind.JOIN)
    assert world.sam.practitioner is not None
    assert world.sam.practitioner.left_on is None


def test_a_manager_who_has_not_joined_keeps_nobody(session: Session, world: World) -> None:
    world.amir.account.opened_on = None

    with pytest.raises(Problem, match="last_account_manager"):
        changing.close(session, actor_of(session, world.ade), world.una.account, TODAY)


def test_a_check_is_recorded_but_no_older_and_no_later_one(session: Session, world: World) -> None:
    changing.check(session, una(session, world), world.lou.account, TODAY)
    assert seen(session, world.lou).missing == ()

    for day, code in ((TODAY + timedelta(days=1), "in_future"), (TODAY - timedelta(days=1), "older")):
        with pytest.raises(Problem, match=code):
            changing.check(session, una(session, world), world.lou.account, day)


def test_who_moves_leaves_their_involvements_where_they_were(session: Session, world: World) -> None:
    before = world.sam.practitioner
    assert before is not None
    build.involvement(session, build.child(session, world), before)
    assert changing.to_hand_over(session, world.sam.account) == 1
    to = changing.Move(world.health, "registered_professional", "School nurse")

    changing.move(session, una(session, world), world.sam.account, to)

    member = seen(session, world.sam)
    assert (member.organisation_name, member.post, member.works_as) == (
        "Vale Community Health", "registered_professional", "School nurse")  # fmt: skip
    assert (before.left_on, world.sam.account.practitioner_id != before.id) == (TODAY, True)
    assert changing.to_hand_over(session, world.sam.account) == 0


@pytest.mark.parametrize(
    ("who", "to", "post", "code"),
    [
        pytest.param("sam", "school", "head", "same_place", id="nowhere"),
        pytest.param("sam", "health", "head", "post", id="in a post of another body"),
        pytest.param("max", "school", "head", "place", id="the team to a school"),
        pytest.param("ash", "practice", "assists_professional", "assistant_moves", id="an assistant"),
    ],
)
def test_a_move_that_cannot_be_is_said(session: Session, world: World, who: str, to: str, post: str, code: str) -> None:
    with pytest.raises(Problem, match=code):
        changing.move(session, una(session, world), getattr(world, who).account,
                      changing.Move(getattr(world, to), post, None))  # fmt: skip


@pytest.mark.parametrize("who", ["max", "zoe"])
def test_a_link_for_whoever_sees_or_decides_more_takes_two(
    session: Session, world: World, clock: object, who: str
) -> None:
    zoe = build.person(session, world.council, "Zoe Third", "zoe.third", Role.ACCOUNT_MANAGER)
    first, second = una(session, world), actor_of(session, world.amir)
    account = {"max": world.max, "zoe": zoe}[who].account

    assert linking.make(session, first, account, LinkKind.PASSWORD) is None
    assert linking.make(session, first, account, LinkKind.PASSWORD) is None
    (asked,) = approving.waiting(session, second)
    approving.answer(session, second, asked.uid, agreed=True)
    clock.shift(timedelta(minutes=1))  # type: ignore[attr-defined]
    assert linking.make(session, first, account, LinkKind.FACTOR) is None
    assert linking.make(session, first, account, LinkKind.PASSWORD)
    assert linking.make(session, first, account, LinkKind.PASSWORD) is None
    assert session.scalar(select(func.count()).select_from(Link)) == 1


@pytest.mark.parametrize("kind", [LinkKind.PASSWORD, LinkKind.FACTOR])
def test_a_link_that_one_printed_is_of_no_use_once_two_agreed(session: Session, world: World, kind: LinkKind) -> None:
    token = linking.make(session, una(session, world), world.sam.account, kind)
    assert token
    granting.give(session, una(session, world), world.sam.account, Wish(Right.OVERRIDE))
    assert links.find(session, token)
    second = actor_of(session, world.amir)
    (asked,) = approving.waiting(session, second)

    approving.answer(session, second, asked.uid, agreed=True)

    assert links.find(session, token) is None


def test_a_link_for_somebody_else_takes_one(session: Session, world: World) -> None:
    assert linking.make(session, una(session, world), world.sam.account, LinkKind.PASSWORD)
    with pytest.raises(Problem, match="no_use"):
        linking.make(session, una(session, world), world.sam.account, LinkKind.JOIN)
    changing.suspend(session, una(session, world), world.sam.account, SuspendedBecause.LONG_LEAVE)
    with pytest.raises(Problem, match="no_use"):
        linking.make(session, una(session, world), world.sam.account, LinkKind.PASSWORD)
