"""Every page of the application."""

from flask import Flask

from cp.views import (
    account,
    alerts,
    asking_to_join,
    children,
    handovers,
    help,
    html,
    identities,
    involvements,
    joining,
    limits,
    looking_up,
    merging,
    said,
    searches,
    signing_in,
    stepping_up,
    words,
)
from cp.views.managing import pages as managing


def init_app(app: Flask) -> None:
    words.init_app(app)
    said.init_app(app)
    app.context_processor(html.furniture)
    for module in (searches, children, looking_up, involvements, signing_in, stepping_up, joining, account, help):
        app.register_blueprint(module.bp)
    for blueprint in (alerts.bp, alerts.closed, limits.bp, handovers.bp, asking_to_join.bp):
        app.register_blueprint(blueprint)
    for blueprint in (identities.new, identities.seals, identities.old, merging.bp):
        app.register_blueprint(blueprint)
    managing.init_app(app)
