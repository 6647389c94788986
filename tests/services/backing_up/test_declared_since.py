"""A service that was declared sensitive after a backup was made is sensitive when it is restored."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import lodging
from cp.lodging import Kind
from cp.models import AuditEvent, Involvement, Organisation, Practitioner, SensitiveTeam, new_uid
from cp.services.sensitive import register
from cp.terms import Act, SensitiveSubject
from tests import build, build_sensitive, build_shields
from tests.build import World
from tests.build_sensitive import CLINIC, Clinic
from tests.conftest import NOW
from tests.services.backing_up.conftest import Place
from tests.web import Browser, actor_of

SEXUAL, MENTAL = SensitiveSubject.SEXUAL_HEALTH, SensitiveSubject.MENTAL_HEALTH


def declare(session: Session, clinic: Clinic, team: str | None, subject: SensitiveSubject | None) -> None:
    with session:
        register.declare(session, actor_of(session, clinic.cleo), clinic.organisation.uid, team, subject)
        session.commit()


def work(session: Session, world: World, clinic: Clinic, team: str | None = None) -> None:
    """Kit works with a child openly, and so does the school; Kit is in that team, Wren in none."""
    child = build_shields.child(session, world, given_names="Amira")
    assert clinic.kit.practitioner is not None
    clinic.kit.practitioner.team = team
    build.involvement(session, child, clinic.kit.practitioner, started_on=date(2026, 11, 2))
    build.involvement(session, child, world.school)


def openly(session: Session) -> list[str]:
    """The organisations that stand among the ordinary involvements."""
    query = select(Organisation.name).select_from(Involvement).join(Organisation)
    session.rollback()
    return sorted(session.scalars(query.where(Organisation.name.in_((CLINIC, "Hollin Bank Primary School")))).all())


def test_nobody_sees_again_what_it_recorded_before(place: Place, world: World, browser: Browser) -> None:
    clinic = Clinic.make(place.session, world, None)
    work(place.session, world, clinic)
    uid, file = clinic.organisation.uid, place.back_up()
    declare(place.session, clinic, None, SEXUAL)

    printed = place.restore(file)

    assert f"Sensitive again, with nothing left of what they recorded openly: {CLINIC}" in printed.splitlines()
    assert place.session.scalars(select(Organisation.sensitive_subject).where(Organisation.uid == uid)).one() is SEXUAL
    assert openly(place.session) == ["Hollin Bank Primary School"]
    noted = select(AuditEvent.reason).where(AuditEvent.act == Act.SET_UP, AuditEvent.object_id == uid)
    assert place.session.scalars(noted).all() == ["sensitive_after_restore"]
    assert "0 problems" in place.done("audit", "verify")
    place.start()
    browser.become(place.session, world.sam)
    assert browser.get("/").h1 == "Find a child"


def test_a_team_is_known_again_by_its_name_alone(place: Place, world: World) -> None:
    clinic = Clinic.make(place.session, world, None)
    work(place.session, world, clinic, "Young minds")
    file = place.back_up()
    declare(place.session, clinic, "Young minds", MENTAL)

    printed = place.restore(file)

    assert printed.count(f"openly: Young minds, {CLINIC}\n") == 1
    teams = place.session.execute(select(SensitiveTeam.name, SensitiveTeam.subject)).all()
    assert [tuple(one) for one in teams] == [("Young minds", MENTAL)]
    assert openly(place.session) == ["Hollin Bank Primary School"]
    lodged = next(place.config.lodge.glob("protected-*")).read_text()
    assert "Young" not in lodged
    assert CLINIC not in lodged


def test_where_the_backup_knows_no_team_of_that_name_all_of_the_organisation_is(place: Place, world: World) -> None:
    clinic = Clinic.make(place.session, world, None)
    work(place.session, world, clinic)
    uid, file = clinic.organisation.uid, place.back_up()
    with place.session as session:
        assert clinic.kit.practitioner is not None
        session.get_one(Practitioner, clinic.kit.practitioner.id).team = "Young minds"
        session.commit()
    declare(place.session, clinic, "Young minds", MENTAL)

    place.restore(file)

    assert place.session.scalars(select(Organisation.sensitive_subject).where(Organisation.uid == uid)).one() is MENTAL
    assert openly(place.session) == ["Hollin Bank Primary School"]


def test_one_that_is_ordinary_again_is_sensitive_after_it_and_one_that_was_before_is_not_named(
    place: Place, world: World
) -> None:
    clinic = Clinic.make(place.session, world, None)
    before = Clinic.make(place.session, world, SEXUAL, "Vale Advice", "advice")
    file = place.back_up()
    declare(place.session, clinic, None, SEXUAL)
    declare(place.session, clinic, None, None)
    declare(place.session, before, None, MENTAL)

    printed = place.restore(file)

    assert f"openly: {CLINIC}\n" in printed
    subjects = dict(place.session.execute(select(Organisation.name, Organisation.sensitive_subject)).all())
    assert (subjects[CLINIC], subjects["Vale Advice"]) == (SEXUAL, SEXUAL)


def test_what_is_not_in_the_backup_is_counted_and_a_line_cut_short_is_nobodys(place: Place, world: World) -> None:
    clinic = build_sensitive.Clinic.make(place.session, world, None)
    file = place.back_up()
    lodging.note(Kind.SERVICE, new_uid(), NOW, SEXUAL)
    lodging.note(Kind.SERVICE, clinic.organisation.uid, NOW, "sexual_he")
    lodging.note(Kind.SERVICE, clinic.organisation.uid, NOW)

    printed = place.restore(file)

    assert printed.count("1 services declared sensitive since are not in the backup: their managers declare them") == 1
    assert set(place.session.scalars(select(Organisation.sensitive_subject))) == {None}


def test_calling_one_ordinary_protects_nobody_and_is_not_noted(place: Place, world: World) -> None:
    clinic = Clinic.make(place.session, world)

    declare(place.session, clinic, None, None)

    assert list(lodging.lines(place.config.lodge, NOW)) == []
