"""The register of services: said by its manager, and nothing of a sensitive service stays among the ordinary ones."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp.models import AuditEvent, Involvement, Organisation, SensitiveTeam
from cp.models.child import Child
from cp.rules.access import Actor
from cp.services import audit, children, handing_over, involvements
from cp.services.involvements import Wish
from cp.services.sensitive import register
from cp.terms import Act, Reason, SensitiveSubject
from tests import build, build_identities
from tests.build import World
from tests.build_sensitive import Clinic, entry, kept
from tests.web import actor_of

SEXUAL, MENTAL = SensitiveSubject.SEXUAL_HEALTH, SensitiveSubject.MENTAL_HEALTH


@pytest.fixture
def clinic(session: Session, world: World) -> Clinic:
    """An ordinary service, so far."""
    return Clinic.make(session, world, None)


@pytest.fixture
def cleo(session: Session, clinic: Clinic) -> Actor:
    return actor_of(session, clinic.cleo)


def everywhere(session: Session) -> list[Involvement]:
    session.expire_all()
    return list(session.scalars(select(Involvement).order_by(Involvement.id)))


def declared(session: Session) -> list[tuple[object, ...]]:
    query = select(AuditEvent.object_id, AuditEvent.reason, AuditEvent.results, AuditEvent.subject_id)
    return [tuple(row) for row in session.execute(query.where(AuditEvent.act == Act.DECLARE_SERVICE))]


def test_calling_a_service_sensitive_takes_what_it_recorded_off_at_once(
    session: Session, world: World, clinic: Clinic, cleo: Actor
) -> None:
    assert clinic.kit.practitioner is not None
    assert world.sam.practitioner is not None
    amira, zofia = build.child(session, world), build.child(session, world, given_names="Zofia")
    build.involvement(session, amira, clinic.kit.practitioner, lead=True)
    build.involvement(session, zofia, clinic.kit.practitioner, ended_on=date(2026, 11, 1))
    build.involvement(session, zofia, clinic.organisation)
    build.involvement(session, zofia, clinic.kit.practitioner, in_error=True)
    stays = build.involvement(session, zofia, world.sam.practitioner)
    stays.lead_passed_to_id, stays.lead_passed_on = clinic.kit.practitioner.id, date(2026, 11, 20)
    session.flush()
    assert register.leaving(session, cleo, clinic.organisation.uid, None) == 3

    assert register.declare(session, cleo, clinic.organisation.uid, None, SEXUAL) == 3

    assert [(one.id, one.lead_passed_to_id, one.lead_passed_on) for one in everywhere(session)] == [
        (stays.id, None, None)
    ]
    assert session.get_one(Organisation, clinic.organisation.id).sensitive_subject is SEXUAL
    assert declared(session) == [(clinic.organisation.uid, "organisation:sexual_health", 3, None)]


def test_one_team_goes_and_its_neighbours_stay(session: Session, world: World, clinic: Clinic, cleo: Actor) -> None:
    assert clinic.kit.practitioner is not None
    assert clinic.wren.practitioner is not None
    clinic.kit.practitioner.team, clinic.wren.practitioner.team = "Young minds", "Front desk"
    amira = build.child(session, world)
    build.involvement(session, amira, clinic.kit.practitioner)
    stays = build.involvement(session, amira, clinic.wren.practitioner)
    whole = build.involvement(session, amira, clinic.organisation)

    assert register.declare(session, cleo, clinic.organisation.uid, "Young minds", MENTAL) == 1

    assert [one.id for one in everywhere(session)] == [stays.id, whole.id]
    team = session.scalars(select(SensitiveTeam)).one()
    assert (team.organisation_id, team.name, team.subject) == (clinic.organisation.id, "Young minds", MENTAL)
    assert actor_of(session, clinic.kit).sensitive_service == f"{clinic.organisation.uid} Young minds"
    assert actor_of(session, clinic.wren).sensitive_service is None
    assert register.one(session, cleo, clinic.organisation.uid).teams == (("Front desk", None), ("Young minds", MENTAL))


def test_calling_it_ordinary_again_leaves_consent_sensitive(
    session: Session, world: World, clinic: Clinic, cleo: Actor
) -> None:
    register.declare(session, cleo, clinic.organisation.uid, None, SEXUAL)
    entry(session, clinic.kit, build.child(session, world))

    assert register.declare(session, cleo, clinic.organisation.uid, None, None) == 0

    assert len(kept(session)) == 1
    assert everywhere(session) == []
    assert declared(session)[1] == (clinic.organisation.uid, "organisation:ordinary", 0, None)


def test_an_old_identity_is_not_counted_and_goes_with_the_rest(
    session: Session, world: World, clinic: Clinic, cleo: Actor
) -> None:
    assert clinic.kit.practitioner is not None
    build.involvement(session, build.child(session, world), clinic.kit.practitioner)
    hidden = build.child(session, world, given_names="Zuzanna")
    build.involvement(session, hidden, clinic.kit.practitioner)
    build_identities.sealed(session, hidden, world.max, build_identities.may(session, world))

    counted = register.leaving(session, cleo, clinic.organisation.uid, None)

    assert (counted, register.declare(session, cleo, clinic.organisation.uid, None, SEXUAL)) == (1, 1)
    assert everywhere(session) == []


def test_saying_the_same_again_changes_nothing(session: Session, clinic: Clinic, cleo: Actor) -> None:
    answers = [
        register.declare(session, cleo, clinic.organisation.uid, None, subject) for subject in (None, MENTAL, MENTAL)
    ]

    assert answers == [None, 0, None]
    assert len(declared(session)) == 1


def test_a_manager_answers_for_their_own_and_the_authoritys_for_whoever_has_none(
    session: Session, world: World, clinic: Clinic, cleo: Actor
) -> None:
    far = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                       help_phone="+441614960101"))  # fmt: skip
    build.organisation(session, far, name="Eastvale School")
    build.organisation(session, world.authority, name="Closed School", valid_to=date(2026, 9, 1))

    una = actor_of(session, world.una)

    assert [one.name for one in register.services(session, cleo)] == ["Vale Young People’s Clinic"]
    assert [one.name for one in register.services(session, una)] == [
        "Northvale Council", "Hollin Bank Primary School", "Vale Community Health", "Vale Road Surgery",
    ]  # fmt: skip
    seen = select(AuditEvent.results).where(AuditEvent.act == Act.SEE_SERVICES)
    assert session.scalars(seen).all() == [1, 4]


def test_what_a_manager_does_not_answer_for_is_not_there(
    session: Session, world: World, clinic: Clinic, cleo: Actor
) -> None:
    una = actor_of(session, world.una)

    for actor, uid in ((una, clinic.organisation.uid), (cleo, world.school.uid), (cleo, uuid4())):
        for refused in (lambda a, u: register.one(session, a, u), lambda a, u: register.leaving(session, a, u, None),
                        lambda a, u: register.declare(session, a, u, None, MENTAL)):  # fmt: skip
            with pytest.raises(audit.Refusal, match="none"):
                refused(actor, uid)
    with pytest.raises(audit.Refusal, match="none"):
        register.declare(session, cleo, clinic.organisation.uid, "No such team", MENTAL)
    assert declared(session) == []


def test_once_its_manager_is_gone_the_authoritys_answers(session: Session, world: World, clinic: Clinic) -> None:
    una = actor_of(session, world.una)
    clinic.cleo.account.active = False
    session.flush()

    assert register.declare(session, una, clinic.organisation.uid, None, SEXUAL) == 0


def test_nobody_records_where_the_service_was_called_sensitive_meanwhile(
    session: Session, world: World, clinic: Clinic, cleo: Actor
) -> None:
    """Kit's page was begun while the service was ordinary."""
    amira, kit = build.child(session, world), actor_of(session, clinic.kit)
    children.give_reason(session, kit, amira.uid, Reason.WORKING_WITH)
    assert kit.sensitive_service is None
    register.declare(session, cleo, clinic.organisation.uid, None, SEXUAL)

    with pytest.raises(audit.Refusal, match="sensitive_service"):
        involvements.record(session, kit, amira.uid, Wish(date(2026, 11, 1)))

    assert everywhere(session) == []


def test_one_that_went_meanwhile_is_not_there_to_end(
    session: Session, world: World, clinic: Clinic, cleo: Actor
) -> None:
    assert clinic.kit.practitioner is not None
    held = build.involvement(session, build.child(session, world), clinic.kit.practitioner)
    kit = actor_of(session, clinic.kit)
    register.declare(session, cleo, clinic.organisation.uid, None, SEXUAL)

    with pytest.raises(audit.Refusal, match="none"):
        involvements.end(session, kit, held.uid, date(2026, 11, 20))


def test_nothing_is_handed_over_to_a_sensitive_team(session: Session, world: World, clinic: Clinic) -> None:
    assert clinic.kit.practitioner is not None
    assert clinic.wren.practitioner is not None
    held = build.involvement(session, build.child(session, world), clinic.kit.practitioner)
    clinic.kit.practitioner.left_on, clinic.wren.practitioner.team = date(2026, 11, 20), "Young minds"
    build.add(session, SensitiveTeam(organisation_id=clinic.organisation.id, name="Young minds", subject=MENTAL))
    max_ = actor_of(session, world.max)

    assert handing_over.one(session, max_, held.uid)[1] == []
    with pytest.raises(handing_over.NoSuchColleague):
        handing_over.settle(session, max_, held.uid, clinic.wren.practitioner.uid)


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    return build.child(session, world)


def test_an_ordinary_row_of_a_sensitive_team_or_its_word_shows_nowhere(
    session: Session, world: World, clinic: Clinic, amira: Child
) -> None:
    """Should one be left behind, by whatever mistake, the record still says nothing of it."""
    assert clinic.kit.practitioner is not None
    build.involvement(session, amira, clinic.kit.practitioner)
    clinic.kit.practitioner.team = "Young minds"
    build.add(session, SensitiveTeam(organisation_id=clinic.organisation.id, name="Young minds", subject=MENTAL))
    other = Clinic.make(session, world, SEXUAL, "Weir Street Clinic", "weir")
    amira.name_source_id = build.source(session, amira, other.organisation)
    session.flush()
    sam = actor_of(session, world.sam)
    children.give_reason(session, sam, amira.uid, Reason.WORKING_WITH)

    record = children.open_record(session, sam, amira.uid)

    assert (record.people, record.universal, record.ended, record.name_source) == ((), (), (), None)
