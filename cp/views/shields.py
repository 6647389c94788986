"""The management team's pages of shields: set one, look at it again, lift it by two people, see them all."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.shields import GROUNDS, OTHERS, WHO_ASKED, KeepForm, ShieldForm, said_of_other, shield_form
from cp.registry import action
from cp.rules.shielding import review_by
from cp.services import once
from cp.services.shielding import lifting, listing, setting
from cp.services.shielding.lifting import NotAsked, NotShielded, Standing
from cp.services.shielding.setting import OthersChanged
from cp.terms import Act
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, page_number, uuid_or_none
from cp.views.words import plural

bp = Blueprint("shields", __name__)
SAID = {
    "already": "This record was shielded already. Nothing has changed.",
    "kept": "The shield is kept. You are its owner.",
    "lift_mine": "You have asked to lift the shield. Another of the management team must agree.",
    "lift_to_agree": "Somebody was faster and has asked already. It needs only your agreement.",
    "lift_back": "You no longer ask to lift the shield. It stays.",
    "lift_unasked": "Nobody asks to lift this shield any longer. Nothing has changed.",
    "lifted": "The shield is lifted.",
    "not_shielded": "This record is not shielded now. Nothing has changed.",
}


def said_of_shields(code: str | None) -> str:
    """The sentence of what was done; it names nobody."""
    name, _, count = (code or "").partition(":")
    if name == "shielded":
        return f"{plural(int(count), 'record is', 'records are')} shielded."
    return SAID.get(name, "")


@bp.get("/shields")
@action(Act.SEE_SHIELDS)
def index() -> ResponseReturnValue:
    found = listing.shielded(db.session(), guard.me(), page_number())
    return page("shields/index.html", found=found)


@bp.get("/children/<uuid:child_uid>/shield")
@action(Act.PREPARE_SHIELD)
def new(child_uid: UUID) -> ResponseReturnValue:
    return _new(child_uid)


def _new(child_uid: UUID, status: int = 200) -> ResponseReturnValue:
    typed = restored() if status == 200 else request.form
    about = setting.show(db.session(), guard.me(), child_uid)
    if about.already:
        return go(f"already|{url_for('.keeping', child_uid=child_uid)}")
    form = _form(about)(typed, data={"review": review_by(clock.today())})
    if status == 422:
        form.valid()
    return page("shields/new.html", status=status, form=form, about=about, restored=status == 200 and typed is not None,
                once=request.form.get("once") or once_key())  # fmt: skip


def _form(about: setting.Asked) -> type[ShieldForm]:
    shown = (uuid_or_none(one) for one in request.form.get(OTHERS, "").split())
    return shield_form(about.others, [one for one in shown if one])


@bp.post("/children/<uuid:child_uid>/shield")
@action(Act.SHIELD)
def create(child_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    about = setting.asked(session, person, child_uid, Act.SHIELD)
    form = _form(about)(request.form)
    if not about.already and not form.valid():
        return _new(child_uid, 422)
    try:
        count = 0 if about.already else setting.set_with_others(session, person, child_uid, form.wish())
    except OthersChanged:
        return _new(child_uid, 422)
    code = f"shielded:{count}" if count else "already"
    return go(once.answer(session, person, key, f"{code}|{url_for('.index')}"))


@bp.get("/children/<uuid:child_uid>/shield/keep")
@action(Act.PREPARE_SHIELD)
def keeping(child_uid: UUID) -> ResponseReturnValue:
    typed = restored()
    return _keeping(child_uid, KeepForm(typed, data={"review": review_by(clock.today())}))


def _keeping(child_uid: UUID, form: KeepForm, status: int = 200) -> ResponseReturnValue:
    try:
        one = lifting.show(db.session(), guard.me(), child_uid)
    except NotShielded:
        return _not_shielded()
    return page("shields/keep.html", status=status, form=form, one=one, once=request.form.get("once") or once_key())


def _not_shielded() -> ResponseReturnValue:
    return go(f"not_shielded|{url_for('.index')}")


@bp.post("/children/<uuid:child_uid>/shield/keep")
@action(Act.KEEP_SHIELD)
def keep(child_uid: UUID) -> ResponseReturnValue:
    session, person, key, form = db.session(), guard.me(), request.form.get("once"), KeepForm(request.form)
    if answer := once.answered(session, person, key):
        return go(answer)
    if not form.valid():
        return _keeping(child_uid, form, 422)
    try:
        lifting.keep(session, person, child_uid, form.review_on())
    except NotShielded:
        return _not_shielded()
    return go(once.answer(session, person, key, f"kept|{url_for('.index')}"))


@bp.get("/children/<uuid:child_uid>/shield/lift")
@action(Act.PREPARE_SHIELD)
def lifting_page(child_uid: UUID) -> ResponseReturnValue:
    try:
        one = lifting.show(db.session(), guard.me(), child_uid)
    except NotShielded:
        return _not_shielded()
    return page("shields/lift.html", one=one, once=once_key())


@bp.post("/children/<uuid:child_uid>/shield/lift")
@action(Act.LIFT_SHIELD)
def lift(child_uid: UUID) -> ResponseReturnValue:
    """Whichever button was pressed; one that is not on the page does nothing but show it again."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    here = url_for(".lifting_page", child_uid=child_uid)
    try:
        code = _lift(child_uid, request.form.get("step"))
    except NotShielded:
        return _not_shielded()
    except NotAsked:
        return go(f"lift_unasked|{here}")
    if code in ("", f"lift_{Standing.TO_AGREE}"):
        return go(f"{code}|{here}")
    return go(once.answer(session, person, key, f"{code}|{url_for('.index')}"))


def _lift(child_uid: UUID, step: str | None) -> str:
    session, person = db.session(), guard.me()
    match step:
        case "ask":
            return f"lift_{lifting.ask(session, person, child_uid)}"
        case "back":
            lifting.take_back(session, person, child_uid)
            return "lift_back"
        case "agree":
            lifting.lift(session, person, child_uid)
            return "lifted"
    lifting.show(session, person, child_uid)
    return ""


def init_app(app: Flask) -> None:
    app.jinja_env.filters["said_of_other"] = said_of_other
    app.jinja_env.globals.update(
        said_of_shields=said_of_shields, SHIELD_GROUNDS=GROUNDS, WHO_ASKED=WHO_ASKED,
    )  # fmt: skip
    app.register_blueprint(bp)
