"""The management team's work on requests for contact, and the answer of whoever a request was passed to."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.accounts import AccountForm, what_form
from cp.registry import action
from cp.services import once
from cp.services.contact import answering, team
from cp.services.contact.team import NotOffered, One
from cp.terms import Act, ContactState
from cp.views.html import go, once_key, page

bp = Blueprint("contact_requests", __name__, url_prefix="/contact-requests")
passed_on = Blueprint("passed_contacts", __name__, url_prefix="/contact-requests/passed")
CLOSE = {"close": "Close this request"}
ANSWER = what_form("Will you call?", {"agree": "We will call them", "decline": "We will not call"},
                   "Say whether you will call them")  # fmt: skip
SAID = {"agree": "They agree: they will call", "decline": "They do not agree, or could not be reached"}


@bp.get("")
@action(Act.SEE_CONTACTS)
def index() -> ResponseReturnValue:
    rows, total = team.waiting(db.session(), guard.me())
    return page("contact_requests/index.html", rows=rows, total=total)


@bp.get("/<uuid:request_uid>")
@action(Act.SEE_CONTACTS)
def show(request_uid: UUID) -> ResponseReturnValue:
    return _one(request_uid)


def _one(request_uid: UUID, status: int = 200) -> ResponseReturnValue:
    one = team.one(db.session(), guard.me(), request_uid)
    form = _question(one)(request.form if status > 200 else None)
    if status > 200:
        form.valid()
    return page("contact_requests/show.html", status=status, one=one, form=form,
                once=request.form.get("once") or once_key())  # fmt: skip


def _question(one: One) -> type[AccountForm]:
    """What may happen next; where it is one thing only, the page shows a button and no question."""
    match one.asked.state:
        case ContactState.ASKED:
            return what_form("Who takes it?", {"take": "Take this request"}, "Take this request first")
        case ContactState.WITH_TEAM if one.whom:
            people = {choice.value: choice.name or "The family" for choice in one.whom}
            nobody = {"close": "Nobody: close this request"}
            return what_form("Who is to be asked?", people | nobody, "Choose who is to be asked, or nobody")
        case ContactState.PASSED if one.passed == "service":
            return what_form("Has an answer come?", {"decline": "Record that no answer came"}, "Wait for their answer")
        case ContactState.PASSED:
            return what_form("What did they say?", SAID, "Choose what they said")
        case ContactState.CLOSED:
            return what_form("What next?", {}, "This request is closed: nothing is left to do")
    return what_form("What next?", CLOSE, "Close this request, or leave it as it is")


@bp.post("/<uuid:request_uid>")
@action(Act.STEP_CONTACT)
def step(request_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    try:
        moved = team.step(session, person, request_uid, request.form.get("what", ""))
    except NotOffered:
        return _one(request_uid, 422)
    where = f"{url_for('.show', request_uid=request_uid)}#said"
    return go(once.answer(session, person, key, f"{'contact_step' if moved else 'contact_faster'}|{where}"))


@passed_on.get("")
@action(Act.SEE_PASSED_CONTACTS)
def passed() -> ResponseReturnValue:
    return _passed(ANSWER())


def _passed(form: AccountForm, status: int = 200) -> ResponseReturnValue:
    rows = answering.waiting(db.session(), guard.me())
    return page("contact_requests/passed.html", status=status, rows=rows, form=form, once=once_key())


@passed_on.post("/<uuid:passed_uid>")
@action(Act.ANSWER_CONTACT)
def answer(passed_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if before := once.answered(session, person, key):
        return go(before)
    form = ANSWER(request.form)
    if not form.valid():
        return _passed(form, 422)
    counts = answering.answer(session, person, passed_uid, agreed=form.what.data == "agree")
    code = "contact_answered" if counts else "contact_faster"
    return go(once.answer(session, person, key, f"{code}|{url_for('.passed')}#said"))
