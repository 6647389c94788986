"""An account: a new check, suspended, opened again, closed, moved."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.accounts import AccountForm, CheckForm, CloseForm, Post, SuspendForm, move_form, place_form
from cp.models import Account, Organisation
from cp.registry import action
from cp.rules.eligibility import posts_at
from cp.rules.phones import phone_normal
from cp.services.managing import changing, granting, holders, inviting, staff
from cp.services.managing.changing import Move
from cp.services.managing.problems import Problem
from cp.terms import Act, Role, SuspendedBecause
from cp.views.drafts import restored
from cp.views.html import go, page, uuid_or_none
from cp.views.managing import bp
from cp.views.managing.people import back_to


def _page(template: str, account: Account, form: AccountForm, status: int = 200, **values: Any) -> ResponseReturnValue:
    member = staff.show(db.session(), guard.me(), account)
    return page(template, status=status, form=form, member=member, **values)


def _seen(account_uid: UUID) -> Account:
    return holders.find(db.session(), guard.me(), account_uid, Act.SEE_ONE_ACCOUNT)


@bp.get("/accounts/<uuid:account_uid>/check")
@action(Act.SEE_ONE_ACCOUNT)
def checking(account_uid: UUID) -> ResponseReturnValue:
    return _page("accounts/check.html", _seen(account_uid), CheckForm(restored()))


@bp.post("/accounts/<uuid:account_uid>/check")
@action(Act.CHANGE_ACCOUNT)
def check(account_uid: UUID) -> ResponseReturnValue:
    account = holders.find(db.session(), guard.me(), account_uid, Act.CHANGE_ACCOUNT, lock=True)
    form = CheckForm(request.form)
    if form.valid() and _done(form, changing.check, account, form.issued.data):
        return go(back_to(account_uid, "checked"))
    return _page("accounts/check.html", account, form, 422)


def _done(form: AccountForm, change: Any, account: Account, *facts: Any) -> bool:
    """Whether it could be done; else the form says why not."""
    try:
        change(db.session(), guard.me(), account, *facts)
    except Problem as problem:
        form.refuse(problem.field, problem.code, problem.name)
        return False
    return True


@bp.get("/accounts/<uuid:account_uid>/suspend")
@action(Act.SEE_ONE_ACCOUNT)
def suspending(account_uid: UUID) -> ResponseReturnValue:
    return _page("accounts/suspend.html", _seen(account_uid), SuspendForm(restored()))


@bp.post("/accounts/<uuid:account_uid>/suspend")
@action(Act.SUSPEND_ACCOUNT)
def suspend(account_uid: UUID) -> ResponseReturnValue:
    account = holders.find(db.session(), guard.me(), account_uid, Act.SUSPEND_ACCOUNT, lock=True)
    form = SuspendForm(request.form)
    if form.valid() and _done(form, changing.suspend, account, SuspendedBecause(str(form.because.data))):
        return go(back_to(account_uid, "suspended"))
    return _page("accounts/suspend.html", account, form, 422)


@bp.post("/accounts/<uuid:account_uid>/restore")
@action(Act.RESTORE_ACCOUNT)
def restore(account_uid: UUID) -> ResponseReturnValue:
    account = holders.find(db.session(), guard.me(), account_uid, Act.RESTORE_ACCOUNT, lock=True)
    said = "reopened" if account.closed_at else "restored"
    changing.restore(db.session(), guard.me(), account)
    return go(back_to(account_uid, said))


@bp.get("/accounts/<uuid:account_uid>/close")
@action(Act.SEE_ONE_ACCOUNT)
def closing(account_uid: UUID) -> ResponseReturnValue:
    account = _seen(account_uid)
    return _page(
        "accounts/close.html", account, CloseForm(restored()), left=changing.to_hand_over(db.session(), account)
    )


@bp.post("/accounts/<uuid:account_uid>/close")
@action(Act.CLOSE_ACCOUNT)
def close(account_uid: UUID) -> ResponseReturnValue:
    account = holders.find(db.session(), guard.me(), account_uid, Act.CLOSE_ACCOUNT, lock=True)
    form = CloseForm(request.form)
    if form.valid() and _done(form, changing.close, account, form.last.data):
        return go(back_to(account_uid, "closed" if account.closed_at else "leaving"))
    return _page("accounts/close.html", account, form, 422, left=changing.to_hand_over(db.session(), account))


@bp.get("/accounts/<uuid:account_uid>/move")
@action(Act.SEE_ONE_ACCOUNT)
def moving(account_uid: UUID) -> ResponseReturnValue:
    account, typed = _seen(account_uid), restored()
    answers = typed or request.args
    place = inviting.organisation(db.session(), guard.me(), uuid_or_none(answers.get("organisation")))
    if place is None or place.id == account.organisation_id:
        return _ask_where(account)
    return _ask_post(account, place, _move_form(account, place)(typed))


def _ask_where(account: Account) -> ResponseReturnValue:
    places = {
        str(one.uid): one.name
        for one in inviting.organisations(db.session(), guard.me())
        if one.id != account.organisation_id
    }
    form = place_form(places)()
    if request.method == "POST":
        form.valid()
    return _page("accounts/place.html", account, form, 422 if request.method == "POST" else 200)


def _move_form(account: Account, place: Organisation) -> type[Post]:
    roles = granting.running(db.session(), account)
    role = next((one for one in (Role.PRACTITIONER, Role.ASSISTANT) if one in roles), None)
    return move_form(role if role is Role.PRACTITIONER else None, posts_at(place.kind))


def _ask_post(account: Account, place: Organisation, form: Post, status: int = 200) -> ResponseReturnValue:
    left = changing.to_hand_over(db.session(), account)
    return _page("accounts/move.html", account, form, status, place=place, left=left)


@bp.post("/accounts/<uuid:account_uid>/move")
@action(Act.CHANGE_ACCOUNT)
def move(account_uid: UUID) -> ResponseReturnValue:
    account = holders.find(db.session(), guard.me(), account_uid, Act.CHANGE_ACCOUNT, lock=True)
    place = inviting.organisation(db.session(), guard.me(), uuid_or_none(request.form.get("organisation")))
    if place is None:
        return _ask_where(account)
    if request.form.get("step") == "where":
        return go(f"|{url_for('.moving', account_uid=account_uid, organisation=place.uid)}")
    form = _move_form(account, place)(request.form)
    said = form.data
    to = Move(place, said.get("post"), said.get("works_as"), phone_normal(said.get("phone")))
    if form.valid() and _done(form, changing.move, account, to):
        return go(back_to(account_uid, "moved"))
    return _ask_post(account, place, form, 422)
