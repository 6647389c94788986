"""The archive: a record found, read by one of the team in its first year, and by two together after that."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.archive import OURS, PURPOSES, WHY, AnswerForm, FindForm, second_form
from cp.registry import action
from cp.rules.archive import ANSWERED_WITHIN_DAYS
from cp.rules.looking_up import SEARCHES
from cp.services import once
from cp.services.archive import asking as service
from cp.services.archive import finding, reading
from cp.services.archive.asking import Problem
from cp.services.looking_up import SearchedTooOften
from cp.terms import Act, ArchivePurpose, ArchiveReason
from cp.views.board_words import lower_first
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, uuid_or_none
from cp.views.words import at

bp = Blueprint("archive", __name__, url_prefix="/archive")
SAID = {
    "archive_several": "More than one record has that name and date of birth. They are listed below.",
    "archive_asked": f"Asked. You both can read it once your colleague agrees, within {ANSWERED_WITHIN_DAYS} days.",
    "archive_before": "Nothing has changed: a colleague was asked already.",
    "archive_answered": "Nothing has changed: it was answered already.",
    "archive_agree": "You agreed. You both can read it until the end of today.",
    "archive_decline": "You declined. Nobody reads it.",
    "archive_back": "You took it back. Nobody reads it.",
}
BECAUSE = {
    ArchiveReason.GROWN_UP: "turned 18",
    ArchiveReason.STAY_OVER: "had agreed to stay after 18 until then",
    ArchiveReason.DIED: "had died a year before",
    ArchiveReason.LEFT: "had left the area",
}
"""After the name."""


@bp.get("")
@action(Act.SEE_ARCHIVE)
def index() -> ResponseReturnValue:
    typed = restored()
    return _index(FindForm(typed), back=typed is not None)


def _index(form: FindForm, status: int = 200, *, back: bool = False) -> ResponseReturnValue:
    listed = service.listed(db.session(), guard.me())
    return page("archive/index.html", status=status, form=form, listed=listed, restored=back, sentences=SAID,
                once=request.form.get("once") or once_key())  # fmt: skip


@bp.post("")
@action(Act.FIND_ARCHIVED)
def find() -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = FindForm(request.form)
    if not form.valid():
        return _index(form, 422)
    try:
        found = finding.find(session, person, form.wanted())
    except SearchedTooOften as refused:
        form.wait = f"You have searched {SEARCHES} times in an hour. Wait until {at(refused.again_at)}"
        return _index(form, 429)
    if not 0 < found.count <= finding.MOST:
        form.found(found.count)
        return _index(form, 422)
    return go(once.answer(session, person, key, _to(found)))


def _to(found: finding.Found) -> str:
    """The record, or whom to ask first; of several, the list of them."""
    if found.uid is None:
        return f"archive_several|{url_for('.index')}"
    return f"|{url_for('.show' if found.alone else '.asking', reading_uid=found.uid)}"


@bp.get("/<uuid:reading_uid>")
@action(Act.READ_ARCHIVED)
def show(reading_uid: UUID) -> ResponseReturnValue:
    found = reading.read(db.session(), guard.me(), reading_uid, Act.READ_ARCHIVED)
    return page("archive/show.html", found=found, record=found.record, just="")


@bp.get("/<uuid:reading_uid>/print")
@action(Act.PRINT_ARCHIVED)
def printed(reading_uid: UUID) -> ResponseReturnValue:
    found = reading.read(db.session(), guard.me(), reading_uid, Act.PRINT_ARCHIVED)
    return page("archive/print.html", found=found, record=found.record, at=clock.now(), just="")


@bp.get("/<uuid:reading_uid>/ask")
@action(Act.PREPARE_ARCHIVED)
def asking(reading_uid: UUID) -> ResponseReturnValue:
    return _asking(reading_uid)


def _asking(reading_uid: UUID, refused: bool = False) -> ResponseReturnValue:
    """What it was looked for is filled in, where the law has it."""
    about = service.prepare(db.session(), guard.me(), reading_uid)
    kind = second_form({str(one.uid): one.name for one in about.colleagues})
    typed = request.form if refused else restored()
    form = kind(typed) if typed else kind(data={"purpose": about.one.purpose})
    if refused:
        form.valid()
    return page("archive/ask.html", status=422 if refused else 200, form=form, about=about,
                once=request.form.get("once") or once_key())  # fmt: skip


@bp.post("/<uuid:reading_uid>/ask")
@action(Act.ASK_ARCHIVED)
def ask(reading_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    purpose, second = request.form.get("purpose"), uuid_or_none(request.form.get("second"))
    try:
        asked = service.ask(
            session, person, reading_uid, ArchivePurpose(purpose) if purpose in PURPOSES else None, second
        )
    except Problem:
        return _asking(reading_uid, refused=True)
    return _back("archive_asked" if asked else "archive_before", key)


@bp.get("/<uuid:reading_uid>/answer")
@action(Act.PREPARE_ARCHIVED)
def answering(reading_uid: UUID) -> ResponseReturnValue:
    return _answering(reading_uid, AnswerForm())


def _answering(reading_uid: UUID, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    one = service.asked(db.session(), guard.me(), reading_uid)
    return page("archive/answer.html", status=status, form=form, one=one, once=request.form.get("once") or once_key())


@bp.post("/<uuid:reading_uid>/answer")
@action(Act.ANSWER_ARCHIVED)
def answer(reading_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if before := once.answered(session, person, key):
        return go(before)
    form = AnswerForm(request.form)
    if not form.valid():
        return _answering(reading_uid, form, 422)
    said = str(form.answer.data)
    try:
        mine = service.answer(session, person, reading_uid, agreed=said == "agree")
    except Problem as problem:
        if problem.code == "answered":
            return _back("archive_answered", key)
        form.refuse()
        return _answering(reading_uid, form, 422)
    return _back("archive_back" if mine else f"archive_{said}", key)


def _back(code: str, key: str | None) -> ResponseReturnValue:
    return go(once.answer(db.session(), guard.me(), key, f"{code}|{url_for('.index')}"))


def purpose_said(purpose: ArchivePurpose | None) -> str:
    return WHY[purpose or OURS]


def init_app(app: Flask) -> None:
    app.jinja_env.filters["lower_first"] = lower_first
    app.jinja_env.globals.update(ARCHIVED_BECAUSE=BECAUSE, purpose_said=purpose_said)
