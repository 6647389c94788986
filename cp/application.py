"""The application, wired together and nothing else."""

import os
from functools import partial

from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from cp import (
    assets,
    closed,
    compress,
    csrf,
    database,
    db,
    engines,
    errors,
    guard,
    headers,
    keyfile,
    lodging,
    registry,
    sealing,
    uploads,
    websession,
)  # fmt: skip
from cp.cli import commands
from cp.config import Config
from cp.views import pages

OLDER = "The database is older than this code. Make a backup, then run: flask --app app database upgrade"
LARGEST_FORM = 256 * 1024  # one field of 10,000 of the longest characters is answered with a sentence of its own


def create_app(config: Config | None = None) -> Flask:
    """Raises SettingProblem, KeyProblem, DatabaseProblem, Undeclared or NotBuilt: then it does not start."""
    config = config or Config.from_environment()
    app = Flask(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_FORM, MAX_FORM_PARTS=200, MAX_FORM_MEMORY_SIZE=LARGEST_FORM)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.session_interface = websession.Interface()
    closed.init_app(app)
    app.before_request(sealing.refresh)
    for part in (db, compress, uploads, guard, csrf, headers, errors, assets, pages, commands):
        part.init_app(app)
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[config.proxies] * 3)  # type: ignore[method-assign]
    registry.check(app)
    serve(app, config)
    return app


def serve(app: Flask, config: Config) -> None:
    """The directory that the application answers from, from now on. Raises KeyProblem or DatabaseProblem."""
    engine = engines.make_engine(config.database_url)
    app.extensions["config"] = config
    lodging.use(config.lodge)
    db.connect(app, engine)
    app.extensions["database"] = database.check(engine, config, _keys(config, engine))
    app.extensions["unfinished"] = lodging.closed() == lodging.RESTORING or database.is_unfinished(engine)
    if "FLASK_RUN_FROM_CLI" not in os.environ and (sentence := _not_yet(app)):
        engine.dispose()
        raise database.DatabaseProblem(sentence)


def _not_yet(app: Flask) -> str | None:
    """Why nobody may be served from this database before an operator has done something."""
    if app.extensions["unfinished"]:
        return database.NOT_FINISHED
    return OLDER if app.extensions["database"] == "older" else None


def _keys(config: Config, engine: Engine) -> sealing.KeyRing | None:
    """The ring, in use from now on with what follows it; None where there is no key file yet."""
    if not config.key_file.exists():
        return None
    return keyfile.use(config.key_file, partial(database.knows, engines.reading_first(engine)))
