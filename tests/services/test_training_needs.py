"""How many people need training: exactly for one school, to the nearest five for more; and clusters of schools."""

import random
from collections import Counter
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cp.models import Authority, Organisation
from cp.rules.eligibility import posts_at
from cp.services.audit import Refusal
from cp.services.implementation import clusters, needs, workforce
from cp.services.managing.problems import Problem
from cp.terms import OrganisationKind, Region, Training
from tests import build, build_training
from tests.build import World
from tests.scale import SEED, scaled
from tests.web import actor_of


def table(found: needs.Needs) -> list[tuple[str, int, int, int, int, int]]:
    return [(row.words, row.staff, row.named, row.trained, row.booked, row.to_train)
            for row in (*found.rows, found.total)]  # fmt: skip


def filled(session: Session, world: World) -> None:
    """One school: 7 heads of year, of whom three are named; a head; a manager; and one whose post is not listed."""
    workforce.set_counts(session, world.school, {"head": 1, "head_of_year": 7})
    build_training.named(session, world.school, trained_on=date(2026, 11, 10))
    placed, waits = (build_training.named(session, world.school) for _ in range(2))
    build_training.named(session, world.school, post=None)
    build_training.named(session, world.school, post=None, need=Training.MANAGERS)
    build_training.held(session, world, placed, waits, places=1)


def test_one_school_is_told_exactly(session: Session, world: World) -> None:
    filled(session, world)

    found = needs.of(session, actor_of(session, world.ivy), world.school.uid, None)

    assert table(found) == [
        ("Head", 1, 0, 0, 0, 1),
        ("Head of year", 7, 3, 1, 1, 5),
        ("Account managers of schools", 0, 1, 0, 0, 1),
        ("All", 8, 4, 1, 1, 7),
    ]
    assert (found.exact, found.schools, found.counted) == (True, 1, 1)


def test_more_than_one_school_is_told_to_the_nearest_five_each_number_by_itself(session: Session, world: World) -> None:
    filled(session, world)

    found = needs.of(session, actor_of(session, world.ivy), None, None)

    assert table(found) == [
        ("Head", 0, 0, 0, 0, 0),
        ("Head of year", 5, 5, 0, 0, 5),
        ("Account managers of schools", 0, 0, 0, 0, 0),
        ("All", 10, 5, 0, 0, 5),
    ]
    assert (found.name, found.exact, found.schools, found.counted) == ("Northvale Council", False, 3, 1)


def test_a_cluster_is_its_schools(session: Session, world: World) -> None:
    ivy, other = actor_of(session, world.ivy), build.organisation(session, world.authority)
    filled(session, world)
    workforce.set_counts(session, other, {"head_of_year": 30})
    clusters.keep(session, ivy, None, "Weirside", {other.uid})
    (weirside,) = clusters.listed(session, ivy)

    found = needs.of(session, ivy, None, weirside.uid)

    assert table(found) == [("Head of year", 30, 0, 0, 0, 30), ("All", 30, 0, 0, 0, 30)]
    assert (found.name, found.exact, clusters.one(session, ivy, weirside.uid).schools) == (
        "Weirside", False, (other.uid,),
    )  # fmt: skip


def test_a_cluster_is_changed_and_removed_and_its_name_is_its_own(session: Session, world: World) -> None:
    ivy = actor_of(session, world.ivy)
    clusters.keep(session, ivy, None, "Weirside", {world.school.uid})
    clusters.keep(session, ivy, None, "Hollin", {world.health.uid})
    hollin, weirside = clusters.listed(session, ivy)

    with pytest.raises(Problem):
        clusters.keep(session, ivy, hollin.uid, "weirside", {world.school.uid})
    clusters.keep(session, ivy, hollin.uid, "Hollin", {world.school.uid, world.council.uid})

    assert clusters.one(session, ivy, hollin.uid).schools == (world.school.uid,)
    clusters.remove(session, ivy, weirside.uid)
    assert clusters.listed(session, ivy) == [hollin]


def test_a_cluster_of_another_authority_is_not_there(session: Session, world: World) -> None:
    there = elsewhere(session)
    clusters.keep(session, actor_of(session, world.ivy), None, "Weirside", {world.school.uid})
    (weirside,) = clusters.listed(session, actor_of(session, world.ivy))
    weirside.authority_id = there.id
    session.flush()

    with pytest.raises(Refusal):
        needs.of(session, actor_of(session, world.ivy), None, weirside.uid)


def elsewhere(session: Session, **given: object) -> Authority:
    made: Authority = build.add(
        session,
        Authority(
            name="Southvale Council", education_code="998", team_phone="+441614960150", help_phone="+441614960151",
            **given,
        ),
    )  # fmt: skip
    return made


def test_a_region_is_all_its_authorities_and_no_other(session: Session, world: World) -> None:
    world.authority.region = Region.NORTH_WEST
    near, far = elsewhere(session, region=Region.NORTH_WEST), elsewhere(session, region=Region.LONDON)
    for place in (world.school, build.organisation(session, near), build.organisation(session, far)):
        workforce.set_counts(session, place, {"head": 20})

    found = needs.of_region(session, actor_of(session, world.gil))

    assert found is not None
    assert (table(found)[-1], found.name, found.counted) == (("All", 40, 0, 0, 0, 40), Region.NORTH_WEST, 2)


def test_without_a_region_there_is_nothing_to_add_up(session: Session, world: World) -> None:
    assert needs.of_region(session, actor_of(session, world.gil)) is None


def test_every_number_equals_a_recount(session: Session, world: World) -> None:
    chance, ivy = random.Random(SEED), actor_of(session, world.ivy)
    for _ in range(scaled(3, 60)):
        school = build.organisation(session, world.authority, OrganisationKind.SECONDARY_SCHOOL)
        counted = _random_school(session, world, school, chance)

        found = needs.of(session, ivy, school.uid, None)

        assert {row.words: (row.staff, row.named, row.trained) for row in found.rows} == counted


def _random_school(
    session: Session, world: World, school: Organisation, chance: random.Random
) -> dict[str, tuple[int, int, int]]:
    posts = posts_at(school.kind)
    staff = {code: chance.randrange(20) for code in chance.sample(list(posts), 3)}
    workforce.set_counts(session, school, staff)
    named, trained = Counter[str](), Counter[str]()
    for _ in range(chance.randrange(6)):
        code = chance.choice([*posts, "police_officer"])
        day = chance.choice([None, date(2026, 11, 10)])
        build_training.named(session, school, post=code, trained_on=day)
        named[code] += 1
        trained[code] += day is not None
    return {words: (staff.get(code, 0), named[code], trained[code]) for code, words in posts.items()
            if code in staff or named[code]}  # fmt: skip
