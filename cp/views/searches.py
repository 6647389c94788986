"""Finding a child: the form, the results, showing fewer; by what is known of the child, or of those around it."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cp.forms.search import FactsForm, SearchForm
from cp.registry import action
from cp.terms import Act
from cp.views.searching import FAMILY, ORDINARY, asked, blank, sent, shown

bp = Blueprint("searches", __name__)
by_family = Blueprint("family_searches", __name__, url_prefix="/searches/family")


@bp.get("/")
@action(Act.PREPARE_SEARCH)
def home() -> ResponseReturnValue:
    return asked(ORDINARY, SearchForm())


@bp.get("/searches/new")
@action(Act.PREPARE_SEARCH)
def new() -> ResponseReturnValue:
    return blank(ORDINARY)


@bp.post("/searches")
@action(Act.SEARCH)
def create() -> ResponseReturnValue:
    return sent(ORDINARY)


@by_family.get("", endpoint="new")
@action(Act.PREPARE_FAMILY_SEARCH)
def new_by_family() -> ResponseReturnValue:
    """For the roles that may: find a carer or an address, arrive at the child."""
    return blank(FAMILY)


@by_family.post("", endpoint="create")
@action(Act.SEARCH_FAMILY)
def create_by_family() -> ResponseReturnValue:
    return sent(FAMILY)


@bp.get("/searches/<uuid:search_uid>")
@action(Act.SEE_RESULTS)
def show(search_uid: UUID) -> ResponseReturnValue:
    return shown(search_uid, FactsForm())
