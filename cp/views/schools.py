"""An authority's schools for its implementation manager: what each waits for, as pages and as a spreadsheet."""

import csv
from io import StringIO
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.schools import ACTS, BY_DAY, BY_NAME, KINDS, NarrowForm
from cp.models import Onboarding, Organisation
from cp.registry import action
from cp.services.audit_seals import checking
from cp.services.implementation import board, one_school
from cp.services.implementation.board import Place, Wanted
from cp.services.implementation.letters import whom
from cp.services.managing.export import cell
from cp.terms import Act, LetterKind, OrganisationKind, Step, WhoActs
from cp.views.board_words import OFFERED, STEPS, days_late, narrowed_said, need_said
from cp.views.html import page, page_number, spreadsheet

bp = Blueprint("schools", __name__)
COLUMNS = (
    "name", "URN", "kind", "waits for", "what is needed", "who acts", "by", "days late", "contacted", "duty explained",
    "answered", "way to send data", "way offered", "way agreed", "test file accepted", "agreement signed",
    "people named", "people trained", "accredited before", "live since",
)  # fmt: skip
PLACES: dict[str, Place] = {**{step.value: step for step in Step}, "all": "all", "late": "late"}
LETTERS: dict[Place | None, LetterKind] = {
    Step.FIRST_CONTACT: LetterKind.FIRST, Step.ANSWERS: LetterKind.MEANS, Step.TRAINING: LetterKind.TRAINING,
    "late": LetterKind.REMINDER,
}  # fmt: skip
"""Where a letter of ours is what moves a school on, and which."""
MOST_COUNTED = 500
"""More schools than these are not counted again for the words on a button."""


@bp.get("/implementation")
@action(Act.SEE_SCHOOLS)
def index() -> ResponseReturnValue:
    form = _form()
    wanted = _wanted(form)
    found = board.show(db.session(), guard.me(), wanted)
    letter = None if wanted.narrowed else LETTERS.get(found.at)
    few = found.total <= MOST_COUNTED
    get_one = whom.how_many(db.session(), guard.me(), letter) if letter and few else None
    return page(
        "schools/index.html", block="schools", board=found, form=form, letter=letter, get_one=get_one,
        narrow=_said(form), narrowed_to=narrowed_said(wanted), rests=checking.rests(db.session()),
    )  # fmt: skip


@bp.get("/implementation.csv")
@action(Act.SEE_SCHOOLS)
def export_csv() -> ResponseReturnValue:
    """All that the page would show on all its pages."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for organisation, row in board.every_one(db.session(), guard.me(), _wanted(_form())):
        writer.writerow([cell(value) for value in _line(organisation, row)])
    return spreadsheet("schools", written.getvalue())


@bp.get("/implementation/schools/<uuid:organisation_uid>")
@action(Act.SEE_SCHOOL)
def show(organisation_uid: UUID) -> ResponseReturnValue:
    return page("schools/show.html", one=one_school.show(db.session(), guard.me(), organisation_uid))


def _form() -> NarrowForm:
    form = NarrowForm(request.args)
    form.sort.data = form.sort.data or BY_DAY
    form.name.typed = form.name.typed[: form.name.longest]
    form.name.data = form.name.data[: form.name.longest]
    return form


def _wanted(form: NarrowForm) -> Wanted:
    """What the address asks for; what it cannot mean is as if it were not there."""
    return Wanted(
        at=PLACES.get(request.args.get("step", "")),
        kind=OrganisationKind(form.kind.data) if form.kind.data else None,
        who=WhoActs(form.who.data) if form.who.data else None,
        name=form.name.data, by_name=form.sort.data == BY_NAME, page=page_number(),
    )  # fmt: skip


def _said(form: NarrowForm) -> dict[str, str]:
    """The same for the addresses of other steps and pages."""
    said = {"kind": form.kind.data, "who": form.who.data, "name": form.name.data}
    if form.sort.data == BY_NAME:
        said["sort"] = BY_NAME
    return {name: str(value) for name, value in said.items() if value}


def _line(one: Organisation, row: Onboarding) -> tuple[object, ...]:
    return (
        one.name, one.urn, KINDS[one.kind], STEPS[row.step], need_said(row.need, row.means), ACTS[row.who], row.due_on,
        days_late(row.due_on) or None, row.contacted_on, row.duty_explained_on, row.answered_on,
        OFFERED[row.means] if row.means else None, row.means_offered_on, row.means_agreed_on, row.test_accepted_on,
        row.agreement_signed_on, row.people_named, row.people_trained, one.accreditation_ends_on, row.live_on,
    )  # fmt: skip
