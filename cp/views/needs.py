"""How many people need training, and the clusters of schools that may be looked at alone."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import db, guard
from cp.forms.clusters import ClusterForm, cluster_form
from cp.models import Cluster
from cp.registry import action
from cp.services import once
from cp.services.implementation import clusters, needs
from cp.services.managing.problems import Problem
from cp.terms import Act
from cp.views.html import go, once_key, page, spreadsheet, uuid_or_none

bp = Blueprint("needs", __name__, url_prefix="/implementation/training")
region = Blueprint("region_training", __name__, url_prefix="/region")


def _wanted() -> dict[str, UUID | None]:
    return {name: uuid_or_none(request.args.get(name)) for name in ("school", "cluster")}


@bp.get("/needs")
@action(Act.SEE_TRAINING_NEEDS)
def index() -> ResponseReturnValue:
    wanted, person = _wanted(), guard.me()
    found = needs.of(db.session(), person, **wanted)
    listed = clusters.listed(db.session(), person)
    return page("training/needs.html", found=found, wanted=wanted, clusters=listed)


@bp.get("/needs.csv")
@action(Act.SEE_TRAINING_NEEDS)
def export_csv() -> ResponseReturnValue:
    return spreadsheet("training-needs", needs.table(needs.of(db.session(), guard.me(), **_wanted())))


@bp.get("/clusters/new")
@action(Act.SEE_TRAINING_NEEDS)
def new_cluster() -> ResponseReturnValue:
    return _form(_asked()())


def _asked() -> type[ClusterForm]:
    found = clusters.schools(db.session(), guard.me())
    return cluster_form({str(school.uid): school.name for school in found})


def _form(form: ClusterForm, status: int = 200, held: Cluster | None = None) -> ResponseReturnValue:
    return page("training/cluster.html", status=status, form=form, held=held, once=once_key())


@bp.post("/clusters")
@action(Act.SET_CLUSTER)
def create_cluster() -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = _asked()(request.form)
    if not _kept(form, None):
        return _form(form, 422)
    return go(once.answer(session, person, key, f"cluster|{url_for('.index')}"))


def _kept(form: ClusterForm, uid: UUID | None) -> bool:
    if form.valid():
        try:
            chosen = {UUID(code) for code in form["schools"].data}
            clusters.keep(db.session(), guard.me(), uid, form.name.data, chosen)
        except Problem as problem:
            form.refuse(problem.name)
    return not form.problems


@bp.get("/clusters/<uuid:cluster_uid>")
@action(Act.SEE_TRAINING_NEEDS)
def show_cluster(cluster_uid: UUID) -> ResponseReturnValue:
    held = clusters.one(db.session(), guard.me(), cluster_uid)
    known = {"name": held.cluster.name, "schools": [str(uid) for uid in held.schools]}
    return _form(_asked()(data=known), held=held.cluster)


@bp.post("/clusters/<uuid:cluster_uid>")
@action(Act.SET_CLUSTER)
def change_cluster(cluster_uid: UUID) -> ResponseReturnValue:
    held, form = clusters.one(db.session(), guard.me(), cluster_uid), _asked()(request.form)
    if not _kept(form, cluster_uid):
        return _form(form, 422, held.cluster)
    return go(f"cluster|{url_for('.index', cluster=cluster_uid)}")


@bp.post("/clusters/<uuid:cluster_uid>/remove")
@action(Act.SET_CLUSTER)
def remove_cluster(cluster_uid: UUID) -> ResponseReturnValue:
    clusters.remove(db.session(), guard.me(), cluster_uid)
    return go(f"cluster_removed|{url_for('.index')}")


@region.get("/training")
@action(Act.SEE_REGION_TRAINING)
def show() -> ResponseReturnValue:
    return page("training/region.html", found=needs.of_region(db.session(), guard.me()))


@region.get("/training.csv", endpoint="export_csv")
@action(Act.SEE_REGION_TRAINING)
def export_region() -> ResponseReturnValue:
    found = needs.of_region(db.session(), guard.me())
    return spreadsheet("training-needs", needs.table(found) if found else "")
