"""How supply is worded: where a file stands, what was done with it, how long it still takes."""

from datetime import timedelta

from flask import Flask

from cp.forms.supply import GROUPS, WHOLE_NOTES
from cp.matching.compare import Fact
from cp.matching.reasons import listed
from cp.services.supply.files import Shown
from cp.terms import SupplyState
from cp.views.pairs import said_of_pairs
from cp.views.words import plural

STATES = {
    SupplyState.COLUMNS: "Its columns are to be confirmed",
    SupplyState.CHECKED: "Checked, nothing sent",
    SupplyState.SENDING: "Being sent, {done} of {ready}",
    SupplyState.STOPPED: "Stopped after {done} of {ready}",
    SupplyState.SENT: "{done} sent",
    SupplyState.UNDOING: "Being undone",
    SupplyState.UNDONE: "Undone",
}
SAID = {
    "not_now": "The file had gone on when you pressed the button. Nothing has changed by it.",
    "not_live": "Nothing was sent. What is missing, and who acts, stands on this page.",
    "stopped": "Stopped. Rows already sent stay.",
    "goes_on": "The file goes on.",
}
MINUTE = 60


def ended_as(one: Shown) -> str:
    """What has come of a file, as the heading of its report."""
    match one.state:
        case SupplyState.UNDONE:
            return "The file is undone"
        case SupplyState.STOPPED:
            return f"Stopped after {one.done} of {plural(one.ready, 'row', 'rows')}"
    return f"{plural(one.done, 'row was', 'rows were')} sent"


def said_of_supply(code: str | None) -> str:
    return SAID.get(code or "", "")


def about(left: timedelta) -> str:
    """Under a minute; about 3 minutes."""
    minutes = round(left.total_seconds() / MINUTE)
    if left.total_seconds() < MINUTE:
        return "under a minute"
    return f"about {minutes} minute{'s' if minutes > 1 else ''}"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(about=about, listed=listed)
    app.jinja_env.globals.update(
        SUPPLY_STATES=STATES, WHOLE_NOTES=WHOLE_NOTES, MEANINGS=GROUPS, said_of_supply=said_of_supply,
        ended_as=ended_as, said_of_pairs=said_of_pairs, Fact=Fact,
    )  # fmt: skip
