"""Records that a court, an inquiry or the police need: held back from destruction by two people."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.fields import Asked
from cp.forms.holding import REASONS, AnswerForm, EndForm, hold_form
from cp.registry import action
from cp.services import once
from cp.services.retention import holds, unholding
from cp.services.retention.holds import Hold, Problem
from cp.terms import Act
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, page_number

bp = Blueprint("holds", __name__, url_prefix="/holds")
SAID = {
    "hold_asked": "You have asked. The record is held back once your colleague agrees.",
    "hold_agree": "The record is held back.",
    "hold_decline": "The record is not held back.",
    "hold_end": "You have asked. The hold ends once a colleague agrees.",
    "hold_end_asked": "A colleague has asked already: it is yours to answer.",
    "hold_ended": "The hold has ended.",
    "hold_goes_on": "The hold goes on.",
}


@bp.get("")
@action(Act.SEE_HOLDS)
def index() -> ResponseReturnValue:
    return page("holds/index.html", found=holds.listed(db.session(), guard.me(), page_number()))


@bp.get("/new")
@action(Act.PREPARE_HOLD)
def new() -> ResponseReturnValue:
    return _new()


def _new(refused: str | None = None) -> ResponseReturnValue:
    """`refused`: a code of the service, or nothing where the form says it itself."""
    typed = restored() if refused is None else request.form
    colleagues = {str(one.uid): one.name for one in holds.prepare(db.session(), guard.me())}
    form = hold_form(colleagues)(typed)
    back = refused is None and typed is not None
    if refused is not None and form.valid():
        form.refuse(refused)
    return page("holds/new.html", status=200 if refused is None else 422, form=form, colleagues=colleagues,
                restored=back, once=request.form.get("once") or once_key())  # fmt: skip


@bp.post("")
@action(Act.ASK_HOLD)
def create() -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = hold_form({str(one.uid): one.name for one in holds.prepare(session, person)})(request.form)
    if not form.valid():
        return _new("")
    try:
        uid = holds.ask(session, person, form.wish())
    except Problem as problem:
        return _new(problem.code)
    return go(once.answer(session, person, key, f"hold_asked|{url_for('.show', hold_uid=uid)}"))


@bp.get("/<uuid:hold_uid>")
@action(Act.SEE_HOLD)
def show(hold_uid: UUID) -> ResponseReturnValue:
    return _show(hold_uid)


def _show(hold_uid: UUID, form: Asked | None = None, status: int = 200) -> ResponseReturnValue:
    one = holds.one(db.session(), guard.me(), hold_uid)
    typed = restored() if form is None else None
    form = form or (EndForm if one.agreed else AnswerForm)(typed)
    return page("holds/show.html", status=status, one=one, form=form, restored=typed is not None,
                once=request.form.get("once") or once_key())  # fmt: skip


@bp.post("/<uuid:hold_uid>")
@action(Act.ANSWER_HOLD)
def answer(hold_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answered := once.answered(session, person, key):
        return go(answered)
    form = AnswerForm(request.form)
    if not form.valid():
        return _show(hold_uid, form, 422)
    said = str(form.answer.data)
    try:
        holds.answer(session, person, hold_uid, agreed=said == "agree")
    except Problem as problem:
        form.refuse(problem.code)
        return _show(hold_uid, form, 422)
    return go(once.answer(session, person, key, f"hold_{said}|{url_for('.index')}"))


@bp.post("/<uuid:hold_uid>/end")
@action(Act.ASK_HOLD)
def end(hold_uid: UUID) -> ResponseReturnValue:
    code = "hold_end" if unholding.ask(db.session(), guard.me(), hold_uid) else "hold_end_asked"
    return go(f"{code}|{url_for('.show', hold_uid=hold_uid)}")


@bp.post("/<uuid:hold_uid>/end/answer")
@action(Act.ANSWER_HOLD)
def answer_end(hold_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answered := once.answered(session, person, key):
        return go(answered)
    form = EndForm(request.form)
    if not form.valid():
        return _show(hold_uid, form, 422)
    ends = form.answer.data == "end"
    try:
        unholding.answer(session, person, hold_uid, agreed=ends)
    except Problem as problem:
        form.refuse(problem.code)
        return _show(hold_uid, form, 422)
    shown = url_for(".show", hold_uid=hold_uid)
    return go(once.answer(session, person, key, f"hold_ended|{url_for('.index')}" if ends else f"hold_goes_on|{shown}"))


def hold_reason(one: Hold) -> str:
    """Who needs the record; what a restore has set again does not say."""
    return REASONS[one.reason.value] if one.reason else "Not known: set again after a restore"


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(HOLD_SAID=SAID, hold_reason=hold_reason)
