"""A link that was handed over: choose a password, or set up a new authenticator in place of a lost one."""

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.passwords import SENTENCES, WRONG, ChosenForm, PresentForm
from cp.forms.signing_in import CodeForm
from cp.registry import action
from cp.services import accounts, joining, links, passwords, sessions, signing_in
from cp.terms import Act, LinkKind
from cp.views import enrolment
from cp.views.html import page
from cp.views.signing_in import show_codes, wait_said, where

bp = Blueprint("joining", __name__)


@bp.get("/join/<token>")
@action(Act.USE_LINK)
def link(token: str) -> ResponseReturnValue:
    held = links.find(db.session(), token)
    if held is None:
        return _spent()
    return _ask(token, held, PresentForm() if held.kind is LinkKind.FACTOR else ChosenForm())


def _spent() -> ResponseReturnValue:
    """Unknown, used or late: the same answer."""
    return page("joining/spent.html", status=404, phone=accounts.help_phone(db.session()))


def _ask(token: str, held: links.Held, form: ChosenForm | PresentForm, status: int = 200) -> ResponseReturnValue:
    if not joining.ready(db.session(), held):
        return page("joining/not_ready.html", held=held)
    return page("joining/password.html", status=status, form=form, held=held, token=token)


@bp.post("/join/<token>")
@action(Act.USE_LINK)
def use(token: str) -> ResponseReturnValue:
    held = links.find(db.session(), token)
    if held is None:
        return _spent()
    if held.kind is LinkKind.FACTOR:
        return _prove(token, held)
    form = ChosenForm(request.form)
    if not form.valid() or not joining.ready(db.session(), held):
        return _ask(token, held, form, 422)
    if refusal := passwords.problem(db.session(), held.account, form.password.data):
        form.password.errors.append(SENTENCES[refusal])
        return _ask(token, held, form, 422)
    begun = joining.choose_password(db.session(), held, form.password.data, where())
    return _half_way(begun, url_for("signing_in.code")) if begun else _spent()


def _half_way(token: str, to: str) -> ResponseReturnValue:
    """The browser is this person's from now on, who has still to give a code; whoever used it before is signed out."""
    if found := guard.found():
        sessions.end(db.session(), found.session_id, "signed_out", clock.now())
    session.start(token)  # type: ignore[attr-defined]
    db.commit()
    return redirect(to, code=303)


def _prove(token: str, held: links.Held) -> ResponseReturnValue:
    """A lost authenticator: the link alone is not enough."""
    form = PresentForm(request.form)
    if not form.valid():
        return _ask(token, held, form, 422)
    answer = signing_in.give_password(db.session(), held.account.email, form.password.data, where())
    if answer.token is None:
        form.password.errors.append(wait_said(answer.wait) if answer.wait else WRONG)
        return _ask(token, held, form, 429 if answer.wait else 422)
    return _half_way(answer.token, url_for(".authenticator", token=token))


@bp.get("/join/<token>/authenticator")
@action(Act.USE_LINK)
def authenticator(token: str) -> ResponseReturnValue:
    held = links.find(db.session(), token)
    if held is None or not joining.may_enrol(held, guard.found()):
        return redirect(url_for(".link", token=token), code=303)
    return enrolment.show(held.account.id, CodeForm(), url_for(".enrol", token=token))


@bp.post("/join/<token>/authenticator")
@action(Act.USE_LINK)
def enrol(token: str) -> ResponseReturnValue:
    held, found = links.find(db.session(), token), guard.found()
    if held is None or found is None or not joining.may_enrol(held, found):
        return redirect(url_for(".link", token=token), code=303)
    form = CodeForm(request.form)
    if not form.valid() or not enrolment.confirmed(held.account.id, form):
        form.code.errors[:] = ["Enter the 6 numbers your app shows now"]
        return enrolment.show(held.account.id, form, url_for(".enrol", token=token), status=422)
    if not joining.use(db.session(), held, where()):
        db.rollback()
        return _spent()
    return show_codes(found)
