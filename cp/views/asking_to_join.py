"""Asking for an account: who and where, then in which post. The answer is the same for everybody."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cp import db
from cp.forms.asking_to_join import NOT_MINE, SEVERAL, UNKNOWN, UNLISTED, AskForm, post_form
from cp.forms.fields import Asked
from cp.models import Organisation
from cp.registry import action
from cp.rules.eligibility import posts_at
from cp.services import asking_to_join
from cp.terms import Act
from cp.views.html import page
from cp.views.signing_in import where

bp = Blueprint("asking", __name__)
TOO_OFTEN = "Too many have asked from here in the last hour. Wait an hour and try again, or ask your account manager"


@bp.get("/join")
@action(Act.ASK_TO_JOIN)
def new() -> ResponseReturnValue:
    return page("joining/ask.html", form=AskForm())


@bp.post("/join")
@action(Act.ASK_TO_JOIN)
def create() -> ResponseReturnValue:
    form = AskForm(request.form)
    place = _place(form) if form.valid() else None
    if place is None:
        return page("joining/ask.html", status=422, form=form)
    asked = post_form(posts_at(place.kind))
    if "chosen" not in request.form:
        return _ask_post(form, asked())
    chosen = asked(request.form)
    if not chosen.valid():
        return _ask_post(form, chosen, 422)
    if chosen.post.data == NOT_MINE:
        return page("joining/not_listed.html", place=place)
    return _keep(form, place, chosen)


def _place(form: AskForm) -> Organisation | None:
    """The one organisation that was typed, if its people may have accounts; else the sentence is in the form."""
    found = asking_to_join.organisations(db.session(), form.organisation.data)
    if len(found) == 1 and posts_at(found[0].kind):
        return found[0]
    form.organisation.errors.append(UNLISTED if len(found) == 1 else SEVERAL if found else UNKNOWN)
    return None


def _ask_post(form: AskForm, post: Asked, status: int = 200) -> ResponseReturnValue:
    return page("joining/post.html", status=status, form=post, typed=list(form.typed()))


def _keep(form: AskForm, place: Organisation, chosen: Asked) -> ResponseReturnValue:
    if asking_to_join.too_often(db.session(), where()):
        chosen.post.errors.append(TOO_OFTEN)
        return _ask_post(form, chosen, 429)
    asking = asking_to_join.Asking(form.name.data, form.email.data, place, chosen.post.data)
    asking_to_join.ask(db.session(), asking, where())
    db.commit()
    return redirect(url_for(".asked"), code=303)


@bp.get("/join/asked")
@action(Act.ASK_TO_JOIN)
def asked() -> ResponseReturnValue:
    return page("joining/asked.html")
