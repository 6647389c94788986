"""The synthetic directory looks like England, and has somebody of every kind in it."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from bench import stories
from bench.census import census, children
from bench.population import generate
from bench.shapes import Child

TODAY = date(2026, 11, 22)
ENGLAND = {
    "called Oliver": (0.005, 0.02),
    "called Smith": (0.008, 0.018),
    "called Mohammed, in any spelling": (0.004, 0.015),
    "called Khan": (0.0015, 0.006),
    "South Asian family name": (0.01, 0.03),
    "Polish family name": (0.004, 0.012),
    "Arabic article": (0.002, 0.009),
    "Welsh given name": (0.001, 0.006),
    "Chinese family name": (0.001, 0.006),
    "double-barrelled": (0.035, 0.055),
    "apostrophe": (0.003, 0.01),
    "letters with marks": (0.03, 0.08),
    "family name of two words": (0.005, 0.03),
    "single name": (0.0003, 0.002),
    "former name": (0.05, 0.07),
    "preferred name": (0.03, 0.08),
    "also known as": (0.002, 0.01),
    "gender not specified": (0.001, 0.006),
    "born on 1 January": (0.004, 0.012),
    "no practice": (0.01, 0.03),
    "no school or nursery": (0.1, 0.25),
    "foster carer": (0.004, 0.012),
    "carer abroad": (0.0005, 0.005),
    "two current addresses": (0.02, 0.06),
    "died": (0.0001, 0.001),
    "shielded": (0.002, 0.006),
    "sources differ": (0.05, 0.15),
    "a practitioner ever": (0.28, 0.36),
    "lead professional": (0.03, 0.08),
    "common assessment": (0.02, 0.07),
    "carers a child": (1.7, 2.1),
    "involvements a child": (2.0, 2.8),
    "sources a child": (1.7, 2.0),
    "the 100 commonest family names": (0.24, 0.28),
    "different family names": (6000, 10000),
    f"story: {stories.PLAIN}": (0.8, 0.92),
    f"story: {stories.TWINS}": (0.01, 0.025),
}
"""The least and the most that a directory of one authority may have of each."""


@pytest.fixture(scope="module")
def small() -> list[Child]:
    return list(children(generate(4000, 1, TODAY)))


def test_a_directory_of_one_authority_looks_like_england() -> None:
    found = census(generate(27_700, 1, TODAY))

    assert {row: found[row] for row, (least, most) in ENGLAND.items() if not least <= found[row] <= most} == {}


def test_a_small_directory_has_every_story() -> None:
    told = {child.story for child in children(generate(300, 1, TODAY))}

    assert set(stories.FIRST) - told == set()


def test_a_story_is_what_it_says(small: list[Child]) -> None:
    of = {story: [child for child in small if child.story == story] for story in stories.FIRST}

    assert {child.locations[0].state for child in of[stories.NO_ADDRESS]} == {"none_known"}
    assert {child.locations[0].state for child in of[stories.LAST_KNOWN]} == {"last_known"}
    assert {child.locations[0].leave_kind for child in of[stories.LEFT_RETURNING]} == {"returning_within_3y"}
    assert all(not any(not one.ended_on for one in child.involvements) for child in of[stories.LEFT_FOR_GOOD])
    assert {child.authority for child in of[stories.FROM_ELSEWHERE]} == {2}
    assert all(any(one.lead for one in child.involvements) for child in of[stories.LOOKED_AFTER])
    assert all(child.locations[0].address.postcode == "" for child in of[stories.ABROAD] if child.locations[0].address)
    assert all((TODAY.year - child.born_on.year) in (17, 18) for child in of[stories.ALMOST_GROWN][:1])
    assert [child.died_on is not None for child in of[stories.DIED]].count(True) >= 1
    assert {child.family_name for child in of[stories.SINGLE_NAME][:1]} == {""}
    assert min(sum(1 for one in child.involvements if one.practitioner) for child in of[stories.BUSY]) >= 8


def test_everybody_is_under_18_and_born(small: list[Child]) -> None:
    grown = date(TODAY.year - 18, TODAY.month, TODAY.day)

    assert [child for child in small if not grown < child.born_on <= TODAY] == []


def test_twins_share_family_name_birth_date_and_address(small: list[Child]) -> None:
    born_together = [
        (one, other)
        for one, other in pairwise(small)
        if one.story == other.story == stories.TWINS and one.carers == other.carers and one.born_on == other.born_on
    ]

    assert len(born_together) >= 10
    for one, other in born_together:
        assert one.locations == other.locations
        assert one.given_names.split(" ")[0] != other.given_names.split(" ")[0]
    assert sum(one.family_name == other.family_name for one, other in born_together) >= 0.8 * len(born_together)


def test_there_are_triplets(small: list[Child]) -> None:
    born = Counter((child.born_on, child.carers) for child in small if child.story == stories.TRIPLETS)

    assert max(born.values()) == 3


def test_two_children_of_different_homes_share_name_and_birth_date(small: list[Child]) -> None:
    by_identity: dict[tuple[str, str, date], list[Child]] = {}
    for child in small:
        by_identity.setdefault((child.given_names, child.family_name, child.born_on), []).append(child)
    namesakes = [alike for alike in by_identity.values() if len(alike) > 1]

    assert namesakes
    assert all(one.locations != other.locations for one, other, *_ in namesakes)


def test_involvements_could_have_happened(small: list[Child]) -> None:
    for child in small:
        running = [one.practitioner for one in child.involvements if one.practitioner and not one.ended_on]
        assert len(running) == len(set(running))
        assert sum(one.lead for one in child.involvements) <= 1
        for one in child.involvements:
            assert child.born_on <= one.started_on <= TODAY
            assert one.ended_on is None or one.started_on < one.ended_on <= TODAY
            assert not (one.ended_on and (one.lead or one.assessment or one.confirmed_on))
