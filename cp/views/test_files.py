"""The test file of one organisation, by its figures: it is accepted, or another is asked for."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.means import VerdictForm
from cp.registry import action
from cp.services import once
from cp.services.implementation import trials
from cp.services.implementation.trials import AnotherFile, NotGoodEnough
from cp.terms import Act
from cp.views.html import go, once_key, page, uuid_or_none

bp = Blueprint("test_files", __name__)
ONE = "/implementation/schools/<uuid:organisation_uid>/test-file"
ANOTHER = "A newer test file has come, or somebody else has decided, since you opened the page. These figures hold now"
TOO_FEW = "This file cannot be accepted. Choose why another is needed"


@bp.get(ONE)
@action(Act.SEE_TEST_FILE)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    return _show(organisation_uid, VerdictForm())


def _show(uid: UUID, form: VerdictForm, status: int = 200) -> ResponseReturnValue:
    one = trials.show(db.session(), guard.me(), uid)
    return page("implementation/test_file.html", status=status, one=one, form=form, once=once_key())


@bp.post(ONE)
@action(Act.JUDGE_TEST_FILE)
def judge(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = VerdictForm(request.form)
    if not form.valid():
        return _show(organisation_uid, form, 422)
    try:
        trials.judge(session, person, organisation_uid, uuid_or_none(request.form.get("file")), form.reasons())
    except AnotherFile:
        form.said.errors.append(ANOTHER)
    except NotGoodEnough:
        form.said.errors.append(TOO_FEW)
    else:
        here = url_for(".show", organisation_uid=organisation_uid)
        return go(once.answer(session, person, key, f"{form.said.data}|{here}"))
    return _show(organisation_uid, form, 422)
