"""Test files of a school that does not supply yet, each with so many rows, of which so many are ready."""

from typing import Any

from sqlalchemy.orm import Session

from cp.models import Organisation, SupplyFile
from cp.terms import Means, SupplyState
from tests import build_supply
from tests.build_live import SINCE, without
from tests.build_supply import JACK, csv_of

AGREED: dict[str, Any] = {"means": Means.SPREADSHEET, "means_offered_on": SINCE, "means_agreed_on": SINCE}
WRONG = "31/02/2015"


def tried(session: Session, school: Organisation, ready: int = 9, total: int = 10, **facts: Any) -> SupplyFile:
    """The newest test file of a school that has agreed to its means, and of which nothing was accepted."""
    pupils = [
        JACK | {"Adno": f"{at:06}", "Forename": f"Jack{chr(97 + at)}",
                "DOB": f"{at + 1:02}/11/2017" if at < ready else WRONG}
        for at in range(total)
    ]  # fmt: skip
    file = build_supply.at(session, school, SupplyState.CHECKED, csv_of(*pupils))
    without(session, school, **(AGREED | {"test_accepted_on": None, "agreement_signed_on": None} | facts))
    session.commit()
    return file
