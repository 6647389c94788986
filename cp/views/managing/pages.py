"""Every page of a manager."""

from flask import Flask

from cp.views.managing import bp, changing, granting, inviting, links, people, reviewing, words

MODULES = (people, inviting, changing, granting, links, reviewing)


def init_app(app: Flask) -> None:
    words.init_app(app)
    app.register_blueprint(bp)
