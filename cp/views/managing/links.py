"""A link that is printed and handed over: asked for, shown once."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.accounts import AccountForm, link_form
from cp.models import Account
from cp.registry import action
from cp.services.links import LASTS
from cp.services.managing import holders, linking, staff
from cp.services.managing.problems import Problem
from cp.terms import Act, LinkKind
from cp.views.drafts import restored
from cp.views.html import go, page
from cp.views.managing import bp
from cp.views.managing.people import back_to


@bp.get("/accounts/<uuid:account_uid>/link")
@action(Act.SEE_ONE_ACCOUNT)
def link(account_uid: UUID) -> ResponseReturnValue:
    account = holders.find(db.session(), guard.me(), account_uid, Act.SEE_ONE_ACCOUNT)
    return _ask(account, link_form(linking.kinds(account))(restored()))


def _ask(account: Account, form: AccountForm, status: int = 200) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    kinds = linking.kinds(account)
    member = staff.show(session, person, account)
    return page("accounts/link.html", status=status, form=form, member=member, kinds=kinds,
                second=linking.needs_second(session, account))  # fmt: skip


@bp.post("/accounts/<uuid:account_uid>/link")
@action(Act.PRINT_LINK)
def make_link(account_uid: UUID) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    account = holders.find(session, person, account_uid, Act.PRINT_LINK, lock=True)
    form = link_form(linking.kinds(account))(request.form)
    if not form.valid():
        return _ask(account, form, 422)
    kind = LinkKind(form.kind.data)
    try:
        token = linking.make(session, person, account, kind)
    except Problem as problem:
        form.refuse(problem.field, problem.code, problem.name)
        return _ask(account, form, 422)
    if token is None:
        return go(back_to(account_uid, "asked"))
    return show_link(account, kind, token)


def show_link(account: Account, kind: LinkKind, token: str | None) -> ResponseReturnValue:
    """A page made to be printed; the link is on it and nowhere else."""
    address = request.host_url.rstrip("/") + url_for("joining.link", token=token)
    return page("accounts/printed.html", name=account.name, account_uid=account.uid, kind=kind, address=address,
                ends_at=clock.now() + LASTS[kind])  # fmt: skip
