"""How far the authorities of a region are: figures of organisations, read-only, for its co-ordinator."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.registry import action
from cp.services.implementation import regions
from cp.terms import Act
from cp.views.html import page, spreadsheet

bp = Blueprint("region", __name__, url_prefix="/implementation")


@bp.get("/region")
@action(Act.SEE_REGION)
def index() -> ResponseReturnValue:
    return page("region/index.html", found=regions.show(db.session(), guard.me()))


@bp.get("/region.csv")
@action(Act.SEE_REGION)
def export_csv() -> ResponseReturnValue:
    return spreadsheet("region", regions.table(db.session(), guard.me()))


@bp.get("/region/<uuid:authority_uid>")
@action(Act.SEE_REGION)
def show(authority_uid: UUID) -> ResponseReturnValue:
    name, found = regions.authority(db.session(), guard.me(), authority_uid)
    return page("region/show.html", name=name, found=found)
