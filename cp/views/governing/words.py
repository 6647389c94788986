"""How agreements, accreditations and steps are worded."""

from flask import Flask

from cp.forms.accreditations import ANSWERS, ASKED, BECAUSE, MISSING
from cp.forms.agreements import WRONG
from cp.forms.phases import REGIONS as REGION_WORDS
from cp.forms.schools import KINDS
from cp.rules.governing import NEWEST_TEXT, QUESTIONS, TEXTS
from cp.terms import Region
from cp.views.board_words import STEPS

ALONE = (Region.LONDON, Region.YORKSHIRE)
REGIONS = {region: words if region in ALONE else f"the {words}" for region, words in REGION_WORDS.items()}
"""As they stand in a sentence."""
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
