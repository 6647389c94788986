"""Asking for contact, and the asker's own list of what they asked for."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.contact import ContactForm
from cp.registry import action
from cp.services import once
from cp.services.contact import asking
from cp.services.contact.asking import NotOffered, Wish
from cp.terms import Act, ContactAbout, ContactReason, Reach
from cp.views.drafts import restored
from cp.views.html import go, once_key, page

bp = Blueprint("contacts", __name__)


@bp.get("/children/<uuid:child_uid>/contact")
@action(Act.PREPARE_CONTACT)
def new(child_uid: UUID) -> ResponseReturnValue:
    typed = restored()
    return _form(child_uid, ContactForm(typed), restored=typed is not None)


def _form(child_uid: UUID, form: ContactForm, status: int = 200, restored: bool = False) -> ResponseReturnValue:
    about = asking.form(db.session(), guard.me(), child_uid)
    form.offer(about.about, about.called)
    return page("contacts/new.html", status=status, form=form, about=about, restored=restored,
                once=request.form.get("once") or once_key())  # fmt: skip


@bp.post("/children/<uuid:child_uid>/contact")
@action(Act.ASK_CONTACT)
def create(child_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = ContactForm(request.form)
    if not form.valid():
        return _form(child_uid, form, 422)
    wish = Wish(ContactAbout(str(form.about.data)), ContactReason(str(form.reason.data)), Reach(str(form.reach.data)))
    try:
        asked = asking.ask(session, person, child_uid, wish)
    except NotOffered:
        return _form(child_uid, form, 422)
    code = "contact_asked" if asked else "contact_already"
    return go(once.answer(session, person, key, f"{code}|{url_for('.index')}#said"))


@bp.get("/contacts")
@action(Act.SEE_OWN_CONTACTS)
def index() -> ResponseReturnValue:
    return page("contacts/index.html", contacts=asking.own(db.session(), guard.me()))
