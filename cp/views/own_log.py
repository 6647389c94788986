"""A person's own log."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.registry import action
from cp.services.log import own
from cp.terms import Act
from cp.views.html import page
from cp.views.log import before

bp = Blueprint("own_log", __name__, url_prefix="/account/log")


@bp.get("")
@action(Act.SEE_OWN_LOG)
def index() -> ResponseReturnValue:
    return page("log/own.html", log=own.look(db.session(), guard.me(), before()))
