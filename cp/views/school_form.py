"""A school's own form: by its link alone, one question a page, each answer saved as it is given."""

from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db
from cp.forms.school import Question, form_of, typed_of
from cp.registry import action
from cp.rules.days import london_day
from cp.rules.school_links import calls_by
from cp.services import accounts
from cp.services.implementation import answering, answers, school_links
from cp.services.implementation.answers import Answers
from cp.services.implementation.school_links import Held
from cp.terms import Act, SchoolQuestion
from cp.views.html import page
from cp.views.school_words import NUMBERS

bp = Blueprint("school_form", __name__)
ASKED = tuple(SchoolQuestion)
LINK = "/school/<school_token>"


class NotOpen(Exception):
    """Nothing can be answered by this link; `held` is None where there never was such a link."""

    def __init__(self, held: Held | None) -> None:
        super().__init__()
        self.held = held


@bp.errorhandler(NotOpen)
def not_open(problem: NotOpen) -> ResponseReturnValue:
    """Why not, and what to do. What was sent just now is not kept."""
    held, lost = problem.held, request.method == "POST"
    if held is None:
        return page("school/unknown.html", status=404, phone=accounts.help_phone(db.session()))
    if held.state == "agreed":
        return _page("done", held, lost=lost)
    return _page("ended", held, 410, lost=lost)


def _open(token: str, *, lock: bool = False) -> Held:
    """Raises NotOpen."""
    held = school_links.find(db.session(), token, lock=lock)
    if held is None or held.state != "open":
        raise NotOpen(held)
    return held


def _page(name: str, held: Held, status: int = 200, **values: Any) -> ResponseReturnValue:
    """`saved` is the number of the answer that was kept just now."""
    found, typed = answers.of(db.session(), held.organisation), request.args.get("saved")
    saved = next((number for one, number in NUMBERS.items() if str(number) == typed and one in found.saved), None)
    token = (request.view_args or {})["school_token"]
    return page(f"school/{name}.html", status=status, held=held, found=found, saved=saved, token=token, **values)


@bp.get(LINK)
@action(Act.ANSWER_AS_SCHOOL)
def start(school_token: str) -> ResponseReturnValue:
    return _page("start", _open(school_token), stopped="stopped" in request.args)


@bp.get(f"{LINK}/<int:number>")
@action(Act.ANSWER_AS_SCHOOL)
def question(school_token: str, number: int) -> ResponseReturnValue:
    held, asked = _open(school_token), _asked(number)
    kept = typed_of(asked, answers.of(db.session(), held.organisation))
    return _ask(held, number, form_of(asked, held.organisation.kind)(data=kept))


def _asked(number: int) -> SchoolQuestion:
    if not 1 <= number <= len(ASKED):
        abort(404)
    return ASKED[number - 1]


def _ask(held: Held, number: int, form: Question, status: int = 200) -> ResponseReturnValue:
    return _page(_asked(number), held, status, form=form, number=number)


@bp.post(f"{LINK}/<int:number>")
@action(Act.ANSWER_AS_SCHOOL)
def answer(school_token: str, number: int) -> ResponseReturnValue:
    held, asked = _open(school_token, lock=True), _asked(number)
    form = form_of(asked, held.organisation.kind)(request.form)
    if not form.valid():
        return _ask(held, number, form, 422)
    again = held.link.finished_at is not None
    found = answering.keep(db.session(), held, asked, form.value(), g.request_id)
    db.commit()
    return redirect(_next(school_token, number, found, again=again), code=303)


def _next(token: str, number: int, found: Answers, *, again: bool) -> str:
    """The page after an answer: the next question without one, the end, or the answers where one was changed."""
    if again:
        return url_for(".check", school_token=token, saved=number)
    left = [NUMBERS[one] for one in ASKED if one not in found.saved]
    if not left:
        return url_for(".done", school_token=token)
    following = min(left, key=lambda one: (one < number, one))
    return url_for(".question", school_token=token, number=following, saved=number)


@bp.get(f"{LINK}/answers")
@action(Act.ANSWER_AS_SCHOOL)
def check(school_token: str) -> ResponseReturnValue:
    return _page("answers", _open(school_token))


@bp.get(f"{LINK}/done")
@action(Act.ANSWER_AS_SCHOOL)
def done(school_token: str) -> ResponseReturnValue:
    held = _open(school_token)
    if held.link.finished_at is None:
        return redirect(url_for(".start", school_token=school_token), code=303)
    proposal = answers.proposal(answers.of(db.session(), held.organisation), held.organisation)
    by = calls_by(london_day(held.link.finished_at), clock.today())
    return _page("done", held, calls_by=by, proposal=proposal)


@bp.get(f"{LINK}/not-ours")
@action(Act.ANSWER_AS_SCHOOL)
def not_ours(school_token: str) -> ResponseReturnValue:
    held = school_links.find(db.session(), school_token)
    if held is None:
        raise NotOpen(None)
    return _page("not_ours", held)
