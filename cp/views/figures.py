"""The figures of a roll-out: of one authority for its implementation manager, of all of them for who looks at all."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.registry import action
from cp.services.implementation import figures, nationally
from cp.terms import Act
from cp.views.figure_words import SHOWN
from cp.views.html import page, spreadsheet

bp = Blueprint("figures", __name__)


@bp.get("/implementation/figures")
@action(Act.SEE_FIGURES)
def show() -> ResponseReturnValue:
    found = figures.of_authority(db.session(), guard.me())
    return page("figures/show.html", found=found, weeks=found.weeks[-SHOWN:])


@bp.get("/implementation/figures.csv")
@action(Act.SEE_FIGURES)
def export_csv() -> ResponseReturnValue:
    return spreadsheet("figures", figures.table(db.session(), guard.me()))


@bp.get("/implementation/figures/national")
@action(Act.SEE_NATIONAL_FIGURES)
def national() -> ResponseReturnValue:
    return page("figures/national.html", found=nationally.of_all(db.session(), guard.me()))
