"""A practitioner asks to be put in touch: kept once, by what they read, and gone with the record."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import ContactRequest
from cp.services import audit
from cp.services.children import ReasonNeeded
from cp.services.contact import answering, asking, facts, team
from cp.services.contact.asking import Wish
from cp.services.contact.facts import Passed
from cp.terms import Act, ContactAbout, ContactReason, ContactState, Reach, RecordState
from tests import build
from tests.build import World
from tests.build_contact import (
    CLOSED,
    DECLINED,
    PASSED,
    TAKEN,
    asked,
    on_list,
    state_of,
    written,
)
from tests.web import actor_of

SERVICES, FAMILY = ContactAbout
WISH = Wish(SERVICES, ContactReason.PLANNING, Reach.PHONE)


def test_asking_is_kept_with_its_entry_and_waits(session: Session, world: World) -> None:
    child = on_list(session, world)
    sam = actor_of(session, world.sam)

    assert asking.ask(session, sam, child.uid, WISH)

    request = session.scalars(select(ContactRequest)).one()
    assert (request.child_id, request.account_id, request.about, request.reason, request.reach, request.owner_id) == (
        child.id, world.sam.account.id, SERVICES, ContactReason.PLANNING, Reach.PHONE, None,
    )  # fmt: skip
    assert state_of(session, request) is ContactState.ASKED
    assert written(session, Act.ASK_CONTACT) == [(Act.ASK_CONTACT, child.subject_id, request.uid, "planning")]
    (own,) = asking.own(session, sam)
    assert (own.name, own.reply, own.answer_on.isoformat()) == ("Amira Siddiqui", "waiting", "2026-11-30")


@pytest.mark.parametrize("done", [(), TAKEN, PASSED, DECLINED, CLOSED])
def test_asking_again_is_told_by_what_the_person_reads_and_not_by_how_far_it_is(
    session: Session, world: World, clock: time_machine.Traveller, done: tuple[object, ...]
) -> None:
    child = on_list(session, world)
    asked(session, world.sam, child, *done)  # type: ignore[arg-type]

    assert not asking.ask(session, actor_of(session, world.sam), child.uid, WISH)

    clock.shift(timedelta(days=7))
    assert asking.ask(session, actor_of(session, world.sam), child.uid, WISH)


def test_another_kind_child_or_person_is_another_request(session: Session, world: World) -> None:
    child, other = on_list(session, world, shielded=True), on_list(session, world, given_names="Zofia")
    sam = actor_of(session, world.sam)
    assert asking.ask(session, sam, child.uid, WISH)

    assert asking.ask(session, sam, child.uid, Wish(FAMILY, ContactReason.WORRIED, Reach.EMAIL))
    assert asking.ask(session, sam, other.uid, WISH)
    assert not asking.ask(session, sam, child.uid, WISH)


def test_the_family_is_asked_for_only_behind_a_shield(session: Session, world: World) -> None:
    child = on_list(session, world)

    with pytest.raises(asking.NotOffered):
        asking.ask(session, actor_of(session, world.sam), child.uid, Wish(FAMILY, ContactReason.WORRIED, Reach.PHONE))

    assert session.scalars(select(ContactRequest)).all() == []


def test_asking_needs_a_reason_to_open_the_record(session: Session, world: World) -> None:
    child = build.child(session, world)

    with pytest.raises(ReasonNeeded):
        asking.ask(session, actor_of(session, world.sam), child.uid, WISH)


@pytest.mark.parametrize("state", [RecordState.MERGED, RecordState.SEALED, RecordState.ARCHIVED])
def test_of_a_record_that_is_gone_nobody_sees_a_request(session: Session, world: World, state: RecordState) -> None:
    assert world.nia.practitioner is not None
    child = on_list(session, world)
    request = asked(session, world.sam, child, *PASSED, to=Passed("practitioner", str(world.nia.practitioner.uid)))
    child.state = state
    session.flush()
    sam, max_, nia = (actor_of(session, person) for person in (world.sam, world.max, world.nia))

    assert asking.own(session, sam) == []
    assert team.waiting(session, max_) == ([], 0)
    assert answering.waiting(session, nia) == []
    for refused in (
        lambda: asking.ask(session, sam, child.uid, WISH),
        lambda: team.one(session, max_, request.uid),
        lambda: team.step(session, max_, request.uid, "close"),
        lambda: answering.answer(session, nia, facts.known_as(request.uid, "passed"), agreed=True),
    ):
        with pytest.raises(audit.Refusal, match="none"):
            refused()
