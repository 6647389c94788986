"""A manager's register of services: which organisation or team is sensitive."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.services import ORDINARY, SUBJECTS, WHOLE, ServiceForm, service_form
from cp.registry import action
from cp.services import once
from cp.services.sensitive import register
from cp.services.sensitive.register import Service
from cp.terms import Act
from cp.views.drafts import restored
from cp.views.html import go, once_key, page
from cp.views.words import plural

bp = Blueprint("services", __name__, url_prefix="/services")


@bp.get("")
@action(Act.SEE_SERVICES)
def index() -> ResponseReturnValue:
    return page("services/index.html", services=register.services(db.session(), guard.me()))


@bp.get("/<uuid:organisation_uid>")
@action(Act.SEE_SERVICES)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    typed, one = restored(), register.one(db.session(), guard.me(), organisation_uid)
    now = one.subject.value if one.subject else ORDINARY
    form = _made(one)(typed) if typed else _made(one)(data={"service": WHOLE, "subject": now})
    return _form(one, form, restored=typed is not None)


def _made(one: Service) -> type[ServiceForm]:
    return service_form([name for name, _ in one.teams])


def _form(one: Service, form: ServiceForm, status: int = 200, *, restored: bool = False) -> ResponseReturnValue:
    return page("services/show.html", status=status, one=one, form=form, restored=restored,
                once=request.form.get("once") or once_key())  # fmt: skip


@bp.post("/<uuid:organisation_uid>")
@action(Act.DECLARE_SERVICE)
def declare(organisation_uid: UUID) -> ResponseReturnValue:
    """Said once, it is asked whether they are sure, with what it does; said again, it is done."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    one = register.one(session, person, organisation_uid)
    form = _made(one)(request.form)
    if not form.valid():
        return _form(one, form, 422)
    if request.form.get("sure") != "yes":
        leaving = register.leaving(session, person, organisation_uid, form.team) if form.sensitive else 0
        return page("services/sure.html", one=one, form=form, leaving=leaving, once=key or once_key())
    gone = register.declare(session, person, organisation_uid, form.team, form.sensitive)
    code = "same_service" if gone is None else f"service:{gone}"
    return go(once.answer(session, person, key, f"{code}|{url_for('.index')}"))


def said_of_services(code: str | None) -> str:
    """The sentence after it was changed, with how many involvements went."""
    name, _, gone = (code or "").partition(":")
    if name == "same_service":
        return "Nothing has changed."
    if name != "service":
        return ""
    went = int(gone)
    return "It is changed." + (
        f" {plural(went, 'involvement has', 'involvements have')} left the directory." if went else ""
    )


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(SUBJECTS=SUBJECTS, said_of_services=said_of_services)
