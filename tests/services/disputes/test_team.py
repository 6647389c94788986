"""The management team's list of disputes, what stands on one of them, who takes it."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Dispute, Merge
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit
from cp.services.disputes import team
from cp.services.disputes.team import SourceSays
from cp.services.merging import deciding, moving
from cp.terms import Act, Disputable, DisputeFinding, SourceKind
from tests import build
from tests.build import World
from tests.build_disputes import dispute
from tests.build_identities import derived, elsewhere, may, says
from tests.build_supply import AMIRA, send
from tests.services.disputes.conftest import reader
from tests.services.disputes.test_disputing import marks
from tests.web import actor_of

NEW = ("Northvale", "ZA9 9ZZ", "1 New Street")


def test_the_list_holds_what_this_authority_has_to_decide_the_first_due_first(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor, clock: time_machine.Traveller
) -> None:
    first = dispute(session, sam_, amira, Disputable.NAME)
    clock.move_to("2026-12-08T10:00:00+00:00")
    second = dispute(session, reader(session, sam_, amira), amira, Disputable.ADDRESS)
    team.take(session, max_, second)

    rows, total = team.waiting(session, max_)

    assert [(one.uid, one.late, one.owner, one.mine) for one in rows] == [
        (first, True, None, False), (second, False, "Max Adeyemi", True),
    ]  # fmt: skip
    assert total == 2
    _, eve = elsewhere(session)
    assert team.waiting(session, actor_of(session, eve)) == ([], 0)


def test_before_it_is_decided_every_sources_word_is_there(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor
) -> None:
    uid = dispute(session, sam_, amira)
    says(session, amira, world.practice, SourceKind.GP_PRACTICE, date(2026, 10, 1), born_on=date(2016, 3, 15))

    one = team.one(session, max_, uid)

    assert one.sources == (
        SourceSays("Hollin Bank Primary School", date(2026, 9, 7), (("2016-03-14",),), same=True),
        SourceSays("Vale Road Surgery", date(2026, 10, 1), (("2016-03-15",),), same=False),
    )
    assert (one.says, one.still, one.may_find) == (("2016-03-14",), True, (DisputeFinding.RIGHT, DisputeFinding.WRONG))


def test_a_sensitive_service_is_named_nowhere(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor
) -> None:
    uid = dispute(session, sam_, amira)
    clinic = build.organisation(session, world.authority, name="Vale Clinic", sensitive_subject="sexual_health")
    says(session, amira, clinic, SourceKind.PRACTITIONER)

    assert [one.name for one in team.one(session, max_, uid).sources] == ["Hollin Bank Primary School"]


def test_the_record_may_say_something_else_by_now(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor
) -> None:
    uid = dispute(session, sam_, amira, Disputable.ADDRESS)

    send(session, world.school, AMIRA | {"Address Line 1": "5 Mill Lane", "PostCode": "ZA2 2AB"})

    assert team.one(session, max_, uid).still is False
    assert marks(session, sam_, amira) == {}


def test_whoever_takes_it_is_named_and_another_may_take_it_over(
    session: Session, world: World, amira: Child, sam_: Actor, max_: Actor
) -> None:
    uid, may_ = dispute(session, sam_, amira), actor_of(session, may(session, world))

    assert [team.take(session, who, uid) for who in (max_, max_, may_)] == [True, False, True]
    assert team.one(session, max_, uid).waiting.owner == "May Lindqvist"


def test_another_authoritys_dispute_is_not_there(session: Session, amira: Child, sam_: Actor) -> None:
    uid, eve = dispute(session, sam_, amira), actor_of(session, elsewhere(session)[1])

    for step in (team.one, team.take, team.asked):
        with pytest.raises(audit.Refusal, match="none"):
            step(session, eve, uid)


def test_the_audit_says_who_was_shown_what(session: Session, amira: Child, sam_: Actor, max_: Actor) -> None:
    uid = dispute(session, sam_, amira)
    team.waiting(session, max_)
    team.one(session, max_, uid)
    team.take(session, max_, uid)

    found = session.scalars(select(AuditEvent).where(AuditEvent.object_id == uid).order_by(AuditEvent.id)).all()

    assert [(Act(one.act), one.subject_id == amira.subject_id, one.reason) for one in found] == [
        (Act.DISPUTE, True, "born_on"), (Act.SEE_DISPUTES, True, None), (Act.SEE_DISPUTES, True, None),
        (Act.DECIDE_DISPUTE, True, "taken"),
    ]  # fmt: skip


def test_disputes_and_decisions_go_with_their_record_and_back(
    session: Session, world: World, sam_: Actor, max_: Actor
) -> None:
    kept, gone = derived(session, world, "ZA1 2AB"), derived(session, world, "ZA4 7QD")
    reader(session, sam_, gone)
    team.decide(session, max_, dispute(session, sam_, gone, Disputable.ADDRESS), DisputeFinding.WRONG, NEW)
    uid = dispute(session, sam_, gone, Disputable.NAME)

    assert deciding.join(session, max_, kept.uid, gone.uid) == "joined"

    assert set(session.scalars(select(Dispute.child_id))) == {kept.id}
    assert team.one(session, max_, uid).record.number == kept.number
    moving.undo(session, max_, session.scalars(select(Merge.uid)).one())
    session.commit()
    assert set(session.scalars(select(Dispute.child_id))) == {gone.id}
    assert [at.address.postcode for at in team.one(session, max_, uid).record.addresses] == ["ZA9 9ZZ"]
