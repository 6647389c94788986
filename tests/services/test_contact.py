"""Brokered contact: asked, taken, passed on, answered, closed; what each side learns; what the audit keeps."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from cp.models import AuditEvent, ContactRequest
from cp.models.child import Child
from cp.services import audit, blinding, contact
from cp.services.children import ReasonNeeded
from cp.services.contact import answering, asking, facts, team
from cp.services.contact.asking import Wish
from cp.services.contact.facts import Passed
from cp.services.sensitive import reading
from cp.services.sensitive.reading import ServiceShown
from cp.terms import Act, ContactAbout, ContactReason, ContactState, Reach, RecordState
from tests import build
from tests.build import Person, World
from tests.build_contact import (
    AGREED,
    CLOSED,
    DECLINED,
    PASSED,
    TAKEN,
    asked,
    clinic,
    elsewhere,
    entry,
    second_manager,
    service_of,
)
from tests.web import actor_of

SERVICES, FAMILY = ContactAbout
WISH = Wish(SERVICES, ContactReason.PLANNING, Reach.PHONE)


def on_list(session: Session, world: World, **given: object) -> Child:
    """A child whom Sam works with, so that Sam need not say why."""
    assert world.sam.practitioner is not None
    child = build.child(session, world, **given)
    build.involvement(session, child, world.sam.practitioner)
    return child


def entries(session: Session, *acts: Act) -> list[tuple[object, ...]]:
    query = select(AuditEvent).where(AuditEvent.act.in_(acts)).order_by(AuditEvent.id)
    return [(one.act, one.subject_id, one.object_id, one.reason) for one in session.scalars(query)]


def state_of(session: Session, request: ContactRequest) -> ContactState:
    session.refresh(request)
    return facts.of(request.facts).state


@pytest.fixture
def kit(session: Session, world: World) -> Person:
    return clinic(session, world)


@pytest.fixture
def shown(session: Session, kit: Person, monkeypatch: pytest.MonkeyPatch) -> ServiceShown:
    """The clinic has recorded every child there is."""
    made = entry(kit, session)
    monkeypatch.setattr(reading, "services_of", lambda *_: (made,))
    return made


def to_service(shown: ServiceShown) -> Passed:
    return Passed("service", shown.service, shown.entry_uid)


def test_asking_is_kept_with_its_entry_and_waits(session: Session, world: World) -> None:
    child = on_list(session, world)
    sam = actor_of(session, world.sam)

    assert asking.ask(session, sam, child.uid, WISH)

    request = session.scalars(select(ContactRequest)).one()
    assert (request.child_id, request.account_id, request.about, request.reason, request.reach, request.owner_id) == (
        child.id, world.sam.account.id, SERVICES, ContactReason.PLANNING, Reach.PHONE, None,
    )  # fmt: skip
    assert state_of(session, request) is ContactState.ASKED
    assert entries(session, Act.ASK_CONTACT) == [(Act.ASK_CONTACT, child.subject_id, request.uid, "planning")]
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
    assert entries(session, Act.SEE_CONTACTS) == [
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
    assert entries(session, Act.SEE_CONTACTS) == [(Act.SEE_CONTACTS, child.subject_id, request.uid, None)]


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


def test_a_request_goes_from_asked_to_agreed_and_closed(
    session: Session, world: World, kit: Person, shown: ServiceShown
) -> None:
    child = on_list(session, world)
    request = asked(session, world.sam, child)
    max_, nurse, sam = (actor_of(session, person) for person in (world.max, kit, world.sam))
    seen = facts.known_as(request.uid, "passed")

    assert team.step(session, max_, request.uid, "take")
    assert [one.name for one in team.one(session, max_, request.uid).whom] == ["The Quay clinic"]
    assert team.step(session, max_, request.uid, f"service-{shown.entry_uid}")
    assert [(one.uid, one.name, one.asker.name) for one in answering.waiting(session, nurse)] == [
        (seen, "Amira Siddiqui", "Sam Okafor")
    ]
    assert answering.answer(session, nurse, seen, agreed=True)
    assert asking.own(session, sam)[0].reply == "they_will_call"
    assert team.one(session, max_, request.uid).answered_by == "Kit Larsen"
    assert team.step(session, max_, request.uid, "close")

    assert (state_of(session, request), request.owner_id) == (ContactState.CLOSED, world.max.account.id)
    assert team.waiting(session, max_) == ([], 0)
    assert asking.own(session, sam)[0].reply == "they_will_call"


def test_the_audit_says_each_step_and_leads_to_no_child(
    session: Session, world: World, kit: Person, shown: ServiceShown
) -> None:
    request = asked(session, world.sam, on_list(session, world))
    max_, nurse = actor_of(session, world.max), actor_of(session, kit)
    seen = facts.known_as(request.uid, "passed")

    for what in ("take", f"service-{shown.entry_uid}"):
        team.step(session, max_, request.uid, what)
    answering.waiting(session, nurse)
    answering.answer(session, nurse, seen, agreed=False)
    team.step(session, max_, request.uid, "close")

    steps = {what: facts.known_as(request.uid, what) for what in ("take", "pass_on", "close")}
    assert entries(session, Act.STEP_CONTACT, Act.ANSWER_CONTACT, Act.SEE_PASSED_CONTACTS) == [
        (Act.STEP_CONTACT, None, steps["take"], "step"),
        (Act.STEP_CONTACT, None, steps["pass_on"], "step"),
        (Act.SEE_PASSED_CONTACTS, blinding.subject(session.get_one(Child, request.child_id).subject_id), None, None),
        (Act.ANSWER_CONTACT, None, seen, "decline"),
        (Act.STEP_CONTACT, None, steps["close"], "step"),
    ]
    assert len({request.uid, seen, *steps.values()}) == 5


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


def test_nobody_is_asked_to_call_a_person_whose_account_was_taken_away(
    session: Session, world: World, kit: Person, shown: ServiceShown
) -> None:
    child = on_list(session, world)
    waits = asked(session, world.sam, child, *TAKEN, owner=world.max)
    passed = asked(session, world.sam, child, *PASSED, to=to_service(shown), owner=world.max)
    world.sam.account.active = False
    session.flush()
    max_, nurse = actor_of(session, world.max), actor_of(session, kit)

    found = team.one(session, max_, waits.uid)
    assert (found.asked.asker.active, found.whom) == (False, ())
    with pytest.raises(team.NotOffered):
        team.step(session, max_, waits.uid, f"service-{shown.entry_uid}")
    assert not answering.any_waits(session, nurse)
    with pytest.raises(audit.Refusal, match="none"):
        answering.answer(session, nurse, facts.known_as(passed.uid, "passed"), agreed=True)
    assert team.step(session, max_, waits.uid, "close")


def test_of_two_of_the_team_the_first_counts(session: Session, world: World) -> None:
    request = asked(session, world.sam, on_list(session, world))
    max_, may = actor_of(session, world.max), actor_of(session, second_manager(session, world))

    assert team.step(session, max_, request.uid, "take")
    assert not team.step(session, may, request.uid, "take")
    assert not team.step(session, max_, request.uid, "take")

    assert request.owner_id == world.max.account.id
    assert len(entries(session, Act.STEP_CONTACT)) == 1
    assert team.step(session, may, request.uid, "close"), "the owner may be away"
    assert request.owner_id == world.max.account.id


def test_of_two_of_a_service_the_first_counts(session: Session, world: World, kit: Person, shown: ServiceShown) -> None:
    place = session.get_one(build.Organisation, kit.account.organisation_id)
    colleague = build.person(session, place, "Rue Amari", "rue.amari", role_title="Clinic nurse")
    request = asked(session, world.sam, on_list(session, world), *PASSED, to=to_service(shown))
    seen = facts.known_as(request.uid, "passed")

    assert answering.answer(session, actor_of(session, colleague), seen, agreed=False)
    assert not answering.answer(session, actor_of(session, kit), seen, agreed=True)

    assert state_of(session, request) is ContactState.DECLINED
    assert len(entries(session, Act.ANSWER_CONTACT)) == 1


def test_whoever_was_not_asked_finds_nothing(session: Session, world: World, kit: Person, shown: ServiceShown) -> None:
    request = asked(session, world.sam, on_list(session, world), *PASSED, to=to_service(shown))
    other = clinic(session, world, ".2")
    known = (facts.known_as(request.uid, "passed"), request.uid, uuid4())

    for person in (world.nia, world.sam, other):
        actor = actor_of(session, person)
        assert (answering.any_waits(session, actor), answering.waiting(session, actor)) == (False, [])
        for uid in known:
            with pytest.raises(audit.Refusal, match="none") as refused:
                answering.answer(session, actor, uid, agreed=True)
            assert (refused.value.subject_id, refused.value.object_id) == (None, None)
    assert answering.any_waits(session, actor_of(session, kit))


@pytest.mark.parametrize("done", [PASSED, AGREED, (*AGREED, "close")])
def test_withdrawn_consent_takes_back_whatever_was_passed_on_by_it(
    session: Session, world: World, kit: Person, shown: ServiceShown, done: tuple[object, ...]
) -> None:
    request = asked(session, world.sam, on_list(session, world), *done, to=to_service(shown))  # type: ignore[arg-type]
    others = asked(session, world.sam, on_list(session, world), *AGREED,
                   to=Passed("service", service_of(kit, session), uuid4()))  # fmt: skip

    contact.withdrawn(session, shown.entry_uid)

    held = facts.of(request.facts)
    closed = (*AGREED, "close") == done
    assert held.state is (ContactState.CLOSED if closed else ContactState.DECLINED)
    assert (held.passed_to, held.passed_at, held.agreed_on, held.answered_by) == (None, None, None, None)
    assert (request.passed_key in blinding.of_service(shown.service), state_of(session, others)) == (
        False, ContactState.AGREED,
    )  # fmt: skip
    replies = {one.reference: one.reply for one in asking.own(session, actor_of(session, world.sam))}
    assert replies == {request.reference: "waiting", others.reference: "they_will_call"}
    with pytest.raises(audit.Refusal, match="none"):
        answering.answer(session, actor_of(session, kit), facts.known_as(request.uid, "passed"), agreed=True)


def test_a_copy_of_the_row_does_not_tell_what_became_of_it(session: Session, world: World, shown: ServiceShown) -> None:
    child, everything = on_list(session, world), []
    long = Passed("service", f"{uuid4()} {'“Ü”' * 40}", uuid4())
    for done, to in (((), None), (CLOSED, None), (PASSED, to_service(shown)), (AGREED, long), (DECLINED, long)):
        everything.append(asked(session, world.sam, child, *done, to=to))

    rows = session.execute(text("SELECT * FROM contact_request ORDER BY id")).mappings().all()

    assert len({len(row["facts_sealed"]) for row in rows}) == 1
    assert all(row["passed_key"] > 0 and row["entry_key"] > 0 for row in rows)
    assert {type(row["passed_key"]) for row in rows} == {int}
    clear = [" ".join(str(value) for value in row.values()) for row in rows]
    assert [word for word in ("agree", "declin", "closed", "passed", shown.service, str(shown.entry_uid))
            if any(word in line for line in clear)] == []  # fmt: skip
    assert [facts.of(one.facts).state for one in everything] == ["asked", "closed", "passed", "agreed", "declined"]


def test_facts_are_kept_to_the_letter(session: Session, world: World) -> None:
    request = asked(session, world.sam, on_list(session, world))
    held = facts.Facts(ContactState.AGREED, Passed("service", "a b", UUID(int=1)), request.asked_at,
                       request.asked_at.date(), UUID(int=2), request.asked_at)  # fmt: skip

    facts.keep(request, held)

    assert facts.of(request.facts) == held
