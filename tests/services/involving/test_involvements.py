"""An involvement: recorded once, led by one, confirmed, ended, taken back; each change with its entry."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Involvement
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import involved, involvements
from cp.services.audit import Refusal
from cp.services.children import ReasonNeeded
from cp.services.involvements import Problem, Wish
from cp.terms import RecordState
from tests import build
from tests.build import World
from tests.web import actor_of

DAY = date(2026, 11, 2)


def record(session: Session, actor: Actor, child: Child, **wish: object) -> UUID:
    return involvements.record(session, actor, child.uid, Wish(**{"started_on": DAY} | wish)).uid  # type: ignore[arg-type]


def held(session: Session, uid: UUID) -> Involvement:
    session.flush()
    return session.scalars(select(Involvement).where(Involvement.uid == uid)).one()


def acts(session: Session) -> list[str]:
    return [act.value for act in session.scalars(select(AuditEvent.act).order_by(AuditEvent.id))]


def test_recording_says_who_for_which_organisation_since_when(session: Session, sam: Actor, child: Child) -> None:
    mine = held(session, record(session, sam, child, assessment=True))

    assert (mine.child_id, mine.practitioner_id, mine.organisation_id) == (
        child.id, sam.practitioner_id, sam.organisation_id,
    )  # fmt: skip
    assert (mine.started_on, mine.assessment, mine.lead, mine.ended_on, mine.version) == (DAY, True, False, None, 1)
    entry = session.scalars(select(AuditEvent)).one()
    assert (entry.subject_id, entry.object_id, entry.reason) == (child.subject_id, mine.uid, "working_with")


def test_recording_again_changes_nothing_and_writes_nothing(session: Session, sam: Actor, child: Child) -> None:
    first = record(session, sam, child)

    again = involvements.record(session, sam, child.uid, Wish(date(2026, 9, 1)))

    assert (again.uid, again.already) == (first, True)
    assert held(session, first).started_on == DAY
    assert acts(session) == ["record_involvement"]


def test_an_assessment_and_the_lead_can_be_added_and_are_never_lost(session: Session, sam: Actor, child: Child) -> None:
    first = record(session, sam, child)

    assert {record(session, sam, child, assessment=True), record(session, sam, child, lead=True)} == {first}
    assert record(session, sam, child) == first

    mine = held(session, first)
    assert (mine.assessment, mine.lead) == (True, True)
    assert acts(session) == ["record_involvement", "record_involvement", "record_involvement", "take_lead"]


@pytest.mark.parametrize(
    ("started", "code"),
    [(None, "no_start"), (date(2026, 11, 24), "start_in_future"), (date(2016, 3, 13), "before_birth")],
)
def test_a_wrong_day_is_refused_and_nothing_is_written(
    session: Session, sam: Actor, child: Child, started: date | None, code: str
) -> None:
    with pytest.raises(Problem, match=code):
        record(session, sam, child, started_on=started)

    assert session.scalar(select(func.count()).select_from(Involvement)) == 0
    assert acts(session) == []


def test_ending_keeps_the_first_day_said(session: Session, sam: Actor, child: Child) -> None:
    uid = record(session, sam, child, lead=True)

    first = involvements.end(session, sam, uid, date(2026, 11, 20))
    again = involvements.end(session, sam, uid, date(2026, 11, 23))

    assert [done.ended_on for done in (first, again)] == [date(2026, 11, 20)] * 2
    mine = held(session, uid)
    assert (mine.ended_on, mine.lead, mine.version) == (date(2026, 11, 20), False, 2)
    assert acts(session).count("end_involvement") == 1


@pytest.mark.parametrize(
    ("ended", "code"),
    [(None, "no_end"), (DAY, "ends_before_start"), (date(2026, 11, 1), "ends_before_start"),
     (date(2026, 11, 24), "end_in_future")],
)  # fmt: skip
def test_an_end_comes_after_its_start_and_not_in_advance(
    session: Session, sam: Actor, child: Child, ended: date | None, code: str
) -> None:
    uid = record(session, sam, child)

    with pytest.raises(Problem, match=code):
        involvements.end(session, sam, uid, ended)

    assert held(session, uid).ended_on is None


def test_a_new_one_can_begin_when_the_old_one_has_ended(session: Session, sam: Actor, child: Child) -> None:
    old = record(session, sam, child)
    involvements.end(session, sam, old, date(2026, 11, 20))

    new = record(session, sam, child, started_on=date(2026, 11, 21))

    assert new != old


def test_one_taken_back_is_gone_and_the_audit_keeps_both(session: Session, sam: Actor, child: Child) -> None:
    uid = record(session, sam, child, lead=True)

    for _ in range(2):
        involvements.withdraw(session, sam, uid)

    mine = held(session, uid)
    assert (mine.in_error, mine.lead, mine.version) == (True, False, 2)
    assert acts(session) == ["record_involvement", "take_lead", "withdraw_involvement"]
    with pytest.raises(Refusal) as gone:
        involvements.end(session, sam, uid, DAY)
    assert gone.value.hidden


def test_confirming_counts_once_a_day(session: Session, sam: Actor, child: Child) -> None:
    uid = record(session, sam, child)

    until = [involvements.confirm(session, sam, uid)[1] for _ in range(2)]

    assert until == [date(2027, 11, 23)] * 2
    assert (held(session, uid).confirmed_on, held(session, uid).version) == (date(2026, 11, 23), 2)
    assert acts(session).count("confirm_involvement") == 1


def test_nobody_touches_anybody_elses(session: Session, sam: Actor, nia: Actor, child: Child) -> None:
    hers = record(session, nia, child)

    for attempt in (involvements.withdraw, involvements.confirm, involvements.ending):
        with pytest.raises(Refusal) as refused:
            attempt(session, sam, hers)
        assert (refused.value.reason, refused.value.hidden) == ("none", True)


def test_a_shielded_childs_own_involvement_can_be_ended_but_not_begun(
    session: Session, sam: Actor, nia: Actor, child: Child
) -> None:
    uid = record(session, sam, child)
    child.shielded_at = clocks.now()
    session.flush()

    with pytest.raises(Refusal, match="shielded"):
        record(session, nia, child)
    assert [one.uid for one in involved.mine(session, sam)] == [uid]
    involvements.end(session, sam, uid, date(2026, 11, 20))
    assert involved.mine(session, sam) == []


def test_a_record_that_was_merged_or_archived_takes_nothing(session: Session, sam: Actor, child: Child) -> None:
    uid = record(session, sam, child)
    child.state = RecordState.ARCHIVED
    session.flush()

    with pytest.raises(Refusal) as refused:
        involvements.end(session, sam, uid, date(2026, 11, 20))
    assert refused.value.hidden
    assert involved.mine(session, sam) == []


def test_nothing_is_recorded_on_a_record_that_was_not_opened(session: Session, world: World, child: Child) -> None:
    with pytest.raises(ReasonNeeded):
        record(session, actor_of(session, world.sam), child)


def test_what_names_nobody_is_not_the_list_of_somebody_without_a_practitioner(
    session: Session, world: World, sam: Actor, child: Child
) -> None:
    build.involvement(session, child, world.practice)

    assert involved.mine(session, replace(sam, practitioner_id=None)) == []


def test_others_see_ones_own_number_or_the_organisations(session: Session, world: World, sam: Actor) -> None:
    assert involved.myself(session, sam).phone == "+441614960142"
    assert world.sam.practitioner is not None
    world.sam.practitioner.phone = None
    session.flush()

    assert involved.myself(session, sam).phone == "+441614960110"
