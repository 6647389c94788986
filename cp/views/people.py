"""Whom a school names for ContactPoint, and how many of its staff hold which post: for the implementation manager."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.people import NOT_LISTED, NamedForm, StaffForm, named_form, staff_form
from cp.models import NamedPerson, Organisation
from cp.registry import action
from cp.rules.eligibility import posts_at
from cp.services import once
from cp.services.implementation import people, workforce
from cp.services.managing.problems import Problem
from cp.terms import Act
from cp.views.html import go, once_key, page

bp = Blueprint("people", __name__, url_prefix="/implementation/schools/<uuid:organisation_uid>/people")


@bp.get("")
@action(Act.SEE_PEOPLE)
def index(organisation_uid: UUID) -> ResponseReturnValue:
    return page("people/index.html", found=people.of_school(db.session(), guard.me(), organisation_uid))


@bp.get("/new")
@action(Act.SEE_PEOPLE)
def new(organisation_uid: UUID) -> ResponseReturnValue:
    school = people.school(db.session(), guard.me(), organisation_uid)
    return _form(school, named_form(posts_at(school.kind))())


def _form(
    school: Organisation, form: NamedForm, status: int = 200, who: NamedPerson | None = None
) -> ResponseReturnValue:
    return page("people/form.html", status=status, school=school, form=form, who=who, once=once_key())


@bp.post("")
@action(Act.NAME_PEOPLE)
def create(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    school = people.school(session, person, organisation_uid)
    form = named_form(posts_at(school.kind))(request.form)
    if not form.valid():
        return _form(school, form, 422)
    try:
        people.name(session, person, organisation_uid, form.said())
    except Problem as problem:
        form.refuse(problem.name)
        return _form(school, form, 422)
    return go(once.answer(session, person, key, f"named|{_index(organisation_uid)}"))


def _index(organisation_uid: UUID) -> str:
    return url_for(".index", organisation_uid=organisation_uid)


@bp.get("/<uuid:person_uid>")
@action(Act.SEE_PEOPLE)
def show(organisation_uid: UUID, person_uid: UUID) -> ResponseReturnValue:
    school, who = people.one(db.session(), guard.me(), organisation_uid, person_uid)
    known = {"name": who.name, "email": who.email, "post": who.post or NOT_LISTED, "need": who.need.value}
    return _form(school, named_form(posts_at(school.kind))(data=known), who=who)


@bp.post("/<uuid:person_uid>")
@action(Act.NAME_PEOPLE)
def change(organisation_uid: UUID, person_uid: UUID) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    school, who = people.one(session, person, organisation_uid, person_uid)
    form = named_form(posts_at(school.kind))(request.form)
    if not form.valid():
        return _form(school, form, 422, who)
    try:
        people.change(session, person, organisation_uid, person_uid, form.said())
    except Problem as problem:
        form.refuse(problem.name)
        return _form(school, form, 422, who)
    return go(f"person_changed|{_index(organisation_uid)}")


@bp.post("/<uuid:person_uid>/remove")
@action(Act.NAME_PEOPLE)
def remove(organisation_uid: UUID, person_uid: UUID) -> ResponseReturnValue:
    people.remove(db.session(), guard.me(), organisation_uid, person_uid)
    return go(f"person_removed|{_index(organisation_uid)}")


@bp.get("/staff")
@action(Act.SEE_PEOPLE)
def staff(organisation_uid: UUID) -> ResponseReturnValue:
    school = people.school(db.session(), guard.me(), organisation_uid)
    held = {code: str(count) for code, count in workforce.counts(db.session(), school).items()}
    return _staff(school, staff_form(posts_at(school.kind))(data=held))


def _staff(school: Organisation, form: StaffForm, status: int = 200) -> ResponseReturnValue:
    return page("people/staff.html", status=status, school=school, form=form)


@bp.post("/staff")
@action(Act.NAME_PEOPLE)
def set_staff(organisation_uid: UUID) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    school = people.school(session, person, organisation_uid)
    form = staff_form(posts_at(school.kind))(request.form)
    if not form.valid():
        return _staff(school, form, 422)
    people.count_staff(session, person, organisation_uid, form.counts())
    return go(f"staff|{_index(organisation_uid)}")
