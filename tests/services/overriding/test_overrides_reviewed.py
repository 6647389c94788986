"""Whether an override was right: what a reviewer reads, who closes it, what the person is asked and told."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import AuditEvent, Override, RightGrant
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import children
from cp.services.audit import Refusal
from cp.services.changes import telling as changing
from cp.services.disputes import raising
from cp.services.overriding import reviewing, starting, telling
from cp.terms import Act, BodyKind, OrganisationKind, OverrideFinding, OverrideReason, Part, Reason
from tests import build, build_overriding
from tests.build import Person, World
from tests.services.overriding.test_overriding import again
from tests.web import actor_of

RIGHT, ASK, NOT_RIGHT = OverrideFinding


@pytest.fixture
def ron(session: Session, world: World) -> Actor:
    return actor_of(session, build_overriding.reviewer(session, world.council))


def written(session: Session, *acts: Act) -> list[tuple[str, object, str | None]]:
    query = select(AuditEvent).where(AuditEvent.act.in_(acts)).order_by(AuditEvent.id)
    return [(entry.act.value, entry.object_id, entry.reason) for entry in session.scalars(query)]


def test_the_list_says_who_when_why_and_how_it_stands(
    session: Session, world: World, rex: Actor, ola: Person, leo: Child, held: Override
) -> None:
    pia = build_overriding.holder(session, world.authority, "Pia Lund")
    late = build_overriding.override(session, pia, leo, opened_at=clocks.now() - timedelta(days=5))
    done = build_overriding.override(session, pia, leo, finding=RIGHT, closed_at=clocks.now(),
                                     closed_by_id=rex.account_id)  # fmt: skip

    waiting, closed = telling.of_authority(session, rex)

    assert [(one.reference, one.name, one.state.value, one.due_on, one.reviewer) for one in waiting] == [
        (f"OV-{late.reference}", "Pia Lund", "gone_up", date(2026, 11, 20), None),
        (f"OV-{held.reference}", "Ola Nowicka", "waiting", date(2026, 11, 25), "Rex Hale"),
    ]
    assert [(one.reference, one.state.value, one.closed_by) for one in closed] == [
        (f"OV-{done.reference}", "closed", "Rex Hale")
    ]
    assert "Leo" not in repr((waiting, closed))
    assert written(session, Act.SEE_OVERRIDES) == [("see_overrides", None, None)]


def test_another_authority_has_none_of_it(session: Session, held: Override) -> None:
    elsewhere = build.add(session, build.opened(name="Westmoor", education_code="998", team_phone="+441614960131",
                                             help_phone="+441614960101"))  # fmt: skip
    far = build.organisation(session, elsewhere, OrganisationKind.COUNCIL_SERVICE, body_kind=BodyKind.AUTHORITY)
    stranger = actor_of(session, build_overriding.reviewer(session, far, "Far Away"))

    assert telling.of_authority(session, stranger) == ([], [])
    for ask in (lambda: reviewing.one(session, stranger, held.uid),
                lambda: reviewing.close(session, stranger, held.uid, RIGHT),
                lambda: reviewing.close(session, stranger, uuid4(), RIGHT)):  # fmt: skip
        with pytest.raises(Refusal, match="none") as refused:
            ask()
        assert refused.value.hidden


def test_what_was_shown_comes_from_the_audit(
    session: Session, rex: Actor, ola: Person, leo: Child, clock: time_machine.Traveller
) -> None:
    actor = actor_of(session, ola)
    children.give_reason(session, actor, leo.uid, Reason.MAY_NEED_HELP)
    children.open_record(session, actor, leo.uid)
    clock.shift(timedelta(seconds=1))
    starting.start(session, actor, leo.uid, OverrideReason.SECTION_47)
    uid = session.scalars(select(Override.uid)).one()
    assert reviewing.one(session, rex, uid).shown == ()

    children.open_record(session, again(session, actor), leo.uid)
    clock.shift(timedelta(minutes=7))
    seen = reviewing.one(session, rex, uid)
    assert seen.told.ended_at is None
    starting.close(session, again(session, actor), leo.uid)
    seen = reviewing.one(session, rex, uid)

    assert set(seen.shown) == {Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS}
    assert (seen.told.ended_at, seen.told.left) == (clocks.now(), True)
    assert (seen.recorded, seen.before, seen.refusal) == (False, 0, None)


@pytest.mark.parametrize(("page", "shown"), [
    pytest.param(raising.form, {Part.OTHER_NAMES, Part.LOCATION, Part.CARERS, Part.INVOLVEMENTS}, id="a dispute"),
    pytest.param(changing.form, {Part.CARERS, Part.INVOLVEMENTS}, id="a change"),
])  # fmt: skip
def test_another_page_of_the_record_shows_it_too(
    session: Session, rex: Actor, acting: Actor, leo: Child, page: Callable[..., object], shown: set[Part]
) -> None:
    starting.start(session, acting, leo.uid, OverrideReason.SECTION_47)

    page(session, again(session, acting), leo.uid)

    assert set(reviewing.one(session, rex, session.scalars(select(Override.uid)).one()).shown) == shown


def test_how_often_before_is_counted_for_a_year(
    session: Session, world: World, rex: Actor, ola: Person, leo: Child, held: Override
) -> None:
    for days in (1, 364, 366):
        build_overriding.override(session, ola, leo, opened_at=clocks.now() - timedelta(days=days),
                                  finding=RIGHT, closed_at=clocks.now())  # fmt: skip

    assert reviewing.one(session, rex, held.uid).before == 2


def test_a_finding_closes_it_and_frees_the_person(
    session: Session, rex: Actor, ola: Person, leo: Child, held: Override
) -> None:
    assert reviewing.close(session, rex, held.uid, RIGHT) == "closed"

    assert (held.finding, held.closed_at, held.closed_by_id) == (RIGHT, clocks.now(), rex.account_id)
    assert written(session, Act.REVIEW_OVERRIDE, Act.END_GRANT) == [("review_override", held.uid, "right")]
    actor = actor_of(session, ola)
    children.give_reason(session, actor, leo.uid, Reason.MAY_NEED_HELP)
    starting.start(session, actor, leo.uid, OverrideReason.SECTION_47)


def test_not_right_ends_the_right_from_this_moment(session: Session, rex: Actor, ola: Person, held: Override) -> None:
    assert actor_of(session, ola).may_override

    reviewing.close(session, rex, held.uid, NOT_RIGHT)

    assert session.scalars(select(RightGrant.ends_on)).all() == [clocks.today()]
    assert not actor_of(session, ola).may_override
    assert written(session, Act.REVIEW_OVERRIDE, Act.END_GRANT) == [
        ("review_override", held.uid, "not_right"), ("end_grant", ola.account.uid, "override"),
    ]  # fmt: skip


def test_not_right_while_it_is_open_closes_the_look(session: Session, rex: Actor, ola: Person, held: Override) -> None:
    held.left_at = None
    session.flush()

    reviewing.close(session, rex, held.uid, NOT_RIGHT)

    session.refresh(held)
    assert held.left_at == clocks.now()


def test_the_first_of_two_reviewers_counts(
    session: Session, rex: Actor, ron: Actor, held: Override, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=4))
    assert reviewing.close(session, rex, held.uid, RIGHT) == "closed"

    assert reviewing.close(session, ron, held.uid, NOT_RIGHT) == "faster"
    assert reviewing.close(session, rex, held.uid, NOT_RIGHT) == "faster"
    assert reviewing.close(session, rex, held.uid, RIGHT) == "closed"

    assert held.finding is RIGHT
    assert len(written(session, Act.REVIEW_OVERRIDE)) == 1


def test_before_it_goes_up_the_named_reviewer_alone_answers(
    session: Session, ron: Actor, held: Override, clock: time_machine.Traveller
) -> None:
    for days in (0, 2):
        with time_machine.travel(clocks.now() + timedelta(days=days), tick=False):
            assert reviewing.one(session, ron, held.uid).refusal == "override_named"
            with pytest.raises(Refusal, match="override_named"):
                reviewing.close(session, ron, held.uid, RIGHT)

    clock.shift(timedelta(days=3))
    assert reviewing.one(session, ron, held.uid).refusal is None
    assert reviewing.close(session, ron, held.uid, RIGHT) == "closed"


def test_with_nobody_named_it_is_for_every_reviewer(session: Session, ron: Actor, held: Override) -> None:
    held.reviewer_id = None
    session.flush()

    assert reviewing.close(session, ron, held.uid, RIGHT) == "closed"


def test_nobody_answers_their_own_or_a_team_mates_even_when_it_has_gone_up(
    session: Session, world: World, ola: Person, ron: Actor, held: Override, clock: time_machine.Traveller
) -> None:
    assert ola.practitioner is not None
    beside = build.practitioner(session, world.council, "Ron Castle", team=None)
    beside.organisation_id = ola.practitioner.organisation_id
    account = session.get_one(type(ola.account), ron.account_id)
    account.practitioner_id = beside.id
    clock.shift(timedelta(days=4))

    with pytest.raises(Refusal, match="override_team"):
        reviewing.close(session, ron, held.uid, RIGHT)
    held.account_id = ron.account_id
    session.flush()
    with pytest.raises(Refusal, match="override_own"):
        reviewing.close(session, ron, held.uid, RIGHT)
    assert held.closed_at is None


def test_the_management_team_reads_and_does_not_close(session: Session, world: World, held: Override) -> None:
    team = actor_of(session, world.max)

    assert reviewing.one(session, team, held.uid).refusal == "override_role"
    with pytest.raises(Refusal, match="override_role"):
        reviewing.close(session, team, held.uid, RIGHT)
