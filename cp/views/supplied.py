"""A file on its way: what is wrong in it, how far it is, what came of it, its rows to correct; send, stop, undo it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.feeds.supplied import Problem
from cp.forms.supply import SendForm
from cp.registry import action
from cp.services import once
from cp.services.audit_seals import checking
from cp.services.disputes import supplied as told
from cp.services.implementation import trials
from cp.services.implementation.trials import Trial
from cp.services.supply import files, fixing, live, standing, steering, working
from cp.services.supply.files import Shown
from cp.services.supply.live import Missing, NotLive
from cp.services.supply.steering import NotNow
from cp.terms import Act, Fault, SupplyState
from cp.views.html import go, once_key, page

bp = Blueprint("supplied", __name__)
FILE = "/supply/files/<uuid:file_uid>"
IN_ITS_PLACE = {"HX-Retarget": "#file", "HX-Reswap": "outerHTML"}
"""The report takes the place of the progress that asked, heading and all; the status before it stays and speaks."""


@bp.get("/supply/files")
@action(Act.SEE_SUPPLY)
def index() -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    found = files.listed(session, person)
    rests = any(one.state in working.WORKING for one in found) and checking.rests(session)
    return page(
        "supply/index.html", told=told.of(session, person), found=found, how=standing.of_own(session, person),
        rests=rests,
    )  # fmt: skip


@bp.get(FILE)
@action(Act.SEE_FILE)
def show(file_uid: UUID) -> ResponseReturnValue:
    """Wherever the file stands: one address from its columns to its report."""
    session, person = db.session(), guard.me()
    one = files.show(session, person, file_uid)
    match one.state:
        case SupplyState.COLUMNS:
            return go(f"|{url_for('columns.show', file_uid=file_uid)}")
        case SupplyState.CHECKED:
            return _problems(one)
        case SupplyState.SENDING | SupplyState.UNDOING:
            return _progress(one)
    return _report(one)


@bp.get(f"{FILE}/progress")
@action(Act.SEE_PROGRESS)
def progress(file_uid: UUID) -> ResponseReturnValue:
    """What the page asks for by itself until the report is there: that is no use of the account."""
    one = files.shown(files.own(db.session(), guard.me(), file_uid))
    if one.state in (SupplyState.COLUMNS, SupplyState.CHECKED):
        return go(f"|{url_for('.show', file_uid=file_uid)}")
    return _progress(one) if one.state in working.WORKING else _report(one)


def _report(one: Shown) -> ResponseReturnValue:
    to_correct = len(rows_to_correct(files.troubles(db.session(), guard.me(), one.uid)))
    return page(
        "supply/report.html", block="report", headers=IN_ITS_PLACE, one=one, to_correct=to_correct,
        can_undo=files.can_undo(one), once=once_key(), missing=_missing(one),
    )  # fmt: skip


def _missing(one: Shown) -> Missing | None:
    """What keeps a file from going on that was stopped."""
    stopped = one.state is SupplyState.STOPPED
    return live.missing(db.session(), guard.me().organisation_id) if stopped else None


def _progress(one: Shown) -> ResponseReturnValue:
    """How far it is. The page asks by itself, and says what was `heard`: each quarter but the last is spoken once."""
    share = 100 * one.done // one.ready if one.ready else 100
    quarter = min(share // 25, 3) * 25 if one.state is SupplyState.SENDING else 0
    heard = request.args.get("heard", quarter, type=int)
    return page("supply/progress.html", block="progress", one=one, left=time_left(one), share=share, quarter=quarter,
                heard=heard, rests=checking.rests(db.session()))  # fmt: skip


def rows_to_correct(troubles: list[Problem]) -> set[int]:
    return {one.number for one in troubles if one.number is not None}


def _problems(one: Shown) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    found = files.troubles(session, person, one.uid)
    lists = {fault: [trouble for trouble in found if trouble.fault is fault] for fault in Fault}
    before = files.seen_before(session, person, one.uid)
    missing = live.missing(session, person.organisation_id)
    sendable = files.sendable(session, person, one.uid)
    nothing_new = before is not None and files.nothing_new(session, person, one.uid, before, sendable)
    return page(
        "supply/problems.html", missing=missing, trial=_trial(one) if missing else None, one=one,
        lists=lists, whole=request.args.get("all"), most=files.SHOWN,
        sendable=sendable, before=before and before.sent_at, nothing_new=nothing_new, tick=SendForm().too,
        to_correct=len(rows_to_correct(found)), once=once_key(),
    )  # fmt: skip


def _trial(one: Shown) -> Trial:
    """How good a file is that cannot be sent yet, and what was said of it."""
    return trials.of(db.session(), files.own(db.session(), guard.me(), one.uid))


def time_left(one: Shown) -> timedelta | None:
    """How long it still takes, at the speed of the rows that are done; None before any is."""
    if not one.done or one.sent_at is None:
        return None
    return (clock.now() - one.sent_at) / one.done * max(one.ready - one.done, 0)


@bp.post(f"{FILE}/send")
@action(Act.SEND_FILE)
def send(file_uid: UUID) -> ResponseReturnValue:
    return _steer(file_uid, lambda: steering.send(db.session(), guard.me(), file_uid, too="too" in request.form))


@bp.post(f"{FILE}/stop")
@action(Act.STOP_FILE)
def stop(file_uid: UUID) -> ResponseReturnValue:
    """Whichever of the two buttons was pressed."""
    if request.form.get("step") == "go_on":
        return _steer(file_uid, lambda: steering.go_on(db.session(), guard.me(), file_uid), "goes_on")
    return _steer(file_uid, lambda: steering.stop(db.session(), guard.me(), file_uid), "stopped")


@bp.get(f"{FILE}/undo")
@action(Act.SEE_FILE)
def undoing(file_uid: UUID) -> ResponseReturnValue:
    one = files.show(db.session(), guard.me(), file_uid)
    if not files.can_undo(one):
        return go(f"not_now|{url_for('.show', file_uid=file_uid)}")
    return page("supply/undo.html", one=one, once=once_key())


@bp.post(f"{FILE}/undo")
@action(Act.UNDO_FILE)
def undo(file_uid: UUID) -> ResponseReturnValue:
    return _steer(file_uid, lambda: steering.undo(db.session(), guard.me(), file_uid))


def _steer(file_uid: UUID, step: Callable[[], None], said: str = "") -> ResponseReturnValue:
    """Do it once; where the file has gone on meanwhile, say so and change nothing."""
    session, person, key, here = db.session(), guard.me(), request.form.get("once"), url_for(".show", file_uid=file_uid)
    if answer := once.answered(session, person, key):
        return go(answer)
    try:
        step()
    except NotNow:
        files.show(session, person, file_uid)
        said = "not_now"
    except NotLive:
        files.show(session, person, file_uid)
        said = "not_live"
    return go(once.answer(session, person, key, f"{said}|{here}"))


@bp.get(f"{FILE}/to-correct.csv")
@action(Act.TAKE_FIX_LIST)
def to_correct(file_uid: UUID) -> ResponseReturnValue:
    """The rows that were not sent, in the supplier's own columns, safe to open in a spreadsheet."""
    listed = fixing.to_correct(db.session(), guard.me(), file_uid)
    db.commit()
    return Response(
        listed, mimetype="text/csv", headers={"Content-Disposition": 'attachment; filename="to-correct.csv"'}
    )
