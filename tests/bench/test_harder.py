"""The harder searches and the families of names: what is asked, and that the measures run."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench import equal, harder, mistakes
from bench.draw import Draw
from bench.known import drawn, sought
from bench.queries import Kinds, mixed
from tests.bench.conftest import CHILDREN

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("kinds", [harder.TWO_MISTAKES, harder.UNSEEN])
def test_every_kind_has_its_share_and_is_made(directory: Engine, kinds: Kinds) -> None:
    with Session(directory) as session:
        asked = mixed(sought(session, drawn(session, CHILDREN)), 1000, 7, TODAY, kinds)

    assert sum(share for share, _ in kinds.values()) == 100
    assert Counter(query.kind for query in asked).keys() == kinds.keys()
    assert all(query.child_id for query in asked)


def test_a_mistake_makes_another_name_or_date() -> None:
    draw, born = Draw("mistakes"), date(2016, 2, 29)

    assert {mistakes.other_vowel(draw, "Ali") for _ in range(50)} >= {"Eli", "Alo"}
    assert mistakes.other_vowel(draw, "Ng") is None
    assert "Smith" not in {mistakes.first_letter(draw, "Smith") for _ in range(50)}
    near = {mistakes.near_day(draw, born) for _ in range(50)}
    assert born not in near
    assert near >= {date(2016, 2, 28), date(2016, 1, 29), date(2017, 2, 28)}


def test_the_harder_searches_find_the_child(directory: Engine) -> None:
    lines = list(harder.run(directory, CHILDREN, queries=150))

    assert {line.name for line in lines} >= {"first ten: two mistakes at once", "first ten: mistakes of other kinds"}
    assert [line.name for line in lines if not line.ok] == []


def test_each_family_of_names_is_measured_and_the_gap_between_them(directory: Engine) -> None:
    *families, gap = list(equal.run(directory, CHILDREN, queries=40))

    assert len(families) >= 3
    assert gap.name == "first ten: best served less worst, 95% upper end"
    assert gap.value >= max(line.value for line in families) - min(line.value for line in families)


def test_the_interval_is_wider_with_fewer_queries() -> None:
    assert equal.upper_end(1.0, 1.0, 10) == 0
    assert equal.upper_end(0.99, 0.98, 100) > equal.upper_end(0.99, 0.98, 10_000) > 0.01
