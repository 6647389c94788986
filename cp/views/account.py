"""A person's own account: what it needs, what is missing, and their second factor."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.signing_in import CodeForm
from cp.registry import action
from cp.rules.access import refusals_of
from cp.services import accounts, factors
from cp.terms import Act
from cp.views import enrolment
from cp.views.html import page

bp = Blueprint("account", __name__)


@bp.get("/account")
@action(Act.SEE_ACCOUNT)
def show() -> ResponseReturnValue:
    person = guard.me()
    conditions = accounts.conditions(db.session(), person)
    return page("account/show.html", conditions=conditions, missing=refusals_of(person, clock.today()))


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
    if not form.valid() or not factors.confirm(db.session(), person.account_id, form.code.data, clock.now()):
        form.code.errors[:] = ["Enter the 6 numbers your app shows now"]
        return enrolment.show(person.account_id, form, url_for(".replace"), status=422)
    return page("account/codes.html", codes=factors.print_codes(db.session(), person), onward=url_for(".show"))
