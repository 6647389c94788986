"""Whom people worked with who have left: ended, or given to a colleague."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.accounts import AccountForm, what_form
from cp.registry import action
from cp.services import handing_over, once
from cp.services.handing_over import NoSuchColleague
from cp.terms import Act
from cp.views.html import go, once_key, page, uuid_or_none

bp = Blueprint("handovers", __name__)
NOBODY = "nobody"


@bp.get("/handovers")
@action(Act.SEE_HANDOVERS)
def index() -> ResponseReturnValue:
    rows, total = handing_over.waiting(db.session(), guard.me())
    return page("handovers/index.html", rows=rows, total=total)


@bp.get("/handovers/<uuid:involvement_uid>")
@action(Act.SEE_HANDOVERS)
def ask(involvement_uid: UUID) -> ResponseReturnValue:
    return _ask(involvement_uid, None)


def _ask(involvement_uid: UUID, form: AccountForm | None, status: int = 200) -> ResponseReturnValue:
    left, colleagues = handing_over.one(db.session(), guard.me(), involvement_uid)
    if form is None:
        choices = {str(one.uid): f"Give to {one.name}, {one.works_as.lower()}" for one in colleagues}
        form = what_form(
            f"Who works with {left.name} now?", choices | {NOBODY: "Nobody: end it"}, "Choose who works with them now"
        )(request.form if status > 200 else None)
        if status > 200:
            form.valid()
    return page("handovers/ask.html", status=status, form=form, left=left, once=request.form.get("once") or once_key())


@bp.post("/handovers/<uuid:involvement_uid>")
@action(Act.HAND_OVER)
def settle(involvement_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    said = request.form.get("what")
    to = uuid_or_none(said)
    if said != NOBODY and to is None:
        return _ask(involvement_uid, None, 422)
    try:
        _, colleague = handing_over.settle(session, person, involvement_uid, to)
    except NoSuchColleague:
        return _ask(involvement_uid, None, 422)
    code = "handed_over" if colleague else "handed_over_ended"
    return go(once.answer(session, person, key, f"{code}|{url_for('.index')}"))
