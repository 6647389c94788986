"""Overrides as the management team and the reviewers read them, and what a reviewer finds."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.overriding import OVERRIDE_ANSWERS, OVERRIDE_FOUND, OVERRIDE_REASONS, finding_form
from cp.registry import action
from cp.services import once
from cp.services.overriding import reviewing, telling
from cp.services.overriding.telling import State, Told
from cp.terms import Act, OverrideFinding, Part
from cp.views.html import go, once_key, page

bp = Blueprint("overrides", __name__, url_prefix="/overrides")
STATES = {
    State.WAITING: "Waiting for a finding",
    State.ASKED: "Waiting for the person’s answer",
    State.GONE_UP: "Gone up",
    State.CLOSED: "Closed",
}
SHOWN = {
    Part.OTHER_NAMES: "other names",
    Part.LOCATION: "addresses",
    Part.CARERS: "carers",
    Part.INVOLVEMENTS: "who works with the child",
    Part.OWN_SENSITIVE: "what their own service recorded",
}
RIGHT, NEED_ANSWER, NOT_RIGHT = OverrideFinding


@bp.get("")
@action(Act.SEE_OVERRIDES)
def index() -> ResponseReturnValue:
    waiting, closed = telling.of_authority(db.session(), guard.me())
    return page("overrides/index.html", waiting=waiting, closed=closed)


@bp.get("/<uuid:override_uid>")
@action(Act.SEE_OVERRIDES)
def show(override_uid: UUID) -> ResponseReturnValue:
    return _one(override_uid)


def _one(override_uid: UUID, status: int = 200) -> ResponseReturnValue:
    seen = reviewing.one(db.session(), guard.me(), override_uid)
    form = finding_form(_findings(seen.told))(request.form if status > 200 else None)
    if status > 200:
        form.valid()
    return page("overrides/show.html", status=status, seen=seen, one=seen.told, form=form,
                once=request.form.get("once") or once_key())  # fmt: skip


def _findings(told: Told) -> dict[str, str]:
    """What may be found; the person is asked once, while there is time to answer."""
    found = {
        RIGHT.value: OVERRIDE_FOUND[RIGHT],
        NEED_ANSWER.value: f"I need {called(told)}’s answer first",
        NOT_RIGHT.value: OVERRIDE_FOUND[NOT_RIGHT],
    }
    return {code: words for code, words in found.items() if code != NEED_ANSWER or reviewing.may_ask(told)}


@bp.post("/<uuid:override_uid>")
@action(Act.REVIEW_OVERRIDE)
def review(override_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    said = request.form.get("finding", "")
    if said not in list(OverrideFinding):
        return _one(override_uid, 422)
    done = reviewing.close(session, person, override_uid, OverrideFinding(said))
    where = url_for(".show", override_uid=override_uid) if done == "faster" else url_for(".index")
    return go(once.answer(session, person, key, f"override_{done}:{override_uid}|{where}#said"))


def called(told: Told) -> str:
    return told.name.split(" ")[0]


def shown_said(shown: tuple[Part, ...]) -> str:
    """Addresses, carers, who works with the child."""
    return ", ".join(SHOWN.get(part, "numbers of other bodies") for part in shown).capitalize()


def said_of_overrides(code: str | None, told: list[Told]) -> str:
    """What was done just now, to one of these."""
    name, _, about = (code or "").partition(":")
    one = next((one for one in told if str(one.uid) == about), None)
    if one is None:
        return ""
    return {
        "override_closed": f"{one.reference} is closed.",
        "override_asked": f"{one.name} is asked for an answer to {one.reference}.",
        "override_faster": "Another reviewer was faster. What they found is below.",
        "override_answered": f"Your answer to {one.reference} is kept. The reviewer reads it.",
        "override_late": f"Nothing has changed: {one.reference} waits for no answer of yours.",
    }.get(name, "")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        OVERRIDE_REASONS=OVERRIDE_REASONS, OVERRIDE_ANSWERS=OVERRIDE_ANSWERS, OVERRIDE_FOUND=OVERRIDE_FOUND,
        OVERRIDE_STATES=STATES, shown_said=shown_said, said_of_overrides=said_of_overrides, called_of=called,
    )  # fmt: skip
