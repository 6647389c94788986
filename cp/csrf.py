"""Forms come from our own pages: a token tied to the browser's cookie, masked afresh in each response."""

import base64
import binascii
import hmac
import secrets

from flask import Flask, abort, request, session
from markupsafe import Markup

from cp import problems, sealing
from cp.registry import SAFE

FIELD = "csrf_token"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["csrf_field"] = field


def field() -> Markup:
    return Markup('<input type="hidden" name="%s" value="%s">') % (FIELD, token())


def token() -> str:
    """32 bytes hidden under 32 random ones, so that no two responses repeat it (a page's length tells nothing)."""
    mask = secrets.token_bytes(32)
    return base64.urlsafe_b64encode(mask + _xor(mask, _secret())).decode()


def check() -> None:
    """Refuses an unsafe request that another site sent, or that carries no token of this browser.

    The guard asks this before it asks who somebody is: what they may do is not told to whoever sent them here. Another
    system has no cookie that somebody else could use: it is asked for its credential.
    """
    if request.method in SAFE or problems.of_machine():
        return
    if _from_elsewhere():
        abort(403)
    if not _has_token():
        abort(400)


def is_ours() -> bool:
    """Whether a form came from a page that this browser was given."""
    return not _from_elsewhere() and _has_token()


def _from_elsewhere() -> bool:
    """By what the browser says of where the request comes from; either word is enough to refuse it."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        return True
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


def _has_token() -> bool:
    try:
        sent = base64.urlsafe_b64decode(request.form.get(FIELD, ""))
    except (binascii.Error, ValueError):
        return False
    return len(sent) == 64 and hmac.compare_digest(_xor(sent[:32], sent[32:]), _secret())


def _secret() -> bytes:
    return sealing.ring().lasting_digest("form", session.form_token())  # type: ignore[attr-defined]


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
