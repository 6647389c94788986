"""How many records may be opened in an authority, and a manager's answer to somebody who has reached that."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.limits import AnswerForm, LimitsForm
from cp.registry import action
from cp.services import allowing, settings
from cp.services.settings import ChangedMeanwhile, Limits
from cp.terms import Act
from cp.views.drafts import restored
from cp.views.html import go, page

bp = Blueprint("limits", __name__, url_prefix="/accounts")


@bp.get("/limits")
@action(Act.SET_LIMITS)
def show() -> ResponseReturnValue:
    held, typed = settings.seen(db.session(), guard.me()), restored()
    if typed:
        return _form(LimitsForm(typed), held, typed.get("version", ""), restored=True)
    return _form(LimitsForm(data={"soft": str(held.soft), "hard": str(held.hard)}), held, held.version)


def _form(
    form: LimitsForm, held: Limits, version: str, status: int = 200, *, restored: bool = False
) -> ResponseReturnValue:
    return page("limits/show.html", status=status, form=form, held=held, version=version, restored=restored)


@bp.post("/limits")
@action(Act.SET_LIMITS)
def save() -> ResponseReturnValue:
    session, person, form = db.session(), guard.me(), LimitsForm(request.form)
    version = request.form.get("version", "")
    if not form.valid():
        return _form(form, settings.seen(session, person), version, 422)
    try:
        changed = settings.set_limits(session, person, *form.limits(), version)
    except ChangedMeanwhile as found:
        now = found.now
        form.soft.errors.append(f"Somebody else changed the limits meanwhile, to {now.soft} and {now.hard}. Save again "
                                "if yours should hold")  # fmt: skip
        return _form(form, now, now.version, 422)
    return go(f"{'limits' if changed else 'same_limits'}|{url_for('.show')}")


@bp.get("/<uuid:account_uid>/limit")
@action(Act.SEE_ONE_ACCOUNT)
def asked(account_uid: UUID) -> ResponseReturnValue:
    return _asked(account_uid, AnswerForm())


def _asked(account_uid: UUID, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    one = allowing.standing(db.session(), guard.me(), account_uid)
    return page("limits/asked.html", status=status, form=form, one=one)


@bp.post("/<uuid:account_uid>/limit")
@action(Act.ANSWER_LIMIT)
def answer(account_uid: UUID) -> ResponseReturnValue:
    form = AnswerForm(request.form)
    if not form.valid():
        return _asked(account_uid, form, 422)
    more = form.answer.data == "more"
    theirs = allowing.answer(db.session(), guard.me(), account_uid, more=more)
    code = ("allowed" if more else "not_allowed") if theirs else "answered_already"
    return go(f"{code}|{url_for('.asked', account_uid=account_uid)}")
