"""Two records of one child: found, compared, joined by one person or by two."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.fields import Asked
from cp.forms.identities import UNKNOWN_NUMBER, AnswerForm, OtherNumberForm, keep_form
from cp.registry import action
from cp.rules.number import shown
from cp.services import once
from cp.services.merging import comparing, deciding, joined, words
from cp.services.merging.deciding import AskerLeft
from cp.services.merging.moving import NothingToUndo
from cp.terms import Act
from cp.views.html import go, once_key, page, page_number, uuid_or_none

bp = Blueprint("merges", __name__)
ONE = "/children/<uuid:child_uid>/merge"
SAID = {
    "asked": "Asked. The records are joined once a second person agrees.",
    "waits": "Nothing has changed: these two records wait for a second person already.",
    "apart": "Nothing has changed: somebody has found these two to be two children.",
    "apart_before": "Nothing has changed: the two records were taken apart before.",
    "taken_out": "This is the new record, of what was moved. No file joins the two.",
    "out_before": "Nothing has changed: that was moved before, or nobody else says who this child is.",
    "declined": "The records are not joined, and nothing waits any longer.",
}


@bp.get("/children/merges")
@action(Act.PREPARE_MERGE)
def index() -> ResponseReturnValue:
    return page("merges/index.html", waiting=deciding.waiting(db.session(), guard.me(), page_number()), sentences=SAID)


@bp.get(ONE)
@action(Act.PREPARE_MERGE)
def prepare(child_uid: UUID) -> ResponseReturnValue:
    if other := uuid_or_none(request.args.get("other")):
        return _compare(child_uid, other)
    if merge_uid := uuid_or_none(request.args.get("joined")):
        return _apart(child_uid, merge_uid)
    if word := uuid_or_none(request.args.get("word")):
        return _out(child_uid, word)
    return _number(child_uid, OtherNumberForm())


def _number(child_uid: UUID, form: Asked, status: int = 200) -> ResponseReturnValue:
    here = joined.look(db.session(), guard.me(), child_uid)
    return page("merges/number.html", status=status, form=form, child_uid=child_uid, here=here,
                sentences=SAID)  # fmt: skip


def _apart(child_uid: UUID, merge_uid: UUID) -> ResponseReturnValue:
    """Asks once more; what was taken apart before is not there any longer."""
    here = joined.look(db.session(), guard.me(), child_uid)
    one = here.of(merge_uid)
    if one is None:
        return go(f"apart_before|{url_for('.prepare', child_uid=child_uid)}")
    return page("merges/apart.html", child_uid=child_uid, here=here, one=one)


def _compare(child_uid: UUID, other: UUID, form: Asked | None = None, refused: bool = False) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    pair = comparing.compare(session, person, child_uid, other)
    waits = deciding.of_pair(session, person, child_uid, other)
    if waits is None and isinstance(form, AnswerForm):
        form, refused = None, False  # somebody else has just answered
    numbers = {str(one.uid): shown(one.number) for one in (pair.this, pair.other)}
    form = form or (AnswerForm() if waits else keep_form(numbers)(request.form if refused else None))
    if refused:
        form.valid()
    return page("merges/compare.html", status=422 if refused else 200, form=form, pair=pair, waits=waits,
                once=request.form.get("once") or once_key())  # fmt: skip


def _out(child_uid: UUID, uid: UUID) -> ResponseReturnValue:
    here = joined.look(db.session(), guard.me(), child_uid)
    one = here.word(uid)
    if one is None:
        return go(f"out_before|{url_for('.prepare', child_uid=child_uid)}")
    return page("merges/out.html", child_uid=child_uid, here=here, one=one)


@bp.post(ONE)
@action(Act.MERGE)
def send(child_uid: UUID) -> ResponseReturnValue:
    if merge_uid := uuid_or_none(request.form.get("merge")):
        return _answer(child_uid, merge_uid)
    if merge_uid := uuid_or_none(request.form.get("joined")):
        return _take_apart(child_uid, merge_uid)
    if word := uuid_or_none(request.form.get("word")):
        return _take_out(child_uid, word)
    other = uuid_or_none(request.form.get("other"))
    return _join(child_uid, other) if other else _find(child_uid)


def _find(child_uid: UUID) -> ResponseReturnValue:
    form = OtherNumberForm(request.form)
    if not form.valid():
        return _number(child_uid, form, 422)
    joined.look(db.session(), guard.me(), child_uid)
    other = comparing.other_of(db.session(), guard.me(), child_uid, form.number.data)
    if other is None:
        form.number.errors.append(UNKNOWN_NUMBER)
        return _number(child_uid, form, 422)
    return go(f"|{url_for('.prepare', child_uid=child_uid, other=other)}")


def _join(child_uid: UUID, other: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    kept = uuid_or_none(request.form.get("keep"))
    if kept not in (child_uid, other):
        return _compare(child_uid, other, refused=True)
    came = deciding.join(session, person, kept, other if kept == child_uid else child_uid)
    where = url_for("children.show", child_uid=kept) if came == "joined" else url_for(".index")
    return go(once.answer(session, person, key, f"{came}|{where}"))


def _take_apart(child_uid: UUID, merge_uid: UUID) -> ResponseReturnValue:
    try:
        joined.take_apart(db.session(), guard.me(), child_uid, merge_uid)
    except NothingToUndo:
        return go(f"apart_before|{url_for('.prepare', child_uid=child_uid)}")
    return go(f"parted|{url_for('children.show', child_uid=child_uid)}")


def _take_out(child_uid: UUID, word: UUID) -> ResponseReturnValue:
    """On to the new record; a page that was sent twice says that it was done."""
    try:
        made = words.take_out(db.session(), guard.me(), child_uid, word)
    except NothingToUndo:
        return go(f"out_before|{url_for('.prepare', child_uid=child_uid)}")
    return go(f"taken_out|{url_for('.prepare', child_uid=made)}")


def _answer(child_uid: UUID, merge_uid: UUID) -> ResponseReturnValue:
    form, other = AnswerForm(request.form), uuid_or_none(request.form.get("other"))
    if form.valid():
        try:
            kept = deciding.answer(db.session(), guard.me(), (child_uid, merge_uid), agreed=form.answer.data == "agree")
        except AskerLeft:
            form.refuse("asker_left")
        else:
            return go(f"joined|{url_for('children.show', child_uid=kept)}" if kept else f"declined|{url_for('.index')}")
    return _compare(child_uid, other or child_uid, form, refused=True)
