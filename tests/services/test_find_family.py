"""Find a carer or an address, arrive at the child: who is found, why, who is not, and at what cost."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cp import clock, sealing
from cp.matching.verdict import Helps
from cp.models import SearchCarer
from cp.models.carer import ChildCarer
from cp.models.child import Child
from cp.rules.searching import Family
from cp.sealing import Key, KeyRing
from cp.services import find
from cp.services.find import Criteria, Found
from cp.services.find.family_probes import MOST_AROUND
from cp.services.find.probes import MOST_READ
from cp.terms import RecordState, Relationship
from tests import build
from tests.services.directory import Made, executed
from tests.services.test_find_cost import scans

TODAY = date(2026, 11, 23)
BORN = date(2016, 3, 14)
FARAH = Family(carer_given="Farah", carer_family="Haddad")
ROW = Family(house="18", street="Tanner's Row")


def search(session: Session, family: Family, **child: Any) -> Found:
    return find.search_by_family(session, Criteria(**child), family, TODAY)


def ids(session: Session, family: Family, **child: Any) -> list[int]:
    return [match.child_id for match in search(session, family, **child).matches]


@pytest.mark.parametrize(
    ("given", "family", "why"),
    [
        pytest.param("Farah", "Haddad", "A carer of the same name.", id="the same"),
        pytest.param("farah", "al-haddad", "A carer of the same name.", id="a particle more"),
        pytest.param("Fara", "Hadad", "A carer’s name is close in spelling.", id="both misspelt"),
        pytest.param("Haddad", "Farah", "A carer’s names are in the other order.", id="in the other order"),
    ],
)
def test_a_child_is_found_by_a_carer(session: Session, made: Made, given: str, family: str, why: str) -> None:
    made(given_names="Farah", family_name="Haddad", born_on=date(2010, 1, 1))
    child = made(family_name="Haddad", postcodes=("ZA4 7QD",), carers=("Jon Price", "Mrs Farah Haddad"))
    made(postcodes=("ZA4 7QD",), carers=("Mary Price",))

    found = search(session, Family(given, family), postcode="ZA4")

    assert [(match.child_id, match.why) for match in found.matches] == [
        (child.id, f"Same first half of the postcode. {why}")
    ]


@pytest.mark.parametrize(
    ("typed", "kept", "why"),
    [
        pytest.param("Kate", "Catherine Price", "A carer’s name is another form of the one asked for.", id="short"),
        pytest.param("Mohammed", "Muhammad Price", "A carer’s name is another form of the one asked for.", id="spelt"),
        pytest.param("Catherine", "Catherine Mary Price", "A carer of the same name.", id="a name more"),
        pytest.param("Catherine", "Catherine Smith-Price", "A carer of the same name.", id="half of a double name"),
    ],
)
def test_a_carer_is_known_by_the_forms_of_a_name_though_no_child_bears_it(
    session: Session, made: Made, typed: str, kept: str, why: str
) -> None:
    child = made(carers=(kept,))

    assert search(session, Family(typed, "Price"), age=10).matches[0].why == f"Same age. {why}"
    assert ids(session, Family(typed, "Price"), given_name="Ameera") == [child.id]
    assert ids(session, Family(typed, "Price"), born=BORN) == [child.id]


@pytest.mark.parametrize(
    "child",
    [{"given_name": "Oliver"}, {"age": 3}, {"born": date(2009, 8, 2)}, {"postcode": "ZA9 1AA"}],
    ids=["another name", "another age", "another birth", "elsewhere"],
)
def test_a_carer_alone_is_not_enough(session: Session, made: Made, child: dict[str, Any]) -> None:
    made(postcodes=("ZA4 7QD",), carers=("Farah Haddad",))

    assert ids(session, FARAH, **child) == []


CHANGES = {
    "ended": lambda child: update(ChildCarer).values(ended_on=TODAY),
    "the authority cares": lambda child: update(ChildCarer).values(relationship=Relationship.LOCAL_AUTHORITY),
    "shielded": lambda child: update(Child).where(Child.id == child.id).values(shielded_at=clock.now()),
    "archived": lambda child: update(Child).where(Child.id == child.id).values(state=RecordState.ARCHIVED),
    "merged": lambda child: update(Child).where(Child.id == child.id).values(state=RecordState.MERGED),
    "sealed": lambda child: update(Child).where(Child.id == child.id).values(state=RecordState.SEALED),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nobody_is_found_by_a_carer_of_before_or_by_what_is_hidden(session: Session, made: Made, change: Any) -> None:
    child = made(postcodes=("ZA4 7QD",), carers=("Farah Haddad",))
    assert ids(session, FARAH, given_name="Amira") == [child.id]

    session.execute(change(child))
    session.expire_all()
    find.reindex(session, child.id)

    assert ids(session, FARAH, given_name="Amira", born=BORN, postcode="ZA4 7QD") == []
    assert session.scalars(select(SearchCarer.child_id)).all() == []


def test_a_shield_that_is_set_before_the_index_knows_is_obeyed(session: Session, made: Made) -> None:
    child = made(postcodes=("ZA4 7QD",), carers=("Farah Haddad",))
    child.shielded_at = clock.now()
    session.flush()

    assert ids(session, FARAH, given_name="Amira", postcode="ZA4 7QD") == []
    assert ids(session, ROW, given_name="Amira", postcode="ZA4 7QD") == []


@pytest.mark.parametrize(
    ("family", "child", "why"),
    [
        pytest.param(ROW, {"postcode": "ZA4 7QD"}, "Same postcode. Same street and house.", id="a house"),
        pytest.param(Family(house="18", street="tanners row"), {"postcode": "ZA4"},
                     "Same first half of the postcode. Same street and house.", id="half a postcode"),
        pytest.param(Family(street="Tanner's Row"), {"postcode": "ZA4", "given_name": "Ameera"},
                     "Same first half of the postcode. Amira sounds like Ameera. Same street.", id="a name"),
        pytest.param(Family(street="Tanner's Row", carer_family="Haddad"), {"postcode": "ZA4"},
                     "Same first half of the postcode. A carer of the same name. Same street.", id="a carer"),
        pytest.param(Family("Farah", "Haddad", "22", "Tanner's Row"), {"postcode": "ZA4"},
                     "Same first half of the postcode. A carer of the same name. Same street, another house.",
                     id="a carer, and another house"),
        pytest.param(Family("Farah", "Haddad", street="Mill Lane"), {"postcode": "ZA4"},
                     "Same first half of the postcode. A carer of the same name. Another street.",
                     id="a carer, and another street"),
    ],
)  # fmt: skip
def test_a_child_is_found_by_an_address(
    session: Session, made: Made, family: Family, child: dict[str, Any], why: str
) -> None:
    there = made(postcodes=("ZA4 7QD",), carers=("Farah Haddad",))
    next_door = made(given_names="Ben", family_name="Price", carers=("Mary Price",))
    build.address(session, next_door, "ZA4 7QD", "20 Tanner’s Row")
    find.reindex(session, next_door.id)

    found = search(session, family, **child)

    assert [(match.child_id, match.why) for match in found.matches] == [(there.id, why)]


def test_a_child_in_another_street_is_not_found(session: Session, made: Made) -> None:
    made(postcodes=("ZA4 7QD", "ZA9 1AA"))

    assert ids(session, Family(house="18", street="Mill Lane"), postcode="ZA4 7QD") == []
    assert ids(session, ROW, postcode="ZA5") == []
    assert ids(session, Family(house="3", street="Tanner's Row"), postcode="ZA4 7QD") == []


def test_of_more_than_ten_no_name_is_shown_and_the_fact_to_add_is_named(session: Session, made: Made) -> None:
    for number in range(11):
        made(given_names=f"Amira{'abcdefghijk'[number]}", postcodes=("ZA4 7QD",), carers=("Farah Haddad",))

    found = search(session, FARAH, postcode="ZA4")

    assert (found.matches, found.too_many, found.helps) == ((), True, Helps.DATE_OF_BIRTH)
    assert len(ids(session, FARAH, postcode="ZA4", given_name="Amiraa")) > 0


def test_what_stands_against_a_child_is_said(session: Session, made: Made) -> None:
    """The house is right, and the carer another."""
    made(postcodes=("ZA4 7QD",), carers=("Mary Price",))

    assert [match.why for match in search(session, replace(ROW, carer_family="Haddad"), postcode="ZA4").matches] == [
        "Same first half of the postcode. No carer of that name. Same street and house."
    ]


def test_everybody_is_found_by_either_key_while_keys_change(session: Session, made: Made) -> None:
    ring = sealing.ring()
    child = made(postcodes=("ZA4 7QD",), carers=("Farah Haddad",))
    other = made(given_names="Ben", postcodes=("ZA4 7QD",), carers=("Farah Haddad",))
    sealing.use(KeyRing([*ring.keys.values(), Key.new(2)], 2, ring.lasting))
    try:
        find.again(session, [child.id])
        assert set(ids(session, FARAH, postcode="ZA4 7QD")) == {child.id, other.id}
        assert set(ids(session, ROW, postcode="ZA4 7QD")) == {child.id, other.id}
        assert list(find.check(session)) == []
    finally:
        sealing.use(ring)


def test_a_search_reads_no_more_than_it_may_and_no_table_from_end_to_end(session: Session, made: Made) -> None:
    for number in range(MOST_AROUND + 5):
        made(born_on=date(2016, 3, 1 + number % 28), postcodes=("ZA4 7QD",), carers=("Farah Haddad",))
    whole = Family("Farah", "Haddad", "18", "Tanner's Row")
    asked: list[tuple[Family, dict[str, Any]]] = [
        (whole, {"postcode": "ZA4", "given_name": "Amria", "family_name": "Sidiqi"}), (whole, {"postcode": "ZA4 7QD"}),
        (FARAH, {"born": BORN}), (FARAH, {"given_name": "Amria"}), (ROW, {"postcode": "ZA4"}),
        (Family(street="Tanner's Row", carer_family="Haddad"), {"postcode": "ZA4"}),
        (Family(street="Tanner's Row"), {"postcode": "ZA4", "family_name": "Sidiqi"}),
    ]  # fmt: skip
    for family, child in asked:
        sent = executed(session, partial(search, session, family, **child))
        probes = [one for one in sent if "search_" in one[0] or "name_key" in one[0]]

        assert [statement for statement in sent if scans(session, *statement)] == []
        assert sum(len(session.connection().exec_driver_sql(*one).all()) for one in probes) <= MOST_READ
        assert search(session, family, **child).too_many or child.get("born") == BORN


def test_a_carer_whose_details_do_not_open_keeps_no_child_from_being_found(session: Session, made: Made) -> None:
    child = made(postcodes=("ZA4 7QD",), carers=("Farah Haddad", "Jon Price"))
    session.execute(delete(SearchCarer))
    carer = session.scalars(select(ChildCarer.carer_id).order_by(ChildCarer.id)).first()
    spoilt = update(ChildCarer.metadata.tables["carer"]).values(details_sealed=bytes([1]) + b"spoilt" * 9)
    session.execute(spoilt.where(ChildCarer.metadata.tables["carer"].c.id == carer))

    find.reindex(session, child.id)

    assert ids(session, FARAH, postcode="ZA4") == []
    assert ids(session, Family("Jon", "Price"), postcode="ZA4") == [child.id]
