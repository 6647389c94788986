"""What anybody may read about ContactPoint, and whom they may call: no account is needed, and no child is in it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from cp import db
from cp.forms.local_contact import TOO_OFTEN, LocalContactForm
from cp.registry import action
from cp.services.implementation import local_contact
from cp.terms import Act
from cp.views.html import page
from cp.views.signing_in import where

bp = Blueprint("about", __name__)


@bp.get("/about")
@action(Act.READ_PUBLIC)
def index() -> ResponseReturnValue:
    return page("about/index.html")


@bp.get("/about/schools")
@action(Act.READ_PUBLIC)
def schools() -> ResponseReturnValue:
    return page("about/schools.html")


@bp.get("/about/easy-read")
@action(Act.READ_PUBLIC)
def easy_read() -> ResponseReturnValue:
    return page("about/easy_read.html")


@bp.get("/local-contact")
@action(Act.READ_PUBLIC)
def ask() -> ResponseReturnValue:
    return page("local_contact/ask.html", form=LocalContactForm())


@bp.post("/local-contact")
@action(Act.FIND_LOCAL_CONTACT)
def find() -> ResponseReturnValue:
    """Who is called, in the area that was meant or in every one."""
    form, session, address = LocalContactForm(request.form), db.session(), where().address
    if not form.valid():
        return page("local_contact/ask.html", status=422, form=form)
    if local_contact.too_often(session, address):
        form.school.errors.append(TOO_OFTEN)
        return page("local_contact/ask.html", status=429, form=form)
    found = local_contact.find(session, form.school.data, form.district, address)
    return page("local_contact/found.html", found=found)
