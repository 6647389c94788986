"""Past a limit: why more records are needed, and the way that is always open."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard, registry
from cp.forms.limits import MoreForm
from cp.registry import action
from cp.services import accounts, saying_more
from cp.services.looking_up import MoreNeeded, Over
from cp.terms import Act, MoreReason
from cp.views.html import htmx, page

bp = Blueprint("looking_up", __name__, url_prefix="/children/<uuid:child_uid>")


@bp.app_errorhandler(Over)
def over(found: Over) -> ResponseReturnValue:
    """Undo the request, keep that it was refused and tell a reviewer; then the question, or what to do now."""
    person, child_uid = guard.me(), found.row.uid
    db.rollback()
    act = registry.act_of(current_app, request.endpoint) or Act.OPEN_RECORD
    saying_more.refused(db.session(), person, found, act)
    if not isinstance(found, MoreNeeded):
        manager = accounts.conditions(db.session(), person).manager
        return page("looking_up/stopped.html", status=403, used=found.used, child_uid=child_uid, manager=manager)
    db.commit()
    where = url_for("looking_up.more", child_uid=child_uid)
    if htmx:
        return "", 200, {"HX-Redirect": where}
    return redirect(where, code=303)


@bp.get("/more")
@action(Act.SEE_REASON)
def more(child_uid: UUID) -> ResponseReturnValue:
    return _form(child_uid, MoreForm())


def _form(child_uid: UUID, form: MoreForm, status: int = 200) -> ResponseReturnValue:
    used = saying_more.asked(db.session(), guard.me(), child_uid)
    if used is None:
        return redirect(url_for("children.show", child_uid=child_uid), code=303)
    return page("looking_up/more.html", status=status, form=form, used=used, child_uid=child_uid)


@bp.post("/more")
@action(Act.GIVE_MORE_REASON)
def give(child_uid: UUID) -> ResponseReturnValue:
    form = MoreForm(request.form)
    if not form.valid():
        return _form(child_uid, form, 422)
    saying_more.give(db.session(), guard.me(), child_uid, MoreReason(str(form.more.data)))
    db.commit()
    return redirect(url_for("children.show", child_uid=child_uid), code=303)


@bp.post("/urgent")
@action(Act.GIVE_MORE_REASON)
def urgent(child_uid: UUID) -> ResponseReturnValue:
    saying_more.urgent(db.session(), guard.me(), child_uid)
    db.commit()
    return redirect(url_for("children.show", child_uid=child_uid), code=303)
