"""What a file may weigh, and from whom; it is held in memory and nowhere else."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, RawIOBase
from typing import Any

import pytest
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from cp.feeds.sheet import MOST_BYTES
from tests.build import Person, World
from tests.build_supply import AMIRA, HEADINGS, csv_of
from tests.feeds.files import xlsx
from tests.pages.supply.steps import chosen, confirmed
from tests.web import Browser, Page

MB = 1024 * 1024
NO_FILE = (BytesIO(b""), "")
"""What a browser sends where none was chosen."""
FORM = "multipart/form-data; boundary=x"
watching: list[list[str]] = []


class Untouched(RawIOBase):
    """A body of so many bytes, which knows whether anybody has begun to read it."""

    def __init__(self, size: int) -> None:
        self.size, self.at, self.read_from = size, 0, False

    def tell(self) -> int:
        return self.at

    def seek(self, to: int, whence: int = os.SEEK_SET) -> int:
        self.at = self.size if whence == os.SEEK_END else to
        return self.at

    def readable(self) -> bool:
        return True

    def readinto(self, _: object) -> int:
        self.read_from = True
        return 0


def offered(browser: Browser, where: str, size: int) -> tuple[Page, bool]:
    """The answer to a body of this size, and whether any of it was read."""
    body = Untouched(size)
    response = browser.client.post(where, input_stream=body, content_type=FORM)
    return Page(response, where), body.read_from


@pytest.mark.parametrize("where", ["/supply", "/supply/files/{}/columns"])
def test_more_than_64_mb_is_refused_unread(browser: Browser, ada: Person, where: str) -> None:
    uid = confirmed(browser).url.rpartition("/")[2]

    page, read = offered(browser, where.format(uid), MOST_BYTES + MB)

    assert (page.status, page.h1, read) == (413, "That is too much at once", False)
    assert page.texts("main p.govuk-body")[0].startswith("A file may have up to 64 MB.")


@pytest.mark.parametrize("who", ["sam", "max", ""])
def test_from_whoever_sends_no_files_a_form_is_the_most(
    browser: Browser, session: Session, world: World, who: str
) -> None:
    if who:
        browser.become(session, getattr(world, who))

    page, read = offered(browser, "/supply", MB)

    assert (page.status, read) == (413, False)


def test_nor_is_a_supplier_let_send_more_than_a_form_anywhere_else(browser: Browser, ada: Person) -> None:
    page, read = offered(browser, confirmed(browser).url + "/send", MB)

    assert (page.status, read) == (413, False)


def test_a_list_of_thousands_is_taken(browser: Browser, ada: Person) -> None:
    page = chosen(browser, csv_of(*(AMIRA | {"Adno": str(at), "Address Line 1": "x" * 300} for at in range(2_000))))

    assert (page.status, page.texts("main .govuk-caption-l")) == (200, ["autumn-roll.csv, 2000 rows"])


def test_a_file_of_many_columns_can_be_confirmed(browser: Browser, ada: Person) -> None:
    more = [f"Our own {at}" for at in range(200)]

    page = confirmed(browser, csv_of(AMIRA, headings=(*HEADINGS, *more)), again=NO_FILE)

    assert (page.status, page.h1) == (200, "1 row is ready")


def hook(event: str, given: tuple[Any, ...]) -> None:
    """Cannot be taken away again, so it only looks while somebody watches."""
    if watching and (event.startswith("tempfile.") or (event == "open" and writes(*given))):
        watching[0].append(f"{event} {given[0]}")


def writes(path: object, mode: object, flags: int, *_: object) -> bool:
    """A pipe to a program of ours is a number, and no file."""
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and not isinstance(path, int) and path != os.devnull


sys.addaudithook(hook)


@contextmanager
def written() -> Iterator[list[str]]:
    """What Python opens to write meanwhile; the database is written by itself."""
    opened: list[str] = []
    watching.append(opened)
    yield opened
    watching.clear()


@pytest.mark.parametrize("data", [csv_of(*[AMIRA | {"Town": "x" * 900}] * 1_500), xlsx()], ids=["csv", "xlsx"])
def test_nothing_of_a_file_is_written_to_a_folder(browser: Browser, ada: Person, data: bytes) -> None:
    form = browser.get("/supply").form("Check this file")
    fields = form.fields | {"whole": "no", "file": FileStorage(BytesIO(data), "roll")}
    body, _, boundary = stream_encode_multipart(fields, use_tempfile=False)

    with written() as opened:
        answer = browser.client.post(
            form.action, input_stream=body, content_type=f"multipart/form-data; boundary={boundary}"
        )

    assert (answer.status_code, opened) == (303, [])
    assert browser.get("/supply/files").html.select("main tbody tr")


def test_the_watch_sees_what_is_written() -> None:
    with written() as opened, tempfile.TemporaryFile():
        pass

    assert opened
