"""A reviewer's pages: what is to be reviewed, one of it, what is closed."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.limits import FindingForm
from cp.registry import action
from cp.services import to_review
from cp.services.audit_seals import checking
from cp.services.overriding import telling
from cp.terms import Act, Finding
from cp.views.html import go, page, page_number

bp = Blueprint("alerts", __name__, url_prefix="/alerts")
closed = Blueprint("closed_alerts", __name__, url_prefix="/alerts/closed")


@bp.get("")
@action(Act.SEE_ALERTS)
def index() -> ResponseReturnValue:
    news = telling.news(db.session(), guard.me())
    told, late = to_review.open_alerts(db.session(), guard.me()), checking.late(db.session())
    return page("alerts/index.html", told=told, news=news, late=late)


@bp.get("/<uuid:alert_uid>")
@action(Act.SEE_ALERTS)
def show(alert_uid: UUID) -> ResponseReturnValue:
    return _one(alert_uid, FindingForm())


def _one(alert_uid: UUID, form: FindingForm, status: int = 200) -> ResponseReturnValue:
    return page("alerts/show.html", status=status, form=form, one=to_review.one(db.session(), guard.me(), alert_uid))


@bp.post("/<uuid:alert_uid>")
@action(Act.CLOSE_ALERT)
def close(alert_uid: UUID) -> ResponseReturnValue:
    form = FindingForm(request.form)
    if not form.valid():
        return _one(alert_uid, form, 422)
    if to_review.close(db.session(), guard.me(), alert_uid, Finding(str(form.finding.data))):
        return go(f"closed|{url_for('.index')}")
    return go(f"faster|{url_for('.show', alert_uid=alert_uid)}")


@closed.get("")
@action(Act.SEE_ALERTS)
def index_of_closed() -> ResponseReturnValue:
    return page("alerts/closed.html", told=to_review.closed_alerts(db.session(), guard.me(), page_number()))
