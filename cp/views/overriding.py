"""Looking through the shield of one record: the warning, the minutes that are left, the way out."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from cp import db, guard
from cp.forms.overriding import WAITS, OverrideForm, OverrideWithCodeForm
from cp.registry import action
from cp.rules.phones import phone_shown
from cp.services import once, signing_in
from cp.services.overriding import starting
from cp.services.overriding.starting import About
from cp.terms import Act, OverrideReason
from cp.views.html import go, once_key, page
from cp.views.signing_in import refuse_code, where
from cp.views.stepping_up import renewed

bp = Blueprint("overriding", __name__, url_prefix="/children/<uuid:child_uid>/override")


@bp.get("")
@action(Act.PREPARE_OVERRIDE)
def new(child_uid: UUID) -> ResponseReturnValue:
    return _warn(starting.about(db.session(), guard.me(), child_uid, Act.PREPARE_OVERRIDE), _form(None))


def _form(typed: MultiDict[str, str] | None) -> OverrideForm:
    """It asks for a code unless one was given just now."""
    return OverrideWithCodeForm(typed) if starting.needs_code(guard.me()) else OverrideForm(typed)


def _warn(about: About, form: OverrideForm, status: int = 200) -> ResponseReturnValue:
    starting.warned(db.session(), guard.me(), about)
    waits = WAITS.format(reference=about.waiting, phone=phone_shown(guard.me().team_phone)) if about.waiting else ""
    if waits and status == 422:
        form.why.errors.append(waits)
    return page("overriding/new.html", status=status, form=form, about=about, waits=waits,
                once=request.form.get("once") or once_key())  # fmt: skip


@bp.post("")
@action(Act.OVERRIDE)
def create(child_uid: UUID) -> ResponseReturnValue:
    session, key = db.session(), request.form.get("once")
    if answer := starting.answered(session, guard.me(), key):
        return go(answer)
    about, form = starting.about(session, guard.me(), child_uid, Act.OVERRIDE), _form(request.form)
    if about.waiting or not form.valid():
        return _warn(about, form, 422)
    if status := _give_code(form):
        return _warn(about, form, status)
    starting.start(session, guard.me(), child_uid, OverrideReason(str(form.why.data)))
    return go(once.answer(session, guard.me(), key, f"|{url_for('children.show', child_uid=child_uid)}"))


def _give_code(form: OverrideForm) -> int:
    """Try the code, where one is asked for. Answers the status of a refusal, 0 where it counts."""
    found = guard.found()
    if not isinstance(form, OverrideWithCodeForm) or found is None:
        return 0
    answer = signing_in.give_code_again(db.session(), guard.me(), found.session_id, form.code.data, where())
    if answer.token is None:
        return refuse_code(form, answer)
    renewed(answer.token)
    guard.afresh()
    return 0


@bp.get("/left")
@action(Act.SEE_TIME_LEFT)
def left(child_uid: UUID) -> ResponseReturnValue:
    """The minutes, for the page that shows them; once they are over, the record as everybody sees it."""
    look = starting.look(db.session(), guard.me(), child_uid)
    if look and guard.is_block():
        return page("overriding/left.html", block="left", look=look, child_uid=child_uid)
    where = url_for("children.show", child_uid=child_uid, over=None if look else "time")
    db.commit()
    return ("", 200, {"HX-Redirect": where}) if guard.is_block() else redirect(where, code=303)


@bp.post("/leave")
@action(Act.LEAVE_OVERRIDE)
def leave(child_uid: UUID) -> ResponseReturnValue:
    starting.close(db.session(), guard.me(), child_uid)
    return go(f"override_closed|{url_for('children.show', child_uid=child_uid)}#said")
