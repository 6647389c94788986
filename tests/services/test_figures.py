"""The figures of a roll-out: whose they are, what they cost, and that nothing hidden of a child moves them."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Authority, Organisation
from cp.models.base import Base
from cp.rules.access import Actor
from cp.services.implementation import figures, nationally, steps
from cp.services.implementation.figures import Week
from cp.terms import Act, Figure, OrganisationKind, RecordState, Region, SchoolType
from tests import build
from tests.build import World
from tests.web import actor_of

OF_A_CHILD = {
    name for name, table in Base.metadata.tables.items()
    if any(key.column.table.name == "child" for column in table.columns for key in column.foreign_keys)
} - {"involvement"} | {"child"}  # fmt: skip


def executed(session: Session, act: Callable[[], object]) -> list[str]:
    """The statements of an act, but for its entry in the audit."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    act()
    event.remove(connection, "before_cursor_execute", note)
    return [one for one in found if "INSERT INTO audit_event" not in one]


def schools(session: Session, world: World, number: int) -> list[Organisation]:
    return [build.organisation(session, world.authority, name=f"School {at}", pupils=10) for at in range(number)]


def ivy(session: Session, world: World) -> Actor:
    return actor_of(session, world.ivy)


def test_they_are_of_ones_own_authority(session: Session, world: World) -> None:
    there = build.add(session, Authority(name="Eastmere Council", education_code="998", team_phone="+441614960497",
                                         help_phone="+441614960498"))  # fmt: skip
    for one in (build.organisation(session, there), world.school):
        steps.keep(session, one, contacted_on=clock.today())

    found = figures.of_authority(session, ivy(session, world))

    assert (found.all[Figure.ORGANISATIONS], found.all[Figure.CONTACTED]) == (3, 1)
    entries = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SEE_FIGURES)).all()
    assert [(entry.account_id, entry.results) for entry in entries] == [(world.ivy.account.uid, 3)]


def test_kinds_and_types_are_those_that_there_are(session: Session, world: World) -> None:
    world.school.school_type = SchoolType.MAINTAINED
    build.organisation(session, world.authority, OrganisationKind.INDEPENDENT_SCHOOL)

    found = figures.of_authority(session, ivy(session, world))

    assert {kind: numbers[Figure.ORGANISATIONS] for kind, numbers in found.by_kind.items()} == {
        OrganisationKind.PRIMARY_SCHOOL: 1, OrganisationKind.INDEPENDENT_SCHOOL: 1, OrganisationKind.GP_PRACTICE: 1,
        OrganisationKind.HEALTH_SERVICE: 1,
    }  # fmt: skip
    assert list(found.by_type) == [SchoolType.MAINTAINED, None]


def test_each_number_of_people_is_rounded_by_itself(session: Session, world: World) -> None:
    for one, trained in zip(schools(session, world, 3), (2, 2, 3), strict=True):
        one.school_type = SchoolType.ACADEMY if trained == 3 else SchoolType.MAINTAINED
        steps.keep(session, one, people_trained=trained)

    found = figures.of_authority(session, ivy(session, world))

    assert found.all[Figure.TRAINED] == 5
    assert {of: one[Figure.TRAINED] for of, one in found.by_type.items() if of} == {
        SchoolType.MAINTAINED: 5, SchoolType.ACADEMY: 5,
    }  # fmt: skip
    assert found.by_kind[OrganisationKind.GP_PRACTICE][Figure.TRAINED] == 0


def test_weeks_begin_with_the_one_before_the_first_contact(session: Session, world: World) -> None:
    steps.keep(session, world.school, contacted_on=date(2026, 11, 9), means_agreed_on=date(2026, 11, 15))
    steps.keep(session, world.health, contacted_on=date(2026, 11, 16))

    found = figures.of_authority(session, ivy(session, world))

    assert found.weeks == (
        Week(date(2026, 11, 2), 0, 0, 0), Week(date(2026, 11, 9), 1, 1, 0), Week(date(2026, 11, 16), 2, 1, 0),
        Week(date(2026, 11, 23), 2, 1, 0),
    )  # fmt: skip


def test_before_anything_was_done_there_is_no_week_and_no_day(session: Session, world: World) -> None:
    found = figures.of_authority(session, ivy(session, world))

    assert found.weeks == ()
    assert Figure.DAYS_HALF not in found.all


def test_nothing_that_hides_a_child_moves_a_figure(session: Session, world: World) -> None:
    world.school.pupils = 3
    child, *others = (build.child(session, world) for _ in range(3))
    for one in (child, *others):
        build.involvement(session, one, world.school)
    before = figures.table(session, ivy(session, world))
    assert "all,,children_held,5" in before  # 3: one child fewer would show

    child.shielded_at = clock.now()
    session.flush()
    assert figures.table(session, ivy(session, world)) == before

    child.state = RecordState.SEALED
    session.flush()
    assert figures.table(session, ivy(session, world)) == before


def test_no_table_of_children_is_read(session: Session, world: World) -> None:
    gil, own = actor_of(session, world.gil), ivy(session, world)

    asked = executed(session, lambda: (figures.table(session, own), nationally.of_all(session, gil)))

    words = set(" ".join(asked).replace(".", " ").replace("(", " ").split())
    assert "involvement" in words
    assert words.isdisjoint(OF_A_CHILD)


def test_many_organisations_take_as_many_statements_as_few(session: Session, world: World) -> None:
    own, gil = ivy(session, world), actor_of(session, world.gil)
    few = executed(session, lambda: figures.of_authority(session, own))
    for one in schools(session, world, 40):
        steps.keep(session, one, contacted_on=clock.today() - timedelta(days=one.id % 30))

    many = executed(session, lambda: figures.of_authority(session, own))
    nation = executed(session, lambda: nationally.of_all(session, gil))

    assert (len(few), len(many), len(nation)) == (3, 3, 2)


def test_the_nation_is_a_line_an_authority_by_region_and_phase(session: Session, world: World) -> None:
    world.authority.region, world.authority.phase = Region.NORTH_WEST, 1
    steps.keep(session, world.school, contacted_on=clock.today())
    build.add(session, Authority(name="Eastmere Council", education_code="998", team_phone="+441614960497",
                                 help_phone="+441614960498"))  # fmt: skip
    build.add(session, Authority(name="Gone Council", education_code="997", team_phone="+441614960497",
                                 help_phone="+441614960498", valid_to=clock.today()))  # fmt: skip

    found = nationally.of_all(session, actor_of(session, world.gil))

    lines = [(line.region, line.phase, line.name, line.numbers[Figure.ORGANISATIONS], line.numbers[Figure.CONTACTED])
             for lines in found.lines.values() for line in lines]  # fmt: skip
    assert lines == [(Region.NORTH_WEST, 1, "Northvale Council", 3, 1), (None, None, "Eastmere Council", 0, 0)]
    assert list(found.by_phase) == [1, None]
    assert not any(figure in found.all for figure in figures.PEOPLE)
    entries = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SEE_NATIONAL_FIGURES)).all()
    assert [entry.results for entry in entries] == [2]
