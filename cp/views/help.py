"""What anybody may read: what ContactPoint holds, how its use is checked, privacy, accessibility; and its health."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cp import db
from cp.registry import action
from cp.services import accounts
from cp.services import health as checks
from cp.terms import Act
from cp.views.html import page

bp = Blueprint("help", __name__)


@bp.get("/help")
@action(Act.READ_PUBLIC)
def index() -> ResponseReturnValue:
    return page("help/index.html")


@bp.get("/help/what-contactpoint-holds")
@action(Act.READ_PUBLIC)
def holds() -> ResponseReturnValue:
    return page("help/holds.html")


@bp.get("/help/how-searches-are-checked")
@action(Act.READ_PUBLIC)
def checked() -> ResponseReturnValue:
    return page("help/checked.html")


@bp.get("/help/signing-in")
@action(Act.READ_PUBLIC)
def cannot_sign_in() -> ResponseReturnValue:
    return page("help/signing_in.html", phone=accounts.help_phone(db.session()))


@bp.get("/privacy")
@action(Act.READ_PUBLIC)
def privacy() -> ResponseReturnValue:
    return page("help/privacy.html")


@bp.get("/accessibility")
@action(Act.READ_PUBLIC)
def accessibility() -> ResponseReturnValue:
    return page("help/accessibility.html")


@bp.get("/health")
@action(Act.READ_PUBLIC)
def health() -> ResponseReturnValue:
    """`ok` when the database answers and the audit can be written; else 503. Nothing else."""
    fit = checks.fit(db.session())
    return ("ok" if fit else "not ok", 200 if fit else 503, {"Content-Type": "text/plain; charset=utf-8"})
