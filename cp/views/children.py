"""A record: opened with a reason, read, printed."""

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.reason import ReasonForm
from cp.registry import action
from cp.services import children, looking_up
from cp.services.children import ReasonNeeded
from cp.terms import Act, Reason
from cp.views.html import page, uuid_or_none

bp = Blueprint("children", __name__, url_prefix="/children/<uuid:child_uid>")


@bp.get("")
@action(Act.OPEN_RECORD)
def show(child_uid: UUID) -> ResponseReturnValue:
    if guard.from_elsewhere():
        raise ReasonNeeded
    record = children.open_record(
        db.session(), guard.me(), child_uid, search_uid=uuid_or_none(request.args.get("from"))
    )
    mine, over = request.args.get("from") == "mine", request.args.get("over") == "time"
    return page("children/show.html", block="involvements", record=record, just="", mine=mine, over=over)


@bp.get("/why")
@action(Act.SEE_REASON)
def why(child_uid: UUID) -> ResponseReturnValue:
    return _why(child_uid, ReasonForm())


def _why(child_uid: UUID, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    children.ask_why(db.session(), guard.me(), child_uid)
    used = looking_up.count(db.session(), guard.me())
    return page("children/why.html", status=status, form=form, child_uid=child_uid, used=used)


@bp.post("")
@action(Act.OPEN_RECORD)
def give_reason(child_uid: UUID) -> ResponseReturnValue:
    form = ReasonForm(request.form)
    if not form.valid():
        return _why(child_uid, form, 422)
    children.give_reason(db.session(), guard.me(), child_uid, Reason(str(form.reason.data)))
    db.commit()
    return redirect(url_for(".show", child_uid=child_uid), code=303)


@bp.get("/print")
@action(Act.PRINT_RECORD)
def printed(child_uid: UUID) -> ResponseReturnValue:
    record = children.open_record(db.session(), guard.me(), child_uid, act=Act.PRINT_RECORD)
    return page("children/print.html", record=record, at=clock.now())


def again(child_uid: UUID, just: str) -> ResponseReturnValue:
    """The block of the record that a change to it swaps; `just` is the code of what was done."""
    record = children.open_record(db.session(), guard.me(), child_uid)
    return page("children/show.html", block="involvements", record=record, just=just)
