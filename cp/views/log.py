"""A reviewer's pages of the log: the last days, what they ask for, one search's criteria; and on paper."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from cp import clock, db, guard
from cp.forms.log import NOBODY, CriteriaForm, LogForm
from cp.registry import action
from cp.rules import number
from cp.services import once
from cp.services.log import criteria, reviewing
from cp.services.log.entries import Place
from cp.services.log.reviewing import Wanted
from cp.terms import Act, CriteriaReason, LogGroup
from cp.views.drafts import restored
from cp.views.html import go, once_key, page

bp = Blueprint("log", __name__, url_prefix="/log")


@bp.get("")
@action(Act.SEE_LOG)
def index() -> ResponseReturnValue:
    return _log(reviewing.last_week(), None)


def _log(wanted: Wanted, uid: UUID | None) -> ResponseReturnValue:
    return page("log/show.html", log=reviewing.look(db.session(), guard.me(), wanted, uid, before()))


def before() -> Place | None:
    """After which entry the page asked for begins; None for the first one."""
    return Place.of(request.args.get("before", ""))


@bp.get("/new")
@action(Act.PREPARE_LOG)
def new() -> ResponseReturnValue:
    typed = restored()
    return _ask(LogForm(typed), restored=typed is not None)


def _ask(form: LogForm, status: int = 200, *, restored: bool = False) -> ResponseReturnValue:
    key = request.form.get("once") or once_key()
    return page("log/new.html", status=status, form=form, once=key, restored=restored)


@bp.post("")
@action(Act.SEE_LOG)
def ask() -> ResponseReturnValue:
    form, session, person, key = LogForm(request.form), db.session(), guard.me(), request.form.get("once")
    if earlier := once.answered(session, person, key):
        return go(earlier)
    form.today = clock.today()
    whose = reviewing.person_called(session, person, form.person.data) if form.valid() and form.person.data else None
    if form.person.data and not form.problems and whose is None:
        form.person.errors.append(NOBODY)
    if form.problems:
        return _ask(form, 422)
    uid = reviewing.ask(session, person, _wanted(form, whose))
    return go(once.answer(session, person, key, f"|{url_for('.show', log_uid=uid)}"))


def _wanted(form: LogForm, person: UUID | None) -> Wanted:
    standing = (reviewing.BEGUN, clock.today()) if form.of_one else (clock.today() - reviewing.WEEK, clock.today())
    since, until = form.days() or standing
    group = LogGroup(form.what.data) if form.what.data else None
    return Wanted(since, until, group, person, number.normalise(form.number.data))


@bp.get("/<uuid:log_uid>")
@action(Act.SEE_LOG)
def show(log_uid: UUID) -> ResponseReturnValue:
    return _log(reviewing.asked(db.session(), guard.me(), log_uid), log_uid)


@bp.get("/<uuid:log_uid>/print")
@action(Act.PRINT_LOG)
def on_paper(log_uid: UUID) -> ResponseReturnValue:
    return page("log/print.html", log=reviewing.on_paper(db.session(), guard.me(), log_uid), at=clock.now())


@bp.get("/people/<uuid:account_uid>")
@action(Act.SEE_LOG)
def of_person(account_uid: UUID) -> ResponseReturnValue:
    return _log(reviewing.of_person(db.session(), guard.me(), account_uid), None)


@bp.get("/searches/<uuid:search_uid>")
@action(Act.SEE_LOG)
def asking(search_uid: UUID) -> ResponseReturnValue:
    return _reason(search_uid, CriteriaForm())


def _reason(search_uid: UUID, form: CriteriaForm, status: int = 200) -> ResponseReturnValue:
    asked = criteria.about(db.session(), guard.me(), search_uid)
    return page("log/search.html", status=status, form=form, asked=asked, once=request.form.get("once") or once_key())


@bp.post("/searches/<uuid:search_uid>")
@action(Act.READ_CRITERIA)
def read(search_uid: UUID) -> ResponseReturnValue:
    """Shown in the answer to the form and nowhere else: there is no address to come back to."""
    session, person, key, form = db.session(), guard.me(), request.form.get("once"), CriteriaForm(request.form)
    if earlier := once.answered(session, person, key):
        return go(earlier)
    if not form.valid():
        return _reason(search_uid, form, 422)
    asked, facts = criteria.read(session, person, search_uid, CriteriaReason(str(form.reason.data)))
    once.answer(session, person, key, f"criteria_read|{url_for('.asking', search_uid=search_uid)}")
    return page("log/criteria.html", asked=asked, facts=facts, reason=form.reason.data)
