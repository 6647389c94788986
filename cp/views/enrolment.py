"""Setting up an authenticator: a QR code to scan, or a key to type."""

import segno
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from cp import clock, db, guard
from cp.forms.signing_in import CodeForm
from cp.services import factors
from cp.views.html import page


def show(account_id: int, form: CodeForm, action: str, status: int = 200) -> ResponseReturnValue:
    secret, uri = factors.propose(db.session(), account_id, guard.form_token_hash())
    key = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return page("account/authenticator.html", status=status, form=form, action=action, qr=_qr(uri), key=key)


def confirmed(account_id: int, form: CodeForm) -> bool:
    """Whether the code is one of the secret that this browser was shown, which is enrolled by it."""
    return factors.confirm(db.session(), account_id, guard.form_token_hash(), form.code.data, clock.now())


def _qr(uri: str) -> Markup:
    """An SVG that needs no style of its own: the policy forbids inline styles."""
    drawn = segno.make(uri, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass="cp-qr", lineclass=None, omitsize=False,
        title="QR code to scan with your authenticator app",
    )  # fmt: skip
    return Markup(drawn)  # noqa: S704 - drawn by a library from our own address
