"""The page that asks what a file's columns mean; a column that was not kept asks for the same file once more."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from cp import db, guard
from cp.feeds.columns import Meant, Why, problems_of_mapping
from cp.feeds.reading import read
from cp.feeds.sheet import Unreadable
from cp.forms.supply import ColumnsForm, as_guessed, columns_form
from cp.registry import action
from cp.services import once
from cp.services.supply import files, receiving, steering
from cp.services.supply.files import AColumn
from cp.services.supply.steering import NotNow
from cp.terms import Act, Column, SupplyState
from cp.views.html import go, once_key, page
from cp.views.supplied import FILE
from cp.views.supply import sender

bp = Blueprint("columns", __name__)
AGAIN = "Choose the same file again: of {} nothing was kept, because we did not know what it was"
OTHER_FILE = "That is another file. Choose the one that you have just sent"


@bp.get(f"{FILE}/columns")
@action(Act.SEE_FILE)
def show(file_uid: UUID) -> ResponseReturnValue:
    columns = files.columns(db.session(), guard.me(), file_uid)
    return _show(file_uid, columns, columns_form(columns)(data=as_guessed(columns)))


def _show(file_uid: UUID, columns: list[AColumn], form: ColumnsForm, status: int = 200) -> ResponseReturnValue:
    one = files.show(db.session(), guard.me(), file_uid)
    if one.state not in (SupplyState.COLUMNS, SupplyState.CHECKED):
        return go(f"not_now|{url_for('supplied.show', file_uid=file_uid)}")
    return page("supply/columns.html", status=status, one=one, columns=columns, form=form, once=once_key())


@bp.post(f"{FILE}/columns")
@action(Act.CONFIRM_COLUMNS)
def confirm(file_uid: UUID) -> ResponseReturnValue:
    """The rows are looked at before the database is held, unless a column's cells are kept first."""
    key = request.form.get("once")
    if answer := once.answered(db.session(), guard.me(), key):
        return go(answer)
    columns = files.columns(db.session(), guard.me(), file_uid)
    form = columns_form(columns)(CombinedMultiDict([request.files, request.form]), data=as_guessed(columns))
    meant, here = form.means(columns), url_for("supplied.show", file_uid=file_uid)
    if not (form.valid() and _fits(form, columns, meant) and _kept(file_uid, form, columns, meant)):
        return _show(file_uid, columns, form, 422)
    try:
        looked = steering.look(db.session(), guard.me(), file_uid, meant)
        person = guard.hold()
        if answer := once.answered(db.session(), person, key):
            return go(answer)
        steering.confirm(db.session(), person, file_uid, looked)
    except NotNow:
        return go(f"not_now|{here}")
    return go(once.answer(db.session(), person, key, f"|{here}"))


def _fits(form: ColumnsForm, columns: list[AColumn], meant: list[Column | None]) -> bool:
    """Whether a row can be read by it: a name and a date of birth, and nothing twice. If not, the form says why."""
    said = [Meant(one.heading, means, one.never, Why.BEFORE) for one, means in zip(columns, meant, strict=True)]
    for sentence in problems_of_mapping(said):
        form.tell(sentence, columns)
    return not form.problems


def _kept(file_uid: UUID, form: ColumnsForm, columns: list[AColumn], meant: list[Column | None]) -> bool:
    """Whether every column that means something was kept, or is kept now, from the same file sent once more."""
    lacking = [one.heading for one, means in zip(columns, meant, strict=True) if means and not one.kept]
    if not lacking:
        return True
    if form.again.data is None:
        form.again.errors.append(AGAIN.format(", ".join(f"“{heading}”" for heading in lacking)))
        return False
    data = form.again.data.read()
    try:
        sheet = read(data, form.again.data.filename)
        guard.hold()
        receiving.keep_again(db.session(), sender(), file_uid, sheet, data, meant)
    except Unreadable as problem:
        form.again.errors.append(str(problem))
    except receiving.AnotherFile:
        form.again.errors.append(OTHER_FILE)
    return not form.again.errors
