"""From which weight on a supplier's rows join by themselves: asked, looked at once more with what it does, set."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.suppliers import ThresholdsForm
from cp.matching.joining import DEFAULT, Thresholds
from cp.registry import action
from cp.services import once
from cp.services.supply import judging, overseeing
from cp.services.supply.judging import ChangedMeanwhile
from cp.terms import Act
from cp.views.html import go, once_key, page
from cp.views.suppliers import ONE

bp = Blueprint("thresholds", __name__)
MEANWHILE = "Somebody else changed these meanwhile, to {:g} and {:g}. Continue if yours should hold"


@bp.get(f"{ONE}/thresholds")
@action(Act.SEE_SUPPLIERS)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    at = judging.thresholds(db.session(), guard.me(), organisation_uid)
    form = ThresholdsForm(data={"join": f"{at.join:g}", "look": f"{at.maybe:g}"})
    return _show(organisation_uid, form, judging.version(at))


def _show(organisation_uid: UUID, form: ThresholdsForm, version: str, status: int = 200) -> ResponseReturnValue:
    one = overseeing.one(db.session(), guard.me(), organisation_uid)
    return page("suppliers/thresholds.html", status=status, one=one, form=form, version=version, once=once_key())


@bp.post(f"{ONE}/thresholds")
@action(Act.SET_THRESHOLDS)
def save(organisation_uid: UUID) -> ResponseReturnValue:
    """Said once, it is asked whether they are sure, with what it does; said again, it is done."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form, version = ThresholdsForm(request.form), request.form.get("version", "")
    if not form.valid():
        return _show(organisation_uid, form, version, 422)
    if request.form.get("sure") != "yes":
        return _sure(organisation_uid, form, version)
    try:
        changed = judging.set_thresholds(session, person, organisation_uid, _at(form), version)
    except ChangedMeanwhile as found:
        form.join.errors.append(MEANWHILE.format(found.now.join, found.now.maybe))
        return _show(organisation_uid, form, judging.version(found.now), 422)
    here = url_for("suppliers.show", organisation_uid=organisation_uid)
    return go(once.answer(session, person, key, f"{'thresholds' if changed else 'same'}|{here}"))


def _sure(organisation_uid: UUID, form: ThresholdsForm, version: str) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    one, held = (which(session, person, organisation_uid) for which in (overseeing.one, judging.thresholds))
    return page("suppliers/sure.html", one=one, form=form, held=held, at=_at(form), version=version,
                once=request.form.get("once") or once_key())  # fmt: skip


def _at(form: ThresholdsForm) -> Thresholds:
    join, look = form.bits()
    return replace(DEFAULT, join=join, maybe=look)
