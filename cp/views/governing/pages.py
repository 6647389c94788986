"""Every one of these pages."""

from flask import Flask

from cp.views.governing import accreditations, agreements, councils, region, words


def init_app(app: Flask) -> None:
    words.init_app(app)
    for module in (agreements, accreditations, councils, region):
        app.register_blueprint(module.bp)
