"""Files that are sent: held in memory and gone with the request, never in a temporary folder.

Only somebody who may send files is let send more than a form: anybody else's is cut off where a form would be.
"""

from io import BytesIO
from typing import Any

from flask import Flask, Request, current_app, g, request, session

from cp import clock, registry
from cp.feeds.sheet import MOST_BYTES, MOST_COLUMNS
from cp.rules.access import decide
from cp.services import who
from cp.terms import Act

AROUND = 64 * 1024
"""Bytes of the form around a file."""
BESIDES = 10
"""Fields of the form of columns that ask about none."""
SENDING = frozenset({Act.RECEIVE_FILE, Act.CONFIRM_COLUMNS})


class InMemory(Request):
    def _get_file_stream(self, *_: Any, **__: Any) -> BytesIO:
        return BytesIO()


def init_app(app: Flask) -> None:
    app.request_class = InMemory


def make_room() -> None:
    """For the file, before anything of it is read. Who asks is looked up apart from the request's own session, which
    would hold everybody else up for as long as a slow line takes."""
    if registry.act_of(current_app, request.endpoint) not in SENDING or request.method != "POST":
        return
    with current_app.extensions["reader"]() as reader:
        found = who.find(reader, session.token_hash, g.request_id)  # type: ignore[attr-defined]
    if found and found.actor and decide(found.actor, Act.RECEIVE_FILE, None, clock.today()).allowed:
        request.max_content_length = MOST_BYTES + AROUND
        request.max_form_parts = MOST_COLUMNS + BESIDES
