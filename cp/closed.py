"""The directory switched off, or being restored: nobody is answered but with a page that says so in plain words.

It is looked at before each request, in the folder of CP_LODGE, so that it holds at once, for every process that serves,
and whatever the database says.
"""

from http import HTTPStatus

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue

from cp import lodging, problems
from cp.views.html import WHOLE_PAGE, htmx

HEALTH = "/health"


def init_app(app: Flask) -> None:
    app.before_request(_answer)


def _answer() -> ResponseReturnValue | None:
    why = lodging.closed()
    if why is None and not current_app.extensions["unfinished"]:
        return None
    if request.path == HEALTH:
        return "not ok", HTTPStatus.SERVICE_UNAVAILABLE, {"Content-Type": "text/plain; charset=utf-8"}
    if problems.of_machine():
        return problems.answer(problems.Problem(HTTPStatus.SERVICE_UNAVAILABLE, "ContactPoint is closed."))
    page = render_template("closed.html", switched_off=why == lodging.SWITCHED_OFF)
    return page, HTTPStatus.SERVICE_UNAVAILABLE, WHOLE_PAGE if htmx else {}
