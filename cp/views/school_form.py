"""A school's own form: by its link alone, one question a page, each answer saved as it is given."""

from collections.abc import Callable
from functools import wraps
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
TEMPLATES = {
    SchoolQuestion.CONTACT: "school/contact.html",
    SchoolQuestion.SYSTEM: "school/system.html",
    SchoolQuestion.WISH: "school/wish.html",
    SchoolQuestion.STAFF: "school/staff.html",
    SchoolQuestion.TRAINING: "school/training.html",
    SchoolQuestion.SESSION: "school/session.html",
}
LINK = "/school/<school_token>"


def by_link(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """The view is handed what the link is good for; where nothing can be answered by it, that is the answer."""

    @wraps(view)
    def asked(school_token: str, **about: Any) -> ResponseReturnValue:
        held = school_links.find(db.session(), school_token, lock=request.method == "POST")
        return view(held, **about) if held is not None and held.state == "open" else _not_open(held)

    return asked


def _not_open(held: Held | None) -> ResponseReturnValue:
    """Why not, and what to do. What was sent just now is not kept."""
    lost = request.method == "POST"
    if held is None:
        return page("school/unknown.html", status=404, phone=accounts.help_phone(db.session()))
    if held.state == "agreed":
        return _page("school/done.html", held, lost=lost)
    return _page("school/ended.html", held, 410, lost=lost)


def _page(template: str, held: Held, status: int = 200, **values: Any) -> ResponseReturnValue:
    """`saved` is the number of the answer that was kept just now."""
    found, typed = answers.of(db.session(), held.organisation), request.args.get("saved")
    saved = next((number for one, number in NUMBERS.items() if str(number) == typed and one in found.saved), None)
    return page(template, status=status, held=held, found=found, saved=saved, token=_token(), **values)


def _token() -> str:
    return str((request.view_args or {})["school_token"])


@bp.get(LINK)
@by_link
@action(Act.ANSWER_AS_SCHOOL)
def start(held: Held) -> ResponseReturnValue:
    return _page("school/start.html", held, stopped="stopped" in request.args)


@bp.get(f"{LINK}/<int:number>")
@by_link
@action(Act.ANSWER_AS_SCHOOL)
def question(held: Held, number: int) -> ResponseReturnValue:
    asked, kind = _asked(number), held.organisation.kind
    kept = typed_of(asked, answers.of(db.session(), held.organisation))
    return _ask(held, number, form_of(asked, kind)(data=kept))


def _asked(number: int) -> SchoolQuestion:
    if not 1 <= number <= len(ASKED):
        abort(404)
    return ASKED[number - 1]


def _ask(held: Held, number: int, form: Question, status: int = 200) -> ResponseReturnValue:
    return _page(TEMPLATES[_asked(number)], held, status, form=form, number=number)


@bp.post(f"{LINK}/<int:number>")
@by_link
@action(Act.ANSWER_AS_SCHOOL)
def answer(held: Held, number: int) -> ResponseReturnValue:
    asked = _asked(number)
    form = form_of(asked, held.organisation.kind)(request.form)
    if not form.valid():
        return _ask(held, number, form, 422)
    again = held.link.finished_at is not None
    found = answering.keep(db.session(), held, asked, form.value(), g.request_id)
    db.commit()
    return redirect(_next(number, found, again=again), code=303)


def _next(number: int, found: Answers, *, again: bool) -> str:
    """The page after an answer: the next question without one, the end, or the answers where one was changed."""
    if again:
        return url_for(".check", school_token=_token(), saved=number)
    left = [NUMBERS[one] for one in ASKED if one not in found.saved]
    if not left:
        return url_for(".done", school_token=_token())
    following = min(left, key=lambda one: (one < number, one))
    return url_for(".question", school_token=_token(), number=following, saved=number)


@bp.get(f"{LINK}/answers")
@by_link
@action(Act.ANSWER_AS_SCHOOL)
def check(held: Held) -> ResponseReturnValue:
    return _page("school/answers.html", held)


@bp.get(f"{LINK}/done")
@by_link
@action(Act.ANSWER_AS_SCHOOL)
def done(held: Held) -> ResponseReturnValue:
    if held.link.finished_at is None:
        return redirect(url_for(".start", school_token=_token()), code=303)
    proposal = answers.proposal(answers.of(db.session(), held.organisation), held.organisation)
    by = calls_by(london_day(held.link.finished_at), clock.today())
    return _page("school/done.html", held, calls_by=by, proposal=proposal)


@bp.get(f"{LINK}/not-ours")
@by_link
@action(Act.ANSWER_AS_SCHOOL)
def not_ours(held: Held) -> ResponseReturnValue:
    return _page("school/not_ours.html", held)
