"""Forms come from our own pages: a token tied to the browser's cookie, masked afresh in each response."""

import base64
import binascii
import hmac
import secrets

from flask import Flask, abort, request, session
from markupsafe import Markup

from cp import sealing
from cp.registry import SAFE

FIELD = "csrf_token"


def init_app(app: Flask) -> None:
    app.before_request(check)
    app.jinja_env.globals["csrf_field"] = field


def field() -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token())


def token() -> str:
    """32 bytes hidden under 32 random ones, so that no two responses repeat it (a page's length tells nothing)."""
    mask = secrets.token_bytes(32)
    return base64.urlsafe_b64encode(mask + _xor(mask, _secret())).decode()


def check() -> None:
    """Refuses an unsafe request that another site sent, or that carries no token of this browser."""
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
    try:
        sent = base64.urlsafe_b64decode(request.form.get(FIELD, ""))
    except (binascii.Error, ValueError):
        sent = b""
    if len(sent) != 64 or not hmac.compare_digest(_xor(sent[:32], sent[32:]), _secret()):
        abort(400)


def _secret() -> bytes:
    return sealing.ring().digest("form", session.form_token())  # type: ignore[attr-defined]


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
