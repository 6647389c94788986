"""One database session a request, committed once, before anything of it is shown."""

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker


def init_app(app: Flask, engine: Engine) -> None:
    app.extensions["engine"] = engine
    app.extensions["sessionmaker"] = sessionmaker(engine)
    app.extensions["reader"] = sessionmaker(engine.execution_options(begin="DEFERRED"))
    app.teardown_appcontext(_close)


def session() -> Session:
    if "session" not in g:
        g.session = current_app.extensions["sessionmaker"]()
    opened: Session = g.session
    return opened


def read_only() -> None:
    """Nothing will be written in this request: on SQLite it waits for nobody who writes."""
    g.session = current_app.extensions["reader"]()


def commit() -> None:
    """Make what the request did permanent, its audit with it; only then may anything be rendered."""
    if "session" in g:
        g.session.commit()
        g.entries = g.get("entries", 0) + g.session.info.pop("entries", 0)


def rollback() -> None:
    if "session" in g:
        g.session.rollback()
        g.session.info.pop("entries", None)


def _close(_: BaseException | None) -> None:
    if opened := g.pop("session", None):
        opened.close()
