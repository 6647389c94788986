"""The figures of a region: of every authority in it, exact, and as an independent recount has them."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import AuditEvent, Onboarding, Organisation
from cp.rules.access import Actor
from cp.services.audit import Refusal
from cp.services.implementation import regions, steps
from cp.services.implementation.regions import Figures
from cp.terms import Act, BodyKind, OrganisationKind, Region, Step
from tests import build, build_governance
from tests.build import World
from tests.scale import SEED, scaled
from tests.web import actor_of


@pytest.fixture
def gil(session: Session, world: World) -> Actor:
    world.authority.region = Region.NORTH_WEST
    session.flush()
    return actor_of(session, world.gil)


def test_every_authority_of_the_region_has_a_line_and_no_other(session: Session, world: World, gil: Actor) -> None:
    build_governance.authority(session, "Eastvale Council", Region.NORTH_WEST)
    build_governance.authority(session, "Southvale Council", Region.SOUTH_EAST)
    build_governance.authority(session, "Westvale Council", None)
    build_governance.authority(session, "Oldvale Council", Region.NORTH_WEST).valid_to = clock.today()
    session.flush()

    shown = regions.show(session, gil)

    assert shown.region is Region.NORTH_WEST
    assert [(one.name, one.figures.total) for one in shown.lines] == [("Eastvale Council", 0), ("Northvale Council", 3)]
    entry = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.SEE_REGION)).one()
    assert (entry.results, entry.subject_id) == (2, None)


def test_an_authority_without_a_region_is_nobodys(session: Session, world: World) -> None:
    build_governance.authority(session, "Westvale Council", None)
    gil = actor_of(session, world.gil)

    shown = regions.show(session, gil)

    assert (shown.region, shown.lines) == (None, ())
    with pytest.raises(Refusal) as refused:
        regions.authority(session, gil, world.authority.uid)
    assert refused.value.hidden


def test_an_authority_opens_to_the_same_figures_by_kind(session: Session, world: World, gil: Actor) -> None:
    steps.keep(session, world.school, contacted_on=clock.today(), duty_explained_on=clock.today())

    name, shown = regions.authority(session, gil, world.authority.uid)

    assert name == "Northvale Council"
    assert [(one.name, {step: count for step, count in one.figures.steps.items() if count}) for one in shown.lines] == [
        (OrganisationKind.PRIMARY_SCHOOL, {Step.ANSWERS: 1}), (OrganisationKind.GP_PRACTICE, {Step.FIRST_CONTACT: 1}),
        (OrganisationKind.HEALTH_SERVICE, {Step.FIRST_CONTACT: 1}),
    ]  # fmt: skip
    assert shown.every == regions.show(session, gil).every


def test_an_authority_of_another_region_is_not_there(session: Session, gil: Actor) -> None:
    there = build_governance.authority(session, "Southvale Council", Region.SOUTH_EAST)

    with pytest.raises(Refusal) as refused:
        regions.authority(session, gil, there.uid)

    assert refused.value.hidden


def any_organisation(chance: random.Random, session: Session, authority_id: int) -> None:
    """In any state, some without a row of its own, some closed, some the council itself."""
    today = clock.today()
    one = build.add(session, Organisation(
        authority_id=authority_id, kind=chance.choice(list(OrganisationKind)), name="Somewhere",
        body_kind=chance.choice([BodyKind.EDUCATION, BodyKind.HEALTH, BodyKind.AUTHORITY]),
        accreditation_ends_on=chance.choice([None, *(today + timedelta(days=days) for days in (-1, 0, 60, 61))]),
        valid_to=chance.choice([None, None, today, today + timedelta(days=1)]),
    ))  # fmt: skip
    if chance.random() < 0.8:
        row = steps.keep(session, one, agreement_ends_on=chance.choice([None, today, today + timedelta(days=61)]))
        row.step = chance.choice(list(Step))
        row.due_on = chance.choice([None, today, today - timedelta(days=1)])


def recounted(session: Session, authority_id: int) -> Figures:
    """From the rows themselves, one after the other."""
    today, found, besides = clock.today(), Counter[Step](), Counter[str]()
    rows = {row.organisation_id: row for row in session.scalars(select(Onboarding))}
    for one in session.scalars(select(Organisation).where(Organisation.authority_id == authority_id)):
        if one.body_kind is BodyKind.AUTHORITY or (one.valid_to and one.valid_to <= today):
            continue
        row, soon = rows.get(one.id), today + timedelta(days=60)
        found[row.step if row else Step.FIRST_CONTACT] += 1
        besides["overdue"] += bool(row and row.due_on and row.due_on < today)
        besides["agreements"] += bool(row and row.agreement_ends_on and row.agreement_ends_on <= soon)
        besides["accreditations"] += bool(one.accreditation_ends_on and one.accreditation_ends_on <= soon)
    return Figures({step: found[step] for step in Step}, **{name: besides[name] for name in regions.BESIDES})


def test_the_figures_are_what_a_recount_finds_in_three_statements(session: Session, world: World, gil: Actor) -> None:
    chance = random.Random(SEED)
    there = [
        build_governance.authority(session, f"Council {number:03}", Region.NORTH_WEST)
        for number in range(scaled(12, 200))
    ]
    for one in there:
        for _ in range(chance.randrange(1, 12)):
            any_organisation(chance, session, one.id)
    session.flush()
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))

    shown = regions.show(session, gil)

    assert len([one for one in asked if "FROM authority" in one or "FROM organisation" in one]) == 3
    by_name = {one.name: one.figures for one in shown.lines}
    assert {one.name: by_name[one.name] for one in there} == {one.name: recounted(session, one.id) for one in there}


def test_the_spreadsheet_has_the_same_figures(session: Session, world: World, gil: Actor) -> None:
    assert regions.table(session, gil).splitlines() == [
        "authority,organisations,first_contact,answers,means,test_file,agreement,people,training,accreditation,live,"
        "next steps overdue,agreements that end,accreditations that end",
        "Northvale Council,3,3,0,0,0,0,0,0,0,0,0,0,0",
    ]
