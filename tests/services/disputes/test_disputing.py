"""A fact is disputed: marked for every reader who is shown it, joined, taken back; what is hidden is not there."""

from datetime import date
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Dispute, Setting
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit, children
from cp.services.disputes import raising, team
from cp.services.disputes.facts import offered
from cp.services.disputes.raising import NotOffered, Wish
from cp.services.disputes.shown import Mark
from cp.services.settings import DISPUTE_DAYS
from cp.terms import Act, Disputable, DisputeFinding, RecordState, ToldBy
from tests.build import World
from tests.build_disputes import dispute, voice
from tests.build_identities import shield
from tests.services.disputes.conftest import reader
from tests.web import actor_of

TODAY, DUE = date(2026, 11, 23), date(2026, 12, 7)


def marks(session: Session, actor: Actor, child: Child) -> dict[Disputable, Mark]:
    """Of what the record shows."""
    record = children.open_record(session, actor, child.uid)
    shown = ((one.fact, record.marks.get((one.fact, one.value))) for one in offered(record))
    return {fact: mark for fact, mark in shown if mark}


def entries(session: Session, *acts: Act) -> list[tuple[Act, UUID | None, str | None]]:
    query = select(AuditEvent).where(AuditEvent.act.in_(acts)).order_by(AuditEvent.id)
    return [(Act(one.act), one.subject_id, one.reason) for one in session.scalars(query)]


def test_everything_that_a_reader_is_shown_may_be_disputed(session: Session, amira: Child, sam_: Actor) -> None:
    offered = raising.form(session, sam_, amira.uid).offered

    assert [(one.fact, one.says) for one in offered] == [
        (Disputable.NAME, ("Amira", "Siddiqui")),
        (Disputable.BORN_ON, ("2016-03-14",)),
        (Disputable.GENDER, ("female",)),
        (Disputable.ADDRESS, ("Northvale", "ZA4 7QD", "18 Tanner’s Row")),
        (Disputable.CARER, ("Farah Siddiqui", "+441614960163")),
        (Disputable.SCHOOL, ("Hollin Bank Primary School",)),
    ]


def test_every_reader_sees_since_when_and_nothing_of_who_says_so(
    session: Session, amira: Child, sam_: Actor, nia_: Actor
) -> None:
    facts = [fact for fact in Disputable if fact is not Disputable.GP]
    for fact in facts:
        dispute(session, sam_, amira, fact)

    assert marks(session, nia_, amira) == dict.fromkeys(facts, Mark(TODAY, DUE, late=False))


def test_late_stays_disputed(
    session: Session, amira: Child, sam_: Actor, clock: time_machine.Traveller
) -> None:  # fmt: skip
    dispute(session, sam_, amira)

    clock.move_to("2026-12-08T10:00:00+00:00")

    assert marks(session, reader(session, sam_, amira), amira) == {Disputable.BORN_ON: Mark(TODAY, DUE, late=True)}


def test_the_authority_may_set_the_days(session: Session, world: World, amira: Child, sam_: Actor) -> None:
    session.add(Setting(authority_id=world.authority.id, name=DISPUTE_DAYS, value="3", set_at=clocks.now()))

    assert raising.form(session, sam_, amira.uid).due_on == date(2026, 11, 26)


def test_another_person_joins_the_dispute_that_is_there(
    session: Session, amira: Child, sam_: Actor, nia_: Actor, max_: Actor
) -> None:
    first = dispute(session, sam_, amira, words="She was born on 15 March", told_by=ToldBy.PARENT)
    second = dispute(session, nia_, amira, told_by=ToldBy.CHILD)

    assert first == second
    assert [(one.name, one.words, one.told_by) for one in team.one(session, max_, first).voices] == [
        ("Sam Okafor", "She was born on 15 March", ToldBy.PARENT), ("Nia Pritchard", "", ToldBy.CHILD),
    ]  # fmt: skip


def test_saying_it_twice_says_it_once(session: Session, amira: Child, sam_: Actor) -> None:
    code = raising.form(session, sam_, amira.uid).offered[0].code
    wish = Wish(code, "Siddiqi", ToldBy.NOBODY)

    assert [raising.dispute(session, sam_, amira.uid, wish) for _ in range(2)] == [True, False]
    assert entries(session, Act.DISPUTE) == [(Act.DISPUTE, amira.subject_id, "name")]


def test_what_the_record_no_longer_says_is_not_disputed(session: Session, amira: Child, sam_: Actor) -> None:
    code = raising.form(session, sam_, amira.uid).offered[1].code
    amira.born_on = date(2016, 3, 15)
    session.flush()

    with pytest.raises(NotOffered):
        raising.dispute(session, sam_, amira.uid, Wish(code, "", ToldBy.NOBODY))


def test_taken_back_by_all_it_is_gone_and_can_be_said_again(
    session: Session, amira: Child, sam_: Actor, nia_: Actor
) -> None:
    dispute(session, sam_, amira)
    dispute(session, nia_, amira)

    assert raising.withdraw(session, sam_, voice(session, sam_))
    assert list(marks(session, sam_, amira)) == [Disputable.BORN_ON]
    assert raising.withdraw(session, nia_, voice(session, nia_))
    assert marks(session, sam_, amira) == {}
    assert [one.fact for one in raising.own(session, sam_)] == []
    dispute(session, sam_, amira)
    assert session.scalars(select(Dispute.withdrawn_at.is_(None)).order_by(Dispute.id)).all() == [False, True]
    assert [what for what, _, _ in entries(session, Act.WITHDRAW_DISPUTE)] == [Act.WITHDRAW_DISPUTE] * 2


def test_nobody_takes_back_what_another_said(session: Session, amira: Child, sam_: Actor, nia_: Actor) -> None:
    dispute(session, sam_, amira)

    with pytest.raises(audit.Refusal, match="none"):
        raising.withdraw(session, nia_, voice(session, sam_))


def test_what_was_decided_is_no_longer_taken_back(session: Session, amira: Child, sam_: Actor, max_: Actor) -> None:
    uid = dispute(session, sam_, amira)
    team.decide(session, max_, uid, DisputeFinding.RIGHT, None)

    assert raising.withdraw(session, sam_, voice(session, sam_)) is False


def test_of_a_shielded_record_only_what_it_shows_is_disputed(session: Session, amira: Child, sam_: Actor) -> None:
    shield(session, amira)

    offered = raising.form(session, sam_, amira.uid).offered

    assert [one.fact for one in offered] == [Disputable.NAME, Disputable.BORN_ON, Disputable.GENDER]


def test_a_shield_hides_the_disputes_of_what_it_hides(session: Session, amira: Child, sam_: Actor) -> None:
    """Their marks, their answers, and that they were ever there: also from whoever said so."""
    dispute(session, sam_, amira, Disputable.NAME)
    dispute(session, sam_, amira, Disputable.ADDRESS)
    hidden = voice(session, sam_)
    shield(session, amira)

    assert list(marks(session, sam_, amira)) == [Disputable.NAME]
    assert [one.fact for one in raising.own(session, sam_)] == [Disputable.NAME]
    with pytest.raises(audit.Refusal, match="none"):
        raising.withdraw(session, sam_, hidden)


def test_of_a_record_that_is_not_live_nothing_is_there(
    session: Session, amira: Child, sam_: Actor, max_: Actor
) -> None:
    uid = dispute(session, sam_, amira)
    amira.state = RecordState.ARCHIVED
    session.flush()

    assert (raising.own(session, sam_), team.waiting(session, max_)) == ([], ([], 0))
    for step in (team.one, team.take, team.asked):
        with pytest.raises(audit.Refusal, match="none"):
            step(session, max_, uid)


def test_somebody_without_children_disputes_nothing(session: Session, world: World, amira: Child) -> None:
    with pytest.raises(audit.Refusal, match="role"):
        raising.form(session, actor_of(session, world.una), amira.uid)
