"""Built styles and scripts under hashed names, served already compressed, kept by the browser for good."""

import json
from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"


class NotBuilt(Exception):
    """The styles and scripts have not been built."""


def init_app(app: Flask) -> None:
    try:
        names: dict[str, str] = json.loads((DIST / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        raise NotBuilt("The styles and scripts are not built. Run: python dev.py assets") from None
    app.jinja_env.globals["asset"] = lambda name: f"/static/{names[name]}"
    served: Any = WhiteNoise(
        app.wsgi_app, root=DIST, prefix="static/", immutable_file_test=_is_hashed, allow_all_origins=False,
        add_headers_function=_headers,
    )  # fmt: skip
    app.wsgi_app = served  # type: ignore[method-assign]


def _is_hashed(path: str, url: str) -> bool:
    return not url.endswith("manifest.json")


def _headers(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
