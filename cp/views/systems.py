"""A manager's list of the systems that send for an organisation, each with a credential that is shown once."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.systems import SystemForm
from cp.registry import action
from cp.rules.days import anniversary
from cp.services import audit, once
from cp.services.supply import credentials
from cp.terms import Act
from cp.views.drafts import restored
from cp.views.html import go, once_key, page

bp = Blueprint("systems", __name__)
SAID = {
    "made_before": "The credential was made when you pressed the button first. Its secret was shown then, and is not "
    "shown again.",
    "revoked": "It is revoked. The system can send nothing any more.",
    "revoked_before": "It was revoked before.",
}


@bp.get("/services/<uuid:organisation_uid>/systems")
@action(Act.SEE_CREDENTIALS)
def index(organisation_uid: UUID) -> ResponseReturnValue:
    return page("systems/index.html", found=credentials.listed(db.session(), guard.me(), organisation_uid))


@bp.get("/services/<uuid:organisation_uid>/systems/new")
@action(Act.SEE_CREDENTIALS)
def new(organisation_uid: UUID) -> ResponseReturnValue:
    typed = restored()
    return _form(organisation_uid, SystemForm(typed), restored=typed is not None)


def _form(
    organisation_uid: UUID, form: SystemForm, status: int = 200, *, restored: bool = False
) -> ResponseReturnValue:
    found = credentials.listed(db.session(), guard.me(), organisation_uid)
    if not found.sends:
        raise audit.Refusal("none", object_id=organisation_uid, hidden=True)
    return page("systems/new.html", status=status, found=found, form=form, restored=restored,
                once=request.form.get("once") or once_key())  # fmt: skip


@bp.post("/services/<uuid:organisation_uid>/systems")
@action(Act.MAKE_CREDENTIAL)
def create(organisation_uid: UUID) -> ResponseReturnValue:
    """Its secret is on the page that answers, and nowhere else: sent twice, it is made once and told once."""
    session, person, key, form = db.session(), guard.me(), request.form.get("once"), SystemForm(request.form)
    if answer := once.answered(session, person, key):
        return go(answer)
    if not form.valid():
        return _form(organisation_uid, form, 422)
    ends_on = anniversary(clock.today(), 0, int(form.months.data or 0))
    organisation, secret = credentials.make_own(session, person, organisation_uid, form.name.data, ends_on)
    once.answer(session, person, key, f"made_before|{url_for('.index', organisation_uid=organisation_uid)}")
    return page("systems/made.html", organisation=organisation, name=form.name.data, ends_on=ends_on, secret=secret,
                rows_url=url_for("machine_rows.create", _external=True),
                described_at=url_for("machine_rows.describe", _external=True))  # fmt: skip


@bp.get("/systems/<uuid:credential_uid>/revoke")
@action(Act.SEE_CREDENTIALS)
def revoking(credential_uid: UUID) -> ResponseReturnValue:
    organisation, one = credentials.one(db.session(), guard.me(), credential_uid)
    return page("systems/revoke.html", organisation=organisation, one=one)


@bp.post("/systems/<uuid:credential_uid>/revoke")
@action(Act.REVOKE_CREDENTIAL)
def revoke(credential_uid: UUID) -> ResponseReturnValue:
    """At once, and without a fresh code: whoever sees that a secret has got about is to stop it."""
    organisation, now = credentials.revoke_own(db.session(), guard.me(), credential_uid)
    where = url_for(".index", organisation_uid=organisation.uid)
    return go(f"{'revoked' if now else 'revoked_before'}|{where}")


def said_of_systems(code: str | None) -> str:
    return SAID.get(code or "", "")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(said_of_systems=said_of_systems)
