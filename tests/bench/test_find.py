"""The benchmark of searching runs, on a directory small enough for everyday."""

from collections import Counter
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench import find, mistakes, queries
from bench.draw import Draw
from bench.known import drawn, sought
from bench.queries import KINDS, NOBODY, Query, Sought
from cp import clock
from cp.rules.searching import search_problem
from cp.terms import Gender
from tests.bench.conftest import CHILDREN


def made(session: Session, count: int) -> list[Query]:
    return queries.mixed(sought(session, drawn(session, CHILDREN)), count, 7, clock.today())


def test_shares_are_of_a_hundred() -> None:
    assert sum(share for share, _ in KINDS.values()) == 100


def test_every_kind_of_query_is_made_and_may_be_asked(directory: Engine) -> None:
    with Session(directory) as session:
        asked = made(session, 2000)

    assert Counter(query.kind for query in asked).keys() == KINDS.keys()
    assert [query for query in asked if not _may_be_asked(query)] == []
    assert {query.kind for query in asked if query.child_id is None} == {NOBODY}


def _may_be_asked(query: Query) -> bool:
    asked = query.criteria
    names = asked.given_name, asked.family_name
    if not asked.postcode:
        return search_problem(bool(asked.number), *names, "whole" if asked.born else None, asked.age, None) is None
    return search_problem(False, *names, None, asked.age, "whole" if " " in asked.postcode else "first_half") is None


def test_the_same_seed_makes_the_same_queries(directory: Engine) -> None:
    with Session(directory) as session:
        assert made(session, 300) == made(session, 300)


CHILD = Sought(1, "CP1", "Catherine Ann", "Phillips", date(2016, 3, 14), Gender.FEMALE, "ZA4 7QD", "", "")


def test_a_slip_is_one_letter_wrong() -> None:
    draw = Draw("slips")

    slips = {mistakes.slip(draw, "Phillips") for _ in range(200)}

    assert len(slips) > 20
    assert {len(slip) for slip in slips} == {7, 8, 9}


def test_a_name_written_as_it_sounds_is_another_one() -> None:
    draw = Draw("sounds")

    assert {mistakes.respelt(draw, "Phillips") for _ in range(50)} - {None} >= {"Fillips", "Philips"}
    assert mistakes.respelt(draw, "Bo") is None


def test_a_wrong_digit_makes_another_date_or_none() -> None:
    draw = Draw("digits")
    dates = [mistakes.wrong_digit(draw, CHILD.born_on) for _ in range(100)]

    assert None in dates
    assert CHILD.born_on not in dates


def test_the_benchmark_says_how_long_and_how_well(directory: Engine) -> None:
    lines = list(find.run(directory, CHILDREN, queries=400))

    assert [line.name for line in lines[:2]] == ["search, 50% of them", "search, 99% of them"]
    shares = [line for line in lines if line.unit == "share"]
    assert [line.name for line in shares if not line.ok] == []
    assert all(str(line).count(" | ") == 6 for line in lines)
