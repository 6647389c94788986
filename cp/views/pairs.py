"""Records to review: a supplied row beside a record, one pair after the other."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.pairs import PairForm
from cp.registry import action
from cp.services import once
from cp.services.changes import deciding
from cp.services.supply import reviewing, told_alone
from cp.terms import Act, PairAnswer
from cp.views.html import go, once_key, page

bp = Blueprint("pairs", __name__)
SAID = {
    "joined": "Joined. What the school said is on the record now.",
    "told_joined": "Joined. What was told is on the record now.",
    "made": "The record is made.",
    "beside": "It stands beside a record now: look at the pair.",
    "left_out": "No record is made of it. Whoever told you reads only that it was dealt with.",
    "apart": "Different children, kept apart for good.",
    "later": "It comes again after the others.",
    "waits": "It waits for a second person.",
    "over": "Somebody was faster, or the file was undone. Nothing has changed by your answer.",
}


def said_of_pairs(code: str | None) -> str:
    return SAID.get(code or "", "")


@bp.get("/review")
@action(Act.SEE_PAIRS)
def following() -> ResponseReturnValue:
    return _page(reviewing.following(db.session(), guard.me()), PairForm())


def _page(beside: reviewing.Beside | None, form: PairForm, status: int = 200) -> ResponseReturnValue:
    return page("pairs/show.html", block="pair", status=status, beside=beside, form=form, once=once_key(),
                told=told_alone.count(db.session(), guard.me()),
                changes=deciding.count(db.session(), guard.me()))  # fmt: skip


@bp.post("/review/<uuid:pair_uid>")
@action(Act.JUDGE_PAIR)
def answer(pair_uid: UUID) -> ResponseReturnValue:
    """The answer, then the next pair; a page that was sent twice is answered once."""
    session, person, key, form = db.session(), guard.me(), request.form.get("once"), PairForm(request.form)
    if said := once.answered(session, person, key):
        return go(said)
    if not form.valid():
        return _page(reviewing.show(session, person, pair_uid), form, 422)
    came = reviewing.answer(session, person, pair_uid, PairAnswer(form.answer.data or ""))
    return go(once.answer(session, person, key, f"{came}|{url_for('.following')}"))
