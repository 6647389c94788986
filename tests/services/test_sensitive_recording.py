"""A sensitive service records a child: on a ground, once, sealed, and told to nobody."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Alert, AuditEvent
from cp.models.child import Child
from cp.models.sensitive import SensitiveInvolvement
from cp.rules.access import Actor
from cp.rules.sensitive import WORDING
from cp.services import audit, blinding, children
from cp.services.children import ReasonNeeded
from cp.services.involvements import Problem
from cp.services.sensitive import recording
from cp.services.sensitive.entries import Entry
from cp.services.sensitive.recording import Wish
from cp.terms import Act, AlertKind, Decision, Reason, SensitiveGround
from tests import build
from tests.build import World
from tests.build_sensitive import Clinic, entry, kept
from tests.web import actor_of

TODAY = date(2026, 11, 23)


@pytest.fixture
def clinic(session: Session, world: World) -> Clinic:
    return Clinic.make(session, world)


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    return build.child(session, world)


def opened(session: Session, actor: Actor, child: Child) -> Actor:
    """Somebody who has said why they open this record."""
    children.give_reason(session, actor, child.uid, Reason.WORKING_WITH)
    return actor


def wish(clinic: Clinic, **given: Any) -> Wish:
    assert clinic.kit.practitioner is not None
    consent = Wish(SensitiveGround.CHILD, True, clinic.kit.practitioner.uid, date(2026, 11, 2), TODAY, None)
    return replace(consent, **given)


def entries_of(session: Session, act: Act) -> list[tuple[object, ...]]:
    """Subject, object, reason and parts of every entry of an act that was allowed."""
    query = select(AuditEvent.subject_id, AuditEvent.object_id, AuditEvent.reason, AuditEvent.parts)
    return [tuple(row) for row in session.execute(query.where(AuditEvent.act == act,
                                                              AuditEvent.decision == Decision.ALLOWED))]  # fmt: skip


def test_what_is_recorded_is_sealed_whole(session: Session, clinic: Clinic, amira: Child) -> None:
    kit = opened(session, actor_of(session, clinic.kit), amira)
    assert clinic.wren.practitioner is not None

    assert recording.record(session, kit, amira.uid, wish(clinic, judged_by=clinic.wren.practitioner.uid))

    assert kept(session) == [
        Entry(
            child=amira.uid, service=str(clinic.organisation.uid), organisation_id=clinic.organisation.id, team=None,
            practitioner_id=kit.practitioner_id or 0, started_on=date(2026, 11, 2), ground=SensitiveGround.CHILD,
            understands=True, judged_by=clinic.wren.practitioner.id, wording_version=1,
            wording=WORDING[SensitiveGround.CHILD], given_on=TODAY, ends_on=date(2027, 11, 23), withdrawn_on=None,
            recorded_at=clock.now(),
        )
    ]  # fmt: skip
    row = session.scalars(select(SensitiveInvolvement)).one()
    assert (row.child_key, row.service_key) == (
        blinding.of_child(amira.uid)[0], blinding.of_service(str(clinic.organisation.uid))[0],
    )  # fmt: skip


def test_the_audit_calls_neither_the_child_nor_the_entry_by_a_known_id(
    session: Session, clinic: Clinic, amira: Child
) -> None:
    kit = opened(session, actor_of(session, clinic.kit), amira)

    recording.record(session, kit, amira.uid, wish(clinic))

    (row,) = session.scalars(select(SensitiveInvolvement))
    hidden = (blinding.subject(amira.subject_id), blinding.subject(row.uid), "working_with", None)
    assert entries_of(session, Act.RECORD_SENSITIVE) == [hidden]
    assert amira.subject_id not in {subject for subject, *_ in entries_of(session, Act.RECORD_SENSITIVE)}
    assert session.scalars(select(Alert)).all() == []


def test_recording_never_stands_beside_the_child_in_one_request(session: Session, clinic: Clinic, amira: Child) -> None:
    """Two entries of one request can be laid side by side: the one that is blinded stands alone."""
    kit = opened(session, actor_of(session, clinic.kit), amira)

    recording.record(session, kit, amira.uid, wish(clinic))

    theirs = select(AuditEvent.act).where(AuditEvent.request_id == kit.request_id)
    assert session.scalars(theirs).all() == [Act.RECORD_SENSITIVE]


def test_the_form_is_an_opening_and_counts_as_one(session: Session, clinic: Clinic, amira: Child) -> None:
    kit = opened(session, actor_of(session, clinic.kit), amira)

    about = recording.form(session, kit, amira.uid)

    assert (about.name, about.service, about.me.name) == ("Amira Siddiqui", "Vale Young People’s Clinic", "Kit Maddox")
    assert [one.name for one in about.colleagues] == ["Kit Maddox", "Wren Castle"]
    assert entries_of(session, Act.OPEN_RECORD) == [(amira.subject_id, None, "working_with", "identity")]
    assert entries_of(session, Act.PREPARE_SENSITIVE) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param({"started_on": date(2026, 11, 24)}, "start_in_future", id="begins tomorrow"),
        pytest.param({"started_on": date(2015, 1, 1)}, "before_birth", id="begins before birth"),
        pytest.param({"started_on": None}, "no_start", id="begins on no day"),
        pytest.param({"given_on": date(2026, 11, 24)}, "not_given", id="consent dated tomorrow"),
        pytest.param({"given_on": None}, "not_given", id="no day of consent"),
        pytest.param({"ends_on": TODAY}, "ended", id="ends today"),
        pytest.param({"ends_on": date(2027, 11, 24)}, "too_long", id="a day more than twelve months"),
        pytest.param({"given_on": date(2025, 11, 23)}, "ended", id="given a year ago"),
        pytest.param({"understands": False}, "not_judged_to_understand", id="a child who does not understand"),
        pytest.param({"ground": SensitiveGround.PARENT}, "ask_the_child", id="a parent's, of a child who does"),
        pytest.param({"judged_by": None}, "nobody_named", id="judged by nobody"),
        pytest.param({"judged_by": uuid4()}, "nobody_named", id="judged by somebody else"),
    ],
)
def test_what_the_rules_refuse_is_not_recorded(
    session: Session, clinic: Clinic, amira: Child, given: dict[str, Any], code: str
) -> None:
    kit = opened(session, actor_of(session, clinic.kit), amira)

    with pytest.raises(Problem, match=code):
        recording.record(session, kit, amira.uid, wish(clinic, **given))

    assert kept(session) == []


def test_nobody_of_another_service_judges(session: Session, world: World, clinic: Clinic, amira: Child) -> None:
    assert world.nia.practitioner is not None
    kit = opened(session, actor_of(session, clinic.kit), amira)

    with pytest.raises(Problem, match="nobody_named"):
        recording.record(session, kit, amira.uid, wish(clinic, judged_by=world.nia.practitioner.uid))


def test_suspected_harm_is_told_to_a_reviewer_without_the_child(session: Session, clinic: Clinic, amira: Child) -> None:
    kit = opened(session, actor_of(session, clinic.kit), amira)
    harm = wish(clinic, ground=SensitiveGround.SUSPECTED_HARM)

    recording.record(session, kit, amira.uid, harm)

    (one,) = kept(session)
    assert (one.understands, one.given_on, one.wording, one.wording_version) == (None, None, None, None)
    assert one.ends_on == date(2027, 11, 23)
    told = session.execute(select(Alert.kind, Alert.account_id, Alert.subject_id, Alert.count)).all()
    assert [tuple(row) for row in told] == [(AlertKind.WITHOUT_CONSENT, clinic.kit.account.id, None, None)]


def test_recording_twice_is_said_to_that_person_alone(session: Session, clinic: Clinic, amira: Child) -> None:
    entry(session, clinic.wren, amira)
    kit = opened(session, actor_of(session, clinic.kit), amira)

    answers = [recording.record(session, kit, amira.uid, wish(clinic)) for _ in range(2)]

    assert answers == [True, False]
    assert len(kept(session)) == 2


def test_once_consent_has_ended_it_may_be_given_again(session: Session, clinic: Clinic, amira: Child) -> None:
    entry(session, clinic.kit, amira, ends_on=TODAY)
    kit = opened(session, actor_of(session, clinic.kit), amira)

    assert recording.record(session, kit, amira.uid, wish(clinic))


def test_an_assistant_records_for_whom_they_assist(session: Session, clinic: Clinic, amira: Child) -> None:
    abe = opened(session, actor_of(session, clinic.abe), amira)

    assert recording.record(session, abe, amira.uid, wish(clinic))
    kit = opened(session, actor_of(session, clinic.kit), amira)
    assert not recording.record(session, kit, amira.uid, wish(clinic))

    assert [one.practitioner_id for one in kept(session)] == [kit.practitioner_id]


@pytest.mark.parametrize("who", ["sam", "nia", "ash", "max", "una", "rex"])
def test_nobody_outside_a_sensitive_service_records_one(
    session: Session, world: World, clinic: Clinic, amira: Child, who: str
) -> None:
    actor = actor_of(session, getattr(world, who))

    for refused in (lambda: recording.form(session, actor, amira.uid),
                    lambda: recording.record(session, actor, amira.uid, wish(clinic))):  # fmt: skip
        with pytest.raises(audit.Refusal, match="role"):
            refused()


def test_a_shielded_childs_record_takes_none(session: Session, world: World, clinic: Clinic) -> None:
    leo = build.child(session, world, given_names="Leo", shielded=True)
    kit = actor_of(session, clinic.kit)

    with pytest.raises(audit.Refusal, match="shielded") as refused:
        recording.record(session, kit, leo.uid, wish(clinic))

    assert refused.value.subject_id == blinding.subject(leo.subject_id)


def test_a_record_that_is_not_there_or_for_which_nothing_says_why(
    session: Session, clinic: Clinic, amira: Child
) -> None:
    kit = actor_of(session, clinic.kit)

    with pytest.raises(audit.Refusal, match="none"):
        recording.record(session, kit, uuid4(), wish(clinic))
    with pytest.raises(ReasonNeeded):
        recording.record(session, kit, amira.uid, wish(clinic))


def test_a_child_of_another_authority_is_recorded_as_any(session: Session, world: World, clinic: Clinic) -> None:
    far = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                       help_phone="+441614960101"))  # fmt: skip
    child = build.child(session, world, authority_id=far.id)
    kit = opened(session, actor_of(session, clinic.kit), child)

    assert recording.record(session, kit, child.uid, wish(clinic))
