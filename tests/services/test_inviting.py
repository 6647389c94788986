"""Somebody gets an account: invited by a manager, or after they asked."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Account, JoinRequest, Practitioner, RoleGrant
from cp.services import audit
from cp.services.managing import asking, inviting
from cp.services.managing.granting import Wish
from cp.services.managing.inviting import Newcomer
from cp.services.managing.problems import Problem
from cp.terms import Act, Role
from tests import build
from tests.build import World
from tests.services.managers import acts, far_away, seen, una
from tests.web import actor_of

HEAD = Wish(Role.PRACTITIONER, "head", "Head", "+441614960155")


def newcomer(world: World, wish: Wish = HEAD, **given: object) -> Newcomer:
    facts = {"name": "Ola Grant", "email": "Ola.Grant@example.test", "organisation": world.school,
             "check_issued_on": date(2026, 9, 1)} | given  # fmt: skip
    return Newcomer(wish=wish, **facts)  # type: ignore[arg-type]


def joiner(session: Session, world: World) -> JoinRequest:
    return build.add(  # type: ignore[no-any-return]
        session, JoinRequest(name="Ola Grant", email="ola.grant@example.test", organisation_id=world.school.id,
                             post="head", asked_at=clock.now())
    )  # fmt: skip


@pytest.mark.asvs("6.4.6")
def test_an_invited_person_has_a_role_and_nothing_to_get_in_by(session: Session, world: World) -> None:
    account, given = inviting.invite(session, una(session, world), newcomer(world))

    assert (account.email, account.password_hash, account.opened_on, given) == (
        "ola.grant@example.test", None, None, "granted")  # fmt: skip
    member = seen(session, build.Person(account, None, ""))
    assert (member.state, member.works_as, member.post) == ("invited", "Head", "head")
    assert member.missing == ("agreement", "training", "practice")
    assert [act for act, _ in acts(session)][-2:] == [Act.INVITE, Act.GRANT]


def test_the_same_email_gets_a_sentence_and_nothing_half_done(session: Session, world: World) -> None:
    before = {model: session.scalar(select(func.count()).select_from(model)) for model in (Account, Practitioner)}

    with pytest.raises(Problem, match="taken"):
        inviting.invite(session, una(session, world), newcomer(world, email="SAM.practitioner@example.test"))
    with pytest.raises(Problem, match="post"):
        inviting.invite(session, una(session, world), newcomer(world, Wish(Role.PRACTITIONER, "social_worker", "x")))
    with pytest.raises(Problem, match="in_future"):
        inviting.invite(session, una(session, world), newcomer(world, check_issued_on=date(2026, 11, 24)))

    after = {model: session.scalar(select(func.count()).select_from(model)) for model in (Account, Practitioner)}
    assert after == before
    assert (Act.INVITE, "practitioner") not in acts(session)


def test_the_management_team_is_invited_by_two(session: Session, world: World) -> None:
    new = newcomer(world, Wish(Role.MANAGEMENT_TEAM), organisation=world.council)

    account, given = inviting.invite(session, una(session, world), new)

    assert given == "asked"
    assert session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id)).all() == []


def test_an_assistant_is_invited_for_somebody(session: Session, world: World) -> None:
    wish = Wish(Role.ASSISTANT, "assists_professional", principal_email="Nia.Nurse@example.test",
                ends_on=date(2027, 11, 23))  # fmt: skip

    account, _ = inviting.invite(session, una(session, world), newcomer(world, wish, organisation=world.health))

    (grant,) = session.scalars(select(RoleGrant).where(RoleGrant.account_id == account.id))
    assert (grant.principal_id, grant.ends_on) == (world.nia.account.id, date(2027, 11, 23))


def test_nobody_is_invited_outside_the_scope(session: Session, world: World) -> None:
    far = far_away(session)
    there = session.get_one(type(world.school), far.account.organisation_id)
    national = actor_of(session, world.ade)

    with pytest.raises(audit.Refusal, match="none"):
        inviting.invite(session, una(session, world), newcomer(world, organisation=there))
    with pytest.raises(audit.Refusal, match="none"):
        inviting.invite(session, national, newcomer(world))
    assert inviting.organisation(session, una(session, world), there.uid) is None
    assert [place.name for place in inviting.organisations(session, national)] == [
        "Eastvale Council", "Northvale Council"]  # fmt: skip
    assert inviting.roles_at(national, there) == [Role.ACCOUNT_MANAGER, Role.NATIONAL_ADMINISTRATOR]
    assert Role.NATIONAL_ADMINISTRATOR not in inviting.roles_at(una(session, world), world.council)


def test_a_manager_at_a_school_invites_there_alone(session: Session, world: World) -> None:
    ann = actor_of(session, build.person(session, world.school, "Ann Close", "ann.close", Role.ACCOUNT_MANAGER))

    assert [place.name for place in inviting.organisations(session, ann)] == ["Hollin Bank Primary School"]
    assert Role.MANAGEMENT_TEAM not in inviting.roles_at(ann, world.school)
    assert inviting.roles_at(ann, world.council) == []


def test_who_asked_to_join_is_invited_once(session: Session, world: World) -> None:
    asked = joiner(session, world)
    assert [one.name for one in asking.waiting(session, una(session, world))] == ["Ola Grant"]

    inviting.invite(session, una(session, world), newcomer(world, request=asked.uid))

    assert asking.waiting(session, una(session, world)) == []
    assert asking.answer(session, actor_of(session, world.amir), asked.uid, invited=False) is False
    session.refresh(asked)
    assert (asked.invited, asked.answered_by_id) == (True, world.una.account.id)


def test_a_request_outside_the_scope_is_not_there(session: Session, world: World) -> None:
    asked = joiner(session, world)
    elsewhere = build.person(session, world.practice, "Ben Far", "ben.far", Role.ACCOUNT_MANAGER)

    assert asking.waiting(session, actor_of(session, elsewhere)) == []
    for uid in (asked.uid, uuid4()):
        with pytest.raises(audit.Refusal, match="none"):
            asking.answer(session, actor_of(session, elsewhere), uid, invited=False)
    assert inviting.request_of(session, actor_of(session, elsewhere), asked.uid) is None
