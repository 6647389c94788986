"""Letters to many schools and services at once: choose which and to whom, look at one, make them, print them."""

from uuid import UUID

from flask import Blueprint, Flask, current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from cp import db, guard
from cp.forms.letters import FOR_WHOM, LETTERS, WAYS, WhomForm, kind_of, way_of
from cp.models import Organisation
from cp.registry import action
from cp.rules.access import Actor
from cp.services import once
from cp.services.implementation import school_links
from cp.services.implementation.letters import making, runs, whom
from cp.services.implementation.letters.making import Asked, Form, Made
from cp.services.implementation.letters.words import Writer
from cp.terms import Act, LetterKind, LetterWay
from cp.views.html import go, once_key, page, page_number
from cp.views.words import plural

bp = Blueprint("letters", __name__, url_prefix="/implementation/letters")
SAMPLE = "(the address of its own form, made with the letter)"
NONE_LEFT = "no_letters"


@bp.get("")
@action(Act.SEE_LETTERS)
def index() -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    return page("letters/index.html", counts=whom.counts(session, person), runs=runs.newest(session, person))


@bp.get("/new")
@action(Act.SEE_LETTERS)
def new() -> ResponseReturnValue:
    return _ask(kind_of(request.args.get("letter")), WhomForm(data={"to": "all"}))


def _ask(kind: LetterKind, form: WhomForm, status: int = 200) -> ResponseReturnValue:
    every = request.values.get("whom") == "every"
    found = whom.listed(db.session(), guard.me(), kind, page_number(), every=every)
    if not found.total or every:
        form.to.data = "chosen"
    return page("letters/new.html", status=status, form=form, kind=kind, found=found, every=every)


@bp.get("/to/<uuid:organisation_uid>")
@action(Act.SEE_LETTERS)
def preview(organisation_uid: UUID) -> ResponseReturnValue:
    kind, session, person = kind_of(request.args.get("letter")), db.session(), guard.me()
    one, fits = runs.preview(session, person, organisation_uid, kind, SAMPLE, _about(request.host_url))
    return page("letters/preview.html", sheet=one, fits=fits, kind=kind, organisation_uid=organisation_uid)


@bp.post("")
@action(Act.MAKE_LETTERS)
def create() -> ResponseReturnValue:
    """The page that says what would be made; once somebody has said how they go out, the letters."""
    session, person, key = db.session(), guard.me(), request.form.get("once")
    if answer := once.answered(session, person, key):
        return go(answer)
    kind, form = kind_of(request.form.get("letter")), WhomForm(request.form)
    if not form.valid():
        return _ask(kind, form, 422)
    asked, way = form.wanted(kind), way_of(request.form.get("way"))
    if way is None or (way is LetterWay.EMAILED and not _mails()):
        planned = making.plan(session, person, asked)
        whom.counted(session, person, len(planned.to))
        return page("letters/sure.html", form=form, kind=kind, plan=planned, mails=_mails(), once=once_key())
    return _make(asked, way, key)


def _make(asked: Asked, way: LetterWay, key: str | None) -> ResponseReturnValue:
    session, person = db.session(), guard.me()
    base = request.host_url if way is LetterWay.PRINTED else current_app.extensions["config"].site
    made = making.make(session, person, asked, way, _writer(base), _forms(base))
    if made is None:
        return go(once.answer(session, person, key, f"{NONE_LEFT}|{url_for('.index')}"))
    said = f"{way}:{len(made.sheets)}" if way is LetterWay.EMAILED else ""
    once.answer(session, person, key, f"{said}|{url_for('.show', run_uid=made.run.uid)}")
    if made.run.kind is LetterKind.MEANS and way is LetterWay.PRINTED:
        return _shown_once(made)
    return go(f"{said}|{url_for('.show', run_uid=made.run.uid)}")


def _shown_once(made: Made) -> ResponseReturnValue:
    """The address of a form is known only while its letter is made: it cannot be printed again."""
    by = guard.me().name
    to = tuple(sheet.to[1] for sheet in made.sheets)
    return page("letters/run.html", one=runs.Run(made.run, by, to, made.sheets), only_now=True)


@bp.get("/runs/<uuid:run_uid>")
@action(Act.SEE_LETTERS)
def show(run_uid: UUID) -> ResponseReturnValue:
    one = runs.one(db.session(), guard.me(), run_uid, _about(request.host_url))
    return page("letters/run.html", one=one, only_now=False)


def _forms(base: str) -> Form:
    """How an organisation's own form is reached from `base`: by a link that is made with its letter."""

    def address(session: Session, actor: Actor, to: Organisation) -> str:
        return base.rstrip("/") + url_for("school_form.start", school_token=school_links.make(session, actor, to))

    return address


def _writer(base: str) -> Writer:
    person = guard.me()
    return runs.writer(db.session(), person.account_id, person, _about(base))


def _about(base: str) -> str:
    return base.rstrip("/") + url_for("about.index")


def _mails() -> bool:
    return current_app.extensions["config"].mail is not None


def said_of_letters(code: str | None) -> str:
    name, _, count = (code or "").partition(":")
    if name == NONE_LEFT:
        return "There was no letter left to make. Nothing has changed."
    if name == LetterWay.EMAILED:
        return f"{plural(int(count), 'letter is', 'letters are')} in line to be sent."
    return ""


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(LETTERS=LETTERS, LETTERS_FOR=FOR_WHOM, LETTER_WAYS=WAYS,
                                 said_of_letters=said_of_letters)  # fmt: skip
