"""What a person reads when something is refused, missing, broken or full: what happened, and the next step."""

import logging
import traceback
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import Forbidden, HTTPException

from cp import clock, csrf, db, guard, problems, registry
from cp.rules.access import refusals_of
from cp.services import audit, drafts, once
from cp.services.children import ReasonNeeded
from cp.services.stepping_up import StepUpNeeded
from cp.terms import Act, Decision
from cp.views.html import WHOLE_PAGE, go, htmx, page_of_ours


def init_app(app: Flask) -> None:
    app.logger.addFilter(nameless)
    htmx.init_app(app)
    app.register_error_handler(audit.Refusal, refused)
    app.register_error_handler(ReasonNeeded, reason_needed)
    app.register_error_handler(StepUpNeeded, step_up_needed)
    app.register_error_handler(IntegrityError, done_already)
    app.register_error_handler(DBAPIError, unavailable)
    app.register_error_handler(PoolTimeout, unavailable)
    app.register_error_handler(problems.Problem, problems.answer)
    app.register_error_handler(HTTPException, known_error)
    app.register_error_handler(Exception, unexpected)


def refused(refusal: audit.Refusal) -> ResponseReturnValue:
    """Undo the request, keep the fact that it was refused, and answer: sign in, not there, or the sentence why not."""
    if refusal.reason == "not_signed_in":
        return _to_sign_in()
    person = guard.actor()
    db.rollback()
    act = registry.act_of(current_app, request.endpoint) or Act.READ_PUBLIC
    about = audit.About(subject_id=refusal.subject_id, object_id=refusal.object_id, reason=refusal.reason)
    audit.record(db.session(), person, act, about, decision=Decision.REFUSED, request_id=g.request_id)
    db.commit()
    if refusal.hidden or person is None:
        return _page("error.html", HTTPStatus.NOT_FOUND)
    missing = refusals_of(person, clock.today())
    return _page("refused.html", HTTPStatus.FORBIDDEN, reason=refusal.reason, missing=missing)


def _to_sign_in() -> ResponseReturnValue:
    """A form sent too late is kept before the person signs in again. Who is half-way goes on where they stopped."""
    db.rollback()
    found = guard.found()
    if found and found.ended:
        _keep_form(found.account_id)
    db.commit()
    return _move(url_for("signing_in.role" if found and found.choosing else "signing_in.new"))


def step_up_needed(_: StepUpNeeded) -> ResponseReturnValue:
    """Ask for a code again, then back to this page; a form is kept and shown filled in."""
    person = guard.me()
    db.rollback()
    where = _keep_form(person.account_id) or page_of_ours(request.full_path)
    db.commit()
    return _move(url_for("stepping_up.again", to=where or url_for("account.show")))


def _keep_form(account_id: int) -> str | None:
    """Keep what was typed into a form of ours; answers the page it is filled in on again."""
    if request.method != "POST" or request.endpoint not in KEPT or not csrf.is_ours():
        return None
    fields = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    path = url_for(KEPT[request.endpoint], **(request.view_args or {}))
    drafts.keep(db.session(), account_id, guard.form_token_hash(), path, fields)
    return path


def _move(where: str) -> ResponseReturnValue:
    """Another page, whole, whoever asked."""
    if htmx:
        return "", HTTPStatus.OK, {"HX-Redirect": where}
    return redirect(where, code=303)


KEPT = {
    "searches.create": "searches.new",
    "family_searches.create": "family_searches.new",
    "involvements.create": "involvements.new",
    "involvements.end": "involvements.ending",
    "contacts.create": "contacts.new",
    "telling.create": "telling.new",
    "log.ask": "log.new",
    "changes.create": "changes.new",
    "accounts.create": "accounts.new",
    "accounts.check": "accounts.checking",
    "accounts.suspend": "accounts.suspending",
    "accounts.close": "accounts.closing",
    "accounts.move": "accounts.moving",
    "accounts.grant": "accounts.giving",
    "accounts.end": "accounts.ending",
    "accounts.make_link": "accounts.link",
    "accounts.approve": "accounts.approvals",
    "limits.save": "limits.show",
    "phases.save": "phases.show",
    "phases.save_partner": "phases.show_partner",
    "shields.create": "shields.new",
    "shields.keep": "shields.keeping",
    "services.declare": "services.show",
    "systems.create": "systems.new",
    "new_identities.make": "new_identities.new",
    "seals.ask": "seals.prepare",
    "old_identities.agree": "old_identities.agreeing",
    "old_identities.ask_opening": "old_identities.index",
    "old_identities.agree_opening": "old_identities.index",
    "family_asking.create": "family_asking.new",
    "family_requests.answer": "family_requests.show",
    "disclosing.create": "disclosing.new",
    "disclosures.answer": "disclosures.show",
    "holds.create": "holds.new",
    "holds.answer": "holds.show",
    "holds.end": "holds.show",
    "holds.answer_end": "holds.show",
    "staying.record": "staying.show",
    "staying.withdraw": "staying.show",
    "archive.find": "archive.index",
    "archive.ask": "archive.asking",
    "archive.answer": "archive.answering",
}
"""A form whose session ended or that needs a fresh code, and the page it is filled in on again.

Not those of sensitive services: the page's address would name the child in the clear.
"""


def reason_needed(_: ReasonNeeded) -> ResponseReturnValue:
    """Nobody has said yet why this record is opened: ask, showing nothing of it."""
    db.rollback()
    child_uid = (request.view_args or {})["child_uid"]
    return _move(url_for("children.why", child_uid=child_uid))


def done_already(_: IntegrityError) -> ResponseReturnValue:
    """Two of the same form arrived at once: the other one was done, so this one is answered as it was."""
    person = guard.actor()
    db.rollback()
    answer = once.answered(db.session(), person, request.form.get("once")) if person else None
    return go(answer) if answer else unavailable(None)


def unavailable(problem: Exception | None) -> ResponseReturnValue:
    """The database is locked, full or away: nothing was done, nothing is shown."""
    if problem is not None:
        current_app.logger.error("database: %s", type(getattr(problem, "orig", None) or problem).__name__)
    _forget()
    return _page("unavailable.html", HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "60"})


def known_error(error: HTTPException) -> ResponseReturnValue:
    """Among them what was raised while another answer was being made: a refusal, too, may meet a full database."""
    original = getattr(error, "original_exception", None)
    if isinstance(original, DBAPIError | PoolTimeout):
        return unavailable(original)
    _forget()
    status = HTTPStatus(error.code or 500)
    allowed = {"Allow": ", ".join(sorted(getattr(error, "valid_methods", None) or ()))}
    return _page("error.html", status, allowed if status == 405 else None, said_by_us=_ours(error))


def unexpected(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("unexpected, request %s", g.get("request_id"))
    _forget()
    return _page("error.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def nameless(record: logging.LogRecord) -> bool:
    """The log says what broke and where. What an exception says may be a child's name, so it is left out."""
    if record.exc_info and record.exc_info[1]:
        record.exc_text = "".join(_frames(record.exc_info[1])).rstrip()
    return True


def _frames(problem: BaseException | None) -> Iterator[str]:
    """The newest first, each with the lines of code that led to it."""
    while problem is not None:
        yield f"{type(problem).__name__}\n"
        yield from traceback.format_tb(problem.__traceback__)
        problem = problem.__cause__ or problem.__context__


def _ours(error: HTTPException) -> str:
    """The sentence that came with our own refusal; not the library's."""
    ours = isinstance(error, Forbidden) and error.description != Forbidden.description
    return error.description or "" if ours else ""


def _forget() -> None:
    try:
        db.rollback()
    except DBAPIError:
        session.modified = False


def _page(
    template: str, status: HTTPStatus, headers: dict[str, str] | None = None, **values: Any
) -> ResponseReturnValue:
    """The page that says so; another system is told in its own way."""
    if problems.of_machine():
        return problems.answer(problems.Problem(status, headers=headers or {}))
    sent = {**(headers or {}), **(WHOLE_PAGE if htmx else {})}
    return render_template(template, status=status, **{"said_by_us": "", **values}), status, sent
