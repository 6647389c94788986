"""Every command of the application."""

from flask import Flask

from cp.cli import accounts, audit, children, database, demo, find, keys, register, retention, supply, work


def init_app(app: Flask) -> None:
    for module in (keys, database, demo, accounts, audit, children, find, register, retention, supply, work):
        for group in module.GROUPS:
            app.cli.add_command(group)
