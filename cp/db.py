"""One database session a request, committed once, before anything of it is shown."""

from collections.abc import Callable

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from cp import engines

READING = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_close)


def connect(app: Flask, engine: Engine) -> None:
    """Sessions are of this database from now on."""
    app.extensions["engine"] = engine
    app.extensions["sessionmaker"] = sessionmaker(engine)
    app.extensions["reader"] = sessionmaker(engines.reading_first(engine))


def session() -> Session:
    """The request's session, which on SQLite holds the database from its first statement on."""
    if "session" not in g:
        g.session = current_app.extensions["sessionmaker"]()
    opened: Session = g.session
    return opened


def read_first() -> None:
    """On SQLite: hold the database from the request's first write on only."""
    g.session, g.reads = current_app.extensions["reader"](), True


def hold() -> bool:
    """Hold the database from here on, where the request has read first and written nothing yet: whatever was read is
    to be asked again. False where it is held already."""
    if not g.pop("reads", False):
        return False
    g.pop("session").close()
    session()
    return True


def last(write: Callable[[Session], None]) -> None:
    """What to write when the request commits; another takes its place."""
    g.last = write


def commit() -> None:
    """Make what the request did permanent, its audit with it; only then may anything be rendered."""
    if write := g.pop("last", None):
        write(session())
    if "session" in g:
        g.session.commit()
        g.entries = g.get("entries", 0) + g.session.info.pop("entries", 0)


def rollback() -> None:
    g.pop("last", None)
    if "session" in g:
        g.session.rollback()
        g.session.info.pop("entries", None)


def _close(_: BaseException | None) -> None:
    if opened := g.pop("session", None):
        opened.close()
