"""Requests that no page of ours would send: too big, broken, forged. Each gets a page, and nothing is done."""

import io
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cp.models import Involvement, SignedIn
from tests import build
from tests.build import Person, World
from tests.pages.test_record import open_record, whole
from tests.web import Browser, Page
from tests.whole.places import Places, rules

FORM = "application/x-www-form-urlencoded"


def test_a_body_that_is_too_big_is_said_to_be(browser: Browser, sam: Person) -> None:
    page = browser.post("/searches", {"csrf_token": browser.token(), "given_name": "a" * 300_000})

    assert (page.status, page.h1) == (413, "That is too much at once")
    assert "Nothing was done. Go back and send less." in page.html.get_text()


@pytest.mark.parametrize(("parts", "status"), [(199, 422), (201, 413)])
def test_too_many_parts_are_too_much(browser: Browser, sam: Person, parts: int, status: int) -> None:
    fields: dict[str, Any] = {"csrf_token": browser.token()} | {f"field{at}": "1" for at in range(parts - 1)}

    answer = browser.client.post("/searches", data=fields, content_type="multipart/form-data")

    assert answer.status_code == status


def test_a_file_where_words_were_asked_for_is_as_good_as_nothing(browser: Browser, sam: Person) -> None:
    fields = {"csrf_token": browser.token(), "reason": "working_with", "given_name": (io.BytesIO(b"Amira"), "a.txt")}

    page = Page(browser.client.post("/searches", data=fields, content_type="multipart/form-data"), "/searches")

    assert page.errors == ["Enter a given name, a family name or a ContactPoint number"]


NO_FORMS = [
    (b"", FORM),
    (b"", ""),
    (b"&&&===", FORM),
    (b"%", FORM),
    (b"%zz=%f&given_name=%", FORM),
    (b'{"given_name": "Amira"}', "application/json"),
    (b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", "multipart/form-data; boundary=x"),
    (b"--y", "multipart/form-data; boundary=x"),
    (b"--x", "multipart/form-data"),
    (b"--x", "multipart/form-data; boundary=" + "x" * 5000),
    (b"\x00\xff\xfe", "text/plain; charset=utf-99"),
]


def test_a_body_that_is_no_form_of_ours_is_refused(browser: Browser, sam: Person) -> None:
    for body, kind in NO_FORMS:
        page = Page(browser.client.post("/searches", data=body, content_type=kind), "/searches")
        assert (page.status, page.h1) == (400, "This form could not be used"), (body, kind)


def test_bytes_that_are_no_text_are_read_as_well_as_can_be(browser: Browser, sam: Person) -> None:
    token = browser.token().encode()
    for name in (b"%ff%fe", b"Am%c3", b"%ed%a0%80", b"%f5%80%80%80", b"%00", b"%", b"%u0041"):
        body = b"csrf_token=" + token + b"&family_name=Khan&age=9&given_name=" + name
        page = Page(browser.client.post("/searches", data=body, content_type=FORM), "/searches")
        assert page.status == 422, name
        assert page.errors[-1] == "Choose why you need to find this child", name


NOTHINGS = [
    "/%", "/%ff", "/%00", "/..%2f..%2fetc%2fpasswd", "/%2fexample.org/", "/children/%ff%fe", "/children/",
    "/children/1", "/children/" + "0" * 36, "/children/{00000000-0000-0000-0000-000000000000}",
    "/children/00000000-0000-0000-0000-00000000000g", "/children/00000000-0000-0000-0000-000000000000/other",
    "/searches/x", "/involvements/1/end", "/static/../../../etc/passwd", "/static/%2e%2e/app.py",
    "/" + "a" * 20_000, "/.git/config", "/.env", "/\u202e",
]  # fmt: skip


def test_an_address_of_nothing_is_a_page_with_a_next_step(browser: Browser, sam: Person) -> None:
    for path in NOTHINGS:
        page = browser.get(path)
        assert (page.status, page.h1, page.texts("main a")) == (404, "Page not found", ["Find a child"]), path


def test_what_stands_after_the_question_mark_breaks_nothing(browser: Browser, sam: Person) -> None:
    for path in ("/searches/new?change=", "/searches/new?draft=", "/sign-in?ended=", "/?"):
        for value in ("x", "", "%00", "%ff", "0" * 36, "١" * 32, "a" * 20_000, "{}", "&change=1"):
            answer = browser.client.get(path + value, follow_redirects=True)
            assert answer.status_code in (200, 404), (path, value)
            assert len(value) < 100 or value not in answer.text, (path, value)


@pytest.mark.parametrize("path", ["/suppliers", "/ending", "/shields"])
def test_a_page_of_a_list_that_is_no_number_of_one_is_the_first(
    browser: Browser, session: Session, world: World, path: str
) -> None:
    browser.become(session, world.max)
    first = browser.get(path).texts("main")

    for number in ("0", "-1", "x", "²", "١", "0000001" + "9" * 20, "0000001" + "9" * 5000):
        assert browser.get(f"{path}?page={number}").texts("main") == first, number


def test_a_record_opened_from_no_search_asks_for_the_reason(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = whole(session, world)

    for value in ("x", "", "%00", "0" * 36, "00000000-0000-0000-0000-000000000000"):
        assert browser.get(f"/children/{child.uid}?from={value}").h1 == "Why do you need to open this record?", value


def test_a_method_that_nobody_has_is_turned_down_everywhere(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    places, token = Places.make(session, world), browser.token()

    for rule in rules(browser.client.application, "GET"):
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "<script>"):
            answer = browser.client.open(places.url(rule), method=method, data={"csrf_token": token})
            assert answer.status_code == 405, f"{method} {rule.endpoint}"
            assert answer.headers["Allow"].startswith("GET, HEAD, OPTIONS")


def test_the_address_of_a_form_says_that_nothing_was_done(browser: Browser, sam: Person) -> None:
    """It stands in the address bar while a form with an error is shown, and may be loaded again."""
    page = browser.get("/searches")

    assert (page.status, page.h1) == (405, "Page not found")
    assert "Nothing was done. Go back to the form" in page.texts("main p")[0]


FORGED = [
    {"HX-Request": "true", "HX-Target": "main", "HX-Source": "form#narrow"},
    {"HX-Request": "true", "HX-Boosted": "true"},
    {"HX-Request": "true", "HX-History-Restore-Request": "true"},
    {"HX-Request": "TRUE"},
    {"HX-Request": "false"},
    {"HX-Request": "true", "HX-Current-URL": "https://example.org/%ff", "HX-Prompt": "<script>", "HX-Trigger": "x"},
    {"HX-Request": "true", "HX-Current-URL-URI-AutoEncoded": "true", "HX-Current-URL": "%"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Original-URL": "/children", "X-Rewrite-URL": "/children"},
    {"Range": "bytes=0-10"},
    {"Accept": "application/json"},
    {"If-None-Match": "*", "If-Modified-Since": "Sat, 01 Jan 2050 00:00:00 GMT"},
    {"Authorization": "Basic eA=="},
    {"Cookie": "remember_token=x|y"},
]  # fmt: skip


def test_forged_headers_open_nothing(browser: Browser, session: Session, world: World) -> None:
    places, stranger = Places.make(session, world), browser.client.application.test_client(use_cookies=False)
    browser.become(session, world.nia)

    for headers in FORGED:
        for path in (f"/children/{places.child.uid}", "/involvements", "/"):
            answer = stranger.get(path, headers=headers)
            assert (answer.location or answer.headers["HX-Redirect"]) == "/sign-in", headers
            assert "Amira" not in answer.text
        if "Cookie" not in headers:
            answer = browser.client.get(f"/searches/{places.ids['search_uid']}", headers=headers)
            assert answer.status_code == 404, headers
            assert browser.client.get("/involvements", headers=headers).status_code == 200


def test_an_involvement_ends_in_place_though_nobody_said_why_the_record_was_opened(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    """htmx's header on a form that a page sent plainly: the ending is done, and My involvements says so."""
    assert world.sam.practitioner is not None
    mine = build.involvement(session, build.child(session, world), world.sam.practitioner)
    session.commit()
    page = browser.get(f"/involvements/{mine.uid}/end")

    fields = page.form("End involvement").fields | {"how": "worked"}
    answer = browser.client.post(f"/involvements/{mine.uid}/end", data=fields, headers={"HX-Request": "true"})

    session.rollback()
    assert (answer.status_code, answer.text, answer.headers["HX-Redirect"]) == (200, "", "/involvements#said")
    assert session.scalars(select(Involvement.ended_on)).one() is not None
    assert browser.get("/involvements").status_line.startswith("Your involvement with Amira Siddiqui ended on")


def test_a_session_that_ended_sends_htmx_to_sign_in(
    browser: Browser, session: Session, world: World, sam: Person
) -> None:
    child = whole(session, world)
    open_record(browser, child)
    session.execute(update(SignedIn).values(ended_at=SignedIn.started_at, end_reason="elsewhere"))
    session.commit()

    answer = browser.client.get(f"/children/{child.uid}/involvements/new", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.text, answer.headers["HX-Redirect"]) == (200, "", "/sign-in")


def test_a_cookie_of_anything_is_a_strangers(browser: Browser, world: World) -> None:
    client = browser.client.application.test_client(use_cookies=False)
    for cookie in ("", "x", "é", "\x7f", "a" * 4000, "=", "cp", '"quoted"', "a b", "🧒", "cp=x; cp=y"):
        raw = cookie.encode().decode("latin-1")
        answer = client.get("/", headers={"Cookie": f"cp={raw}"})
        assert (answer.status_code, answer.location) == (303, "/sign-in"), cookie


def test_a_plain_request_to_any_other_host_is_refused_with_the_sentence(browser: Browser) -> None:
    for host in ("", "x y", "example.org", "localhost.example.org", "[::2]", "127.0.0.1.example.org", "127.0.0.2",
                 "localhost@example.org", "\x00"):  # fmt: skip
        answer = browser.client.get("/sign-in", headers={"Host": host})
        assert answer.status_code == 403, host
        assert "ContactPoint is reached by https:// only, so that nobody on the way can read along." in answer.text
