"""Every command of the application."""

from flask import Flask

from cp.cli import (
    accounts,
    audit,
    backing_up,
    children,
    database,
    demo,
    find,
    keys,
    register,
    retention,
    supply,
    switching_off,
    work,
)  # fmt: skip

MODULES = (
    keys, database, demo, accounts, audit, children, find, register, retention, supply, work, backing_up,
    switching_off,
)  # fmt: skip


def init_app(app: Flask) -> None:
    for module in MODULES:
        for group in module.GROUPS:
            app.cli.add_command(group)
