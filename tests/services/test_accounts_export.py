"""The list as a file and as a page: safe to open, stuck ones first; and an invented child for everybody."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from sqlalchemy.orm import Session

from cp.models import RoleGrant
from cp.rules.access import Subject, decide
from cp.services.managing import export, invented, listing
from cp.services.managing.listing import Wanted
from cp.terms import Act, Part, Role
from tests import build
from tests.build import World
from tests.services.managers import una
from tests.web import actor_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.asvs("1.2.10")
def test_no_cell_is_a_formula(session: Session, world: World, start: str) -> None:
    world.sam.account.name = f"{start}HYPERLINK(1)"

    rows = list(csv.reader(StringIO(export.table(session, una(session, world)), newline="")))

    assert f"'{start}HYPERLINK(1)" in {row[0] for row in rows}
    assert not [cell for row in rows for cell in row if cell.startswith(export.FORMULA)]


def test_the_file_has_everybody_in_scope_and_no_secret(session: Session, world: World) -> None:
    text = export.table(session, una(session, world))

    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert [row["name"] for row in rows] == [
        "Amir Patel", "Ash Bello", "Gil Osei", "Ivy Hartley", "Lou Marsh", "Max Adeyemi", "Nia Pritchard", "Rex Hale",
        "Sam Okafor", "Una Kowalski",
    ]  # fmt: skip
    assert [row["missing"] for row in rows if row["missing"]] == ["check"]
    assert (world.sam.account.password_hash or "?") not in text


def test_the_stuck_come_first_then_what_is_due_soonest(session: Session, world: World) -> None:
    world.sam.account.check_issued_on = date(2023, 11, 28)
    world.nia.account.trained_on = date(2025, 1, 10)
    world.max.account.trained_on = date(2024, 12, 10)

    rows = listing.show(session, una(session, world), Wanted()).rows

    assert [(row.member.name, [one.code for one in row.due]) for row in rows[:5]] == [
        ("Lou Marsh", []), ("Sam Okafor", ["check"]), ("Max Adeyemi", ["training"]), ("Nia Pritchard", ["training"]),
        ("Amir Patel", []),
    ]  # fmt: skip


def test_the_list_is_narrowed_and_paged(session: Session, world: World) -> None:
    actor = una(session, world)
    for number in range(60):
        build.person(session, world.school, f"Teacher {number:02}", f"teacher.{number}")

    def names(**wanted: object) -> list[str]:
        return [row.member.name for row in listing.show(session, actor, Wanted(**wanted)).rows]  # type: ignore[arg-type]

    assert (len(names()), len(names(page=2)), names(page=99)) == (50, 20, [])
    assert names(shown="stuck") == ["Lou Marsh"]
    assert names(name="okaf") == ["Sam Okafor"]
    assert names(organisation=world.health.uid) == ["Ash Bello", "Nia Pritchard"]
    assert names(shown="closed") == []


def test_users_are_counted_for_each_thousand_children(session: Session, world: World) -> None:
    for _ in range(8):
        build.child(session, world)

    found = listing.show(session, una(session, world), Wanted())

    assert (found.users, found.per_thousand) == (5, 625.0)
    assert listing.show(session, actor_of(session, world.ade), Wanted()).per_thousand is None


@pytest.mark.parametrize("who", ["sam", "nia", "max", "una", "rex", "lou", "ash"])
def test_an_invented_child_is_shown_by_the_one_decision(session: Session, world: World, who: str) -> None:
    person = getattr(world, who)

    _, (view,) = invented.sees(session, una(session, world), person.account)

    for seen in view.seen:
        subject = Subject(world.authority.id, shielded=seen.shielded)
        decision = decide(actor_of(session, person), Act.OPEN_RECORD, subject, TODAY)
        assert (seen.record is not None, seen.refusal) == (decision.allowed, getattr(decision, "reason", None))
        parts: frozenset[Part] = getattr(decision, "parts", frozenset())
        shown = seen.record
        if shown:
            assert bool(shown.addresses) == (Part.LOCATION in parts)
            assert bool(shown.carers) == (Part.CARERS in parts)
            assert bool(shown.people) == (Part.INVOLVEMENTS in parts)
            assert bool(shown.names) == (Part.OTHER_NAMES in parts)
            assert len(shown.numbers) == len(parts & {Part.EDUCATION_NUMBERS, Part.HEALTH_NUMBERS})


def test_somebody_with_two_roles_is_shown_both(session: Session, world: World) -> None:
    build.add(session, RoleGrant(account_id=world.rex.account.id, role=Role.MANAGEMENT_TEAM,
                                       starts_on=TODAY - timedelta(days=1)))  # fmt: skip

    _, views = invented.sees(session, una(session, world), world.rex.account)

    assert [(view.role, view.seen[0].record is not None) for view in views] == [
        (Role.REVIEWER, False), (Role.MANAGEMENT_TEAM, True)]  # fmt: skip
