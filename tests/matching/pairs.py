"""A supplied row and a record that agree in all but what a test sets."""

from datetime import date
from typing import Any

from cp.matching.apart import Number, Numbers
from cp.matching.facts import Facts
from cp.matching.joining import Judged, judge_pair
from tests.matching.children import BORN, home, record

HERE, ELSEWHERE = home("ZA4 7QD"), home("ZA9 1AA")
BY_UPN, OTHER_UPN = Numbers(upn=Number.AGREES), Numbers(upn=Number.DIFFERS)


def child(given_names: str = "Amira", family_name: str = "Siddiqui", born_on: date = BORN, **given: Any) -> Facts:
    """A girl of ten who lives in ZA4 7QD."""
    return record(given_names, family_name, born_on, **{"places": [HERE], **given})


def moved(given_names: str = "Amira", family_name: str = "Siddiqui", born_on: date = BORN) -> Facts:
    """The same, at another postcode."""
    return child(given_names, family_name, born_on, places=[ELSEWHERE])


def judged(row: Facts, **given: Any) -> Judged:
    """What the row is to the record of that girl."""
    return judge_pair(row, child(), **given)
