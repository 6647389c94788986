"""A link that is printed and handed over: asked for, shown once."""

from uuid import UUID

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.accounts import AccountForm, link_form
from cp.models import Account
from cp.registry import action
from cp.services import mailing
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
    """A page made to be printed. An invitation is also sent, where a mail server is configured; no other link is."""
    config, path = current_app.extensions["config"], url_for("joining.link", token=token)
    address, ends_at = request.host_url.rstrip("/") + path, clock.now() + LASTS[kind]
    sent_to = account.email if config.mail and kind is LinkKind.JOIN else None
    if sent_to:
        mailing.invite(db.session(), account, config.site + path, ends_at)
    return page("accounts/printed.html", name=account.name, account_uid=account.uid, kind=kind, address=address,
                ends_at=ends_at, sent_to=sent_to)  # fmt: skip
