"""Which of an authority's organisations its implementation manager wants to see, and in which order."""

from cp.forms.fields import Asked, Choice, Select, Text
from cp.terms import OrganisationKind, WhoActs

KINDS: dict[str, str] = {
    OrganisationKind.NURSERY: "Nurseries",
    OrganisationKind.PRIMARY_SCHOOL: "Primary schools",
    OrganisationKind.SECONDARY_SCHOOL: "Secondary schools",
    OrganisationKind.SPECIAL_SCHOOL: "Special schools",
    OrganisationKind.INDEPENDENT_SCHOOL: "Independent schools",
    OrganisationKind.COLLEGE: "Colleges",
    OrganisationKind.GP_PRACTICE: "GP practices",
    OrganisationKind.HEALTH_SERVICE: "Health services",
    OrganisationKind.COUNCIL_SERVICE: "Council services",
    OrganisationKind.POLICE_SERVICE: "Police",
    OrganisationKind.PROBATION_SERVICE: "Probation services",
    OrganisationKind.CHARITY: "Charities",
}
ACTS: dict[str, str] = {
    WhoActs.YOU: "You",
    WhoActs.SCHOOL: "The school",
    WhoActs.THEIR_SUPPLIER: "Their supplier",
    WhoActs.ACCOUNT_MANAGER: "The account manager",
    WhoActs.NOBODY: "Nobody yet",
}
BY_DAY, BY_NAME = "day", "name"


class NarrowForm(Asked):
    """What an address says; what it cannot mean counts as not said."""

    kind = Select("Kind", KINDS)
    who = Select("Who acts", ACTS)
    name = Text("Name, or part of it")
    sort = Choice("In order of", {BY_DAY: "Day", BY_NAME: "Name"})
