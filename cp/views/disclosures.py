"""What is given out of the system: asked for, approved by another person, handed over, and in the register."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.disclosing import GROUNDS, IDENTITY, PARTS, AnswerForm, DisclosureForm, disclosure_form
from cp.registry import action
from cp.services import disclosing, once
from cp.services.disclosing import Problem
from cp.terms import Act, Part
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, page_number, spreadsheet

bp = Blueprint("disclosures", __name__, url_prefix="/disclosures")
of_record = Blueprint("disclosing", __name__, url_prefix="/children/<uuid:child_uid>/disclose")
SAID = {
    "disclosure_asked": "It is in the register. Nothing is given out before it is approved.",
    "disclosure_approve": "You approved it. You both can show and print it for 7 days.",
    "disclosure_decline": "You declined it. Nothing is given out.",
}


@bp.get("")
@action(Act.SEE_DISCLOSURES)
def index() -> ResponseReturnValue:
    return page("disclosures/index.html", found=disclosing.register(db.session(), guard.me(), page_number()))


@bp.get("/all.csv")
@action(Act.EXPORT_DISCLOSURES)
def export_csv() -> ResponseReturnValue:
    return spreadsheet("disclosures", disclosing.table(db.session(), guard.me()))


@of_record.get("", endpoint="new")
@action(Act.PREPARE_DISCLOSURE)
def new(child_uid: UUID) -> ResponseReturnValue:
    return _new(child_uid)


def _new(child_uid: UUID, refused: str | None = None) -> ResponseReturnValue:
    """`refused`: a code of the rule, or nothing where the form says it itself."""
    about = disclosing.prepare(db.session(), guard.me(), child_uid)
    form = _form(about)(restored() if refused is None else request.form)
    if refused is not None and form.valid():
        form.refuse(refused)
    back = refused is None and "draft" in request.args
    return page("disclosures/new.html", status=200 if refused is None else 422, form=form, about=about, restored=back,
                once=request.form.get("once") or once_key())  # fmt: skip


def _form(about: disclosing.Preparing) -> type[DisclosureForm]:
    return disclosure_form({str(one.uid): one.name for one in about.colleagues})


@of_record.post("")
@action(Act.ASK_DISCLOSURE)
def create(child_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = _form(disclosing.prepare(session, person, child_uid))(request.form)
    if not form.valid():
        return _new(child_uid, "")
    try:
        uid = disclosing.ask(session, person, child_uid, form.wish())
    except Problem as problem:
        return _new(child_uid, problem.code)
    where = url_for("disclosures.show", disclosure_uid=uid)
    return go(once.answer(session, person, key, f"disclosure_asked|{where}"))


@bp.get("/<uuid:disclosure_uid>")
@action(Act.SEE_DISCLOSURE)
def show(disclosure_uid: UUID) -> ResponseReturnValue:
    return _show(disclosure_uid, AnswerForm(restored()))


def _show(disclosure_uid: UUID, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    one = disclosing.one(db.session(), guard.me(), disclosure_uid)
    return page("disclosures/show.html", status=status, one=one, form=form)


@bp.post("/<uuid:disclosure_uid>")
@action(Act.ANSWER_DISCLOSURE)
def answer(disclosure_uid: UUID) -> ResponseReturnValue:
    form = AnswerForm(request.form)
    if not form.valid():
        return _show(disclosure_uid, form, 422)
    said = str(form.answer.data)
    try:
        disclosing.answer(db.session(), guard.me(), disclosure_uid, approved=said == "approve")
    except Problem as problem:
        form.refuse(problem.code)
        return _show(disclosure_uid, form, 422)
    return go(f"disclosure_{said}|{url_for('.show', disclosure_uid=disclosure_uid)}")


@bp.get("/<uuid:disclosure_uid>/given")
@action(Act.SEE_DISCLOSED)
def given(disclosure_uid: UUID) -> ResponseReturnValue:
    found = disclosing.given(db.session(), guard.me(), disclosure_uid)
    parts = frozenset(part.value for part in found.parts)
    return page("disclosures/given.html", entry=found.entry, parts=parts, record=found.record, at=clock.now())


def parts_said(parts: tuple[Part, ...]) -> list[str]:
    """In the words of the form that asked for them."""
    return [IDENTITY if part is Part.IDENTITY else PARTS[part.value] for part in parts]


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(DISCLOSURE_GROUNDS=GROUNDS, DISCLOSURE_SAID=SAID, parts_said=parts_said)
