"""How a look through a shield ends, and who is named to review it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock as clocks
from cp.models import Account, SignedIn
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import children, sessions
from cp.services.managing import changing, granting
from cp.services.overriding import naming, starting
from cp.terms import BodyKind, OrganisationKind, Right, Role, SuspendedBecause
from tests import build, build_overriding
from tests.build import Person, World
from tests.services.overriding.test_overriding import DANGER, again, entries, only
from tests.web import actor_of


def test_leaving_closes_it_once(session: Session, acting: Actor, leo: Child, clock: time_machine.Traveller) -> None:
    starting.start(session, acting, leo.uid, DANGER)
    clock.shift(timedelta(minutes=3))
    now = again(session, acting)
    starting.close(session, now, leo.uid)

    starting.close(session, again(session, acting), leo.uid)
    starting.leave(session, now, "left")

    assert only(session).left_at == clocks.now()
    assert [entry for entry in entries(session) if entry[0] == "leave_override"] == [
        ("leave_override", "allowed", "closed")
    ]
    assert children.open_record(session, again(session, acting), leo.uid).shielded


def end_right(session: Session, world: World, account: Account) -> None:
    granting.end(session, actor_of(session, world.una), account, Right.OVERRIDE)


def suspend(session: Session, world: World, account: Account) -> None:
    changing.suspend(session, actor_of(session, world.una), account, SuspendedBecause.UNUSUAL_USE)


def close(session: Session, world: World, account: Account) -> None:
    changing.close(session, actor_of(session, world.una), account, clocks.today())


def sign_out(session: Session, world: World, account: Account) -> None:
    query = select(SignedIn.id).where(SignedIn.account_id == account.id, SignedIn.ended_at.is_(None))
    sessions.end(session, session.scalars(query).one(), "signed_out", clocks.now())


@pytest.mark.parametrize("ending", [end_right, suspend, close, sign_out])
def test_what_ends_the_session_closes_the_look(
    session: Session,
    world: World,
    ola: Person,
    acting: Actor,
    leo: Child,
    clock: time_machine.Traveller,
    ending: object,
) -> None:
    starting.start(session, acting, leo.uid, DANGER)
    clock.shift(timedelta(minutes=2))

    ending(session, world, ola.account)  # type: ignore[operator]

    assert only(session).left_at == clocks.now()


def test_signing_in_anew_closes_the_look(session: Session, ola: Person, acting: Actor, leo: Child) -> None:
    starting.start(session, acting, leo.uid, DANGER)

    anew = actor_of(session, ola)

    assert anew.overridden_id is None
    assert children.open_record(session, anew, leo.uid).shielded


def test_a_right_that_ends_today_closes_the_look_without_the_session(
    session: Session, ola: Person, acting: Actor, leo: Child
) -> None:
    starting.start(session, acting, leo.uid, DANGER)
    (right,) = [one for one in granting.all_of(session, ola.account) if not hasattr(one, "role")]
    right.ends_on = clocks.today()
    session.flush()

    now = again(session, acting)

    assert (now.may_override, now.overridden_id) == (False, None)
    assert children.open_record(session, now, leo.uid).shielded


def test_an_address_concerns_the_record_or_it_does_not(
    session: Session, world: World, acting: Actor, leo: Child
) -> None:
    starting.start(session, acting, leo.uid, DANGER)
    now, other = again(session, acting), build_overriding.leo(session, world, given_names="Mia")
    mine = build.involvement(session, leo, world.sam.practitioner or world.school)
    theirs = build.involvement(session, other, world.school)

    asked = [{"child_uid": leo.uid}, {"involvement_uid": mine.uid}, {"child_uid": other.uid}, {"child_uid": uuid4()},
             {"involvement_uid": theirs.uid}, {"search_uid": leo.uid}, {}]  # fmt: skip
    assert [children.concerns(session, now, one) for one in asked] == [True, True, *[False] * 5]


def named(session: Session, acting: Actor) -> str | None:
    found = naming.reviewer(session, acting)
    return session.get_one(Account, found).name if found else None


def test_whoever_has_least_to_review_is_named(
    session: Session, world: World, ola: Person, acting: Actor, leo: Child
) -> None:
    ron = build_overriding.reviewer(session, world.council)
    assert named(session, acting) == "Rex Hale"
    colleague = build_overriding.holder(session, world.authority, "Pia Lund")

    build_overriding.override(session, colleague, leo, reviewer_id=world.rex.account.id)
    assert named(session, acting) == "Ron Castle"
    build_overriding.override(session, colleague, leo, reviewer_id=ron.account.id, closed_at=clocks.now())
    assert named(session, acting) == "Ron Castle"


def test_nobody_is_named_who_works_beside_them_or_cannot(
    session: Session, world: World, ola: Person, acting: Actor
) -> None:
    world.rex.account.active = False
    newcomer = build_overriding.reviewer(session, world.council, "New Comer")
    newcomer.account.opened_on = None
    elsewhere = build.add(session, build.opened(name="Westmoor", education_code="998", team_phone="+441614960131",
                                             help_phone="+441614960101"))  # fmt: skip
    far = build.organisation(session, elsewhere, OrganisationKind.COUNCIL_SERVICE, body_kind=BodyKind.AUTHORITY)
    build_overriding.reviewer(session, far, "Far Away")
    beside = build_overriding.reviewer(session, world.council, "Bea Side")
    assert ola.practitioner is not None
    worker = build.practitioner(session, world.council, "Bea Side", team=None)
    worker.organisation_id = ola.practitioner.organisation_id
    beside.account.practitioner_id = worker.id
    session.flush()
    assert named(session, acting) is None

    worker.team = "Fostering"
    session.flush()
    assert named(session, acting) == "Bea Side"


def test_somebody_who_reviews_too_is_not_named_for_their_own(
    session: Session, world: World, ola: Person, acting: Actor, leo: Child
) -> None:
    world.rex.account.active = False
    build_overriding.grant(session, ola, Role.REVIEWER)
    session.flush()

    starting.start(session, acting, leo.uid, DANGER)

    assert only(session).reviewer_id is None
