"""The commands. Each parses, calls a service, owns the transaction, says one line."""

from flask import Flask

from cp.cli import audit, children, database, demo, find, work


def init_app(app: Flask) -> None:
    for module in (database, demo, audit, children, find, work):
        for group in module.GROUPS:
            app.cli.add_command(group)
