"""A child who was looked for and not found: the management team is told; the teller reads that it was dealt with."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from cp import db, guard
from cp.forms.telling import TellingForm, searched
from cp.registry import action
from cp.rules.phones import phone_shown
from cp.services import once
from cp.services.supply import by_hand, telling, told
from cp.services.supply.telling import ToldTooOften
from cp.terms import Act
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, uuid_or_none

bp = Blueprint("telling", __name__)


@bp.get("/told/new")
@action(Act.PREPARE_TELLING)
def new() -> ResponseReturnValue:
    """With what was typed in the search that found nobody, or before the session ended."""
    typed, earlier = restored(), uuid_or_none(request.args.get("from"))
    facts = telling.begin(db.session(), guard.me(), earlier)
    form = TellingForm(typed if typed is not None else MultiDict(searched(facts)))
    return _asked(form, restored=typed is not None)


def _asked(
    form: TellingForm, status: int = 200, *, may_insist: bool = False, restored: bool = False
) -> ResponseReturnValue:
    return page("telling/new.html", status=status, form=form, may_insist=may_insist, restored=restored,
                once=once_key())  # fmt: skip


@bp.post("/told")
@action(Act.TELL)
def create() -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = TellingForm(request.form)
    if not form.valid():
        return _again(form)
    found = told.problems(form.row())
    if found and not (form.sure.data and by_hand.only_unusual(found)):
        form.say(found)
        return _again(form, may_insist=by_hand.only_unusual(found))
    try:
        telling.tell(session, person, form.row(), form.besides())
    except ToldTooOften as refused:
        return _too_often(form, refused.most)
    return go(once.answer(session, person, key, f"told|{url_for('.index')}#said"))


def _again(form: TellingForm, *, may_insist: bool = False) -> ResponseReturnValue:
    telling.begin(db.session(), guard.me(), None)
    return _asked(form, 422, may_insist=may_insist)


def _too_often(form: TellingForm, most: int) -> ResponseReturnValue:
    """Everything typed stays."""
    phone = phone_shown(guard.me().team_phone)
    form.wait = (f"You have told us about {most} children in 24 hours. Wait until tomorrow, "
                 f"or call the management team on {phone}")  # fmt: skip
    telling.begin(db.session(), guard.me(), None)
    return _asked(form, 429)


@bp.get("/told")
@action(Act.SEE_OWN_TOLD)
def index() -> ResponseReturnValue:
    return page("telling/index.html", children=telling.own(db.session(), guard.me()))
