"""Children whom somebody told the management team about, and beside whom no record is left to look at."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.telling import UNKNOWN, WHYS, ToldForm
from cp.registry import action
from cp.services import once
from cp.services.supply import told_alone
from cp.services.supply.told import Told
from cp.services.supply.told_alone import Came, NoSuchRecord
from cp.terms import Act, ToldAnswer
from cp.views.html import go, once_key, page, page_number
from cp.views.words import plural

bp = Blueprint("told_children", __name__)
NEXT = {"beside": "pairs.following"}


@bp.get("/review/told")
@action(Act.SEE_TOLD)
def index() -> ResponseReturnValue:
    return page("told_children/index.html", children=told_alone.listed(db.session(), guard.me(), page_number()))


@bp.get("/review/told/<uuid:row_uid>")
@action(Act.SEE_TOLD)
def show(row_uid: UUID) -> ResponseReturnValue:
    return _page(row_uid, ToldForm())


def _page(row_uid: UUID, form: ToldForm, status: int = 200) -> ResponseReturnValue:
    one = told_alone.show(db.session(), guard.me(), row_uid)
    return page("told_children/show.html", status=status, one=one, form=form, once=once_key())


@bp.post("/review/told/<uuid:row_uid>")
@action(Act.JUDGE_TOLD)
def answer(row_uid: UUID) -> ResponseReturnValue:
    """What becomes of it, then the list; a page that was sent twice is answered once."""
    session, person, key, form = db.session(), guard.me(), request.form.get("once"), ToldForm(request.form)
    if said := once.answered(session, person, key):
        return go(said)
    form.asks_birth = told_alone.asks_birth(session, person, row_uid)
    if not form.valid():
        return _page(row_uid, form, 422)
    try:
        came = _answer(row_uid, form)
    except NoSuchRecord:
        form.number.errors.append(UNKNOWN)
        return _page(row_uid, form, 422)
    where = url_for(NEXT.get(came, "told_children.index"))
    return go(once.answer(session, person, key, f"{came}|{where}"))


def _answer(row_uid: UUID, form: ToldForm) -> Came:
    session, person = db.session(), guard.me()
    match ToldAnswer(str(form.answer.data)):
        case ToldAnswer.NEW:
            return told_alone.make(session, person, row_uid, form.birth())
        case ToldAnswer.HELD:
            return told_alone.put_beside(session, person, row_uid, form.number.data)
        case ToldAnswer.LEAVE_OUT:
            return told_alone.leave_out(session, person, row_uid)


def age_said(told: Told) -> str:
    age = told.besides.age
    return "Not said" if age is None else f"About {plural(age, 'year', 'years')} old, date not known"


def why_here_said(told: Told) -> str:
    """After “says that the child”."""
    return WHYS[told.besides.why].removeprefix("The child ")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(told_age_said=age_said, why_here_said=why_here_said)
