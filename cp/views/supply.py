"""The supplier's first page: choose a file; nothing is saved before its columns and its faults were seen."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from cp import db, guard
from cp.feeds.reading import read
from cp.feeds.sheet import Unreadable
from cp.forms.supply import UploadForm
from cp.registry import action
from cp.services import audit, once
from cp.services.supply import files, live, receiving, senders
from cp.services.supply.senders import NobodysWord
from cp.terms import Act
from cp.views.html import go, once_key, page

bp = Blueprint("supply", __name__)


def sender() -> senders.Sender:
    """Whose file it is. Refused to whoever's organisation sends no lists of children."""
    try:
        return senders.of_actor(db.session(), guard.me())
    except NobodysWord:
        raise audit.Refusal("role") from None


@bp.get("/supply")
@action(Act.SEE_SUPPLY)
def new() -> ResponseReturnValue:
    return _new(UploadForm())


def _new(form: UploadForm, status: int = 200) -> ResponseReturnValue:
    organisation = sender().organisation_id
    audit.record(db.session(), guard.me(), Act.SEE_SUPPLY)
    last, missing = files.last_sent(db.session(), guard.me()), live.missing(db.session(), organisation)
    return page("supply/new.html", status=status, form=form, last=last, missing=missing, once=once_key())


@bp.post("/supply")
@action(Act.RECEIVE_FILE)
def create() -> ResponseReturnValue:
    """It is read before the database is held: a spreadsheet takes seconds."""
    key = request.form.get("once")
    if answer := once.answered(db.session(), guard.me(), key):
        return go(answer)
    form = UploadForm(CombinedMultiDict([request.files, request.form]))
    if form.valid() and form.file.data:
        arrived = receiving.Arrived(form.file.data.filename, form.file.data.read(), form.whole.data == "yes")
        try:
            prepared = receiving.prepare(db.session(), sender(), read(arrived.data, arrived.name), arrived)
        except Unreadable as problem:
            form.file.errors.append(str(problem))
        else:
            return _received(prepared, key)
    return _new(form, 422)


def _received(prepared: receiving.Prepared, key: str | None) -> ResponseReturnValue:
    person = guard.hold()
    if answer := once.answered(db.session(), person, key):
        return go(answer)
    uid = receiving.receive(db.session(), sender(), prepared)
    return go(once.answer(db.session(), person, key, f"|{url_for('supplied.show', file_uid=uid)}"))
