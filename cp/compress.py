"""Pages leave compressed, each made longer by a random amount, so that its length does not tell what it repeats."""

import gzip
import secrets
from io import BytesIO

from flask import Flask, Response, request

LEVEL = 4
SMALLEST = 500
"""Bytes; what is shorter fits one packet anyway."""
PADDING = 128
"""At most so many bytes more. A page may repeat what was typed beside what must stay secret, and a compressed length
tells a listener how alike the two are; with a length that varies by chance they have to listen very much longer."""


def init_app(app: Flask) -> None:
    """Registered before every other part, because what is registered first sees the response last."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype != "text/html" or "Content-Encoding" in response.headers or "gzip" not in _accepted():
        return response
    page = response.get_data()
    if len(page) >= SMALLEST:
        response.set_data(padded(page))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = f"{response.headers.get('Vary', '')}, Accept-Encoding".removeprefix(", ")
    return response


def _accepted() -> set[str]:
    return {coding for coding, quality in request.accept_encodings if quality > 0}


def padded(page: bytes) -> bytes:
    """The page as gzip. The padding is the file name that the format has room for, and readers pass over."""
    packed = BytesIO()
    name = "-" * secrets.randbelow(PADDING + 1)
    with gzip.GzipFile(name, "wb", LEVEL, packed, mtime=0) as file:
        file.write(page)
    return packed.getvalue()
