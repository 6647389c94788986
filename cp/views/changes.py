"""What has changed in a child's life: told from the record, looked at by the management team."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.changes import ASKED, KINDS, WHERE, ChangeForm, FoundForm, change_form
from cp.registry import action
from cp.services import once
from cp.services.changes import deciding, telling
from cp.terms import Act, ChangeKind
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, page_number

bp = Blueprint("changes", __name__)
told = Blueprint("told_changes", __name__, url_prefix="/changes")
SAID = {
    "true": "It is noted as true.",
    "not_true": "It is noted as not true. The record stays as it is.",
}


@bp.get("/children/<uuid:child_uid>/changes/new")
@action(Act.PREPARE_CHANGE)
def new(child_uid: UUID) -> ResponseReturnValue:
    about, typed = telling.form(db.session(), guard.me(), child_uid), restored()
    return _asked(about, change_form(about.numbers)(typed), again=typed is not None)


def _asked(about: telling.About, form: ChangeForm, status: int = 200, *, again: bool = False) -> ResponseReturnValue:
    return page("changes/new.html", status=status, form=form, about=about, restored=again, once=once_key())


@bp.post("/children/<uuid:child_uid>/changes")
@action(Act.TELL_CHANGE)
def create(child_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    about = telling.form(session, person, child_uid)
    form = change_form(about.numbers)(request.form)
    if not form.valid():
        return _asked(about, form, 422)
    fresh = telling.tell(session, person, child_uid, form.said(about.numbers))
    where = url_for("children.show", child_uid=child_uid, _anchor="said")
    return go(once.answer(session, person, key, f"{'change_told' if fresh else 'change_already'}|{where}"))


@told.get("")
@action(Act.SEE_CHANGES)
def index() -> ResponseReturnValue:
    return page("told_changes/index.html", changes=deciding.listed(db.session(), guard.me(), page_number()))


@told.get("/<uuid:change_uid>")
@action(Act.SEE_CHANGES)
def show(change_uid: UUID) -> ResponseReturnValue:
    one = deciding.show(db.session(), guard.me(), change_uid)
    return _page(one, FoundForm())


def _page(one: deciding.Told, form: FoundForm, status: int = 200) -> ResponseReturnValue:
    return page("told_changes/show.html", status=status, one=one, form=form, once=once_key())


@told.post("/<uuid:change_uid>")
@action(Act.JUDGE_CHANGE)
def answer(change_uid: UUID) -> ResponseReturnValue:
    """What was found, then the list; a page that was sent twice is answered once."""
    session, person, key, form = db.session(), guard.me(), request.form.get("once"), FoundForm(request.form)
    if said := once.answered(session, person, key):
        return go(said)
    one = deciding.show(session, person, change_uid)
    form.born_on = one.born_on if one.kind is ChangeKind.DIED else None
    if not form.valid():
        return _page(one, form, 422)
    found = form.found()
    deciding.answer(session, person, change_uid, found)
    return go(once.answer(session, person, key, f"{found.answer}|{url_for('.index')}"))


def said_of_changes(code: str | None) -> str:
    return SAID.get(code or "", "")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(CHANGED=KINDS, ASKED_OF=ASKED, MOVED_TO=WHERE, said_of_changes=said_of_changes)
