"""The log of contacts made with a school: one written down, its next step done, a wrong one taken back."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.school_contacts import MadeForm, made_form
from cp.registry import action
from cp.services import once
from cp.services.implementation import log, one_school
from cp.services.implementation.log import LoggedMeanwhile
from cp.services.implementation.one_school import School
from cp.terms import Act
from cp.views.board_words import logged_said
from cp.views.drafts import restored
from cp.views.html import go, once_key, page

bp = Blueprint("school_log", __name__, url_prefix="/implementation/schools/<uuid:organisation_uid>/log")


@bp.get("/new")
@action(Act.SEE_SCHOOL)
def new(organisation_uid: UUID) -> ResponseReturnValue:
    school, typed = one_school.show(db.session(), guard.me(), organisation_uid), restored()
    if typed:
        return _form(school, _asked(school)(typed), typed.get("version", ""), again=True)
    main = next((str(one.uid) for one in school.contacts if one.main), None)
    form = _asked(school)(data={"when": clock.today(), "whom": main})
    return _form(school, form, log.version_of(school.log))


def _asked(school: School) -> type[MadeForm]:
    return made_form({str(one.uid): f"{one.name}, {one.post}" for one in school.contacts})


def _form(
    school: School, form: MadeForm, version: str, status: int = 200, *, again: bool = False
) -> ResponseReturnValue:
    return page(
        "schools/made.html", status=status, school=school.organisation, form=form, version=version, restored=again,
        once=once_key(),
    )  # fmt: skip


@bp.post("")
@action(Act.LOG_CONTACT)
def create(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    school, version = one_school.show(session, person, organisation_uid), request.form.get("version", "")
    form = _asked(school)(request.form)
    if not form.valid():
        return _form(school, form, version, 422)
    try:
        log.add(session, person, organisation_uid, form.made(), version)
    except LoggedMeanwhile as found:
        form.when.errors.append(f"Meanwhile {logged_said(found.now)}. Save again if yours is another contact")
        return _form(school, form, str(found.now.entry.uid), 422)
    return go(once.answer(session, person, key, _back("logged", organisation_uid)))


@bp.post("/<uuid:made_uid>/done")
@action(Act.LOG_CONTACT)
def done(organisation_uid: UUID, made_uid: UUID) -> ResponseReturnValue:
    changed = log.done(db.session(), guard.me(), organisation_uid, made_uid)
    return go(_back("step_done" if changed else "step_closed", organisation_uid))


@bp.get("/<uuid:made_uid>/taking-back")
@action(Act.SEE_SCHOOL)
def taking_back(organisation_uid: UUID, made_uid: UUID) -> ResponseReturnValue:
    school, logged = log.one(db.session(), guard.me(), organisation_uid, made_uid)
    if logged.entry.taken_back_at:
        return go(_back("taken_back_before", organisation_uid))
    return page("schools/taking_back.html", school=school, logged=logged, once=once_key())


@bp.post("/<uuid:made_uid>/taking-back")
@action(Act.LOG_CONTACT)
def take_back(organisation_uid: UUID, made_uid: UUID) -> ResponseReturnValue:
    changed = log.take_back(db.session(), guard.me(), organisation_uid, made_uid)
    return go(_back("taken_back" if changed else "taken_back_before", organisation_uid))


def _back(code: str, organisation_uid: UUID) -> str:
    return f"{code}|{url_for('schools.show', organisation_uid=organisation_uid)}"
