"""A security code again, for what needs a fresh one; then back to where the person was."""

from flask import Blueprint, request, session, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.signing_in import CodeForm
from cp.registry import action
from cp.services import drafts, signing_in
from cp.terms import Act
from cp.views.html import page, page_of_ours
from cp.views.signing_in import enter, refuse_code, where

bp = Blueprint("stepping_up", __name__)


@bp.get("/sign-in/again")
@action(Act.STEP_UP)
def again() -> ResponseReturnValue:
    return _ask(CodeForm(), request.args.get("to"))


def _ask(form: CodeForm, to: str | None, status: int = 200) -> ResponseReturnValue:
    return page("signing_in/again.html", status=status, form=form, to=page_of_ours(to) or url_for("account.show"))


@bp.post("/sign-in/again")
@action(Act.STEP_UP)
def check() -> ResponseReturnValue:
    form, person, found, to = CodeForm(request.form), guard.me(), guard.found(), request.form.get("to")
    if found is None or not form.valid():
        return _ask(form, to, 422)
    answer = signing_in.give_code_again(db.session(), person, found.session_id, form.code.data, where())
    if answer.token is None:
        return _ask(form, to, refuse_code(form, answer))
    renewed(answer.token)
    return enter(person.account_id, page_of_ours(to) or url_for("account.show"))


def renewed(token: str) -> None:
    """The browser goes on under the new token, and what was typed before with it."""
    earlier = guard.form_token_hash()
    session.start(token)  # type: ignore[attr-defined]
    drafts.hand_on(db.session(), earlier, guard.form_token_hash())
