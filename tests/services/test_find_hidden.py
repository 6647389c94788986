"""Hidden means absent: a shielded child is found by four facts, and no search can tell what else there is."""

import random
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cp import clock
from cp.models import Name, SearchKey, SearchPlace
from cp.services import find
from cp.services.find import Criteria, Found
from cp.terms import Gender, NameKind
from tests.scale import SEED, scaled
from tests.services.directory import Made

TODAY = date(2026, 11, 23)
BORN = date(2016, 3, 14)
HIDDEN_NAMES: tuple[dict[str, Any], ...] = (
    {"kind": NameKind.FORMER, "family_name": "Nowak"},
    {"kind": NameKind.PREFERRED, "given_names": "Zuzanna", "family_name": ""},
    {"kind": NameKind.ALSO_KNOWN_AS, "given_names": "Amelia", "family_name": "Farouk-Price"},
)
HIDDEN_PLACES = ("ZA4 7QD", "ZA9 1AA")


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"given_name": "Amira", "family_name": "Siddiqui", "born": BORN}, id="names and birth date"),
        pytest.param({"given_name": "Amira", "family_name": "Sidiqi", "age": 10}, id="near names and age"),
        pytest.param({"given_name": "Amira", "born": BORN, "gender": Gender.FEMALE}, id="name, birth date and gender"),
        pytest.param(
            {"family_name": "Siddiqui", "born": BORN, "postcode": "ZA4 7QD"}, id="and a place, that is nothing"
        ),
    ],
)
def test_a_shielded_child_is_found_by_what_is_shown(session: Session, made: Made, asked: dict[str, Any]) -> None:
    child = made(shielded=True, others=HIDDEN_NAMES, postcodes=HIDDEN_PLACES)

    found = find.search(session, Criteria(**asked), TODAY)

    assert [(match.child_id, match.outward) for match in found.matches] == [(child.id, None)]
    assert [match.why for match in found.matches if "ostcode" in match.why] == []


def test_a_shielded_child_is_found_by_number(session: Session, made: Made) -> None:
    child = made(shielded=True, postcodes=HIDDEN_PLACES)

    found = find.search(session, Criteria(number=child.number), TODAY)

    assert [(match.child_id, match.outward) for match in found.matches] == [(child.id, None)]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"given_name": "Amira", "family_name": "Siddiqui", "postcode": "ZA4 7QD"}, id="postcode"),
        pytest.param({"given_name": "Amira", "family_name": "Siddiqui", "postcode": "ZA4"}, id="half the postcode"),
        pytest.param({"given_name": "Zuzanna", "family_name": "Nowak", "age": 10}, id="preferred and former name"),
        pytest.param({"given_name": "Amelia", "family_name": "Farouk", "age": 10}, id="another name"),
    ],
)
def test_a_shielded_child_is_not_found_by_what_is_hidden(session: Session, made: Made, asked: dict[str, Any]) -> None:
    made(shielded=True, others=HIDDEN_NAMES, postcodes=HIDDEN_PLACES)

    assert find.search(session, Criteria(**asked), TODAY).matches == ()


def test_a_hidden_fact_that_agrees_neither_raises_nor_lowers_a_shielded_child(session: Session, made: Made) -> None:
    shielded = made(shielded=True, postcodes=HIDDEN_PLACES)
    homeless = made()
    elsewhere = made(postcodes=("ZA1 1AA",))
    asked = Criteria(given_name="Amira", family_name="Siddiqui", born=BORN, postcode=HIDDEN_PLACES[0])

    found = find.search(session, asked, TODAY)

    assert {match.child_id for match in found.matches[:2]} == {shielded.id, homeless.id}
    assert [match.child_id for match in found.matches[2:]] == [elsewhere.id]
    assert found.matches[0].score == found.matches[1].score
    assert found.matches[0].why == found.matches[1].why


def searches(count: int) -> list[Criteria]:
    """Searches by hidden facts, alone and beside ones that are shown."""
    given = ["Amira", "Zuzanna", "Zuza", "Amelia", "Susanna", "Nowak", ""]
    family = ["Siddiqui", "Nowak", "Novak", "Farouk-Price", "Farouk", "Price", "Zuzanna", ""]
    facts: list[dict[str, Any]] = [
        {"born": BORN}, {"born": date(2016, 3, 15)}, {"born": date(2016, 7, 7)}, {"age": 10}, {"age": 11},
        {"postcode": "ZA4 7QD"}, {"postcode": "ZA4"}, {"postcode": "ZA9"}, {"age": 10, "postcode": "ZA9 1AA"},
        {"born": BORN, "postcode": "ZA4 7QD", "gender": Gender.FEMALE}, {"born_year": 2016, "postcode": "ZA4"},
    ]  # fmt: skip
    every = [Criteria(given_name=g, family_name=f, **fact) for g, f, fact in product(given, family, facts)]
    return random.Random(SEED).sample(every, count)


def answers(session: Session, asked: list[Criteria]) -> list[Found]:
    return [find.search(session, criteria, TODAY) for criteria in asked]


def test_no_search_can_tell_whether_there_are_hidden_facts(session: Session, made: Made) -> None:
    asked = searches(scaled(150, 500))
    made(given_names="Zuzana", family_name="Nowack", postcodes=("ZA4 1AA",))
    made(given_names="Amira", family_name="Siddiqui", postcodes=("ZA9 1AA",))
    child = made(shielded=True)
    without = answers(session, asked)

    made.tell(child, HIDDEN_NAMES, HIDDEN_PLACES)
    told_when_shielded = answers(session, asked)
    child.shielded_at = None
    find.reindex(session, child.id)
    shown = answers(session, asked)
    child.shielded_at = clock.now()
    find.reindex(session, child.id)
    shielded_when_told = answers(session, asked)

    assert told_when_shielded == without
    assert shielded_when_told == without
    assert shown != without


def test_what_is_hidden_leaves_nothing_in_the_index(session: Session, made: Made) -> None:
    child = made(others=HIDDEN_NAMES, postcodes=HIDDEN_PLACES)
    child.shielded_at = clock.now()
    find.reindex(session, child.id)

    assert session.scalars(select(Name.folded).order_by(Name.folded)).all() == ["amira", "siddiqui"]
    assert len(session.scalars(select(SearchKey.child_id)).all()) == 1
    assert session.scalars(select(SearchPlace.child_id)).all() == []
