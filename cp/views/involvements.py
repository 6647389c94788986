"""A practitioner's own involvement: the form, the record it changes, their list."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.involvement import EndForm, InvolvementForm, started_today
from cp.registry import action
from cp.services import involved, involvements, once
from cp.services.children import ReasonNeeded
from cp.services.involvements import LeadChanged, Problem, Wish
from cp.terms import Act
from cp.views import children
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, uuid_or_none
from cp.views.words import day

bp = Blueprint("involvements", __name__)


@bp.get("/children/<uuid:child_uid>/involvements/new")
@action(Act.PREPARE_INVOLVEMENT)
def new(child_uid: UUID) -> ResponseReturnValue:
    typed = restored()
    form = InvolvementForm(typed) if typed else started_today(clock.today())
    return _form(child_uid, form, restored=typed is not None)


def _form(
    child_uid: UUID, form: InvolvementForm, status: int = 200, problem: Problem | None = None, restored: bool = False
) -> ResponseReturnValue:
    about = involvements.form(db.session(), guard.me(), child_uid)
    if problem:
        form.refuse(problem.code, about.called, day(problem.limit or about.born_on))
    return page("involvements/new.html", block="my_involvement", status=status, form=form, about=about,
                once=request.form.get("once") or once_key(), restored=restored)  # fmt: skip


@bp.post("/children/<uuid:child_uid>/involvements")
@action(Act.RECORD_INVOLVEMENT)
def create(child_uid: UUID) -> ResponseReturnValue:
    person, key = guard.me(), request.form.get("once")
    if answer := once.answered(db.session(), person, key):
        return _follow(child_uid, answer)
    form = InvolvementForm(request.form)
    if not form.valid():
        return _form(child_uid, form, 422)
    wish = _wish(form)
    try:
        recorded = involvements.record(db.session(), person, child_uid, wish)
    except Problem as problem:
        return _form(child_uid, form, 422, problem)
    except LeadChanged as changed:
        return _ask_to_take_over(child_uid, form, changed)
    code = "already" if recorded.already else "lead" if wish.lead else "recorded"
    where = url_for("children.show", child_uid=child_uid) + "#mine"
    return _follow(child_uid, once.answer(db.session(), person, key, f"{code}|{where}"))


def _wish(form: InvolvementForm) -> Wish:
    """`take-over` carries the lead whom the person was asked about; `alone` records without leading."""
    choice = request.form.get("take-over")
    lead = form.lead.data and choice != "alone"
    return Wish(form.started.data, assessment=form.assessment.data, lead=lead, confirmed=uuid_or_none(choice))


def _ask_to_take_over(child_uid: UUID, form: InvolvementForm, changed: LeadChanged) -> ResponseReturnValue:
    """A conversation first, a click second: a page of its own, whole."""
    about = involvements.form(db.session(), guard.me(), child_uid)
    faster = bool(request.form.get("take-over"))
    return page("involvements/take_over.html", about=about, lead=changed.lead, typed=list(form.typed()), faster=faster,
                once=request.form.get("once") or once_key())  # fmt: skip


def _follow(child_uid: UUID, answer: str) -> ResponseReturnValue:
    """After recording: the block of the record in place, or the record's page."""
    if guard.is_block():
        return children.again(child_uid, just=answer.partition("|")[0])
    return go(answer)


@bp.get("/involvements")
@action(Act.SEE_OWN_INVOLVEMENTS)
def index() -> ResponseReturnValue:
    return _mine()


def _mine(**values: Any) -> ResponseReturnValue:
    mine = involved.mine(db.session(), guard.me())
    return page("involvements/index.html", block="to_confirm", mine=mine, **values)


@bp.post("/involvements/<uuid:involvement_uid>/confirm")
@action(Act.CONFIRM_INVOLVEMENT)
def confirm(involvement_uid: UUID) -> ResponseReturnValue:
    involvements.confirm(db.session(), guard.me(), involvement_uid)
    if guard.is_block():
        return _mine(just=involvement_uid)
    return go(f"confirmed:{involvement_uid}|{url_for('.index')}")


@bp.get("/involvements/<uuid:involvement_uid>/end")
@action(Act.PREPARE_INVOLVEMENT)
def ending(involvement_uid: UUID) -> ResponseReturnValue:
    typed = restored()
    form = EndForm(typed) if typed else EndForm(data={"ended": clock.today()})
    return _ending(involvement_uid, form, restored=typed is not None)


def _ending(involvement_uid: UUID, form: EndForm, status: int = 200, **values: Any) -> ResponseReturnValue:
    about = involvements.ending(db.session(), guard.me(), involvement_uid)
    return page("involvements/end.html", status=status, block="my_involvement", form=form, about=about,
                once=request.form.get("once") or once_key(), **{"restored": False, **values})  # fmt: skip


@bp.post("/involvements/<uuid:involvement_uid>/end")
@action(Act.END_INVOLVEMENT)
def end(involvement_uid: UUID) -> ResponseReturnValue:
    person, key, form = guard.me(), request.form.get("once"), EndForm(request.form)
    if answer := once.answered(db.session(), person, key):
        return _ended(answer)
    if not form.valid():
        return _ending(involvement_uid, form, 422)
    try:
        child_uid, said = _finish(involvement_uid, form)
    except Problem as problem:
        form.refuse(problem.code, day(problem.limit or clock.today()))
        return _ending(involvement_uid, form, 422)
    where = url_for("children.show", child_uid=child_uid) + "#working"
    return _ended(once.answer(db.session(), person, key, f"{said}|{where}"))


def _finish(involvement_uid: UUID, form: EndForm) -> tuple[UUID, str]:
    if form.how.data == "mistake":
        return involvements.withdraw(db.session(), guard.me(), involvement_uid).uid, "withdrawn"
    row, ended_on = involvements.end(db.session(), guard.me(), involvement_uid, form.ended.data)
    return row.uid, f"ended:{ended_on}"


def _ended(answer: str) -> ResponseReturnValue:
    if not guard.is_block():
        return go(answer)
    code, _, where = answer.partition("|")
    try:
        return children.again(UUID(where.split("/")[2].partition("#")[0]), just=code)
    except ReasonNeeded:  # the involvement was the reason, and now it has ended
        return go(answer)
