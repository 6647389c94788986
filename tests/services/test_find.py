"""Each kind of finding, on the directory itself; and what a shield hides, which finds nothing."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cp.services import find
from cp.services.find import Criteria
from cp.terms import NameKind
from tests.services.directory import Made

TODAY = date(2026, 11, 23)
BORN = date(2016, 3, 14)


def ids(session: Session, **asked: Any) -> list[int]:
    return [match.child_id for match in find.search(session, Criteria(**asked), TODAY).matches]


def why(session: Session, **asked: Any) -> list[str]:
    return [match.why for match in find.search(session, Criteria(**asked), TODAY).matches]


FORMER = {"kind": NameKind.FORMER, "family_name": "Nowak"}
KNOWN_AS = {"kind": NameKind.PREFERRED, "given_names": "Ami", "family_name": ""}


@pytest.mark.parametrize(
    ("recorded", "asked", "said"),
    [
        pytest.param(
            {}, {"given_name": "Amira", "family_name": "Siddiqui", "born": BORN}, "Same names and date of birth.",
            id="exact",
        ),
        pytest.param({}, {"given_name": "amira", "born": BORN}, "Same given name and date of birth.", id="given name"),
        pytest.param({}, {"family_name": "SIDDIQUI", "born": BORN}, "Same family name and date of birth.", id="family"),
        pytest.param(
            {}, {"given_name": "Amira", "family_name": "Sidiqui", "born": BORN},
            "Same given name and date of birth. Siddiqui is spelt like Sidiqui.", id="misspelt family name",
        ),
        pytest.param(
            {}, {"given_name": "Amria", "family_name": "Siddiqui", "born": BORN},
            "Same family name and date of birth. Amira is spelt like Amria.", id="misspelt given name",
        ),
        pytest.param(
            {}, {"given_name": "Amrai", "family_name": "Siddiqui", "born": BORN},
            "Same family name and date of birth. Amira sounds like Amrai.", id="two slips in a given name",
        ),
        pytest.param(
            {"given_names": "Kathryn"}, {"given_name": "Catherine", "family_name": "Siddiqui", "born": BORN},
            "Same family name and date of birth. Kathryn sounds like Catherine.", id="sounds alike",
        ),
        pytest.param(
            {"given_names": "Catherine"}, {"given_name": "Kate", "family_name": "Siddiqui", "born": BORN},
            "Same family name and date of birth. Kate is short for Catherine.", id="short form",
        ),
        pytest.param(
            {}, {"given_name": "Amira", "family_name": "Sidd", "age": 10},
            "Same given name and age. Siddiqui is close to Sidd in spelling.", id="the beginning of a family name",
        ),
        pytest.param(
            {"given_names": "Oluwaseun"}, {"given_name": "Oluw", "family_name": "Siddiqui", "age": 11},
            "Same family name. Oluwaseun is close to Oluw in spelling. A year younger.",
            id="the beginning of a given name, a year out",
        ),
        pytest.param(
            {"given_names": "Muhammad"}, {"given_name": "Mohammed", "family_name": "Siddiqui", "age": 10},
            "Same family name and age. Muhammad is another spelling of Mohammed.", id="spelling, by age",
        ),
        pytest.param(
            {"others": (FORMER,)}, {"given_name": "Amira", "family_name": "Nowak", "born": BORN},
            "Same given name and date of birth. Formerly Nowak.", id="former name",
        ),
        pytest.param(
            {"others": (KNOWN_AS,)}, {"given_name": "Ami", "family_name": "Siddiqui", "born": BORN},
            "Same family name and date of birth. Known as Ami.", id="preferred name",
        ),
        pytest.param(
            {"others": (FORMER, KNOWN_AS)}, {"given_name": "Ami", "family_name": "Nowak", "age": 10},
            "Same age. Known as Ami. Formerly Nowak.", id="former and preferred name at once, by age",
        ),
        pytest.param(
            {"family_name": "Smith-Jones"}, {"given_name": "Amira", "family_name": "Jones", "age": 10},
            "Same given name and age. Jones is part of the name.", id="half of a double-barrelled name",
        ),
        pytest.param(
            {"family_name": "Al-Hassan"}, {"given_name": "Amira", "family_name": "Al Hassan", "age": 10},
            "Same names and age.", id="hyphen or space",
        ),
        pytest.param(
            {"given_names": "Muhammad Yusuf"}, {"given_name": "Yusuf", "family_name": "Siddiqui", "age": 10},
            "Same names and age.", id="called by the second name",
        ),
        pytest.param(
            {"given_names": "Amira Noor"}, {"given_name": "Noor", "family_name": "Siddiqui", "born": BORN},
            "Same family name and date of birth. Noor is a later given name.", id="a later given name",
        ),
        pytest.param(
            {"given_names": "Ying", "family_name": ""}, {"given_name": "Ying", "born": BORN},
            "Same given name and date of birth.", id="a single name",
        ),
        pytest.param(
            {}, {"given_name": "Siddiqui", "family_name": "Amira", "born": BORN},
            "Same date of birth. The names are in the other order.", id="names in the other order",
        ),
        pytest.param(
            {}, {"given_name": "Siddiqui", "family_name": "Amira", "age": 10},
            "Same age. The names are in the other order.", id="names in the other order, by age",
        ),
        pytest.param(
            {"born_on": date(2016, 3, 4)}, {"given_name": "Amira", "family_name": "Siddiqui", "born": date(2016, 4, 3)},
            "Same names. Day and month are exchanged.", id="day and month exchanged",
        ),
        pytest.param(
            {}, {"given_name": "Amira", "family_name": "Siddiqui", "born": date(2016, 3, 19)},
            "Same names. One digit of the date of birth is different.", id="a digit of the birth date",
        ),
        pytest.param(
            {}, {"given_name": "Amira", "family_name": "Sidiqi", "born": date(2006, 3, 14)},
            "Same given name. Siddiqui is spelt like Sidiqi. One digit of the date of birth is different.",
            id="a digit of the birth date, and misspelt",
        ),
        pytest.param(
            {}, {"given_name": "Amira", "family_name": "Siddiqui", "born": date(2016, 7, 2)},
            "Same names. Same year of birth, another day and month.", id="another day of the same year",
        ),
        pytest.param(
            {}, {"given_name": "Amira", "family_name": "Siddiqui", "age": 10}, "Same names and age.", id="age",
        ),
        pytest.param(
            {}, {"given_name": "Amira", "family_name": "Siddiqui", "age": 11}, "Same names. A year younger.",
            id="age a year out",
        ),
        pytest.param(
            {}, {"given_name": "Amira", "family_name": "Siddiqui", "age": 9}, "Same names. A year older.",
            id="age a year out, the other way",
        ),
        pytest.param(
            {"postcodes": ("ZA4 7QD",)}, {"given_name": "Amira", "family_name": "Siddiqui", "postcode": "ZA4"},
            "Same names and first half of the postcode.", id="first half of the postcode",
        ),
        pytest.param(
            {"postcodes": ("ZA4 7QD",)}, {"given_name": "Amira", "family_name": "Siddiqui", "postcode": "za47qd"},
            "Same names and postcode.", id="whole postcode",
        ),
        pytest.param(
            {"postcodes": ("ZA9 1AA", "ZA4 7QD")},
            {"given_name": "Ameera", "family_name": "Sidiqi", "postcode": "ZA4 7QD"},
            "Same postcode. Both names are close in spelling.", id="one of two addresses, both names near",
        ),
        pytest.param(
            {"postcodes": ("ZA4 7QD",)}, {"given_name": "Amira", "family_name": "Siddiqui", "postcode": "ZA4 9ZZ"},
            "Same names and first half of the postcode.", id="the second half of the postcode wrong",
        ),
        pytest.param(
            {"postcodes": ("ZA4 7QD",)}, {"given_name": "Amira", "family_name": "Nowak", "age": 10, "postcode": "ZA4"},
            "Same given name, age and first half of the postcode. Another family name.", id="another family name",
        ),
        pytest.param(
            {"postcodes": ("ZA4 7QD",)}, {"given_name": "Siddiqui", "family_name": "Amira", "postcode": "ZA4"},
            "Same first half of the postcode. The names are in the other order.", id="other order, by half a postcode",
        ),
    ],
)  # fmt: skip
def test_a_child_is_found_and_the_reason_is_said(
    session: Session, made: Made, recorded: dict[str, Any], asked: dict[str, Any], said: str
) -> None:
    child = made(**recorded)
    made(given_names="Oliver", family_name="Smith", born_on=date(2012, 5, 5), postcodes=("ZA9 9ZZ",))

    assert ids(session, **asked) == [child.id]
    assert why(session, **asked) == [said]
