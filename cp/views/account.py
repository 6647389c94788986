"""A person's own account: what it needs, what is missing, and their second factor."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms import own_account as forms
from cp.forms import passwords as words
from cp.forms.signing_in import CodeForm
from cp.registry import action
from cp.rules.access import refusals_of
from cp.rules.conditions import AGREEMENT_VERSION
from cp.services import accounts, factors, own_account, passwords, sessions
from cp.services.overriding import telling
from cp.terms import Act
from cp.views import enrolment
from cp.views.html import go, page
from cp.views.signing_in import wait_said, where

bp = Blueprint("account", __name__)


@bp.get("/account")
@action(Act.SEE_ACCOUNT)
def show() -> ResponseReturnValue:
    person = guard.me()
    conditions = accounts.conditions(db.session(), person)
    overrode = telling.overrode(db.session(), person)
    return page(
        "account/show.html", conditions=conditions, overrode=overrode, missing=refusals_of(person, clock.today())
    )


@bp.get("/account/codes")
@action(Act.SEE_ACCOUNT)
def codes() -> ResponseReturnValue:
    return page("account/new_codes.html", left=factors.printed_left(db.session(), guard.me().account_id))


@bp.post("/account/codes")
@action(Act.ENROL_FACTOR)
def print_codes() -> ResponseReturnValue:
    printed = factors.print_codes(db.session(), guard.me())
    return page("account/codes.html", codes=printed, onward=url_for(".show"))


@bp.get("/account/authenticator")
@action(Act.ENROL_FACTOR)
def authenticator() -> ResponseReturnValue:
    return enrolment.show(guard.me().account_id, CodeForm(), url_for(".replace"))


@bp.post("/account/authenticator")
@action(Act.ENROL_FACTOR)
def replace() -> ResponseReturnValue:
    form, person = CodeForm(request.form), guard.me()
    valid = form.valid()
    codes = factors.replace(db.session(), person, guard.form_token_hash(), form.code.data) if valid else None
    if codes is None:
        form.code.errors[:] = ["Enter the 6 numbers your app shows now"]
        return enrolment.show(person.account_id, form, url_for(".replace"), status=422)
    return page("account/codes.html", codes=codes, onward=url_for(".show"))


@bp.get("/account/procedures")
@action(Act.SEE_ACCOUNT)
def procedures() -> ResponseReturnValue:
    return page("account/procedures.html", conditions=accounts.conditions(db.session(), guard.me()))


@bp.post("/account/procedures")
@action(Act.READ_PROCEDURES)
def read_procedures() -> ResponseReturnValue:
    own_account.read_procedures(db.session(), guard.me())
    return go(f"procedures|{url_for('.show')}")


@bp.get("/account/training")
@action(Act.SEE_ACCOUNT)
def training() -> ResponseReturnValue:
    return page("account/training.html", form=forms.TrainingForm())


@bp.post("/account/training")
@action(Act.RECORD_TRAINING)
def record_training() -> ResponseReturnValue:
    form = forms.TrainingForm(request.form)
    if not form.valid() or form.completed.data is None:
        return page("account/training.html", status=422, form=form)
    if problem := own_account.record_training(db.session(), guard.me(), form.completed.data):
        form.completed.errors.append(forms.SENTENCES[problem])
        return page("account/training.html", status=422, form=form)
    return go(f"training|{url_for('.show')}")


@bp.get("/account/agreement")
@action(Act.SEE_ACCOUNT)
def agreement() -> ResponseReturnValue:
    return _agreement()


def _agreement(status: int = 200) -> ResponseReturnValue:
    conditions = accounts.conditions(db.session(), guard.me())
    return page("account/agreement.html", status=status, conditions=conditions, version=AGREEMENT_VERSION)


@bp.post("/account/agreement")
@action(Act.SIGN_AGREEMENT)
def sign_agreement() -> ResponseReturnValue:
    if own_account.sign_agreement(db.session(), guard.me(), request.form.get("version")):
        return _agreement(422)
    return go(f"agreement|{url_for('.show')}")


@bp.get("/account/password")
@action(Act.CHANGE_PASSWORD)
def password() -> ResponseReturnValue:
    return _password(words.ChangeForm())


def _password(form: words.ChangeForm, status: int = 200) -> ResponseReturnValue:
    return page("account/password.html", status=status, form=form, email=own_account.email(db.session(), guard.me()))


@bp.post("/account/password")
@action(Act.CHANGE_PASSWORD)
def change_password() -> ResponseReturnValue:
    form, person, found = words.ChangeForm(request.form), guard.me(), guard.found()
    if not form.valid():
        return _password(form, 422)
    kept = passwords.change(db.session(), person, form.old.data, form.new.data, where())
    if kept.wait or kept.problem == "wrong":
        form.old.errors.append(wait_said(kept.wait) if kept.wait else words.WRONG)
    elif kept.problem:
        form.new.errors.append(words.SENTENCES[kept.problem])
    if form.problems:
        return _password(form, 429 if kept.wait else 422)
    sessions.end_all(db.session(), person.account_id, "password", clock.now(), but=found.session_id if found else None)
    return go(f"password|{url_for('.show')}")
