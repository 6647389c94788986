"""The four-month review on one page: keep or remove, some now and the rest later."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.accounts import SENTENCES
from cp.registry import action
from cp.services.managing import reviewing
from cp.services.managing.problems import Problem
from cp.terms import Act
from cp.views.html import go, page, uuid_or_none
from cp.views.managing import bp

NOTHING = "Nothing is chosen. Choose keep or remove for at least one person"
FIELD = "answer-"
ANSWERS = {"keep": True, "remove": False}


@bp.get("/accounts/review")
@action(Act.SEE_ACCOUNT_REVIEW)
def review() -> ResponseReturnValue:
    return _page(None, {})


def _page(problem: str | None, chosen: dict[UUID, bool], status: int = 200) -> ResponseReturnValue:
    found = reviewing.show(db.session(), guard.me())
    return page("accounts/review.html", status=status, round=found, problem=problem, chosen=chosen)


@bp.post("/accounts/review")
@action(Act.REVIEW_ACCOUNTS)
def save_review() -> ResponseReturnValue:
    chosen = _chosen()
    if not chosen:
        return _page(NOTHING, {}, 422)
    try:
        saved = reviewing.answer(db.session(), guard.me(), chosen)
    except Problem as problem:
        return _page(SENTENCES[problem.code].format(name=problem.name), chosen, 422)
    said = f"saved:{saved.answered}.{saved.overtaken}"
    return go(f"{said}|{url_for('.review')}")


def _chosen() -> dict[UUID, bool]:
    """The answers given; whatever else was sent is none."""
    found = {}
    for name in request.form:
        uid = uuid_or_none(name.removeprefix(FIELD)) if name.startswith(FIELD) else None
        said = ANSWERS.get(request.form[name])
        if uid and said is not None:
            found[uid] = said
    return found
