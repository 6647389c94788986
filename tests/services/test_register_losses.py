"""An extract in which many schools are gone at once changes nothing until somebody says how many."""

from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.feeds import registers as files
from cp.models import AuditEvent, Onboarding, Organisation
from cp.services import registers
from cp.services.registers import Changes, TooManyGone
from cp.terms import Region, Step
from tests import build_phases
from tests.build import World
from tests.build_registers import closed, extract, school

TODAY = date(2026, 11, 23)
HERE, THERE = range(900_000, 901_100), range(910_000, 910_040)
"""1,100 schools of one authority, 40 of another."""
Rows = list[dict[str, str]]


@pytest.fixture
def rows(session: Session, world: World) -> Rows:
    build_phases.authority(session)
    session.flush()
    made = [school(str(urn), number="") for urn in HERE]
    made += [school(str(urn), number="", authority="998", region="London") for urn in THERE]
    assert keep(session, made) == Changes(made=1_140)
    return made


def keep(session: Session, rows: Iterable[dict[str, str]], even_so: int | None = None) -> Changes:
    read = files.schools(extract(*rows), registers.authorities(session))
    return registers.keep(session, read, (), TODAY, even_so)


def still_open(session: Session) -> int:
    query = select(func.count()).where(Organisation.urn.is_not(None), Organisation.valid_to.is_(None))
    return session.scalar(query) or 0


def entries(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def test_a_year_as_any_other_is_taken(session: Session, rows: Rows) -> None:
    changes = keep(session, [*(closed(str(urn), "31-08-2026", number="") for urn in HERE[:20]), *rows[20:]])

    assert (changes.closed, still_open(session)) == (20, 1_120)
    assert keep(session, rows[20:]) == Changes(), "what is missing stays as it was"


def test_many_that_close_at_once_are_refused_by_their_number(session: Session, rows: Rows) -> None:
    before = entries(session)
    broken = [*(closed(str(urn), "31-08-2026", number="") for urn in HERE[:600]), *rows[600:]]

    with pytest.raises(TooManyGone) as refused:
        keep(session, broken)

    assert str(refused.value) == (
        "600 of 1,140 open schools would close or are missing from this file, more than 2% of all or of one "
        "authority. Nothing was changed"
    )
    assert refused.value.first[:2] == ("900000 Alder Lane Primary School", "900001 Alder Lane Primary School")
    assert len(refused.value.first) == 10
    assert (still_open(session), entries(session)) == (1_140, before)


def test_many_of_one_authority_are_refused_until_their_number_is_named(session: Session, rows: Rows) -> None:
    """21 are few of all, and many of forty."""
    broken = [*rows[:-21], *(closed(str(urn), "31-08-2026", number="", authority="998") for urn in THERE[-21:])]

    for number in (None, 0, 20, 22):
        with pytest.raises(TooManyGone, match="21 of 1,140 open schools"):
            keep(session, rows[:-21], number)
    assert keep(session, broken, 21).closed == 21


BESIDE = 3
"""The organisations of the world."""


def test_each_open_school_begins_its_way_once_and_its_authority_its_region(
    session: Session, world: World, rows: Rows
) -> None:
    keep(session, rows)

    begun = select(Onboarding.step, func.count()).group_by(Onboarding.step)
    assert [tuple(row) for row in session.execute(begun)] == [(Step.FIRST_CONTACT, 1_140 + BESIDE)]
    assert world.authority.region is Region.NORTH_WEST


def test_one_that_has_closed_does_not_begin_and_one_that_closes_keeps_its_row(session: Session, world: World) -> None:
    keep(session, [school(), closed("900102", "31-08-2020")])
    keep(session, [closed("900101", "31-08-2026")])

    query = select(Organisation.urn).join(Onboarding, Onboarding.organisation_id == Organisation.id)
    query = query.where(Organisation.urn.is_not(None))
    assert session.scalars(query).all() == ["900101"]
