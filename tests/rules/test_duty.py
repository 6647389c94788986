"""Who must supply, and who may."""

import pytest

from cp.rules.duty import must_supply
from cp.terms import OrganisationKind


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (OrganisationKind.NURSERY, False), (OrganisationKind.PRIMARY_SCHOOL, True),
        (OrganisationKind.SECONDARY_SCHOOL, True), (OrganisationKind.SPECIAL_SCHOOL, True),
        (OrganisationKind.INDEPENDENT_SCHOOL, True), (OrganisationKind.COLLEGE, True),
        (OrganisationKind.GP_PRACTICE, False), (OrganisationKind.HEALTH_SERVICE, True),
        (OrganisationKind.COUNCIL_SERVICE, True), (OrganisationKind.POLICE_SERVICE, True),
        (OrganisationKind.PROBATION_SERVICE, True), (OrganisationKind.CHARITY, False),
    ],
)  # fmt: skip
def test_an_independent_school_must_as_any_other_and_a_nursery_practice_or_charity_may(
    kind: OrganisationKind, expected: bool
) -> None:
    assert must_supply(kind) is expected
