"""What a sensitive service records of a child by consent, and withdraws.

No address that is kept, and no code of what was done, says more than that something was done.
"""

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.sensitive import GROUNDS_SHORT, ConsentForm, WithdrawForm, consent_form, filled_in
from cp.registry import action
from cp.rules.sensitive import WORDING
from cp.services import once
from cp.services.involvements import Problem
from cp.services.sensitive import people, recording, withdrawing
from cp.services.sensitive.people import Worker
from cp.services.sensitive.recording import Form, Wish
from cp.terms import Act, SensitiveGround
from cp.views import children, involvements
from cp.views.html import go, once_key, page, uuid_or_none
from cp.views.words import day

of_child = Blueprint("sensitive", __name__, url_prefix="/involvements/sensitive")
entry = Blueprint("sensitive", __name__, url_prefix="/involvements/sensitive/<uuid:entry_uid>")
children.bp.register_blueprint(of_child)
involvements.bp.register_blueprint(entry)


@of_child.get("")
@action(Act.PREPARE_SENSITIVE)
def new(child_uid: UUID) -> ResponseReturnValue:
    about = recording.form(db.session(), guard.me(), child_uid)
    made = _made(about.called, about.colleagues)
    return _form(about, made(data=filled_in(str(about.me.uid), clock.today())))


def _made(called: str, colleagues: Iterable[Worker]) -> type[ConsentForm]:
    return consent_form(called, {str(one.uid): f"{one.name}, {one.role.lower()}" for one in colleagues})


def _form(about: Form, form: ConsentForm, status: int = 200) -> ResponseReturnValue:
    return page("sensitive/new.html", status=status, form=form, about=about, wording=WORDING,
                once=request.form.get("once") or once_key())  # fmt: skip


@of_child.post("")
@action(Act.RECORD_SENSITIVE)
def create(child_uid: UUID) -> ResponseReturnValue:
    """The answer that is kept names no child: where it leads is known from where the form was sent."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    where = url_for("children.show", child_uid=child_uid) + "#said"
    if answer := once.answered(session, person, key):
        return go(f"{answer}|{where}")
    form = _made("", people.colleagues(session, person)[1])(request.form)
    if not form.valid():
        return _again(child_uid)
    try:
        code = "recorded" if recording.record(session, person, child_uid, _wish(form)) else "already"
    except Problem as problem:
        return _again(child_uid, problem)
    return go(f"{once.answer(session, person, key, code)}|{where}")


def _again(child_uid: UUID, problem: Problem | None = None) -> ResponseReturnValue:
    about = recording.form(db.session(), guard.me(), child_uid)
    form = _made(about.called, about.colleagues)(request.form)
    if form.valid() and problem:
        form.refuse(problem.code, day(problem.limit or about.born_on))
    return _form(about, form, 422)


def _wish(form: ConsentForm) -> Wish:
    understands = {"yes": True, "no": False}.get(str(form.understands.data))
    return Wish(
        SensitiveGround(str(form.ground.data)), understands, uuid_or_none(form.judged_by.data), form.started.data,
        form.given.data, form.ends.data,
    )  # fmt: skip


@entry.get("")
@action(Act.SEE_SENSITIVE)
def show(entry_uid: UUID) -> ResponseReturnValue:
    return _one(entry_uid, WithdrawForm())


def _one(entry_uid: UUID, form: WithdrawForm, status: int = 200) -> ResponseReturnValue:
    one = withdrawing.one(db.session(), guard.me(), entry_uid)
    return page("sensitive/show.html", status=status, form=form, one=one)


@entry.post("")
@action(Act.WITHDRAW_SENSITIVE)
def withdraw(entry_uid: UUID) -> ResponseReturnValue:
    session, person, form = db.session(), guard.me(), WithdrawForm(request.form)
    if not form.valid():
        return _one(entry_uid, form, 422)
    withdrawing.withdraw(session, person, entry_uid, ended=form.why.data == "ended")
    return go(f"gone|{url_for('involvements.index')}#said")


def init_app(app: Flask) -> None:
    app.jinja_env.globals["GROUNDS_SHORT"] = GROUNDS_SHORT
