"""Phases, for the whole country: which authority begins when, and national partners; and setting it for one."""

from collections.abc import Callable, Sequence
from itertools import groupby
from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.phases import REGIONS, PartnerForm, PhaseForm, come, typed_of
from cp.registry import action
from cp.rules.access import decide
from cp.rules.phases import Days
from cp.services import once
from cp.services.implementation import phases, planning
from cp.services.implementation.phases import Placed
from cp.terms import Act, Stage
from cp.views.drafts import restored
from cp.views.html import go, once_key, page
from cp.views.words import day

bp = Blueprint("phases", __name__, url_prefix="/implementation/phases")
ONE, PARTNER = "/<uuid:authority_uid>", "/partners/<uuid:partner_uid>"
STAGES = {
    Stage.NOTHING: "Nothing has begun",
    Stage.DATA: "Data comes in",
    Stage.SHIELDS: "Children are shielded",
    Stage.OPEN: "Open to practitioners",
}
IN_THE_WAY = {
    "data_from": "no day is set for data",
    "shields_from": "no day is set for shields",
    "access_from": "no day is set for practitioners",
    "team": "nobody of its management team has an account in order",
}
LABELS = {"data_from": "Data began", "shields_from": "Shields began", "access_from": "Practitioners began"}


@bp.get("")
@action(Act.SEE_PHASES)
def index() -> ResponseReturnValue:
    found, sets = phases.overview(db.session(), guard.me()), decide(guard.me(), Act.SET_PHASE, None, clock.today())
    return page("phases/index.html", found=found, groups=_grouped(found.authorities), sets=sets.allowed)


def _grouped(found: Sequence[Placed]) -> list[tuple[str, list[Placed]]]:
    """By phase, which is how they are ordered."""
    by_phase = groupby(found, key=lambda one: one.plan.phase)
    return [(f"Phase {phase}" if phase else "In no phase yet", list(those)) for phase, those in by_phase]


@bp.get(ONE)
@action(Act.SET_PHASE)
def show(authority_uid: UUID) -> ResponseReturnValue:
    return _shown(phases.one(db.session(), guard.me(), authority_uid), PhaseForm)


@bp.get(PARTNER)
@action(Act.SET_PHASE)
def show_partner(partner_uid: UUID) -> ResponseReturnValue:
    return _shown(phases.partner(db.session(), guard.me(), partner_uid), PartnerForm)


def _shown(one: Placed, of: type[PartnerForm]) -> ResponseReturnValue:
    typed = restored()
    form = of(typed) if typed else of(data=typed_of(one.plan))
    return _form(form, one, typed.get("version", "") if typed else one.plan.version, restored=bool(typed))


def _form(
    form: PartnerForm, one: Placed, version: str, status: int = 200, *, restored: bool = False
) -> ResponseReturnValue:
    stays = come(one.plan.days, clock.today())
    form.settle(stays)
    return page("phases/show.html", status=status, form=form, one=one, version=version, stays=stays, restored=restored,
                once=once_key())  # fmt: skip


@bp.post(ONE)
@action(Act.SET_PHASE)
def save(authority_uid: UUID) -> ResponseReturnValue:
    return _saved(PhaseForm(request.form), authority_uid, phases.one, planning.save)


@bp.post(PARTNER)
@action(Act.SET_PHASE)
def save_partner(partner_uid: UUID) -> ResponseReturnValue:
    return _saved(PartnerForm(request.form), partner_uid, phases.partner, planning.save_partner)


def _saved(
    form: PartnerForm, uid: UUID, find: Callable[..., Placed], write: Callable[..., bool]
) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    one, version = find(session, person, uid), request.form.get("version", "")
    form.settle(come(one.plan.days, clock.today()))
    if not form.valid():
        return _form(form, one, version, 422)
    try:
        changed = write(session, person, uid, form.plan(one.plan), version)
    except planning.Refused as why:
        form.refuse(why.problems)
        return _form(form, one, version, 422)
    except planning.ChangedMeanwhile as found:
        form.phase.errors.append(_meanwhile(found.now))
        return _form(form, found.now, found.now.plan.version, 422)
    return go(once.answer(session, person, key, f"{'phase_set' if changed else 'same'}|{url_for('.index')}"))


def _meanwhile(now: Placed) -> str:
    phase = f"phase {now.plan.phase}" if now.plan.phase else "no phase"
    return f"Somebody else changed this meanwhile, to {phase} and {days_said(now.plan.days)}. Save again if yours holds"


def days_said(days: Days) -> str:
    said = {"data": days.data_from, "shields": days.shields_from, "practitioners": days.access_from}
    return ", ".join(f"{what} from {day(on)}" if on else f"no day for {what}" for what, on in said.items())


def way_said(one: Placed) -> str:
    """Why it does not open, or when it does."""
    if one.in_the_way:
        sentence = "; ".join(IN_THE_WAY[code] for code in one.in_the_way)
        return sentence[0].upper() + sentence[1:]
    if one.stage is Stage.OPEN or one.plan.days.access_from is None:
        return ""
    return "Opens on its day" if one.plan.days.access_from > clock.today() else "Opens when the next person signs in"


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        REGIONS=REGIONS, STAGES=STAGES, way_said=way_said, DAYS_COME=LABELS,
    )  # fmt: skip
