"""Where two sources say different things of one child."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cp.rules.derive import Address, Finding, Said, Stay
from cp.rules.differing import differing
from cp.rules.findings import findings_of
from cp.terms import AddressState, Disputable, SourceKind

MONDAY = date(2026, 11, 23)
HOME = Address(AddressState.CURRENT, ("18 Tanner’s Row", "Hollin Bank"), "Northvale", "ZA4 7QD")
SHORT = Address(AddressState.CURRENT, ("18 Tanners Row",), "", "ZA4 7QD")
OTHER = Address(AddressState.CURRENT, ("2 Weir Street",), "Northvale", "ZA1 2AB")
SCHOOL = Said(1, SourceKind.SCHOOL, MONDAY, "Amira", "Siddiqui", date(2014, 5, 3), addresses=(HOME,), stay=Stay())
PRACTICE = Said(2, SourceKind.GP_PRACTICE, MONDAY, "Amira Noor", "SIDDIQUI", date(2014, 5, 3), addresses=(SHORT,))
NAME = {Disputable.NAME: ((1, ("Amira", "Siddiqui")), (2, ("Amira Noor", "Nowak")))}
BORN = {Disputable.BORN_ON: ((1, ("2014-05-03",)), (2, ("2014-03-05",)))}
PLACES = {
    Disputable.ADDRESS: (
        (1, ("Northvale", "ZA4 7QD", "18 Tanner’s Row", "Hollin Bank")),
        (2, ("Northvale", "ZA1 2AB", "2 Weir Street")),
    )
}


@pytest.mark.parametrize(
    ("practice", "expected"),
    [
        pytest.param({}, {}, id="another way to write the same"),
        pytest.param({"family_name": "Nowak"}, NAME, id="another family name"),
        pytest.param({"born_on": date(2014, 3, 5)}, BORN, id="another day"),
        pytest.param({"addresses": (OTHER,)}, PLACES, id="another postcode"),
        pytest.param({"born_on": date(2014, 3, 5), "addresses": (OTHER,)}, BORN | PLACES, id="two things"),
        pytest.param({"born_on": None, "given_names": None, "addresses": ()}, {}, id="it says nothing"),
        pytest.param({"addresses": (Address(AddressState.NONE_KNOWN),)}, {}, id="that it knows of no address"),
        pytest.param({"born_on": date(2014, 3, 5), "stay": Stay(None, MONDAY)}, {}, id="the child has left it"),
    ],
)
def test_what_sources_of_now_say_differently_is_shown(
    practice: dict[str, Any], expected: dict[Disputable, Any]
) -> None:
    assert differing([SCHOOL, replace(PRACTICE, **practice)], []) == expected


def test_what_was_found_wrong_is_no_longer_a_conflict() -> None:
    finding = Finding(Disputable.BORN_ON, (("2014-05-03",),), ("2014-03-05",))
    decided = Said(3, SourceKind.DECISION, MONDAY, "Amira", "Siddiqui", date(2014, 3, 5), finding=finding)
    said = [SCHOOL, replace(PRACTICE, born_on=date(2014, 3, 5)), decided]

    assert differing(said, findings_of(said)) == {}
