"""A new record for a protected child; and, apart from it, a record sealed, and opened again by two together."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.fields import Asked
from cp.forms.identities import AnswerForm, NewIdentityForm, second_form
from cp.registry import action
from cp.rules.shielding import review_by
from cp.services import once
from cp.services.identities import kept, making, opening, sealing
from cp.services.identities.sealing import Problem
from cp.terms import Act
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, page_number, uuid_or_none

new = Blueprint("new_identities", __name__, url_prefix="/children/new-identity")
seals = Blueprint("seals", __name__, url_prefix="/children/<uuid:child_uid>/seal")
old = Blueprint("old_identities", __name__, url_prefix="/old-identities")
SAID = {
    "asked": "Asked. The record is sealed once the second person agrees.",
    "asked_before": "Nothing has changed: that was asked for already.",
    "sealed": "The record is sealed.",
    "not_sealed": "The record is not sealed, and nothing waits any longer.",
    "opening_asked": "Asked. It opens for both of you once the other agrees, within 24 hours.",
    "opened": "It is open to both of you for 15 minutes.",
    "too_late": "Nothing was opened: it is not asked for any longer.",
    "asker_left": "Nothing was opened: whoever asked is no longer in the management team.",
}


@new.get("", endpoint="new")
@action(Act.PREPARE_IDENTITY)
def prepare() -> ResponseReturnValue:
    typed = restored()
    return _new(NewIdentityForm(typed) if typed else NewIdentityForm(data={"review": review_by(clock.today())}))


def _new(form: NewIdentityForm, status: int = 200) -> ResponseReturnValue:
    making.prepare(db.session(), guard.me())
    back = status == 200 and "draft" in request.args
    return page("new_identities/new.html", status=status, form=form, restored=back,
                once=request.form.get("once") or once_key())  # fmt: skip


@new.post("")
@action(Act.MAKE_IDENTITY)
def make() -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = NewIdentityForm(request.form)
    wanted = form.child() if form.valid() else None
    if wanted is None:
        return _new(form, 422)
    child_uid = making.make(session, person, wanted)
    return go(once.answer(session, person, key, f"made|{url_for('children.show', child_uid=child_uid)}"))


@seals.get("", endpoint="prepare")
@action(Act.PREPARE_SEAL)
def prepare_seal(child_uid: UUID) -> ResponseReturnValue:
    return _seal(child_uid)


def _seal(child_uid: UUID, refused: bool = False) -> ResponseReturnValue:
    about = sealing.prepare(db.session(), guard.me(), child_uid)
    form = second_form({str(one.uid): one.name for one in about.colleagues})(request.form if refused else restored())
    if refused:
        form.valid()
    status = 422 if refused else 200
    return page("seals/ask.html", status=status, form=form, about=about, once=request.form.get("once") or once_key())


@seals.post("")
@action(Act.ASK_SEAL)
def ask(child_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    try:
        asked = sealing.ask(session, person, child_uid, uuid_or_none(request.form.get("second")))
    except Problem:
        return _seal(child_uid, refused=True)
    code = "asked" if asked else "asked_before"
    return go(once.answer(session, person, key, f"{code}|{url_for('old_identities.index')}"))


@old.get("")
@action(Act.SEE_SEALS)
def index() -> ResponseReturnValue:
    return page("old_identities/index.html", kept=kept.mine(db.session(), guard.me(), page_number()), sentences=SAID)


@old.get("/<uuid:identity_uid>/agree")
@action(Act.PREPARE_SEAL)
def agreeing(identity_uid: UUID) -> ResponseReturnValue:
    return _agreeing(identity_uid, AnswerForm())


def _agreeing(identity_uid: UUID, form: Asked, status: int = 200) -> ResponseReturnValue:
    asked = sealing.asked(db.session(), guard.me(), identity_uid)
    return page("old_identities/agree.html", status=status, form=form, asked=asked)


@old.post("/<uuid:identity_uid>/agree")
@action(Act.SEAL_IDENTITY)
def agree(identity_uid: UUID) -> ResponseReturnValue:
    form = AnswerForm(request.form)
    if not form.valid():
        return _agreeing(identity_uid, form, 422)
    agreed = form.answer.data == "agree"
    try:
        sealing.answer(db.session(), guard.me(), identity_uid, agreed=agreed)
    except Problem as problem:
        form.refuse(problem.code)
        return _agreeing(identity_uid, form, 422)
    return _back("sealed" if agreed else "not_sealed")


@old.post("/<uuid:identity_uid>/ask")
@action(Act.ASK_OLD_IDENTITY)
def ask_opening(identity_uid: UUID) -> ResponseReturnValue:
    asked = opening.ask(db.session(), guard.me(), identity_uid)
    return _back("opening_asked" if asked else "asked_before")


@old.post("/<uuid:identity_uid>/open")
@action(Act.AGREE_OLD_IDENTITY)
def agree_opening(identity_uid: UUID) -> ResponseReturnValue:
    try:
        opened = opening.agree(db.session(), guard.me(), identity_uid)
    except Problem:
        return _back("asker_left")
    return _back("opened" if opened else "too_late")


@old.get("/<uuid:identity_uid>")
@action(Act.OPEN_OLD_IDENTITY)
def show(identity_uid: UUID) -> ResponseReturnValue:
    found = opening.read(db.session(), guard.me(), identity_uid)
    return page("old_identities/show.html", old=found, record=found.record, just="")


def _back(code: str) -> ResponseReturnValue:
    return go(f"{code}|{url_for('old_identities.index')}")
