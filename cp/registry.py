"""Every endpoint declares what it does; without that the application does not start."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

from cp.terms import CHANGES, Act

View = TypeVar("View", bound=Callable[..., Any])
SAFE = {"GET", "HEAD", "OPTIONS"}


class Undeclared(Exception):
    """An endpoint that nobody decided about."""


def action(act: Act) -> Callable[[View], View]:
    """The only way to declare an endpoint's act. Goes nearest to the function, under its route."""

    def declare(view: View) -> View:
        view.act = act  # type: ignore[attr-defined]
        return view

    return declare


def act_of(app: Flask, endpoint: str | None) -> Act | None:
    return getattr(app.view_functions.get(endpoint or ""), "act", None)


def check(app: Flask) -> None:
    """Raises Undeclared for an endpoint without an act, and for one that changes things under a reading act."""
    for rule in app.url_map.iter_rules():
        act = act_of(app, rule.endpoint)
        if act is None:
            raise Undeclared(f"{rule.endpoint} ({rule.rule}) declares no action.")
        if (rule.methods or set()) - SAFE and act not in CHANGES:
            raise Undeclared(f"{rule.endpoint} ({rule.rule}) takes {rule.methods} but {act} changes nothing.")
