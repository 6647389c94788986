"""One child added by hand, or said to have left, by the same way as a file of one row."""

from datetime import date

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.pupil import LeaverForm, PupilForm
from cp.registry import action
from cp.services import audit, once
from cp.services.supply import by_hand, rows
from cp.terms import Act
from cp.views.html import go, once_key, page
from cp.views.supply import sender

bp = Blueprint("pupils", __name__)


@bp.get("/supply/pupil")
@action(Act.SEE_SUPPLY)
def new() -> ResponseReturnValue:
    return _new(PupilForm())


def _new(form: PupilForm, status: int = 200, *, may_insist: bool = False) -> ResponseReturnValue:
    sender()
    audit.record(db.session(), guard.me(), Act.SEE_SUPPLY)
    return page("supply/pupil.html", status=status, form=form, may_insist=may_insist, once=once_key())


@bp.post("/supply/pupil")
@action(Act.RECEIVE_FILE)
def create() -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = PupilForm(request.form)
    if not form.valid():
        return _new(form, 422)
    found = by_hand.problems(sender(), form.row())
    insists = form.sure.data and by_hand.only_unusual(found)
    if found and not insists:
        form.say(found)
        return _new(form, 422, may_insist=by_hand.only_unusual(found))
    uid = by_hand.send(session, sender(), form.row())
    return go(once.answer(session, person, key, f"|{url_for('supplied.show', file_uid=uid)}"))


@bp.get("/supply/left")
@action(Act.SEE_SUPPLY)
def leaving() -> ResponseReturnValue:
    return _leaving(LeaverForm())


def _leaving(form: LeaverForm, status: int = 200) -> ResponseReturnValue:
    sender()
    audit.record(db.session(), guard.me(), Act.SEE_SUPPLY)
    return page("supply/left.html", status=status, form=form, once=once_key())


@bp.post("/supply/left")
@action(Act.RECEIVE_FILE)
def leave() -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = LeaverForm(request.form)
    if not form.valid():
        return _leaving(form, 422)
    who = form.row_key.data or rows.blind_key(form.given_names.data, form.family_name.data or None, form.born_on.data)
    uid = by_hand.leave(session, sender(), who, form.left_on.data or date.max)
    return go(once.answer(session, person, key, f"|{url_for('supplied.show', file_uid=uid)}"))
