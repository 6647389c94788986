"""How agreements, accreditations and steps are worded."""

from flask import Flask

from cp.forms.accreditations import ANSWERS, ASKED, BECAUSE, MISSING
from cp.forms.agreements import WRONG
from cp.rules.governing import NEWEST_TEXT, QUESTIONS, TEXTS
from cp.terms import OrganisationKind, Region, Step

STEPS = {
    Step.FIRST_CONTACT: "First contact",
    Step.ANSWERS: "Their answers",
    Step.MEANS: "A way to send data",
    Step.TEST_FILE: "A test file",
    Step.AGREEMENT: "A signed agreement",
    Step.PEOPLE: "Named people",
    Step.TRAINING: "Training",
    Step.ACCREDITATION: "Accreditation",
    Step.LIVE: "Nothing: live",
}
REGIONS = {
    Region.NORTH_EAST: "the North East",
    Region.NORTH_WEST: "the North West",
    Region.YORKSHIRE: "Yorkshire and the Humber",
    Region.EAST_MIDLANDS: "the East Midlands",
    Region.WEST_MIDLANDS: "the West Midlands",
    Region.EAST: "the East of England",
    Region.LONDON: "London",
    Region.SOUTH_EAST: "the South East",
    Region.SOUTH_WEST: "the South West",
}
KINDS = {
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
"""The implementation manager’s first page."""
SAID = {
    "recorded": "The agreement is recorded.",
    "recorded_already": "Nothing has changed: this agreement is recorded already.",
    "taken_back": "The agreement is taken back. It stays in the list and does not count.",
    "answered": "The answers are recorded. You can decide now.",
    "accredited": "It is accredited.",
    "asked_again": "It is asked again: it waits for the organisation’s answers.",
    "changed": "Nothing was decided: the answers have changed, or somebody has decided on them. Look at them again.",
    "withdrawn": "The accreditation is withdrawn. Nobody there is let in any more.",
    "not_accredited": "Nothing has changed: it is not accredited.",
}


def said_of_governing(code: str | None) -> str:
    return SAID.get(code or "", "")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        said_of_governing=said_of_governing, WAITED_FOR=STEPS, REGION_NAMES=REGIONS,
        KINDS_OF_PLACE=KINDS, TEXTS=TEXTS, NEWEST_TEXT=NEWEST_TEXT, AGREEMENT_WRONG=WRONG, ACCREDITATION_ASKED=ASKED,
        ACCREDITATION_ANSWERS=ANSWERS, ACCREDITATION_MISSING=MISSING, ACCREDITATION_QUESTIONS=QUESTIONS,
        WITHDRAWN_BECAUSE=BECAUSE,
    )  # fmt: skip
