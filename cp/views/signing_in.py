"""Getting in and out: email and password, a code, the two minutes before the end, signing out."""

from flask import Blueprint, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.overriding import OverrideWithCodeForm
from cp.forms.signing_in import WRONG, CodeForm, SignInForm, role_form
from cp.registry import action
from cp.services import accounts, audit, drafts, factors, roles, sessions, signing_in, who
from cp.services.signing_in import Where
from cp.terms import Act, Role
from cp.views import enrolment
from cp.views.homes import home_of
from cp.views.html import page
from cp.views.words import working_as

bp = Blueprint("signing_in", __name__)
WAIT = "Wait {minutes} and try again, or call your account manager"
WRONG_CODE = "Enter the code your app shows now, or another printed code"


def where() -> Where:
    demonstration = current_app.extensions["config"].demonstration
    return Where(request.remote_addr or "", g.request_id, demonstration)


@bp.get("/sign-in")
@action(Act.SIGN_IN)
def new() -> ResponseReturnValue:
    if person := guard.actor():
        return redirect(url_for(home_of(person.role)), code=303)
    return _form(SignInForm())


def _form(form: SignInForm, status: int = 200) -> ResponseReturnValue:
    """With why the last session ended, and whether something typed is waiting."""
    found = guard.found()
    kept_until = drafts.waiting(db.session(), guard.form_token_hash()) if found else None
    ended = request.args.get("ended") if not found else (found.ended or "pending" if not found.actor else None)
    return page("signing_in/new.html", status=status, form=form, ended=ended, kept_until=kept_until,
                ended_at=found and found.ended_at)  # fmt: skip


@bp.post("/sign-in")
@action(Act.SIGN_IN)
def create() -> ResponseReturnValue:
    form = SignInForm(request.form)
    if not form.valid():
        return _form(form, 422)
    answer = signing_in.give_password(db.session(), form.email.data, form.password.data, where())
    if answer.token is None:
        wait = answer.wait
        form.email.errors.append(wait_said(wait) if wait else WRONG)
        return _form(form, 429 if wait else 422)
    earlier = guard.form_token_hash()
    session.start(answer.token)  # type: ignore[attr-defined]
    drafts.hand_on(db.session(), earlier, guard.form_token_hash())
    db.commit()
    return redirect(url_for(".code"), code=303)


def wait_said(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return WAIT.format(minutes=f"{minutes} minutes" if minutes > 1 else "a minute")


@bp.get("/sign-in/code")
@action(Act.GIVE_CODE)
def code() -> ResponseReturnValue:
    found = _pending()
    if found is None:
        return redirect(url_for(".new"), code=303)
    if not factors.has_authenticator(db.session(), found.account_id):
        return redirect(url_for(".enrol"), code=303)
    return _code(found, CodeForm())


def _code(found: who.Found, form: CodeForm, status: int = 200) -> ResponseReturnValue:
    """With whom to ask: the password has said whose account it is."""
    manager = accounts.manager_of(db.session(), found.account_id)
    return page("signing_in/code.html", status=status, form=form, manager=manager)


@bp.post("/sign-in/code")
@action(Act.GIVE_CODE)
def check() -> ResponseReturnValue:
    found = _pending()
    if found is None:
        return redirect(url_for(".new"), code=303)
    form = CodeForm(request.form)
    if not form.valid():
        return _code(found, form, 422)
    answer = signing_in.give_code(db.session(), found, form.code.data, where())
    if answer.token is None:
        return _code(found, form, refuse_code(form, answer))
    earlier = guard.form_token_hash()
    session.start(answer.token)  # type: ignore[attr-defined]
    drafts.hand_on(db.session(), earlier, guard.form_token_hash())
    if answer.choosing:
        db.commit()
        return redirect(url_for(".role"), code=303)
    return enter(found.account_id, url_for(home_of(found.role)))


def refuse_code(form: CodeForm | OverrideWithCodeForm, answer: signing_in.Answer) -> int:
    """Say why the code does not count. Answers the status."""
    form.code.errors.append(wait_said(answer.wait) if answer.wait else WRONG_CODE)
    form.code.typed = ""
    return 429 if answer.wait else 422


def enter(account_id: int, otherwise: str) -> ResponseReturnValue:
    """Signed in: back to what was typed before, where something was, else to this page."""
    kept = drafts.claim(db.session(), account_id, guard.form_token_hash())
    db.commit()
    if kept:
        path, draft_uid = kept
        return redirect(f"{path}?draft={draft_uid}#said", code=303)
    return redirect(otherwise, code=303)


@bp.get("/sign-in/role")
@action(Act.CHOOSE_ROLE)
def role() -> ResponseReturnValue:
    found = guard.found()
    if found is None or not found.choosing:
        return redirect(url_for(".new"), code=303)
    return page("signing_in/role.html", form=role_form(_roles(found))())


@bp.post("/sign-in/role")
@action(Act.CHOOSE_ROLE)
def choose() -> ResponseReturnValue:
    found = guard.found()
    if found is None or not found.choosing:
        return redirect(url_for(".new"), code=303)
    form = role_form(_roles(found))(request.form)
    if not form.valid():
        return page("signing_in/role.html", status=422, form=form)
    chosen = Role(form.role.data)
    signing_in.choose_role(db.session(), found, chosen, where())
    return enter(found.account_id, url_for(home_of(chosen)))


def _roles(found: who.Found) -> dict[str, str]:
    """What the person may choose today, in words."""
    held = roles.choices(db.session(), found.account_id)
    return {role.value: working_as(role, principal) for role, principal in held.items()}


def _pending() -> who.Found | None:
    """The session that waits for its code; not one that waited longer than ten minutes."""
    found = guard.found()
    if found is None or not found.pending:
        return None
    return found if clock.now() - found.started_at < sessions.CODE_WITHIN else None


@bp.get("/sign-in/authenticator")
@action(Act.GIVE_CODE)
def enrol() -> ResponseReturnValue:
    """The first time: nobody gets in with a password alone."""
    found = _pending()
    if found is None or factors.has_authenticator(db.session(), found.account_id):
        return redirect(url_for(".code" if found else ".new"), code=303)
    return enrolment.show(found.account_id, CodeForm(), url_for(".enrolled"))


@bp.post("/sign-in/authenticator")
@action(Act.GIVE_CODE)
def enrolled() -> ResponseReturnValue:
    found = _pending()
    if found is None or factors.has_authenticator(db.session(), found.account_id):
        return redirect(url_for(".code" if found else ".new"), code=303)
    form = CodeForm(request.form)
    if not form.valid() or not enrolment.confirmed(found.account_id, form):
        form.code.errors[:] = ["Enter the 6 numbers your app shows now"]
        return enrolment.show(found.account_id, form, url_for(".enrolled"), status=422)
    return show_codes(found)


def show_codes(found: who.Found) -> ResponseReturnValue:
    """Somebody has set up their authenticator: signed in, with ten printed codes to keep."""
    codes = signing_in.enrolled(db.session(), found, where())
    session.start(codes.token)  # type: ignore[attr-defined]
    onward = url_for(".role") if codes.choosing else url_for("account.show" if codes.opened else home_of(found.role))
    return page("account/codes.html", codes=codes.printed, onward=onward)


@bp.post("/sign-in/clear")
@action(Act.SIGN_IN)
def clear() -> ResponseReturnValue:
    """ "Not you?": what was typed before is thrown away, unread."""
    drafts.clear(db.session(), guard.form_token_hash())
    return _leave(url_for(".new"))


@bp.post("/sign-in/stay")
@action(Act.STAY_SIGNED_IN)
def stay() -> ResponseReturnValue:
    return page("base.html", block="session_warning") if guard.is_block() else _back()


def _back() -> ResponseReturnValue:
    db.commit()
    return redirect(url_for(home_of(guard.me().role)), code=303)


@bp.post("/sign-out")
@action(Act.SIGN_OUT)
def sign_out() -> ResponseReturnValue:
    return _leave(url_for(".new", ended="signed_out", _anchor="said"))


def _leave(where: str) -> ResponseReturnValue:
    """The session ends at the server, and the browser keeps nothing of it."""
    if found := guard.found():
        sessions.end(db.session(), found.session_id, "signed_out", clock.now())
    if person := guard.actor():  # a session that had ended, or waited for its code, was nobody's
        audit.record(db.session(), person, Act.SIGN_OUT)
    session.stop()  # type: ignore[attr-defined]
    db.commit()
    response = redirect(where, code=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
