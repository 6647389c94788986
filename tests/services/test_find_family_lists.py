"""Find a carer or an address, arrive at the child: what would list a street, or a family's children, lists nobody."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cp.rules.searching import Family
from cp.services import find
from tests import build
from tests.services.directory import Made
from tests.services.test_find_family import ROW, ids, search

LISTS = {
    "the first letter of the street as a house": (Family(house="t", street="Tanner's Row"), {"postcode": "ZA4"}),
    "the town as a house": (Family(house="Hollin Bank", street="Tanner's Row"), {"postcode": "ZA4"}),
    "a carer whom nobody has, and an age": (
        Family(carer_family="Qqqx", street="Tanner's Row"), {"postcode": "ZA4", "age": 10}
    ),
    "both names of one, and a year": (
        Family("Q", "Qqqx", street="Tanner's Row"), {"postcode": "ZA4 7QD", "born_year": 2016}
    ),
    "a house that is not there, and an age": (
        Family(house="zz", street="Tanner's Row"), {"postcode": "ZA4 7QD", "age": 10}
    ),
    "a name that nobody has, and a year too many": (
        Family(street="Tanner's Row"), {"postcode": "ZA4 7QD", "age": 9, "given_name": "Qqqx"}
    ),
}  # fmt: skip


@pytest.mark.parametrize(("family", "child"), LISTS.values(), ids=LISTS.keys())
def test_a_street_is_not_listed_by_what_nobody_agrees_with(
    session: Session, made: Made, family: Family, child: dict[str, Any]
) -> None:
    for number, carer in enumerate(("Farah Haddad", "Mary Price", "Anna Nowak")):
        there = made(born_on=date(2016, 3, 14 + number), carers=(carer,))
        build.address(session, there, "ZA4 7QD", f"{18 + number} Tanner’s Row")
        find.reindex(session, there.id)

    found = search(session, family, **child)

    assert (found.matches, found.too_many) == ((), False)


MANY = "Mary Sarah Emma Lucy Claire Helen Anna Farah"


@pytest.mark.parametrize(
    ("family", "child"),
    [
        pytest.param(Family(MANY, "Haddad"), {"postcode": "ZA4"}, id="of a carer"),
        pytest.param(Family("Haddad", MANY), {"postcode": "ZA4"}, id="of a carer, in the other order"),
        pytest.param(Family(street="Tanner's Row"), {"postcode": "ZA4 7QD", "given_name": f"{MANY} Amira"}, id="given"),
        pytest.param(Family(street="Tanner's Row"), {"postcode": "ZA4 7QD", "family_name": f"{MANY}-Siddiqui"},
                     id="family"),
    ],
)  # fmt: skip
def test_a_list_of_names_is_not_tried_one_after_another(
    session: Session, made: Made, family: Family, child: dict[str, Any]
) -> None:
    made(postcodes=("ZA4 7QD",), carers=("Farah Haddad",))

    assert ids(session, family, **child) == []


def test_of_a_long_name_each_part_is_tried(session: Session, made: Made) -> None:
    child = made(postcodes=("ZA4 7QD",), carers=("Farah Haddad",))

    assert ids(session, Family("Leila Maria Noor Farah", "Haddad"), postcode="ZA4") == [child.id]
    assert ids(session, ROW, postcode="ZA4", given_name="Leila Maria Noor Amira") == [child.id]
