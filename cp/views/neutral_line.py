"""Whether every record of an authority says that the management team can be asked for other services."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.services import LineForm
from cp.registry import action
from cp.services import settings
from cp.services.settings import LineChanged
from cp.terms import Act
from cp.views.html import go, page

bp = Blueprint("neutral_line", __name__, url_prefix="/neutral-line")


@bp.get("")
@action(Act.SEE_NEUTRAL_LINE)
def show() -> ResponseReturnValue:
    held = settings.neutral_line(db.session(), guard.me())
    return _form(LineForm(data={"line": "on" if held.on else "off"}), held.version)


def _form(form: LineForm, version: str, status: int = 200) -> ResponseReturnValue:
    return page("neutral_line/show.html", status=status, form=form, version=version)


@bp.post("")
@action(Act.SET_NEUTRAL_LINE)
def save() -> ResponseReturnValue:
    session, person, form = db.session(), guard.me(), LineForm(request.form)
    version = request.form.get("version", "")
    if not form.valid():
        return _form(form, version, 422)
    on = form.line.data == "on"
    try:
        changed = settings.set_neutral_line(session, person, on, version)
    except LineChanged as found:
        form.line.errors.append("Somebody else changed it meanwhile. Save again if your answer should hold")
        return _form(form, found.now.version, 422)
    code = "line_same" if not changed else "line_on" if on else "line_off"
    return go(f"{code}|{url_for('.show')}")
