"""Whether a young person's record stays beyond 18: by their own consent, which they may take back on any day."""

from datetime import date
from uuid import UUID

from flask import Blueprint, Flask, current_app, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.staying import GROUNDS, StayForm, stay_form
from cp.registry import action
from cp.rules.days import anniversary
from cp.rules.retention import may_consent, stays_to
from cp.services import once
from cp.services.retention import believing, staying
from cp.services.retention.staying import Problem, Standing
from cp.terms import Act
from cp.views.drafts import restored
from cp.views.html import go, once_key, page
from cp.views.words import day

bp = Blueprint("staying", __name__, url_prefix="/children/<uuid:child_uid>/stay")
ORDINALS = {21: "21st", 22: "22nd", 23: "23rd"}
SAID = {
    "stay_kept": "The consent is kept.",
    "stay_before": "Nothing has changed: a consent was kept already.",
    "stay_ended": "The consent has ended. The record goes to the archive on the 18th birthday.",
    "stay_waits": "The consent has ended. The record goes to the archive once the server’s date is right.",
}


@bp.get("")
@action(Act.PREPARE_STAY)
def show(child_uid: UUID) -> ResponseReturnValue:
    return _show(child_uid)


def _show(child_uid: UUID, refused: str | None = None) -> ResponseReturnValue:
    """`refused`: a code of the rule, or nothing where the form says it itself."""
    about = staying.prepare(db.session(), guard.me(), child_uid)
    typed = restored() if refused is None else request.form
    form = _form(about)(typed)
    if refused is not None and form.valid():
        form.refuse(refused)
    back = refused is None and typed is not None
    return page("staying/show.html", status=200 if refused is None else 422, form=form, about=about, restored=back,
                once=request.form.get("once") or once_key())  # fmt: skip


def _form(about: Standing) -> type[StayForm]:
    """Offers the birthdays to come that are later than what was agreed to."""
    before = about.consent.to_age if about.consent else 0
    ages = [age for age in stays_to(about.born_on, clock.today()) if age > before]
    return stay_form({str(age): _birthday(about.born_on, age) for age in ages})


def _birthday(born: date, age: int) -> str:
    """The 21st, 24 November 2029."""
    return f"The {ORDINALS.get(age, f'{age}th')}, {day(anniversary(born, age))}"


@bp.post("")
@action(Act.RECORD_STAY)
def record(child_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    where = url_for(".show", child_uid=child_uid)
    form = _form(staying.prepare(session, person, child_uid))(request.form)
    if not form.valid():
        return _show(child_uid, "")
    try:
        staying.record(session, person, child_uid, form.consent())
    except Problem as problem:
        return go(f"stay_before|{where}") if problem.code == "given_already" else _show(child_uid, problem.code)
    return go(once.answer(session, person, key, f"stay_kept|{where}"))


@bp.post("/end")
@action(Act.WITHDRAW_STAY)
def withdraw(child_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    believed = believing.doubt(current_app.extensions["config"].lodge, session) is None
    grown_up = staying.withdraw(session, person, child_uid, believed=believed)
    said = "ended" if not grown_up else "archived" if believed else "waits"
    where = url_for("ending.index") if said == "archived" else url_for(".show", child_uid=child_uid)
    return go(once.answer(session, person, key, f"stay_{said}|{where}"))


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(STAY_SAID=SAID, STAY_GROUNDS=GROUNDS, may_consent=may_consent)
