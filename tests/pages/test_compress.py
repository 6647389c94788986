"""What compression does to an answer, and what it never does."""

import gzip

import pytest

from cp import compress
from tests.build import Person
from tests.web import Browser


def test_a_page_is_compressed_for_a_browser_that_says_it_can_read_that(browser: Browser, sam: Person) -> None:
    plain = browser.client.get("/help")

    packed = browser.client.get("/help", headers={"Accept-Encoding": "br, gzip;q=0.8"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "HX-Request, Cookie, Accept-Encoding"
    assert packed.content_length == len(packed.data) < len(plain.data)
    assert b"<h1" in gzip.decompress(packed.data)


@pytest.mark.parametrize("accepted", [None, "", "br", "gzip;q=0", "identity"])
def test_a_page_stays_as_it_is_for_any_other(browser: Browser, sam: Person, accepted: str | None) -> None:
    answer = browser.client.get("/help", headers={"Accept-Encoding": accepted} if accepted is not None else {})

    assert "Content-Encoding" not in answer.headers
    assert "<h1" in answer.text


def test_what_is_short_or_is_no_page_is_left_alone(browser: Browser) -> None:
    asking = {"Accept-Encoding": "gzip"}

    answers = [browser.client.get(path, headers=asking) for path in ("/health", "/")]

    assert [(answer.status_code, answer.headers.get("Content-Encoding")) for answer in answers] == [
        (200, None), (303, None),
    ]  # fmt: skip


def test_the_length_varies_by_chance_and_not_what_is_read() -> None:
    page = b"<p>Siddiqui</p>" * 100

    packed = [compress.padded(page) for _ in range(200)]

    lengths = {len(one) for one in packed}
    assert len(lengths) > 50
    assert max(lengths) - min(lengths) <= compress.PADDING + 1  # and the zero that ends the padding
    assert {gzip.decompress(one) for one in packed} == {page}
