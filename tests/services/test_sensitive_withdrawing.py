"""Consent is withdrawn, or the work has ended: gone at once, and what consent was given is kept without the child."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Once
from cp.models.child import Child
from cp.models.sensitive import SensitiveInvolvement
from cp.services import audit, blinding
from cp.services.contact import facts
from cp.services.sensitive import reading, withdrawing
from cp.terms import Act, ContactState, SensitiveGround, SensitiveSubject
from tests import build
from tests.build import World
from tests.build_contact import PASSED, asked, to_service
from tests.build_sensitive import Clinic, entry, kept
from tests.web import actor_of

TODAY = date(2026, 11, 23)


@pytest.fixture
def clinic(session: Session, world: World) -> Clinic:
    return Clinic.make(session, world)


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    return build.child(session, world)


def test_its_page_says_what_was_agreed(session: Session, clinic: Clinic, amira: Child) -> None:
    assert clinic.wren.practitioner is not None
    uid = entry(session, clinic.kit, amira, judged_by=clinic.wren.practitioner.id)

    one = withdrawing.one(session, actor_of(session, clinic.wren), uid)

    assert (one.name, one.service, one.practitioner, one.judged_by, one.ground, one.given_on, one.ends_on) == (
        "Amira Siddiqui", "Vale Young People’s Clinic", "Kit Maddox", "Wren Castle", SensitiveGround.CHILD,
        date(2026, 11, 20), date(2027, 11, 20),
    )  # fmt: skip


@pytest.mark.parametrize("who", ["kit", "wren", "abe"])
def test_anybody_of_the_service_withdraws_it(session: Session, clinic: Clinic, amira: Child, who: str) -> None:
    uid = entry(session, clinic.kit, amira)

    withdrawing.withdraw(session, actor_of(session, getattr(clinic, who)), uid)

    (one,) = kept(session)
    assert (one.child, one.withdrawn_on, one.given_on, one.ground) == (
        None, TODAY, date(2026, 11, 20), SensitiveGround.CHILD,
    )  # fmt: skip
    assert one.wording is not None
    assert session.scalars(select(SensitiveInvolvement.child_key)).all() == [None]
    assert reading.services_of(session, amira.uid) == ()


def test_work_that_has_ended_withdraws_no_consent(session: Session, clinic: Clinic, amira: Child) -> None:
    uid = entry(session, clinic.kit, amira)

    withdrawing.withdraw(session, actor_of(session, clinic.kit), uid, ended=True)

    (one,) = kept(session)
    assert (one.child, one.withdrawn_on, one.ended_on) == (None, None, TODAY)
    assert reading.services_of(session, amira.uid) == ()


def test_the_audit_names_it_by_ids_that_stand_nowhere_else(session: Session, clinic: Clinic, amira: Child) -> None:
    uid, kit = entry(session, clinic.kit, amira), actor_of(session, clinic.kit)

    withdrawing.one(session, kit, uid)
    withdrawing.withdraw(session, kit, uid)

    query = select(AuditEvent.act, AuditEvent.subject_id, AuditEvent.object_id, AuditEvent.parts)
    hidden = (blinding.subject(amira.subject_id), blinding.subject(uid), "own_sensitive")
    assert [tuple(row) for row in session.execute(query)] == [
        (Act.SEE_SENSITIVE, *hidden), (Act.WITHDRAW_SENSITIVE, *hidden),
    ]  # fmt: skip
    assert session.scalars(select(Once)).all() == []


def test_what_was_passed_on_to_the_service_is_declined_in_the_same_transaction(
    session: Session, world: World, clinic: Clinic, amira: Child
) -> None:
    uid = entry(session, clinic.kit, amira)
    (shown,) = reading.services_of(session, amira.uid)
    request = asked(session, world.sam, amira, *PASSED, to=to_service(shown))

    withdrawing.withdraw(session, actor_of(session, clinic.kit), uid)

    assert facts.of(request.facts).state is ContactState.DECLINED
    assert reading.services_of(session, amira.uid) == ()


def test_withdrawing_again_changes_nothing(session: Session, clinic: Clinic, amira: Child) -> None:
    uid, kit = entry(session, clinic.kit, amira), actor_of(session, clinic.kit)

    for _ in range(2):
        withdrawing.withdraw(session, kit, uid)

    assert len(session.scalars(select(AuditEvent).where(AuditEvent.act == Act.WITHDRAW_SENSITIVE)).all()) == 1
    with pytest.raises(audit.Refusal, match="none"):
        withdrawing.one(session, kit, uid)


def test_what_the_same_person_recorded_before_loses_its_child_too(
    session: Session, clinic: Clinic, amira: Child
) -> None:
    entry(session, clinic.kit, amira, ends_on=TODAY)
    uid = entry(session, clinic.kit, amira)
    entry(session, clinic.wren, amira)

    withdrawing.withdraw(session, actor_of(session, clinic.kit), uid)

    assert [(one.child, one.withdrawn_on) for one in kept(session)] == [
        (None, None), (None, TODAY), (amira.uid, None),
    ]  # fmt: skip
    assert [one.practitioner for one in reading.services_of(session, amira.uid)] == ["Wren Castle"]


def test_one_of_a_shielded_child_can_be_withdrawn(session: Session, world: World, clinic: Clinic) -> None:
    leo = build.child(session, world, given_names="Leo", shielded=True)
    uid = entry(session, clinic.kit, leo)

    withdrawing.withdraw(session, actor_of(session, clinic.kit), uid)

    assert kept(session)[0].child is None


@pytest.mark.parametrize("who", ["sam", "nia", "ash", "max", "una", "rex"])
def test_nobody_outside_withdraws_or_sees_it(
    session: Session, world: World, clinic: Clinic, amira: Child, who: str
) -> None:
    uid, actor = entry(session, clinic.kit, amira), actor_of(session, getattr(world, who))

    for refused in (withdrawing.one, withdrawing.withdraw):
        with pytest.raises(audit.Refusal, match="none"):
            refused(session, actor, uid)
    assert kept(session)[0].child == amira.uid


def test_another_sensitive_service_finds_nothing_there(
    session: Session, world: World, clinic: Clinic, amira: Child
) -> None:
    other = Clinic.make(session, world, SensitiveSubject.MENTAL_HEALTH, "Weir Street Minds", "minds")
    uid = entry(session, clinic.kit, amira)

    for of in (uid, uuid4()):
        for refused in (withdrawing.one, withdrawing.withdraw):
            with pytest.raises(audit.Refusal, match="none") as answer:
                refused(session, actor_of(session, other.kit), of)
            assert (answer.value.hidden, answer.value.subject_id, answer.value.object_id) == (True, None, None)
