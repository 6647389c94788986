"""The list of people, one of them, what they would see, and the list as a file."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.accounts import FindForm
from cp.registry import action
from cp.services.managing import export, holders, invented, linking, listing, staff
from cp.services.managing.listing import Wanted
from cp.terms import Act, Role
from cp.views.html import page, spreadsheet, uuid_or_none
from cp.views.managing import bp

SHOWN = {"everybody": "Everybody", "stuck": "Something is missing", "soon": "Something is due",
         "invited": "Not joined yet", "suspended": "Suspended", "closed": "Closed"}  # fmt: skip
MOST_PAGES = 10_000


@bp.get("/accounts")
@action(Act.SEE_ACCOUNTS)
def index() -> ResponseReturnValue:
    shown = request.args.get("shown", "")
    number = request.args.get("page", "")
    wanted = Wanted(
        shown=shown if shown in SHOWN else "everybody",  # type: ignore[arg-type]
        organisation=uuid_or_none(request.args.get("organisation")),
        page=min(int(number), MOST_PAGES) if number.isascii() and number.isdigit() and 0 < len(number) < 6 else 1,
    )
    return _list(wanted, FindForm())


def _list(wanted: Wanted, form: FindForm, status: int = 200) -> ResponseReturnValue:
    listing_ = listing.show(db.session(), guard.me(), wanted)
    return page("accounts/index.html", status=status, list=listing_, wanted=wanted, form=form, shown=SHOWN)


@bp.post("/accounts")
@action(Act.SEE_ACCOUNTS)
def find() -> ResponseReturnValue:
    """By name: what is typed stays out of addresses."""
    form = FindForm(request.form)
    return _list(Wanted(name=form.name.data), form) if form.valid() else _list(Wanted(), form, 422)


@bp.get("/accounts/<uuid:account_uid>")
@action(Act.SEE_ONE_ACCOUNT)
def show(account_uid: UUID) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    account = holders.find(session, person, account_uid, Act.SEE_ONE_ACCOUNT)
    member = staff.show(session, person, account)
    return page("accounts/show.html", member=member, mine=account.id == person.account_id,
                links=linking.kinds(account), more_roles=person.role is Role.ACCOUNT_MANAGER)  # fmt: skip


@bp.get("/accounts/<uuid:account_uid>/sees")
@action(Act.PREVIEW_ACCOUNT)
def sees(account_uid: UUID) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    account = holders.find(session, person, account_uid, Act.PREVIEW_ACCOUNT)
    member, views = invented.sees(session, person, account)
    return page("accounts/sees.html", member=member, views=views)


@bp.get("/accounts.csv")
@action(Act.EXPORT_ACCOUNTS)
def export_csv() -> ResponseReturnValue:
    return spreadsheet("accounts", export.table(db.session(), guard.me()))


def back_to(account_uid: UUID, said: str) -> str:
    """A once-only answer: the person's page, which says this."""
    return f"{said}|{url_for('accounts.show', account_uid=account_uid)}"
