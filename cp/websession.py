"""The cookie and the row behind it: our own SessionInterface, which feeds Flask-Login."""

from typing import Any

from flask import Flask, Request, Response, g, request
from flask.sessions import SessionInterface, SessionMixin

from cp import db
from cp.rules.access import Actor
from cp.services import sessions, who

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


class WebSession(dict[str, Any], SessionMixin):
    """What the browser holds is a random token and nothing else; the rest is a row, read when it is first needed.

    A visitor without a session has a token too: forms are tied to it.
    """

    def __init__(self, token: str | None) -> None:
        super().__init__()
        self.token = token
        self.send = False
        if token:
            self["_user_id"] = sessions.hashed(token).hex()

    def start(self, token: str) -> None:
        """Give the browser this token from now on."""
        self.token, self.send = token, True
        self["_user_id"] = sessions.hashed(token).hex()

    def stop(self) -> None:
        """Take the token away."""
        self.token, self.send = None, True
        self.clear()

    @property
    def token_hash(self) -> bytes:
        return sessions.hashed(self.token or "")

    def form_token(self) -> str:
        """The token that forms are tied to; made for a visitor who has none."""
        if self.token is None:
            self.start(sessions.new_token())
        return self.token or ""


class Interface(SessionInterface):
    def open_session(self, app: Flask, request: Request) -> WebSession:
        return WebSession(request.cookies.get(cookie_name(request)) or None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, WebSession) or not session.send:
            return
        options: dict[str, Any] = {"httponly": True, "samesite": "Lax", "path": "/", "secure": request.is_secure}
        if session.token is None:
            response.delete_cookie(cookie_name(request), **options)
        else:
            response.set_cookie(cookie_name(request), session.token, **options)


def cookie_name(request: Request) -> str:
    return "__Host-cp" if request.is_secure else "cp"


def is_loopback(request: Request) -> bool:
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    return host in LOOPBACK


def load_actor(token_hash: str) -> Actor | None:
    """Flask-Login's way to the person: read afresh at every request, from the session's row."""
    g.found = who.find(db.session(), bytes.fromhex(token_hash), g.request_id)
    return g.found.actor if g.found else None
