"""A practitioner's own involvement: the form, the record it changes, their list."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.involvement import EndForm, InvolvementForm, started_today
from cp.registry import action
from cp.services import involved, involvements, once
from cp.services.contact import answering
from cp.services.involvements import Finished, Problem, Wish
from cp.services.leading import LeadChanged
from cp.services.sensitive import reading
from cp.terms import Act
from cp.views import children, said
from cp.views.drafts import restored
from cp.views.html import go, move, once_key, page, uuid_or_none
from cp.views.words import day

bp = Blueprint("involvements", __name__)
MINE = "mine"
"""Says in an address and a form that somebody came from My involvements."""


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
    where = url_for("children.show", child_uid=child_uid) + "#said"
    return _follow(
        child_uid, once.answer(db.session(), person, key, f"{said.of_recorded(recorded, wish.lead)}|{where}")
    )


def _wish(form: InvolvementForm) -> Wish:
    """`take-over` carries the lead whom the person was asked about; `alone` records without leading."""
    choice = request.form.get("take-over")
    lead = form.lead.data and choice != "alone"
    return Wish(form.started.data, assessment=form.assessment.data, lead=lead, confirmed=uuid_or_none(choice))


def _ask_to_take_over(child_uid: UUID, form: InvolvementForm, changed: LeadChanged) -> ResponseReturnValue:
    """A conversation first, a click second: a page of its own, whole, whose address is that of the form."""
    about = involvements.form(db.session(), guard.me(), child_uid)
    faster = bool(request.form.get("take-over"))
    address = {"HX-Push-Url": url_for(".new", child_uid=child_uid)} if guard.is_block() else None
    return page("involvements/take_over.html", about=about, lead=changed.lead, typed=list(form.typed()), faster=faster,
                once=request.form.get("once") or once_key(), headers=address)  # fmt: skip


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
    found = guard.found()
    ended = said.past_of(found.said) if found else None
    past = involved.past(db.session(), guard.me(), ended) if ended else None
    mine, apart = involved.mine(db.session(), guard.me()), reading.mine(db.session(), guard.me())
    asked = answering.any_waits(db.session(), guard.me())
    return page("involvements/index.html", block="to_confirm", mine=mine, apart=apart, past=past, asked=asked,
                **{"just": "", **values})  # fmt: skip


@bp.post("/involvements/<uuid:involvement_uid>/confirm")
@action(Act.CONFIRM_INVOLVEMENT)
def confirm(involvement_uid: UUID) -> ResponseReturnValue:
    involvements.confirm(db.session(), guard.me(), involvement_uid)
    if guard.is_block():
        return _mine(just=f"confirmed:{involvement_uid}")
    return go(f"confirmed:{involvement_uid}|{url_for('.index')}#said")


@bp.get("/involvements/<uuid:involvement_uid>/end")
@action(Act.PREPARE_INVOLVEMENT)
def ending(involvement_uid: UUID) -> ResponseReturnValue:
    typed = restored()
    form = EndForm(typed) if typed else EndForm(data={"ended": clock.today()})
    come_from = typed.get("from") if typed else request.args.get("from")
    return _ending(involvement_uid, form, restored=typed is not None, mine=come_from == MINE)


def _ending(involvement_uid: UUID, form: EndForm, status: int = 200, **values: Any) -> ResponseReturnValue:
    """`mine`: opened from My involvements, and going back there."""
    about = involvements.ending(db.session(), guard.me(), involvement_uid)
    if status == 422:
        form.refuse_day(about.started_on, day(about.started_on), clock.today())
    given = {"restored": False, "mine": request.form.get("from") == MINE, **values}
    return page("involvements/end.html", status=status, block="my_involvement", form=form, about=about,
                once=request.form.get("once") or once_key(), **given)  # fmt: skip


@bp.post("/involvements/<uuid:involvement_uid>/end")
@action(Act.END_INVOLVEMENT)
def end(involvement_uid: UUID) -> ResponseReturnValue:
    person, key, form = guard.me(), request.form.get("once"), EndForm(request.form)
    if answer := once.answered(db.session(), person, key):
        return _ended(answer)
    if not form.valid():
        return _ending(involvement_uid, form, 422)
    try:
        done = _finish(involvement_uid, form)
    except Problem as problem:
        form.refuse(problem.code, day(problem.limit or clock.today()))
        return _ending(involvement_uid, form, 422)
    if request.form.get("from") != MINE and done.reopens:
        code, where = said.of_finished(done, None), url_for("children.show", child_uid=done.child_uid)
    else:
        code, where = said.of_finished(done, involvement_uid), url_for(".index")
    return _ended(once.answer(db.session(), person, key, f"{code}|{where}#said"))


def _finish(involvement_uid: UUID, form: EndForm) -> Finished:
    if form.how.data == "mistake":
        return involvements.withdraw(db.session(), guard.me(), involvement_uid)
    return involvements.end(db.session(), guard.me(), involvement_uid, form.ended.data)


def _ended(answer: str) -> ResponseReturnValue:
    """The record, or its block in place; My involvements where nothing else says why the record may be opened."""
    if not guard.is_block():
        return go(answer)
    code, _, where = answer.partition("|")
    child_uid = uuid_or_none(where.removeprefix("/children/").partition("#")[0])
    return children.again(child_uid, just=code) if child_uid else move(answer)
