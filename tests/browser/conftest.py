"""One served site and one Chromium for all the tests of this folder; a new window for each of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from cp import sealing
from tests.browser.checker import Check, checker
from tests.browser.site import Site, served
from tests.browser.states import STATES
from tests.browser.visitor import WIDE, Visitor
from tools import machine, setup


@pytest.fixture(scope="session")
def site(empty: str, ring: sealing.KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(empty, ring, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """What the machine has; Playwright's own node lacks a library on a small Debian."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(setup.node()))
    path = os.environ.get("CP_BROWSER") or machine.shell()
    assert path, "The tests need Chromium. As root: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def window(chromium: Browser, site: Site, **options: Any) -> Iterator[Visitor]:
    context = chromium.new_context(**{"viewport": WIDE, "locale": "en-GB", "timezone_id": "Europe/London"} | options)
    context.set_default_timeout(10_000)
    yield Visitor(context, site)
    context.close()


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Visitor]:
    """Somebody who has not signed in."""
    with window(chromium, site) as visitor:
        yield visitor


@pytest.fixture
def plain(chromium: Browser, site: Site) -> Iterator[Visitor]:
    """The same, at a browser that runs no scripts."""
    with window(chromium, site, java_script_enabled=False) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def html_problems() -> Iterator[Check]:
    with checker() as check:
        yield check


@pytest.fixture(scope="session", params=STATES)
def state(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Visitor]:
    """Each state in turn, for all that is checked of it."""
    with window(chromium, site) as visitor:
        STATES[request.param](visitor)
        yield visitor
