"""A form that comes back filled in after an ended session."""

from flask import request
from werkzeug.datastructures import MultiDict

from cp import db, guard
from cp.services import drafts
from cp.views.html import uuid_or_none


def restored() -> MultiDict[str, str] | None:
    """What was typed into this page's form before the session ended, once; None when nothing waits."""
    uid = uuid_or_none(request.args.get("draft"))
    fields = drafts.take(db.session(), guard.me(), uid, request.path) if uid else None
    return MultiDict([(name, value) for name, values in fields.items() for value in values]) if fields else None
