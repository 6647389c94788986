"""Who is booked for a training session, and who came."""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.fields import Asked
from cp.forms.training import REFUSED, people_form
from cp.registry import action
from cp.services import once
from cp.services.implementation import booking, training
from cp.services.implementation.training import ChangedMeanwhile
from cp.terms import Act
from cp.views.html import go, once_key, page, page_number, uuid_or_none
from cp.views.training import ONE, here

bp = Blueprint("training_people", __name__, url_prefix="/implementation/training")
WHO, CAME = "Whom do you book?", "Who came?"


@bp.get(f"{ONE}/book")
@action(Act.SEE_TRAINING)
def booking_page(session_uid: UUID) -> ResponseReturnValue:
    return _booking(session_uid)


def _booking(session_uid: UUID, sent: bool = False) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    held = training.one(session, person, session_uid)
    found = booking.candidates(session, person, held, page_number())
    choices = {str(who.uid): f"{who.name}, {school.name}" for who, school in found.people}
    form = people_form(choices, WHO, "Choose at least one person to book")(request.form if sent else None)
    if sent:
        form.valid()
    return page("training/book.html", status=422 if sent else 200, held=held, found=found, form=form)


@bp.post(f"{ONE}/book")
@action(Act.ARRANGE_TRAINING)
def book(session_uid: UUID) -> ResponseReturnValue:
    """Sent twice, the second finds everybody booked."""
    chosen = _chosen()
    if not chosen:
        return _booking(session_uid, sent=True)
    placed, waiting = booking.book(db.session(), guard.me(), session_uid, chosen)
    return go(f"booked:{placed}.{waiting}|{here(session_uid)}")


def _chosen() -> set[UUID]:
    found = (uuid_or_none(text) for text in request.form.getlist("people"))
    return {uid for uid in found if uid is not None}


@bp.post(f"{ONE}/people/<uuid:person_uid>/remove")
@action(Act.ARRANGE_TRAINING)
def take_off(session_uid: UUID, person_uid: UUID) -> ResponseReturnValue:
    booking.take_off(db.session(), guard.me(), session_uid, person_uid)
    return go(f"taken_off|{here(session_uid)}")


@bp.get(f"{ONE}/attendance")
@action(Act.SEE_TRAINING)
def attendance(session_uid: UUID) -> ResponseReturnValue:
    return _attendance(session_uid)


def _attendance(session_uid: UUID, status: int = 200) -> ResponseReturnValue:
    held = training.one(db.session(), guard.me(), session_uid)
    people = booking.of_session(db.session(), held)
    form = _came(people)(data={"people": [str(one.person.uid) for one in people if one.came]})
    if status == 422:
        form = _came(people)(request.form)
        form["people"].errors.append(REFUSED["meanwhile"])
    return page("training/attendance.html", status=status, held=held, form=form, once=once_key())


def _came(people: list[booking.Person]) -> type[Asked]:
    return people_form({str(one.person.uid): f"{one.person.name}, {one.school.name}" for one in people}, CAME)


@bp.post(f"{ONE}/attendance")
@action(Act.RECORD_ATTENDANCE)
def record(session_uid: UUID) -> ResponseReturnValue:
    """May be said again, and then the newest answer counts."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    try:
        training.came(session, person, session_uid, _chosen(), request.form.get("version", ""))
    except ChangedMeanwhile:
        return _attendance(session_uid, 422)
    return go(once.answer(session, person, key, f"attendance|{here(session_uid)}"))
