"""What both ways of looking for a child do alike: asking, adding a fact, showing what came of it."""

from dataclasses import dataclass
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from cp import db, guard
from cp.forms.family_search import FamilySearchForm, family_too_little
from cp.forms.search import FactsForm, SearchForm, Searching, too_little
from cp.rules.looking_up import SEARCHES
from cp.rules.phones import phone_shown
from cp.services import accounts, looking_up, once, searches, waiting
from cp.services.looking_up import SearchedTooOften
from cp.services.overriding import telling as overridden
from cp.services.supply import telling
from cp.terms import Outcome, Reason
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, uuid_or_none
from cp.views.words import at

Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """A way of looking: its form, the page that it stands on, and where it is sent to."""

    form: type[Searching]
    template: str
    new: str
    create: str


ORDINARY = Way(SearchForm, "searches/new.html", "searches.new", "searches.create")
FAMILY = Way(FamilySearchForm, "searches/family.html", "family_searches.new", "family_searches.create")


def way_of(facts: Facts) -> Way:
    return FAMILY if searches.by_family(facts) else ORDINARY


def blank(way: Way) -> ResponseReturnValue:
    """The form; filled in again with what an ended session kept, or with an earlier search that is to be changed."""
    typed, back = restored(), False
    if typed is None and (earlier := uuid_or_none(request.args.get("change"))):
        typed = _fields(*searches.prefilled(db.session(), guard.me(), earlier))
    elif typed is not None:
        back = True
    return asked(way, way.form(typed), restored=back)


def asked(way: Way, form: Searching, status: int = 200, *, restored: bool = False) -> ResponseReturnValue:
    """With what ends soon; and once a reason is chosen, with how much of the week's budget is used."""
    person = guard.me()
    used = looking_up.count(db.session(), person) if form.reason.data else None
    warned, news = accounts.warning(db.session(), person), overridden.news(db.session(), person)
    waits = waiting.of(db.session(), person) if way is ORDINARY else {}
    rests = way is ORDINARY and waiting.for_the_worker(db.session(), person)
    return page(way.template, status=status, form=form, once=once_key(), used=used, warned=warned, news=news,
                rests=rests, waits=waits, further=searches.may_by_family(person), restored=restored)  # fmt: skip


def sent(way: Way) -> ResponseReturnValue:
    """A whole search, or one more fact about an earlier one."""
    key = request.form.get("once")
    if answer := once.answered(db.session(), guard.me(), key):
        return go(answer)
    if earlier := uuid_or_none(request.form.get("narrows")):
        return _narrow(earlier, key)
    form = way.form(request.form)
    if not form.valid():
        return asked(way, form, 422)
    return _start(form.facts(), Reason(str(form.reason.data)), key)


def _start(facts: Facts, reason: Reason, key: str | None, narrows: UUID | None = None) -> ResponseReturnValue:
    try:
        uid = searches.start(db.session(), guard.me(), facts, reason, narrows)
    except SearchedTooOften as refused:
        way = way_of(facts)
        return _too_often(refused, way, way.form(_fields(facts, reason)))
    where = url_for("searches.show", search_uid=uid, _anchor="results-count")
    return go(once.answer(db.session(), guard.me(), key, f"|{where}"))


def _too_often(refused: SearchedTooOften, way: Way, form: Searching) -> ResponseReturnValue:
    """Everything typed stays for when the person may search again."""
    phone = phone_shown(guard.me().team_phone)
    form.wait = (f"You have searched {SEARCHES} times in an hour. Wait until {at(refused.again_at)}, "
                 f"or call the management team on {phone} if it cannot wait")  # fmt: skip
    return asked(way, form, 429)


def _narrow(earlier: UUID, key: str | None) -> ResponseReturnValue:
    """One more fact, or one less, about the child of an earlier search; its reason carries over."""
    without = request.form.get("without", "")
    form = FactsForm(request.form)
    if not form.valid():
        return shown(earlier, form, 422)
    if not without and not form.facts():
        return shown(earlier, form, 422, nothing=True)
    added = form.facts() | ({without: ""} if without else {})
    facts, reason = searches.narrower(db.session(), guard.me(), earlier, added)
    if _too_little(facts):
        return redirect(url_for(way_of(facts).new, change=earlier), code=303)
    return _start(facts, reason, key, None if without else earlier)


def shown(search_uid: UUID, form: FactsForm, status: int = 200, nothing: bool = False) -> ResponseReturnValue:
    results = searches.show(db.session(), guard.me(), search_uid)
    missing = _helpful(results)
    if nothing and missing:
        form[missing[0]].errors.append("Add one more fact, then press Show fewer")
    address = {"HX-Push-Url": url_for("searches.show", search_uid=search_uid)} if guard.is_block() else None
    return page(
        "searches/show.html", block=None if form.problems else "results", status=status, headers=address,
        results=results, form=form, once=once_key(), asked=searches.described(results.facts), missing=missing,
        without_postcode="postcode" in results.facts and not _too_little(results.facts | {"postcode": ""}),
        way=way_of(results.facts), tells=telling.may(guard.me()),
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


def _too_little(facts: Facts) -> bool:
    told = {name: fact for name, fact in facts.items() if fact}
    if way_of(told) is FAMILY:
        return family_too_little(told) is not None
    return too_little(told, told.get("given_name", ""), told.get("family_name", "")) is not None


def _fields(facts: Facts, reason: Reason) -> MultiDict[str, str]:
    """Facts as the form sends them."""
    fields = MultiDict({name: fact for name, fact in facts.items() if not name.startswith("born")})
    year, month, day = facts["born"].split("-") if "born" in facts else (facts.get("born_year", ""), "", "")
    fields.update({"born-day": day.lstrip("0"), "born-month": month.lstrip("0"), "born-year": year, "reason": reason})
    return fields
