"""Something here is wrong: said on a record, answered by the management team, read by whoever said it."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.disputes import DecideForm, DisputeForm, decide_form, dispute_form
from cp.registry import action
from cp.services import once
from cp.services.disputes import raising, team
from cp.services.disputes.raising import NotOffered, Wish
from cp.terms import Act, DisputeFinding, ToldBy
from cp.views.dispute_words import choice_of
from cp.views.drafts import restored
from cp.views.html import go, once_key, page

bp = Blueprint("disputes", __name__)
own = Blueprint("own_disputes", __name__)


@own.get("/children/<uuid:child_uid>/disputes/new")
@action(Act.PREPARE_DISPUTE)
def new(child_uid: UUID) -> ResponseReturnValue:
    about, typed = raising.form(db.session(), guard.me(), child_uid), restored()
    form = dispute_form({one.code: choice_of(one) for one in about.offered})(typed)
    return _new(about, form, restored=typed is not None)


def _new(about: raising.Form, form: DisputeForm, status: int = 200, restored: bool = False) -> ResponseReturnValue:
    return page("disputes/new.html", status=status, about=about, form=form, restored=restored,
                once=request.form.get("once") or once_key())  # fmt: skip


@own.post("/children/<uuid:child_uid>/disputes")
@action(Act.DISPUTE)
def create(child_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    about = raising.form(session, person, child_uid)
    form = dispute_form({one.code: choice_of(one) for one in about.offered})(request.form)
    if not form.valid():
        return _new(about, form, 422)
    wish = Wish(form.fact.data or "", form.words.data, ToldBy(form.told_by.data or ""))
    try:
        anew = raising.dispute(session, person, child_uid, wish)
    except NotOffered:
        form.refuse()
        return _new(about, form, 422)
    where = url_for("children.show", child_uid=child_uid)
    return go(once.answer(session, person, key, f"{'disputed' if anew else 'disputed_before'}|{where}"))


@own.get("/involvements/disputes")
@action(Act.SEE_OWN_DISPUTES)
def index() -> ResponseReturnValue:
    return page("disputes/own.html", rows=raising.own(db.session(), guard.me()), once=once_key())


@own.post("/involvements/disputes/<uuid:voice_uid>")
@action(Act.WITHDRAW_DISPUTE)
def withdraw(voice_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    code = "withdrawn" if raising.withdraw(session, person, voice_uid) else "decided_first"
    return go(once.answer(session, person, key, f"{code}|{url_for('.index')}#said"))


@bp.get("/disputes")
@action(Act.SEE_DISPUTES)
def waiting() -> ResponseReturnValue:
    rows, total = team.waiting(db.session(), guard.me())
    return page("disputes/index.html", rows=rows, total=total)


@bp.get("/disputes/<uuid:dispute_uid>")
@action(Act.SEE_DISPUTES)
def show(dispute_uid: UUID) -> ResponseReturnValue:
    return _one(dispute_uid)


def _one(dispute_uid: UUID, status: int = 200) -> ResponseReturnValue:
    one = team.one(db.session(), guard.me(), dispute_uid)
    form = _form(one)
    if status != 200:
        form.valid()
    return page("disputes/show.html", status=status, one=one, form=form, once=request.form.get("once") or once_key())


def _form(one: team.One) -> DecideForm:
    asked = decide_form(one.waiting.fact, one.value, one.may_find)
    return asked(request.form if request.method == "POST" else None)


@bp.post("/disputes/<uuid:dispute_uid>/take")
@action(Act.DECIDE_DISPUTE)
def take(dispute_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    taken = team.take(session, person, dispute_uid)
    where = url_for(".show", dispute_uid=dispute_uid) if taken else url_for(".waiting")
    return go(once.answer(session, person, key, f"{'taken' if taken else 'over'}|{where}#said"))


@bp.post("/disputes/<uuid:dispute_uid>")
@action(Act.DECIDE_DISPUTE)
def decide(dispute_uid: UUID) -> ResponseReturnValue:
    """What was found, then the list; a page that was sent twice is answered once."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    if (asked := team.asked(session, person, dispute_uid)) is None:
        return go(once.answer(session, person, key, f"over|{url_for('.waiting')}#said"))
    form = decide_form(*asked)(request.form)
    if not form.valid():
        return _one(dispute_uid, 422)
    done = team.decide(session, person, dispute_uid, DisputeFinding(form.finding.data or ""), form.right())
    return go(once.answer(session, person, key, f"{'decided' if done else 'over'}|{url_for('.waiting')}#said"))
