"""Who reads what sensitive services recorded, and that everybody else asks nothing of it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cp.models import SensitiveTeam
from cp.models.child import Child
from cp.services import children, involved, settings
from cp.services.records import Record
from cp.services.sensitive import reading
from cp.services.sensitive.reading import ServiceShown
from cp.terms import Act, Reason, RecordState, SensitiveGround, SensitiveSubject
from tests import build
from tests.build import Person, World
from tests.build_sensitive import CLINIC, Clinic, entry
from tests.services.directory import executed
from tests.web import actor_of

TODAY = date(2026, 11, 23)


@pytest.fixture
def clinic(session: Session, world: World) -> Clinic:
    return Clinic.make(session, world)


@pytest.fixture
def amira(session: Session, world: World) -> Child:
    return build.child(session, world)


def read(session: Session, person: Person, child: Child, act: Act = Act.OPEN_RECORD) -> Record:
    actor = actor_of(session, person)
    children.give_reason(session, actor, child.uid, Reason.WORKING_WITH)
    return children.open_record(session, actor, child.uid, act=act)


def seen(record: Record) -> tuple[list[str], list[str]]:
    """Whom the reader sees of their own service, and of any."""
    return [one.name for one in record.own_service], [one.name for one in record.sensitive]


def test_the_service_itself_and_the_management_team_see_it(
    session: Session, world: World, clinic: Clinic, amira: Child
) -> None:
    other = Clinic.make(session, world, SensitiveSubject.MENTAL_HEALTH, "Weir Street Minds", "minds")
    entry(session, clinic.kit, amira)
    entry(session, other.wren, amira)

    assert {who: seen(read(session, person, amira)) for who, person in {
        "kit": clinic.kit, "wren": clinic.wren, "abe": clinic.abe, "other": other.kit, "max": world.max,
        "sam": world.sam, "nia": world.nia, "ash": world.ash,
    }.items()} == {
        "kit": (["Kit Maddox"], []), "wren": (["Kit Maddox"], []), "abe": (["Kit Maddox"], []),
        "other": (["Wren Castle"], []), "max": ([], ["Kit Maddox", "Wren Castle"]),
        "sam": ([], []), "nia": ([], []), "ash": ([], []),
    }  # fmt: skip


def test_it_is_seen_with_how_to_reach_them_the_ground_and_until_when(
    session: Session, world: World, clinic: Clinic, amira: Child
) -> None:
    uid = entry(session, clinic.kit, amira, ground=SensitiveGround.PARENT)

    (one,) = read(session, world.max, amira).sensitive

    assert (one.uid, one.service, one.name, one.role, one.phone, one.email) == (
        uid, CLINIC, "Kit Maddox", "Sexual health nurse", "+441614960142", "kit.clinic@example.test",
    )  # fmt: skip
    assert (one.ground, one.started_on, one.ends_on, one.mine) == (
        SensitiveGround.PARENT, date(2026, 11, 20), date(2027, 11, 20), False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [{"ends_on": TODAY}, {"withdrawn_on": TODAY}, {"given_on": date(2025, 11, 23)}, {"given_on": date(2026, 11, 24)}],
    ids=["its last day is over", "withdrawn", "twelve months old", "dated tomorrow"],
)
def test_what_is_no_ground_today_is_seen_by_nobody(
    session: Session, world: World, clinic: Clinic, amira: Child, given: dict[str, Any]
) -> None:
    entry(session, clinic.kit, amira, **given)

    assert seen(read(session, clinic.kit, amira)) == ([], [])
    assert seen(read(session, world.max, amira)) == ([], [])
    assert reading.services_of(session, amira.uid) == ()
    assert reading.mine(session, actor_of(session, clinic.kit)) == ()


def test_a_shield_hides_it_from_the_service_and_not_from_the_team(
    session: Session, world: World, clinic: Clinic
) -> None:
    leo = build.child(session, world, given_names="Leo", shielded=True)
    entry(session, clinic.kit, leo)

    assert seen(read(session, clinic.kit, leo)) == ([], [])
    assert seen(read(session, world.max, leo)) == ([], ["Kit Maddox"])


def test_another_authoritys_team_sees_none(session: Session, world: World, clinic: Clinic) -> None:
    far = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                       help_phone="+441614960101"))  # fmt: skip
    child = build.child(session, world, authority_id=far.id)
    entry(session, clinic.kit, child)

    assert seen(read(session, world.max, child)) == ([], [])


def test_it_is_never_printed(session: Session, world: World, clinic: Clinic, amira: Child) -> None:
    entry(session, clinic.kit, amira)

    assert seen(read(session, clinic.kit, amira, Act.PRINT_RECORD)) == ([], [])
    assert seen(read(session, world.max, amira, Act.PRINT_RECORD)) == ([], [])


def test_whoever_brokers_contact_reads_each_service_in_force(
    session: Session, world: World, clinic: Clinic, amira: Child
) -> None:
    assert world.nia.practitioner is not None
    world.nia.practitioner.team = "Young minds"
    build.add(session, SensitiveTeam(organisation_id=world.health.id, name="Young minds",
                                     subject=SensitiveSubject.MENTAL_HEALTH))  # fmt: skip
    first, second = entry(session, clinic.kit, amira), entry(session, world.nia, amira)
    entry(session, clinic.wren, amira, ends_on=TODAY)

    assert reading.services_of(session, amira.uid) == (
        ServiceShown(first, str(clinic.organisation.uid), CLINIC, "Kit Maddox", "+441614960142",
                     "kit.clinic@example.test"),
        ServiceShown(second, f"{world.health.uid} Young minds", "Young minds, Vale Community Health", "Nia Pritchard",
                     "+441614960142", "nia.nurse@example.test"),
    )  # fmt: skip


def test_my_own_end_first_stand_first(session: Session, world: World, clinic: Clinic, amira: Child) -> None:
    zofia = build.child(session, world, given_names="Zofia", family_name="Nowak")
    gone = build.child(session, world, given_names="Gone", state=RecordState.MERGED)
    entry(session, clinic.kit, amira)
    entry(session, clinic.kit, zofia, ends_on=date(2026, 12, 1))
    entry(session, clinic.kit, gone)
    entry(session, clinic.wren, build.child(session, world))

    mine = reading.mine(session, actor_of(session, clinic.kit))

    assert [(one.name, one.ends_on) for one in mine] == [
        ("Zofia Nowak", date(2026, 12, 1)), ("Amira Siddiqui", date(2027, 11, 20)),
    ]  # fmt: skip


def test_whoever_moved_on_has_none(session: Session, world: World, clinic: Clinic, amira: Child) -> None:
    assert world.nia.practitioner is not None
    world.nia.practitioner.team = "Young minds"
    entry(session, world.nia, amira)

    assert reading.mine(session, actor_of(session, world.nia)) == ()


def test_whoever_works_in_no_sensitive_service_asks_nothing_of_it(
    session: Session, world: World, clinic: Clinic, amira: Child
) -> None:
    entry(session, clinic.kit, amira)
    sam = actor_of(session, world.sam)
    children.give_reason(session, sam, amira.uid, Reason.WORKING_WITH)

    sent = executed(session, lambda: (children.open_record(session, sam, amira.uid), involved.mine(session, sam),
                                      reading.mine(session, sam)))  # fmt: skip

    assert [statement for statement, _ in sent if "sensitive_involvement" in statement] == []


def test_the_neutral_line_stands_on_every_record_of_the_authority_or_on_none(
    session: Session, world: World, clinic: Clinic, amira: Child
) -> None:
    leo = build.child(session, world, given_names="Leo", shielded=True)
    entry(session, clinic.kit, amira)
    max_ = actor_of(session, world.max)

    lines = []
    for on, version in ((True, "0"), (False, "1")):
        settings.set_neutral_line(session, max_, on, version)
        lines.append({read(session, who, child).neutral_line
                      for who in (world.sam, world.max, clinic.kit) for child in (amira, leo)})  # fmt: skip

    assert lines == [{True}, {False}]


def test_the_line_of_another_authority_is_its_own(session: Session, world: World, amira: Child) -> None:
    far = build.add(session, build.opened(name="Eastvale Council", education_code="998", team_phone="+441614960131",
                                       help_phone="+441614960101"))  # fmt: skip
    child = build.child(session, world, authority_id=far.id)
    settings.set_neutral_line(session, actor_of(session, world.max), True, "0")

    assert [read(session, world.sam, one).neutral_line for one in (amira, child)] == [True, False]
