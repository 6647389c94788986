"""Whoever was asked answers, or takes consent back; what a copy of the database and the audit keep of it."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cp.models import Organisation
from cp.models.child import Child
from cp.services import audit, blinding, contact
from cp.services.contact import answering, asking, facts, team
from cp.services.contact.asking import Wish
from cp.services.contact.facts import Passed
from cp.services.sensitive.reading import ServiceShown
from cp.terms import Act, ContactAbout, ContactReason, ContactState, Reach
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
    entry,
    on_list,
    recorded,
    service_of,
    state_of,
    to_service,
    written,
)
from tests.web import actor_of

SERVICES, FAMILY = ContactAbout
WISH = Wish(SERVICES, ContactReason.PLANNING, Reach.PHONE)


@pytest.fixture
def kit(session: Session, world: World) -> Person:
    return clinic(session, world)


@pytest.fixture
def shown(session: Session, kit: Person, monkeypatch: pytest.MonkeyPatch) -> ServiceShown:
    """The clinic has recorded every child there is."""
    made = entry(kit, session)
    recorded(monkeypatch, made)
    return made


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
    assert written(session, Act.STEP_CONTACT, Act.ANSWER_CONTACT, Act.SEE_PASSED_CONTACTS) == [
        (Act.STEP_CONTACT, None, steps["take"], "step"),
        (Act.STEP_CONTACT, None, steps["pass_on"], "step"),
        (Act.SEE_PASSED_CONTACTS, blinding.subject(session.get_one(Child, request.child_id).subject_id), None, None),
        (Act.ANSWER_CONTACT, None, seen, "decline"),
        (Act.STEP_CONTACT, None, steps["close"], "step"),
    ]
    assert len({request.uid, seen, *steps.values()}) == 5


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


def test_of_two_of_a_service_the_first_counts(session: Session, world: World, kit: Person, shown: ServiceShown) -> None:
    place = session.get_one(Organisation, kit.account.organisation_id)
    colleague = build.person(session, place, "Rue Amari", "rue.amari", role_title="Clinic nurse")
    request = asked(session, world.sam, on_list(session, world), *PASSED, to=to_service(shown))
    seen = facts.known_as(request.uid, "passed")

    assert answering.answer(session, actor_of(session, colleague), seen, agreed=False)
    assert not answering.answer(session, actor_of(session, kit), seen, agreed=True)

    assert state_of(session, request) is ContactState.DECLINED
    assert len(written(session, Act.ANSWER_CONTACT)) == 1


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
