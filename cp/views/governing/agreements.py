"""Partnership agreements: the text to sign, what was signed, what ends, and who the partners are."""

from uuid import UUID

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.agreements import AgreementForm, TakeBackForm
from cp.registry import action
from cp.rules.governing import NEWEST_TEXT, TEXTS
from cp.services import once
from cp.services.implementation import agreements, ending
from cp.terms import Act, TakenBackBecause
from cp.views.html import go, once_key, page, page_number, spreadsheet

bp = Blueprint("agreements", __name__)
ALL, ONE = "/implementation/agreements", "/implementation/schools/<uuid:organisation_uid>/agreement"
TAKE_BACK = f"{ALL}/<uuid:agreement_uid>/take-back"


@bp.get(ALL)
@action(Act.SEE_AGREEMENTS)
def index() -> ResponseReturnValue:
    return page("agreements/index.html", found=ending.listed(db.session(), guard.me(), page_number()))


@bp.get(f"{ALL}.csv")
@action(Act.SEE_AGREEMENTS)
def export_csv() -> ResponseReturnValue:
    return spreadsheet("agreements", ending.table(db.session(), guard.me()))


@bp.get(f"{ALL}/partners")
@action(Act.SEE_AGREEMENTS)
def partners() -> ResponseReturnValue:
    return page("agreements/partners.html", found=ending.partners(db.session(), guard.me()))


@bp.get(f"{ALL}/older")
@action(Act.SEE_AGREEMENTS)
def older() -> ResponseReturnValue:
    return page("agreements/older.html", found=ending.older(db.session(), guard.me()))


@bp.get(ONE)
@action(Act.SEE_AGREEMENTS)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    return page("agreements/show.html", one=agreements.show(db.session(), guard.me(), organisation_uid))


@bp.get(f"{ONE}/text")
@action(Act.SEE_AGREEMENTS)
def text(organisation_uid: UUID) -> ResponseReturnValue:
    """To sign on paper; an older version, to read what was signed."""
    one = agreements.show(db.session(), guard.me(), organisation_uid)
    asked = request.args.get("version", str(NEWEST_TEXT))
    version = next((number for number in TEXTS if str(number) == asked), None)
    if version is None:
        abort(404)
    return page("agreements/text.html", one=one, version=version)


@bp.get(f"{ONE}/new")
@action(Act.SEE_AGREEMENTS)
def new(organisation_uid: UUID) -> ResponseReturnValue:
    name, post = agreements.signed_before(db.session(), guard.me())
    known = {"version": str(NEWEST_TEXT), "authority_name": name, "authority_post": post}
    return _asked(organisation_uid, AgreementForm(data=known))


def _asked(organisation_uid: UUID, form: AgreementForm, status: int = 200) -> ResponseReturnValue:
    one = agreements.show(db.session(), guard.me(), organisation_uid)
    return page("agreements/new.html", status=status, one=one, form=form, once=once_key())


@bp.post(ONE)
@action(Act.RECORD_AGREEMENT)
def record(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = AgreementForm(request.form)
    if not form.valid():
        return _asked(organisation_uid, form, 422)
    done = agreements.record(session, person, organisation_uid, form.said())
    code, here = "recorded" if done else "recorded_already", url_for(".show", organisation_uid=organisation_uid)
    return go(once.answer(session, person, key, f"{code}|{here}"))


@bp.get(TAKE_BACK)
@action(Act.SEE_AGREEMENTS)
def taking_back(agreement_uid: UUID) -> ResponseReturnValue:
    return _wrong(agreement_uid, TakeBackForm())


def _wrong(agreement_uid: UUID, form: TakeBackForm, status: int = 200) -> ResponseReturnValue:
    one, signed = agreements.of(db.session(), guard.me(), agreement_uid)
    return page("agreements/take_back.html", status=status, one=one, signed=signed, form=form, once=once_key())


@bp.post(TAKE_BACK)
@action(Act.TAKE_BACK_AGREEMENT)
def take_back(agreement_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = TakeBackForm(request.form)
    if not form.valid():
        return _wrong(agreement_uid, form, 422)
    of = agreements.take_back(session, person, agreement_uid, TakenBackBecause(str(form.because.data)))
    return go(once.answer(session, person, key, f"taken_back|{url_for('.show', organisation_uid=of)}"))
