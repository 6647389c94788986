"""The accreditation of one organisation: its answers, the decision, and withdrawing it at once."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.accreditations import AnswersForm, DecisionForm, WithdrawForm, decision_form
from cp.registry import action
from cp.services import once
from cp.services.implementation import accrediting
from cp.terms import Accrediting, Act, WithdrawnBecause
from cp.views.html import go, once_key, page, uuid_or_none

bp = Blueprint("accreditations", __name__)
ONE = "/implementation/schools/<uuid:organisation_uid>/accreditation"


@bp.get(ONE)
@action(Act.SEE_ACCREDITATION)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    one = accrediting.show(db.session(), guard.me(), organisation_uid)
    return _page(one, _decision(one)())


def _decision(one: accrediting.Shown) -> type[DecisionForm]:
    return decision_form(complete=one.answered is not None and not one.answered.missing)


def _page(one: accrediting.Shown, form: DecisionForm, status: int = 200) -> ResponseReturnValue:
    return page("accreditations/show.html", status=status, one=one, form=form, once=once_key())


@bp.post(ONE)
@action(Act.ACCREDIT)
def settle(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    one = accrediting.show(session, person, organisation_uid)
    form = _decision(one)(request.form)
    if not form.valid():
        return _page(one, form, 422)
    years = form.accredited_for
    done = accrediting.settle(session, person, organisation_uid, uuid_or_none(request.form.get("answers")), years)
    code = ("accredited" if years else "asked_again") if done else "changed"
    return _back(organisation_uid, code, key)


@bp.get(f"{ONE}/answers")
@action(Act.ANSWER_ACCREDITATION)
def asking(organisation_uid: UUID) -> ResponseReturnValue:
    """What was answered before stands there again only while it waits to be completed."""
    one = accrediting.show(db.session(), guard.me(), organisation_uid)
    newest = next(iter(one.decisions), None)
    goes_on = one.waits or (newest is not None and newest.decision is Accrediting.MISSING)
    known = {question.value: said.value for question, said in one.answered.answers.items()} if one.answered else {}
    return _asked(one, AnswersForm(data=known if goes_on else {}))


def _asked(one: accrediting.Shown, form: AnswersForm, status: int = 200) -> ResponseReturnValue:
    return page("accreditations/answers.html", status=status, one=one, form=form, once=once_key())


@bp.post(f"{ONE}/answers")
@action(Act.ANSWER_ACCREDITATION)
def answer(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if said := once.answered(session, person, key):
        return go(said)
    form = AnswersForm(request.form)
    if not form.valid():
        return _asked(accrediting.show(session, person, organisation_uid), form, 422)
    accrediting.answer(session, person, organisation_uid, form.answers(), form.by_on)
    return _back(organisation_uid, "answered", key)


@bp.get(f"{ONE}/withdraw")
@action(Act.WITHDRAW_ACCREDITATION)
def withdrawing(organisation_uid: UUID) -> ResponseReturnValue:
    return _withdrawing(organisation_uid, WithdrawForm())


def _withdrawing(organisation_uid: UUID, form: WithdrawForm, status: int = 200) -> ResponseReturnValue:
    one = accrediting.show(db.session(), guard.me(), organisation_uid)
    return page("accreditations/withdraw.html", status=status, one=one, form=form, once=once_key())


@bp.post(f"{ONE}/withdraw")
@action(Act.WITHDRAW_ACCREDITATION)
def withdraw(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = WithdrawForm(request.form)
    if not form.valid():
        return _withdrawing(organisation_uid, form, 422)
    done = accrediting.withdraw(session, person, organisation_uid, WithdrawnBecause(str(form.because.data)))
    return _back(organisation_uid, "withdrawn" if done else "not_accredited", key)


def _back(organisation_uid: UUID, code: str, key: str | None) -> ResponseReturnValue:
    here = url_for(".show", organisation_uid=organisation_uid)
    return go(once.answer(db.session(), guard.me(), key, f"{code}|{here}"))
