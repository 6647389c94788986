"""R67: out of the system only on a listed ground, with another's approval, to somebody named, in exact parts."""

import pytest

from cp.rules.disclosing import MAY_GO_OUT, disclosure_refusal
from cp.terms import DisclosureGround, Part

MAX, MAY = 1, 2
ADDRESSES = (Part.LOCATION,)


@pytest.mark.parametrize(
    ("ground", "approver", "recipient", "parts", "expected"),
    [
        pytest.param("section_47", MAY, "police", ADDRESSES, None, id="a section 47 enquiry"),
        pytest.param("court_order", MAY, "court", ADDRESSES, None, id="a court's order"),
        pytest.param("research", MAY, "university", ADDRESSES, "ground", id="research is no ground"),
        pytest.param("national_security", MAY, "service", ADDRESSES, "ground", id="nor are the security services"),
        pytest.param(None, MAY, "police", ADDRESSES, "ground", id="no ground"),
        pytest.param("crime", MAX, "police", ADDRESSES, "approver", id="whoever asked"),
        pytest.param("crime", None, "police", ADDRESSES, "approver", id="nobody approved"),
        pytest.param("crime", MAY, None, ADDRESSES, "recipient", id="to nobody"),
        pytest.param("crime", MAY, "", ADDRESSES, "recipient", id="to nobody named"),
        pytest.param("crime", MAY, "police", (), "parts", id="nothing in particular"),
        pytest.param("crime", MAY, "police", (Part.LOCATION, Part.SENSITIVE), "parts", id="a sensitive service"),
        pytest.param("crime", MAY, "police", ("everything",), "parts", id="what is no part"),
        pytest.param("research", MAX, None, (), "ground", id="the first is named"),
    ],
)
def test_nothing_goes_out_without_its_ground_its_approver_its_recipient_and_its_parts(
    ground: str | None, approver: int | None, recipient: str | None, parts: tuple[str, ...], expected: str | None
) -> None:
    assert disclosure_refusal(ground, MAX, approver, recipient, parts) == expected


@pytest.mark.parametrize("ground", DisclosureGround)
def test_every_listed_ground_lets_every_part_out_that_may(ground: DisclosureGround) -> None:
    assert disclosure_refusal(ground, MAX, MAY, "police", MAY_GO_OUT) is None
    assert MAY_GO_OUT.isdisjoint({Part.SENSITIVE, Part.OWN_SENSITIVE})
