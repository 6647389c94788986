"""The management team and requests for contact: what it sees, and each step of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy.orm import Session

from cp.services import audit, blinding
from cp.services.contact import answering, asking, team
from cp.services.contact.asking import Wish
from cp.services.sensitive.reading import ServiceShown
from cp.terms import Act, ContactAbout, ContactReason, ContactState, Reach
from tests import build
from tests.build import World
from tests.build_contact import (
    CLOSED,
    PASSED,
    TAKEN,
    asked,
    clinic,
    elsewhere,
    entry,
    on_list,
    recorded,
    second_manager,
    state_of,
    to_service,
    written,
)
from tests.web import actor_of

SERVICES, FAMILY = ContactAbout
WISH = Wish(SERVICES, ContactReason.PLANNING, Reach.PHONE)


@pytest.fixture
def shown(session: Session, world: World, monkeypatch: pytest.MonkeyPatch) -> ServiceShown:
    """The clinic has recorded every child there is."""
    made = entry(clinic(session, world), session)
    recorded(monkeypatch, made)
    return made


def test_the_team_sees_the_oldest_first_with_its_age(
    session: Session, world: World, clock: time_machine.Traveller
) -> None:
    child, other = on_list(session, world), on_list(session, world, given_names="Zofia")
    asked(session, world.sam, child, *CLOSED, owner=world.max)
    first = asked(session, world.sam, child, *TAKEN, owner=world.max)
    clock.shift(timedelta(days=3))
    second = asked(session, world.nia, other)
    clock.shift(timedelta(days=4))

    rows, total = team.waiting(session, actor_of(session, world.max))

    assert [(one.uid, one.name, one.asker.name, one.age, one.late, one.owner, one.mine) for one in rows] == [
        (first.uid, "Amira Siddiqui", "Sam Okafor", 5, True, "Max Adeyemi", True),
        (second.uid, "Zofia Siddiqui", "Nia Pritchard", 2, False, None, False),
    ]
    assert total == 2
    assert written(session, Act.SEE_CONTACTS) == [
        (Act.SEE_CONTACTS, blinding.subject(one.subject_id), None, None) for one in (child, other)
    ]


def test_another_authority_has_nothing_of_it(session: Session, world: World) -> None:
    child = on_list(session, world, authority_id=elsewhere(session).id)
    request = asked(session, world.sam, child)
    max_ = actor_of(session, world.max)

    assert team.waiting(session, max_) == ([], 0)
    for uid in (request.uid, uuid4()):
        with pytest.raises(audit.Refusal, match="none"):
            team.one(session, max_, uid)
        with pytest.raises(audit.Refusal, match="none"):
            team.step(session, max_, uid, "take")


def test_opening_one_is_written_down_with_the_child(session: Session, world: World) -> None:
    child = on_list(session, world)
    request = asked(session, world.sam, child)

    found = team.one(session, actor_of(session, world.max), request.uid)

    assert (found.asked.asker.phone, found.asked.asker.email) == ("+441614960142", "sam.practitioner@example.test")
    assert written(session, Act.SEE_CONTACTS) == [(Act.SEE_CONTACTS, child.subject_id, request.uid, None)]


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach.PHONE, ("+441614960142", None)),
        (Reach.EMAIL, (None, "sam.practitioner@example.test")),
        (Reach.EITHER, ("+441614960142", "sam.practitioner@example.test")),
    ],
)
def test_nobody_learns_how_to_reach_a_person_but_as_they_offered(
    session: Session, world: World, reach: Reach, expected: tuple[str | None, str | None]
) -> None:
    request = asked(session, world.sam, on_list(session, world), reach=reach)

    asker = team.one(session, actor_of(session, world.max), request.uid).asked.asker

    assert (asker.phone, asker.email) == expected


def test_an_assistant_is_reached_as_whom_they_assist(session: Session, world: World) -> None:
    request = asked(session, world.ash, on_list(session, world))

    asker = team.one(session, actor_of(session, world.max), request.uid).asked.asker

    assert (asker.name, asker.helps, asker.role, asker.email) == (
        "Ash Bello", "Nia Pritchard", "School nurse", "nia.nurse@example.test",
    )  # fmt: skip


def test_only_the_service_itself_says_that_it_agrees(session: Session, world: World, shown: ServiceShown) -> None:
    request = asked(session, world.sam, on_list(session, world), *PASSED, to=to_service(shown), owner=world.max)
    max_ = actor_of(session, world.max)

    with pytest.raises(team.NotOffered):
        team.step(session, max_, request.uid, "agree")
    assert state_of(session, request) is ContactState.PASSED

    assert team.step(session, max_, request.uid, "decline")
    assert state_of(session, request) is ContactState.DECLINED


@pytest.mark.parametrize(("what", "reply"), [("agree", "they_will_call"), ("decline", "waiting")])
def test_the_team_writes_down_what_a_family_said(session: Session, world: World, what: str, reply: str) -> None:
    request = asked(session, world.sam, on_list(session, world, shielded=True), about=FAMILY)
    max_ = actor_of(session, world.max)

    for step in ("take", "family", what):
        assert team.step(session, max_, request.uid, step)

    assert asking.own(session, actor_of(session, world.sam))[0].reply == reply


def test_behind_a_shield_the_people_of_the_record_may_be_asked(session: Session, world: World) -> None:
    assert world.nia.practitioner is not None
    child = on_list(session, world, shielded=True)
    build.involvement(session, child, world.nia.practitioner)
    request = asked(session, world.sam, child, *TAKEN, owner=world.max)
    max_, nia = actor_of(session, world.max), actor_of(session, world.nia)

    assert [one.name for one in team.one(session, max_, request.uid).whom] == ["Nia Pritchard"]
    assert team.step(session, max_, request.uid, f"practitioner-{world.nia.practitioner.uid}")

    (passed,) = answering.waiting(session, nia)
    assert (passed.name, passed.shielded, passed.asker.name) == ("Amira Siddiqui", True, "Sam Okafor")


def test_on_an_open_record_nobody_of_it_needs_a_broker(session: Session, world: World) -> None:
    assert world.nia.practitioner is not None
    child = on_list(session, world)
    build.involvement(session, child, world.nia.practitioner)
    request = asked(session, world.sam, child, *TAKEN, owner=world.max)
    max_ = actor_of(session, world.max)

    assert team.one(session, max_, request.uid).whom == ()
    for what in (f"practitioner-{world.nia.practitioner.uid}", "family", f"service-{uuid4()}", "", "pass_on"):
        with pytest.raises(team.NotOffered):
            team.step(session, max_, request.uid, what)


def test_a_shield_set_after_asking_lets_the_team_ask_the_people_of_the_record(session: Session, world: World) -> None:
    assert world.nia.practitioner is not None
    child = on_list(session, world)
    build.involvement(session, child, world.nia.practitioner)
    request = asked(session, world.sam, child, *TAKEN, owner=world.max)
    child.shielded_at = request.asked_at
    session.flush()

    found = team.one(session, actor_of(session, world.max), request.uid)

    assert (found.asked.shielded, [one.name for one in found.whom]) == (True, ["Nia Pritchard"])
    assert asking.own(session, actor_of(session, world.sam))[0].name == "Amira Siddiqui"


def test_of_two_of_the_team_the_first_counts(session: Session, world: World) -> None:
    request = asked(session, world.sam, on_list(session, world))
    max_, may = actor_of(session, world.max), actor_of(session, second_manager(session, world))

    assert team.step(session, max_, request.uid, "take")
    assert not team.step(session, may, request.uid, "take")
    assert not team.step(session, max_, request.uid, "take")

    assert request.owner_id == world.max.account.id
    assert len(written(session, Act.STEP_CONTACT)) == 1
    assert team.step(session, may, request.uid, "close"), "the owner may be away"
    assert request.owner_id == world.max.account.id
