"""How a view answers: the whole page, or the block of it that htmx asked for; and where a form leads."""

import re
import secrets
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from flask import Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_htmx import HTMX
from jinja2_fragments.flask import render_block
from werkzeug.exceptions import HTTPException

from cp import clock, db, guard
from cp.rules.signing_in import IDLE, LONGEST
from cp.services.paging import Paged

htmx = HTMX()
FURTHEST = 100_000

WHOLE_PAGE = {"HX-Retarget": "#content", "HX-Reselect": "#content", "HX-Reswap": "outerHTML"}
"""Tells htmx that the answer is a page, which takes the place of the whole content, its way back included."""


def page(
    template: str, *, block: str | None = None, status: int = 200, headers: dict[str, str] | None = None, **values: Any
) -> ResponseReturnValue:
    """Commit, then render: nothing is made of data whose audit entry is not written."""
    db.commit()
    values["paged"] = _which_page(values)
    asked_for_part = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    if block and asked_for_part:
        sent = (headers or {}) | (_where_it_was(block) if status >= 400 else {})
        return render_block(template, block, **(furniture(is_block=True) | values)), status, sent
    sent = (headers or {}) | (WHOLE_PAGE if asked_for_part else {})
    return render_template(template, **values), status, sent


def _which_page(values: dict[str, Any]) -> Paged[Any] | None:
    """Of a list that has several, for the title: what is shown is not what the address without it shows."""
    lists = (one for one in values.values() if isinstance(one, Paged))
    return next((one for one in lists if one.number <= one.last > 1), None)


def spreadsheet(name: str, text: str) -> Response:
    """Commit, then hand over a CSV of today that a spreadsheet opens as UTF-8."""
    db.commit()
    called = f'attachment; filename="{name}-{clock.today().isoformat()}.csv"'
    headers = {"Content-Disposition": called, "X-Content-Type-Options": "nosniff"}
    return Response("\ufeff" + text, mimetype="text/csv", headers=headers)


def _where_it_was(block: str) -> dict[str, str]:
    """A form with errors takes its own place again, not the place of what it would have changed."""
    return {"HX-Retarget": "#" + block.replace("_", "-"), "HX-Reswap": "outerHTML"}


def uuid_or_none(text: str | None) -> UUID | None:
    """An id that a person could have changed on the way."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def page_of_ours(where: str | None) -> str | None:
    """The path and query of a page of this site; None for anything else that a person could have put there."""
    try:
        parts = urlsplit(where or "")
        current_app.url_map.bind("").match(parts.path, method="GET")
    except (ValueError, HTTPException):
        return None
    here = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not parts.path.startswith("//")
    return urlunsplit(("", "", parts.path, parts.query, "")) if here else None


def go(answer: str) -> ResponseReturnValue:
    """Follow a once-only answer: `code|address`. The next page says the code's sentence."""
    return redirect(_said(answer), code=303)


def move(answer: str) -> ResponseReturnValue:
    """The same for whoever asked for a block: the whole page is left."""
    return "", 200, {"HX-Redirect": _said(answer)}


def _said(answer: str) -> str:
    code, _, where = answer.partition("|")
    if guard.found() and code:
        guard.touch(code)
    db.commit()
    return where


def page_number() -> int:
    """Which page of a long list was asked for; the first where that is no number of one."""
    asked = request.args.get("page", "1")
    return number if re.fullmatch("[0-9]{1,6}", asked) and 0 < (number := int(asked)) <= FURTHEST else 1


def once_key() -> str:
    return secrets.token_urlsafe(16)


def furniture(*, is_block: bool = False) -> dict[str, Any]:
    """What every page shows around its content; asks the database nothing, so that an error page can use it."""
    actor, found = g.get("person"), g.get("found")
    now = clock.now()
    return {
        "actor": actor,
        "said": found.said if actor and found else None,
        "ends_at": min(now + IDLE, found.started_at + LONGEST) if actor and found else now,
        "now": now,
        "today": clock.today(),
        "endpoint": request.endpoint or "",
        "demonstration": current_app.extensions["config"].demonstration,
        "sign_in_url": url_for("signing_in.new"),
        "is_block": is_block,
        "paged": None,
    }
