"""The suppliers of an authority: who is overdue, how good each one's files are, how often each is to send."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.suppliers import FrequencyForm
from cp.matching import rates
from cp.registry import action
from cp.services import once
from cp.services.supply import judging, overseeing
from cp.terms import Act, Frequency
from cp.views.html import go, once_key, page, page_number, spreadsheet

bp = Blueprint("suppliers", __name__)
ONE = "/suppliers/<uuid:organisation_uid>"


@bp.get("/suppliers")
@action(Act.SEE_SUPPLIERS)
def index() -> ResponseReturnValue:
    return page("suppliers/index.html", found=overseeing.listed(db.session(), guard.me(), page_number()))


@bp.get("/suppliers.csv")
@action(Act.SEE_SUPPLIERS)
def export_csv() -> ResponseReturnValue:
    return spreadsheet("suppliers", overseeing.table(db.session(), guard.me()))


@bp.get(ONE)
@action(Act.SEE_SUPPLIERS)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    return page(
        "suppliers/show.html", one=overseeing.one(session, person, organisation_uid),
        at=judging.thresholds(session, person, organisation_uid),
        decided=judging.decided(session, person, organisation_uid), rates=rates.read(),
    )  # fmt: skip


@bp.get(f"{ONE}/frequency")
@action(Act.SEE_SUPPLIERS)
def often(organisation_uid: UUID) -> ResponseReturnValue:
    one = overseeing.one(db.session(), guard.me(), organisation_uid)
    return _often(one, FrequencyForm(data={"often": one.standing.often.value}))


def _often(one: overseeing.Listed, form: FrequencyForm, status: int = 200) -> ResponseReturnValue:
    return page("suppliers/frequency.html", status=status, one=one, form=form, once=once_key())


@bp.post(f"{ONE}/frequency")
@action(Act.SET_FREQUENCY)
def set_often(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = FrequencyForm(request.form)
    if not form.valid():
        return _often(overseeing.one(session, person, organisation_uid), form, 422)
    changed = overseeing.set_frequency(session, person, organisation_uid, Frequency(form.often.data or ""))
    code = "often" if changed else "same"
    here = url_for(".show", organisation_uid=organisation_uid)
    return go(once.answer(session, person, key, f"{code}|{here}"))
