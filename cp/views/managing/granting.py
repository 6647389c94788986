"""Roles and rights: given, ended, agreed to by a second manager."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.accounts import AccountForm, Post, grant_form, what_form
from cp.models import Account, Organisation
from cp.registry import action
from cp.rules.conditions import takes_two
from cp.rules.eligibility import posts_at
from cp.services import audit
from cp.services.managing import approving, granting, holders, inviting, staff
from cp.services.managing.problems import Problem
from cp.terms import Act, OrganisationKind, Right, Role
from cp.views.drafts import restored
from cp.views.html import go, page
from cp.views.managing import bp
from cp.views.managing.inviting import wish_of
from cp.views.managing.people import back_to
from cp.views.managing.words import RIGHTS, WHAT_THEY_DO
from cp.views.words import ROLES


@bp.get("/accounts/<uuid:account_uid>/grant")
@action(Act.SEE_ONE_ACCOUNT)
def giving(account_uid: UUID) -> ResponseReturnValue:
    account = holders.find(db.session(), guard.me(), account_uid, Act.SEE_ONE_ACCOUNT)
    typed = restored()
    answers = typed or request.args
    what = _what(account, answers.get("what"))
    if what is None:
        return _ask_what(account)
    return _ask_post(account, what, _form(account, what)(typed))


def _choices(account: Account) -> dict[str, str]:
    """What this manager could give here, but for what is held already."""
    session, person = db.session(), guard.me()
    place = session.get_one(Organisation, account.organisation_id)
    held = granting.running(session, account)
    roles = {
        role.value: WHAT_THEY_DO[role]
        for role in inviting.roles_at(person, place)
        if role not in held and holders.may(person, Act.SEE_ONE_ACCOUNT, holders.holder_of(session, account, role))
    }
    overrides = Role.PRACTITIONER in held and not granting.overrides(session, account)
    words = f"{RIGHTS[Right.OVERRIDE]}: takes two managers"
    return roles | ({Right.OVERRIDE.value: words} if overrides else {})


def _what(account: Account, said: str | None) -> Role | Right | None:
    choices = _choices(account)
    return next((one for one in (*Role, *Right) if one.value == said and said in choices), None)


def _kind(account: Account) -> OrganisationKind:
    return db.session().get_one(Organisation, account.organisation_id).kind


def _form(account: Account, what: Role | Right) -> type[Post]:
    return grant_form(what if isinstance(what, Role) else None, posts_at(_kind(account)))


def _ask_what(account: Account) -> ResponseReturnValue:
    form = what_form("What do you want to give?", _choices(account), "Choose what you want to give")()
    if request.method == "POST":
        form.valid()
    return _page("accounts/what.html", account, form, 422 if request.method == "POST" else 200)


def _ask_post(account: Account, what: Role | Right, form: Post, status: int = 200) -> ResponseReturnValue:
    words = ROLES[what] if isinstance(what, Role) else RIGHTS[what]
    return _page("accounts/grant.html", account, form, status, what=what, words=words, two=takes_two(what))


def _page(template: str, account: Account, form: AccountForm, status: int = 200, **values: Any) -> ResponseReturnValue:
    member = staff.show(db.session(), guard.me(), account)
    return page(template, status=status, form=form, member=member, **values)


@bp.post("/accounts/<uuid:account_uid>/grant")
@action(Act.GRANT)
def grant(account_uid: UUID) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    account = holders.find(session, person, account_uid, Act.GRANT, lock=True)
    what = _what(account, request.form.get("what"))
    if what is None:
        return _ask_what(account)
    if request.form.get("step") == "what":
        return go(f"|{url_for('.giving', account_uid=account_uid, what=what.value)}")
    form = _form(account, what)(request.form)
    if not form.valid():
        return _ask_post(account, what, form, 422)
    try:
        given = granting.give(session, person, account, wish_of(what, form))
    except Problem as problem:
        form.refuse(problem.field, problem.code, problem.name)
        return _ask_post(account, what, form, 422)
    return go(back_to(account_uid, given))


@bp.get("/accounts/<uuid:account_uid>/end")
@action(Act.SEE_ONE_ACCOUNT)
def ending(account_uid: UUID) -> ResponseReturnValue:
    account = holders.find(db.session(), guard.me(), account_uid, Act.SEE_ONE_ACCOUNT)
    return _page("accounts/end.html", account, _end_form(account)(restored()))


def _end_form(account: Account) -> type[AccountForm]:
    held = {role.value: ROLES[role] for role in granting.running(db.session(), account)}
    if granting.overrides(db.session(), account):
        held[Right.OVERRIDE.value] = RIGHTS[Right.OVERRIDE]
    return what_form("What should end now?", held, "Choose what should end")


@bp.post("/accounts/<uuid:account_uid>/end")
@action(Act.END_GRANT)
def end(account_uid: UUID) -> ResponseReturnValue:
    account = holders.find(db.session(), guard.me(), account_uid, Act.END_GRANT, lock=True)
    form = _end_form(account)(request.form)
    if form.valid():
        what = next(one for one in (*Role, *Right) if one.value == form.what.data)
        try:
            granting.end(db.session(), guard.me(), account, what)
        except Problem as problem:
            form.refuse(problem.field, problem.code, problem.name)
        else:
            return go(back_to(account_uid, "ended"))
    return _page("accounts/end.html", account, form, 422)


@bp.get("/approvals")
@action(Act.SEE_ACCOUNTS)
def approvals() -> ResponseReturnValue:
    return _approvals(what_form("", {}, "")())


def _approvals(form: AccountForm, status: int = 200) -> ResponseReturnValue:
    found = approving.waiting(db.session(), guard.me())
    audit.record(db.session(), guard.me(), Act.SEE_ACCOUNTS, audit.About(results=len(found)))
    return page("accounts/approvals.html", status=status, asked=found, form=form)


@bp.post("/approvals/<uuid:approval_uid>")
@action(Act.APPROVE)
def approve(approval_uid: UUID) -> ResponseReturnValue:
    said = request.form.get("answer")
    form = what_form("", {}, "Agree or decline")(request.form)
    if said not in ("agree", "decline"):
        form.valid()
        return _approvals(form, 422)
    try:
        answered = approving.answer(db.session(), guard.me(), approval_uid, agreed=said == "agree")
    except Problem as problem:
        form.refuse("what", problem.code, problem.name)
        return _approvals(form, 422)
    if not answered.mine:
        return go(f"{'agreed_before' if answered.agreed else 'declined_before'}|{url_for('.approvals')}")
    return go(f"{'agreed' if answered.agreed else 'declined'}|{url_for('.approvals')}")
