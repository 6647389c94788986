"""A person's own overrides: what is asked of them, and what was found."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.overriding import AnswerForm
from cp.registry import action
from cp.services import once
from cp.services.overriding import reviewing, telling
from cp.terms import Act, OverrideAnswer
from cp.views.html import go, once_key, page

bp = Blueprint("own_overrides", __name__, url_prefix="/account/overrides")


@bp.get("")
@action(Act.SEE_OWN_OVERRIDES)
def index() -> ResponseReturnValue:
    return _index(AnswerForm())


def _index(form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    told = telling.of_person(db.session(), guard.me())
    asked = telling.unanswered(told)
    return page("overrides/own.html", status=status, told=told, asked=asked, form=form,
                once=request.form.get("once") or once_key())  # fmt: skip


@bp.post("/<uuid:override_uid>")
@action(Act.ANSWER_OVERRIDE)
def answer(override_uid: UUID) -> ResponseReturnValue:
    session, person, key, form = db.session(), guard.me(), request.form.get("once"), AnswerForm(request.form)
    if before := once.answered(session, person, key):
        return go(before)
    if not form.valid():
        return _index(form, 422)
    done = reviewing.answer(session, person, override_uid, OverrideAnswer(str(form.said.data)))
    code = f"override_{'answered' if done else 'late'}:{override_uid}"
    return go(once.answer(session, person, key, f"{code}|{url_for('.index')}#said"))
