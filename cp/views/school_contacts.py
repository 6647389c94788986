"""Whom to contact at a school: added, changed, removed."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.school_contacts import PersonForm
from cp.models import Organisation, SchoolContact
from cp.registry import action
from cp.rules.phones import phone_shown
from cp.services import once
from cp.services.implementation import contacts, one_school
from cp.services.implementation.contacts import ChangedMeanwhile
from cp.terms import Act
from cp.views.board_words import contact_said
from cp.views.drafts import restored
from cp.views.html import go, once_key, page

ONE = "/implementation/schools/<uuid:organisation_uid>/contacts"
bp = Blueprint("school_contacts", __name__, url_prefix=ONE)


@bp.get("/new")
@action(Act.SEE_SCHOOL)
def new(organisation_uid: UUID) -> ResponseReturnValue:
    school, typed = one_school.show(db.session(), guard.me(), organisation_uid), restored()
    form = PersonForm(typed) if typed else PersonForm(data={"is_main": not school.contacts})
    version = typed.get("version", "") if typed else contacts.version_of(school.contacts)
    return _form(school.organisation, None, form, version, again=typed is not None)


def _form(
    school: Organisation, contact: SchoolContact | None, form: PersonForm, version: str, status: int = 200,
    *, again: bool = False,
) -> ResponseReturnValue:  # fmt: skip
    return page(
        "schools/contact.html", status=status, school=school, contact=contact, form=form, version=version,
        restored=again, once=once_key(),
    )  # fmt: skip


@bp.post("")
@action(Act.KEEP_SCHOOL_CONTACT)
def create(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form, version = PersonForm(request.form), request.form.get("version", "")
    if form.valid():
        try:
            contacts.add(session, person, organisation_uid, form.facts(), version)
            return go(once.answer(session, person, key, _back("contact_added", organisation_uid)))
        except ChangedMeanwhile as found:
            form.name.errors.append(f"Somebody else added {contact_said(found.now)} meanwhile. Save again if yours is "
                                    "another person")  # fmt: skip
            version = str(found.now.uid)
    school = one_school.show(session, person, organisation_uid)
    return _form(school.organisation, None, form, version, 422)


@bp.get("/<uuid:contact_uid>")
@action(Act.SEE_SCHOOL)
def change(organisation_uid: UUID, contact_uid: UUID) -> ResponseReturnValue:
    school, held = contacts.one(db.session(), guard.me(), organisation_uid, contact_uid)
    typed = restored()
    form = PersonForm(typed) if typed else PersonForm(data=_typed(held))
    version = typed.get("version", "") if typed else str(held.version)
    return _form(school, held, form, version, again=typed is not None)


@bp.post("/<uuid:contact_uid>")
@action(Act.KEEP_SCHOOL_CONTACT)
def save(organisation_uid: UUID, contact_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form, version = PersonForm(request.form), request.form.get("version", "")
    if form.valid():
        try:
            changed = contacts.change(session, person, organisation_uid, contact_uid, form.facts(), version)
            code = "contact_changed" if changed else "contact_same"
            return go(once.answer(session, person, key, _back(code, organisation_uid)))
        except ChangedMeanwhile as found:
            form.name.errors.append(f"Somebody else changed this contact meanwhile, to {contact_said(found.now)}. Save "
                                    "again if yours should hold")  # fmt: skip
            version = str(found.now.version)
    school, held = contacts.one(session, person, organisation_uid, contact_uid)
    return _form(school, held, form, version, 422)


@bp.get("/<uuid:contact_uid>/removal")
@action(Act.SEE_SCHOOL)
def removing(organisation_uid: UUID, contact_uid: UUID) -> ResponseReturnValue:
    school, held = contacts.one(db.session(), guard.me(), organisation_uid, contact_uid)
    return page("schools/removal.html", school=school, contact=held, once=once_key())


@bp.post("/<uuid:contact_uid>/removal")
@action(Act.KEEP_SCHOOL_CONTACT)
def remove(organisation_uid: UUID, contact_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    contacts.remove(session, person, organisation_uid, contact_uid)
    return go(once.answer(session, person, key, _back("contact_removed", organisation_uid)))


def _typed(held: SchoolContact) -> dict[str, object]:
    return {"name": held.name, "post": held.post, "phone": phone_shown(held.phone) if held.phone else "",
            "email": held.email or "", "is_main": held.main}  # fmt: skip


def _back(code: str, organisation_uid: UUID) -> str:
    return f"{code}|{url_for('schools.show', organisation_uid=organisation_uid)}"
