"""The authorities themselves: a national administrator renews their accreditation, or withdraws it."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.accreditations import WithdrawForm, YearsForm, years_form
from cp.registry import action
from cp.services import once
from cp.services.implementation import councils
from cp.terms import Act, WithdrawnBecause
from cp.views.html import go, once_key, page, page_number

bp = Blueprint("councils", __name__, url_prefix="/authorities")
ONE = "/<uuid:council_uid>"


@bp.get("")
@action(Act.SEE_AUTHORITIES)
def index() -> ResponseReturnValue:
    return page("councils/index.html", found=councils.listed(db.session(), guard.me(), page_number()))


@bp.get(ONE)
@action(Act.SEE_AUTHORITIES)
def show(council_uid: UUID) -> ResponseReturnValue:
    return _page(council_uid, years_form()())


def _page(council_uid: UUID, form: YearsForm, status: int = 200) -> ResponseReturnValue:
    one = councils.one(db.session(), guard.me(), council_uid)
    return page("councils/show.html", status=status, one=one, form=form, once=once_key())


@bp.post(ONE)
@action(Act.ACCREDIT_AUTHORITY)
def accredit(council_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = years_form()(request.form)
    if not form.valid():
        return _page(council_uid, form, 422)
    councils.accredit(session, person, council_uid, int(str(form.years.data)))
    return _back("accredited", key)


@bp.get(f"{ONE}/withdraw")
@action(Act.WITHDRAW_AUTHORITY)
def withdrawing(council_uid: UUID) -> ResponseReturnValue:
    return _withdrawing(council_uid, WithdrawForm())


def _withdrawing(council_uid: UUID, form: WithdrawForm, status: int = 200) -> ResponseReturnValue:
    one = councils.one(db.session(), guard.me(), council_uid)
    return page("councils/withdraw.html", status=status, one=one, form=form, once=once_key())


@bp.post(f"{ONE}/withdraw")
@action(Act.WITHDRAW_AUTHORITY)
def withdraw(council_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = WithdrawForm(request.form)
    if not form.valid():
        return _withdrawing(council_uid, form, 422)
    done = councils.withdraw(session, person, council_uid, WithdrawnBecause(str(form.because.data)))
    return _back("withdrawn" if done else "not_accredited", key)


def _back(code: str, key: str | None) -> ResponseReturnValue:
    return go(once.answer(db.session(), guard.me(), key, f"{code}|{url_for('.index')}"))
