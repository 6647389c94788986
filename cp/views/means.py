"""How an organisation will send: what was offered, what it agreed to, and what has to be set up for that."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.means import AgreeForm, OfferForm
from cp.registry import action
from cp.services import once
from cp.services.implementation import means
from cp.services.implementation.means import ChangedMeanwhile, Stands
from cp.terms import Act, Frequency, Means
from cp.views.html import go, once_key, page

bp = Blueprint("means", __name__)
ONE = "/implementation/schools/<uuid:organisation_uid>/means"
CHANGED = "Somebody else changed this after you opened the page. Look at what holds now, then save again"


@bp.get(ONE)
@action(Act.SEE_MEANS)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    return page("implementation/means.html", one=means.show(db.session(), guard.me(), organisation_uid))


@bp.get(f"{ONE}/offer")
@action(Act.SEE_MEANS)
def offering(organisation_uid: UUID) -> ResponseReturnValue:
    one = means.show(db.session(), guard.me(), organisation_uid)
    return _offering(one, OfferForm(data={"means": means.suggested(one)}))


def _offering(one: Stands, form: OfferForm, status: int = 200) -> ResponseReturnValue:
    return page("implementation/means_offer.html", status=status, one=one, form=form, once=once_key())


@bp.post(f"{ONE}/offer")
@action(Act.OFFER_MEANS)
def offer(organisation_uid: UUID) -> ResponseReturnValue:
    form = OfferForm(request.form)

    def save(before: str) -> bool:
        return means.offer(db.session(), guard.me(), organisation_uid, Means(form.means.data or ""), before)

    def again(one: Stands, sentence: str | None) -> ResponseReturnValue:
        form.means.errors += [sentence] if sentence else []
        return _offering(one, form, 422)

    return _saved(organisation_uid, form, save, again, "offered")


@bp.get(f"{ONE}/agree")
@action(Act.SEE_MEANS)
def agreeing(organisation_uid: UUID) -> ResponseReturnValue:
    one = means.show(db.session(), guard.me(), organisation_uid)
    return _agreeing(one, AgreeForm(data={"often": one.often.value}))


def _agreeing(one: Stands, form: AgreeForm, status: int = 200) -> ResponseReturnValue:
    """Where nothing was offered yet, that comes first."""
    if one.means is None:
        return go(f"|{url_for('.offering', organisation_uid=one.uid)}")
    return page("implementation/means_agree.html", status=status, one=one, form=form, once=once_key())


@bp.post(f"{ONE}/agree")
@action(Act.AGREE_MEANS)
def agree(organisation_uid: UUID) -> ResponseReturnValue:
    form = AgreeForm(request.form)

    def save(before: str) -> bool:
        return means.agree(db.session(), guard.me(), organisation_uid, Frequency(form.often.data or ""), before)

    def again(one: Stands, sentence: str | None) -> ResponseReturnValue:
        form.often.errors += [sentence] if sentence else []
        return _agreeing(one, form, 422)

    return _saved(organisation_uid, form, save, again, "agreed")


def _saved(
    uid: UUID, form: OfferForm | AgreeForm, save: Callable[[str], bool],
    again: Callable[[Stands, str | None], ResponseReturnValue], code: str,
) -> ResponseReturnValue:  # fmt: skip
    """Do it once; ask again where something is wrong, or somebody else was faster."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    if not form.valid():
        return again(means.show(session, person, uid), None)
    try:
        changed = save(request.form.get("version", ""))
    except ChangedMeanwhile:
        return again(means.show(session, person, uid), CHANGED)
    here = url_for(".show", organisation_uid=uid)
    return go(once.answer(session, person, key, f"{code if changed else 'same'}|{here}"))
