"""A school that came after another: what was known of that one, taken over where the manager says so."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.registry import action
from cp.services import once
from cp.services.implementation import carried
from cp.terms import Act, Means
from cp.views.html import go, once_key, page, uuid_or_none

bp = Blueprint("carried", __name__, url_prefix="/implementation/schools/<uuid:organisation_uid>/before")
BY_MEANS = {
    Means.SYSTEM: "its own system sends by itself",
    Means.FOLDER: "its system puts files into a folder",
    Means.TRANSFER_FILE: "it uploads a Common Transfer File",
    Means.SPREADSHEET: "it uploads a spreadsheet",
    Means.BY_HAND: "it types each pupil",
}


@bp.get("")
@action(Act.CARRY_ON)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    found = carried.offer(db.session(), guard.me(), organisation_uid)
    return page("carried/show.html", offer=found, once=once_key())


@bp.post("")
@action(Act.CARRY_ON)
def take(organisation_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    before_uid = uuid_or_none(request.form.get("before"))
    done = carried.carry_on(session, person, organisation_uid, before_uid)
    here = url_for(".show", organisation_uid=organisation_uid)
    return go(once.answer(session, person, key, f"{'carried' if done else 'same'}|{here}"))


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(BY_MEANS=BY_MEANS)
