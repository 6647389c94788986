"""Training sessions: what comes next, made, changed, cancelled."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.training import SessionForm, of_session
from cp.models import TrainingSession
from cp.registry import action
from cp.services import once
from cp.services.implementation import booking, training
from cp.services.implementation.training import ChangedMeanwhile
from cp.services.managing.problems import Problem
from cp.terms import Act
from cp.views.html import go, once_key, page

bp = Blueprint("training", __name__, url_prefix="/implementation/training")
ONE = "/<uuid:session_uid>"


@bp.get("")
@action(Act.SEE_TRAINING)
def index() -> ResponseReturnValue:
    return page("training/index.html", found=training.listing(db.session(), guard.me()))


@bp.get("/new")
@action(Act.SEE_TRAINING)
def new() -> ResponseReturnValue:
    training.noted(db.session(), guard.me())
    return _form(SessionForm())


def _form(form: SessionForm, status: int = 200, held: TrainingSession | None = None) -> ResponseReturnValue:
    return page("training/form.html", status=status, form=form, held=held, once=once_key())


@bp.post("")
@action(Act.ARRANGE_TRAINING)
def create() -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = SessionForm(request.form)
    if not form.valid():
        training.noted(session, person)
        return _form(form, 422)
    made = training.make(session, person, form.said())
    return go(once.answer(session, person, key, f"session_made|{here(made.uid)}"))


def here(session_uid: UUID) -> str:
    return url_for("training.show", session_uid=session_uid)


@bp.get(ONE)
@action(Act.SEE_TRAINING)
def show(session_uid: UUID) -> ResponseReturnValue:
    held = training.one(db.session(), guard.me(), session_uid)
    return page("training/show.html", held=held, people=booking.of_session(db.session(), held))


@bp.get(f"{ONE}/change")
@action(Act.SEE_TRAINING)
def changing(session_uid: UUID) -> ResponseReturnValue:
    held = training.one(db.session(), guard.me(), session_uid)
    return _form(SessionForm(data=of_session(held)), held=held)


@bp.post(f"{ONE}/change")
@action(Act.ARRANGE_TRAINING)
def change(session_uid: UUID) -> ResponseReturnValue:
    """Of two people who change it at once the second is told, and what they typed stands."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    held = training.one(session, person, session_uid)
    form = SessionForm(request.form)
    form.was_on = held.held_on
    if not form.valid() or not _changed(session_uid, form):
        return _form(form, 422, held)
    return go(once.answer(session, person, key, f"session_changed|{here(session_uid)}"))


def _changed(session_uid: UUID, form: SessionForm) -> bool:
    """What keeps it from being done stands in the form."""
    try:
        training.change(db.session(), guard.me(), session_uid, form.said(), request.form.get("version", ""))
    except Problem as problem:
        form.refuse(problem.field, problem.code, problem.name)
    except ChangedMeanwhile:
        form.refuse("kind", "meanwhile")
    return not form.problems


@bp.get(f"{ONE}/cancel")
@action(Act.SEE_TRAINING)
def cancelling(session_uid: UUID) -> ResponseReturnValue:
    held = training.one(db.session(), guard.me(), session_uid)
    return page("training/cancel.html", held=held, people=booking.of_session(db.session(), held))


@bp.post(f"{ONE}/cancel")
@action(Act.ARRANGE_TRAINING)
def cancel(session_uid: UUID) -> ResponseReturnValue:
    training.cancel(db.session(), guard.me(), session_uid)
    return go(f"session_cancelled|{here(session_uid)}")
