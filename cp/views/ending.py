"""Whose records end next month, and why: where holding back and staying on begin."""

from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.registry import action
from cp.services.retention import believing, going
from cp.terms import Act, ArchiveReason, DestroyReason
from cp.views.html import page, page_number

bp = Blueprint("ending", __name__, url_prefix="/ending")
WHY = {
    ArchiveReason.GROWN_UP: "18 years old",
    ArchiveReason.STAY_OVER: "The birthday until which they agreed to stay",
    ArchiveReason.DIED: "A year since the death",
    ArchiveReason.LEFT: "Left the area, and the time for coming back is over",
    DestroyReason.SIX_YEARS: "Six years in the archive",
    DestroyReason.HOLD_OVER: "The hold has ended",
}
SAID = {"stay_archived": "The consent has ended. The record is in the archive from today."}


@bp.get("")
@action(Act.SEE_ENDING)
def index() -> ResponseReturnValue:
    found = going.next_month(db.session(), guard.me(), page_number())
    stopped = believing.doubt(current_app.extensions["config"].lodge, db.session()) is not None
    return page("ending/index.html", found=found, stopped=stopped)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(ENDING_WHY=WHY, ENDING_SAID=SAID)
