"""What a search answers: who is first, who is left out, when there are too many, and what it says besides."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cp.matching import keys
from cp.matching.verdict import Helps
from cp.models import Name, NameKey, SearchKey
from cp.services import find
from cp.services.find import Criteria
from cp.terms import AddressState, Gender, RecordState
from tests import build
from tests.services.directory import Made

TODAY = date(2026, 11, 23)
BORN = date(2016, 3, 14)


def ids(session: Session, **asked: Any) -> list[int]:
    return [match.child_id for match in find.search(session, Criteria(**asked), TODAY).matches]


def test_our_own_number_finds_its_child_and_no_other(session: Session, made: Made) -> None:
    child = made()
    made(given_names="Oliver")

    found = find.search(session, Criteria(number=child.number), TODAY)

    assert [(match.child_id, match.why) for match in found.matches] == [(child.id, "Same ContactPoint number.")]


def test_a_number_that_nobody_has_leaves_the_other_facts_to_search_by(session: Session, made: Made) -> None:
    child = made()

    assert ids(session, number="CP1234567897", given_name="Amira", born=BORN) == [child.id]
    assert ids(session, number="CP1234567897") == []


def test_a_result_has_the_first_half_of_the_postcode_of_now(session: Session, made: Made) -> None:
    child = made(postcodes=("ZA4 7QD",))
    build.address(session, child, "ZA9 1AA", state=AddressState.LAST_KNOWN)
    find.reindex(session, child.id)

    found = find.search(session, Criteria(given_name="Amira", born=BORN), TODAY)

    assert [match.outward for match in found.matches] == ["ZA4"]
    assert ids(session, given_name="Amira", family_name="Siddiqui", postcode="ZA9") == []


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"given_name": "Oliver", "family_name": "Smith", "born": BORN}, id="another child"),
        pytest.param({"given_name": "Amira", "family_name": "Siddiqui", "born": date(2009, 8, 2)}, id="another birth"),
        pytest.param({"given_name": "Amira", "family_name": "Siddiqui", "age": 4}, id="another age"),
        pytest.param({"given_name": "Amira", "family_name": "Siddiqui", "postcode": "ZA9"}, id="another place"),
        pytest.param({"given_name": "李", "born": BORN}, id="another script"),
        pytest.param({}, id="nothing asked"),
        pytest.param({"born": BORN}, id="no name asked"),
        pytest.param({"given_name": "%", "family_name": "_", "born": BORN}, id="wildcards"),
        pytest.param({"given_name": "A" * 10_000, "born": BORN}, id="ten thousand letters"),
        pytest.param({"given_name": "\x00\u202e'; --", "family_name": "\ud7ff", "age": 10}, id="control characters"),
        pytest.param({"given_name": "Amira", "family_name": "Siddiqui", "born_year": 1990}, id="another year"),
    ],
)
def test_nobody_is_found_where_nothing_agrees(session: Session, made: Made, asked: dict[str, Any]) -> None:
    made(postcodes=("ZA4 7QD",))

    found = find.search(session, Criteria(**asked), TODAY)

    assert (found.matches, found.too_many) == ((), False)


def test_two_children_with_the_same_names_and_birth_date_match_equally_well(session: Session, made: Made) -> None:
    """In the same order at each look, which is not the one they were made in."""
    children = [made() for _ in range(8)]
    asked = Criteria(given_name="Amira", family_name="Siddiqui", born=BORN)

    found, again = find.search(session, asked, TODAY), find.search(session, asked, TODAY)

    order = [match.child_id for match in found.matches]
    assert sorted(order) == sorted(child.id for child in children)
    assert order == [match.child_id for match in again.matches]
    assert order != sorted(order), "one time in 40,320 this is chance"
    assert found.equal == 8


def test_an_exact_match_is_first_and_a_near_one_after_it(session: Session, made: Made) -> None:
    near, exact = made(given_names="Ameera"), made()

    assert ids(session, given_name="Amira", family_name="Siddiqui", born=BORN) == [exact.id, near.id]


def test_more_than_ten_are_too_many_and_the_fact_that_helps_most_is_named(session: Session, made: Made) -> None:
    for day in range(1, 12):
        made(born_on=date(2016, 5, day))

    found = find.search(session, Criteria(given_name="Amira", family_name="Siddiqui", age=10), TODAY)

    assert (found.matches, found.too_many, found.helps) == ((), True, Helps.DATE_OF_BIRTH)


def test_near_matches_do_not_crowd_out_the_exact_one(session: Session, made: Made) -> None:
    exact = made()
    for day in range(1, 15):
        made(given_names="Ameera", born_on=date(2016, 5, day))

    assert ids(session, given_name="Amira", family_name="Siddiqui", age=10) == [exact.id]


def test_a_gender_puts_its_children_first(session: Session, made: Made) -> None:
    boy, girl = made(gender=Gender.MALE), made()

    assert ids(session, given_name="Amira", born=BORN, gender=Gender.FEMALE) == [girl.id, boy.id]


@pytest.mark.parametrize("state", [RecordState.ARCHIVED, RecordState.MERGED, RecordState.SEALED])
def test_a_record_that_is_not_live_is_not_found(session: Session, made: Made, state: RecordState) -> None:
    child = made()
    child.state = state
    find.reindex(session, child.id)

    assert ids(session, given_name="Amira", family_name="Siddiqui", born=BORN) == []
    assert ids(session, number=child.number) == []
    assert session.scalar(select(func.count()).select_from(SearchKey)) == 0


def test_a_record_that_has_just_ceased_to_be_live_is_not_found_by_a_stale_index(session: Session, made: Made) -> None:
    child = made()
    child.state = RecordState.ARCHIVED
    session.flush()

    assert ids(session, given_name="Amira", family_name="Siddiqui", born=BORN) == []


def test_what_was_tried_is_told_whatever_was_found(session: Session, made: Made) -> None:
    asked = Criteria(given_name="Amira", family_name="Siddiqui", age=10)
    before = find.search(session, asked, TODAY)
    made()
    after = find.search(session, asked, TODAY)

    assert before.tried == after.tried
    assert (len(before.matches), len(after.matches)) == (0, 1)


def test_a_hash_that_a_name_of_the_other_kind_shares_finds_nobody_and_breaks_nothing(
    session: Session, made: Made
) -> None:
    child = made()
    made(given_names="Oliver", family_name="Smith")
    given = session.scalars(select(Name.id).where(Name.folded == "oliver", ~Name.family)).one()
    session.add(NameKey(key=keys.own_key("siddiqui", family=True), name_id=given))
    session.flush()

    assert ids(session, family_name="Siddiqui", born=BORN) == [child.id]
