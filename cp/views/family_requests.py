"""A child or a parent asks about a record: the form, the letter that says who looked, the copy of what it says."""

from uuid import UUID

from flask import Blueprint, Flask, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from cp import clock, db, guard
from cp.forms.families import (
    ABOUT,
    COPY_KEPT_BACK,
    IDENTITIES,
    PLACES,
    RESPONSIBILITIES,
    RequestForm,
    answer_form,
    filled_in,
)
from cp.registry import action
from cp.services import once
from cp.services.families import asking, copies, letters
from cp.services.families.letters import Letter
from cp.services.families.looks import Look
from cp.terms import Act, CopyAnswer, Reason
from cp.views.drafts import restored
from cp.views.html import go, once_key, page, page_number
from cp.views.words import day, plural

bp = Blueprint("family_requests", __name__, url_prefix="/requests")
of_record = Blueprint("family_asking", __name__, url_prefix="/children/<uuid:child_uid>/request")
SAID = {
    "family_asked": "It is kept. A colleague has to release the copy.",
    "family_answered": "Your answer is kept.",
    "family_second": "Nothing has changed: another of the team has to answer it.",
    "family_before": "Nothing has changed: it was answered already.",
    "family_changed": "It is not released: the record says something else than what you read. Read it again.",
}
REFUSED = {"second_person": "family_second", "answered": "family_before", "changed": "family_changed"}
VOWELS = "aeiou"
SPELT_OUT = "AEFHILMNORSX"
"""Letters whose names begin with a vowel: an NHS nurse."""
LIKE_YOU = ("uni", "use", "eu")


@bp.get("")
@action(Act.SEE_FAMILY_REQUESTS)
def index() -> ResponseReturnValue:
    return page("families/index.html", found=asking.listed(db.session(), guard.me(), page_number()))


@of_record.get("", endpoint="new")
@action(Act.PREPARE_FAMILY_REQUEST)
def new(child_uid: UUID) -> ResponseReturnValue:
    typed = restored()
    return _new(child_uid, RequestForm(typed) if typed else RequestForm(data=filled_in(clock.today())))


def _new(child_uid: UUID, form: RequestForm, status: int = 200) -> ResponseReturnValue:
    about = asking.prepare(db.session(), guard.me(), child_uid)
    back = status == 200 and "draft" in request.args
    return page("families/new.html", status=status, form=form, about=about, restored=back,
                once=request.form.get("once") or once_key())  # fmt: skip


@of_record.post("")
@action(Act.MAKE_FAMILY_REQUEST)
def create(child_uid: UUID) -> ResponseReturnValue:
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    form = RequestForm(request.form)
    wish = form.wish() if form.valid() else None
    if wish is None:
        return _new(child_uid, form, 422)
    made = letters.make(session, person, child_uid, wish)
    code = "family_asked" if made.answer is None else ""
    where = url_for("family_requests.show", family_uid=made.uid)
    return go(once.answer(session, person, key, f"{code}|{where}"))


@bp.get("/<uuid:family_uid>")
@action(Act.SEE_FAMILY_REQUEST)
def show(family_uid: UUID) -> ResponseReturnValue:
    return _show(family_uid)


def _show(family_uid: UUID, status: int = 200) -> ResponseReturnValue:
    one = letters.read(db.session(), guard.me(), family_uid)
    form = answer_form(bool(one.copy and one.copy.mine))(request.form if status > 200 else restored())
    if status > 200:
        form.valid()
    return page("families/show.html", status=status, one=one, form=form)


@bp.get("/<uuid:family_uid>/names")
@action(Act.SEE_FAMILY_REQUEST)
def names(family_uid: UUID) -> ResponseReturnValue:
    found = letters.names(db.session(), guard.me(), family_uid)
    return page("families/names.html", found=found, family_uid=family_uid)


@bp.post("/<uuid:family_uid>")
@action(Act.ANSWER_FAMILY_REQUEST)
def answer(family_uid: UUID) -> ResponseReturnValue:
    said = request.form.get("answer", "")
    if said not in list(CopyAnswer):
        return _show(family_uid, 422)
    code = "family_answered"
    try:
        copies.answer(db.session(), guard.me(), family_uid, CopyAnswer(said), request.form.get("seen", ""))
    except copies.Refused as refused:
        code = REFUSED[refused.code]
    return go(f"{code}|{url_for('.show', family_uid=family_uid)}")


def with_article(words: str) -> str:
    """A teacher, an educational psychologist, a GP, an NHS nurse: as it stands in a sentence."""
    first = words.split(" ")[0]
    if first.isupper() and len(first) > 1:
        return f"{'an' if first[0] in SPELT_OUT else 'a'} {words}"
    lower = words[0].lower() + words[1:]
    vowel = lower[0] in VOWELS and not lower.startswith(LIKE_YOU)
    return f"{'an' if vowel else 'a'} {lower}"


def who_said(look: Look) -> str:
    """An assistant to a school nurse."""
    who = with_article(look.role) if look.role else "somebody who works with children"
    said = f"an assistant to {who}" if look.assists else who
    return first_up(said)


def first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def why_said(look: Look, one: Letter) -> str:
    """Why somebody looked, in the words of a reader; of the child's own letter, to the child."""
    you = one.known.is_child
    child, is_child = ("you", "You were") if you else (one.called, f"{one.called} was")
    needs = "You might need help from others" if you else f"{one.called} might need help from others"
    why = {
        Reason.WORKING_WITH: f"They are working with {child}",
        Reason.MAY_NEED_HELP: needs,
        Reason.JOINING_OR_LEAVING: f"{is_child} joining or leaving their school or service",
        Reason.CORRECTING_RECORDS: "They were putting right their own records",
    }[look.reason]
    return f"{why}. They printed the record" if look.printed else why


def when_said(look: Look) -> Markup:
    """3 September 2026; or, of several days put together, from the first to the last. No day breaks across lines."""
    whole = Markup('<span class="cp-whole">%s</span>')
    if look.first == look.last:
        return whole % day(look.last)
    days = plural(look.days, "day", "days")
    return Markup("%s to %s, on %s") % (whole % day(look.first), whole % day(look.last), days)


def init_app(app: Flask) -> None:
    app.jinja_env.filters["first_up"] = first_up
    app.jinja_env.globals.update(
        FAMILY_ABOUT=ABOUT, COPY_KEPT_BACK=COPY_KEPT_BACK, IDENTITIES=IDENTITIES, PLACES=PLACES,
        RESPONSIBILITIES=RESPONSIBILITIES,
        FAMILY_SAID=SAID, who_said=who_said, why_said=why_said, when_said=when_said, with_article=with_article,
    )  # fmt: skip
