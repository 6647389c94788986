"""Finding a child: the form, the results, showing fewer."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from cp import db, guard
from cp.forms.search import FactsForm, SearchForm, too_little
from cp.registry import action
from cp.rules.looking_up import SEARCHES
from cp.rules.phones import phone_shown
from cp.services import accounts, looking_up, once, searches
from cp.services.looking_up import SearchedTooOften
from cp.services.overriding import telling
from cp.terms import Act, Outcome, Reason
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, uuid_or_none
from cp.views.words import at

bp = Blueprint("searches", __name__)


@bp.get("/")
@action(Act.PREPARE_SEARCH)
def home() -> ResponseReturnValue:
    return _form(SearchForm())


@bp.get("/searches/new")
@action(Act.PREPARE_SEARCH)
def new() -> ResponseReturnValue:
    """The form; filled in again with what an ended session kept, or with an earlier search that is to be changed."""
    typed, back = restored(), False
    if typed is None and (earlier := uuid_or_none(request.args.get("change"))):
        typed = _fields(*searches.prefilled(db.session(), guard.me(), earlier))
    elif typed is not None:
        back = True
    return _form(SearchForm(typed), restored=back)


def _form(form: SearchForm, status: int = 200, **values: Any) -> ResponseReturnValue:
    """With what ends soon; and once a reason is chosen, with how much of the week's budget is used."""
    used = looking_up.count(db.session(), guard.me()) if form.reason.data else None
    warned, news = accounts.warning(db.session(), guard.me()), telling.news(db.session(), guard.me())
    return page("searches/new.html", status=status, form=form, once=once_key(), used=used, warned=warned, news=news,
                **{"restored": False, **values})  # fmt: skip


@bp.post("/searches")
@action(Act.SEARCH)
def create() -> ResponseReturnValue:
    person, key = guard.me(), request.form.get("once")
    if answer := once.answered(db.session(), person, key):
        return go(answer)
    if earlier := uuid_or_none(request.form.get("narrows")):
        return _narrow(earlier, key)
    form = SearchForm(request.form)
    if not form.valid():
        return _form(form, 422)
    return _start(form.facts(), Reason(str(form.reason.data)), key)


def _start(facts: dict[str, str], reason: Reason, key: str | None, narrows: UUID | None = None) -> ResponseReturnValue:
    try:
        uid = searches.start(db.session(), guard.me(), facts, reason, narrows)
    except SearchedTooOften as refused:
        return _too_often(refused, SearchForm(_fields(facts, reason)))
    where = url_for(".show", search_uid=uid, _anchor="results-count")
    return go(once.answer(db.session(), guard.me(), key, f"|{where}"))


def _too_often(refused: SearchedTooOften, form: SearchForm) -> ResponseReturnValue:
    """Everything typed stays for when the person may search again."""
    phone = phone_shown(guard.me().team_phone)
    form.wait = (f"You have searched {SEARCHES} times in an hour. Wait until {at(refused.again_at)}, "
                 f"or call the management team on {phone} if it cannot wait")  # fmt: skip
    return _form(form, 429)


def _narrow(earlier: UUID, key: str | None) -> ResponseReturnValue:
    """One more fact, or one less, about the child of an earlier search; its reason carries over."""
    without = request.form.get("without", "")
    form = FactsForm(request.form)
    if not form.valid():
        return _shown(earlier, form, 422)
    if not without and not form.facts():
        return _shown(earlier, form, 422, nothing=True)
    added = form.facts() | ({without: ""} if without else {})
    facts, reason = searches.narrower(db.session(), guard.me(), earlier, added)
    if _too_little(facts):
        return redirect(url_for(".new", change=earlier), code=303)
    return _start(facts, reason, key, None if without else earlier)


@bp.get("/searches/<uuid:search_uid>")
@action(Act.SEE_RESULTS)
def show(search_uid: UUID) -> ResponseReturnValue:
    return _shown(search_uid, FactsForm())


def _shown(search_uid: UUID, form: FactsForm, status: int = 200, nothing: bool = False) -> ResponseReturnValue:
    results = searches.show(db.session(), guard.me(), search_uid)
    missing = _helpful(results)
    if nothing and missing:
        form[missing[0]].errors.append("Add one more fact, then press Show fewer")
    address = {"HX-Push-Url": url_for(".show", search_uid=search_uid)} if guard.is_block() else None
    return page(
        "searches/show.html", block=None if form.problems else "results", status=status, headers=address,
        results=results, form=form, once=once_key(), asked=searches.described(results.facts), missing=missing,
        without_postcode="postcode" in results.facts and not _too_little(results.facts | {"postcode": ""}),
    )  # fmt: skip


def _helpful(results: searches.Results) -> list[str]:
    """The fields of "Show fewer": facts not yet given that would tell these children apart, the most helpful first."""
    if results.outcome is Outcome.NONE or len(results.rows) == 1:
        return []
    whole = {"postcode"} if " " in results.facts.get("postcode", "") else set()
    known = (results.facts.keys() - {"postcode"}) | whole
    first = {"date_of_birth": "born"}.get(results.helps, results.helps)
    names = ("born", "family_name", "given_name") if results.outcome is Outcome.TOO_MANY else ()
    return [name for name in dict.fromkeys((first, *names, "postcode", "gender")) if name not in known]


def _too_little(facts: dict[str, str]) -> bool:
    given, family = facts.get("given_name", ""), facts.get("family_name", "")
    return too_little({name: fact for name, fact in facts.items() if fact}, given, family) is not None


def _fields(facts: dict[str, str], reason: Reason) -> MultiDict[str, str]:
    """Facts as the form sends them."""
    fields = MultiDict({name: fact for name, fact in facts.items() if not name.startswith("born")})
    year, month, day = facts["born"].split("-") if "born" in facts else (facts.get("born_year", ""), "", "")
    fields.update({"born-day": day.lstrip("0"), "born-month": month.lstrip("0"), "born-year": year, "reason": reason})
    return fields
