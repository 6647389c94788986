"""A computer that others use: after signing out, Chromium's own folder and its Back button hold nothing of a child."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.directory import aged
from tests.browser.site import Site
from tests.browser.test_session import KEPT
from tests.browser.visitor import Visitor
from tools import machine

BACK = 5
OF_A_CHILD = ("Amira", "Siddiqui", "Farah", "Tanner", "ZA4 7QD")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def opened(chromium: Browser, profile: Path) -> BrowserContext:
    return chromium.browser_type.launch_persistent_context(
        profile, executable_path=machine.browser(), args=["--no-sandbox"], locale="en-GB"
    )


def written(profile: Path) -> bytes:
    """Every byte that the browser left on the disk."""
    return b"\0".join(file.read_bytes() for file in sorted(profile.rglob("*")) if file.is_file())


def forms_of(text: str) -> list[bytes]:
    return [text.encode(), text.encode("utf-16-le"), text.replace(" ", "+").encode(), text.replace(" ", "%20").encode()]


def test_after_signing_out_nothing_of_a_child_is_left_on_the_computer(
    chromium: Browser, site: Site, profile: Path
) -> None:
    with opened(chromium, profile) as context:
        visitor = Visitor(context, site)
        visitor.go("/help")
        visitor.go("/sign-in")
        page = visitor.become(site.directory.world.sam).search("Amira", "Siddiqui", aged(10))
        visitor.press("Amira Siddiqui")
        seen = page.content()
        assert [text for text in OF_A_CHILD if text not in seen] == []
        visitor.press("Record your involvement")
        visitor.go("/involvements")
        visitor.press("Sign out")
        for _ in range(BACK):
            page.go_back()
            expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
            assert [text for text in OF_A_CHILD if text in page.content()] == []
        assert page.evaluate(KEPT) == [0, 0, 0, 0, 0, ""]

    left = written(profile)
    assert b"Search results" in left, "the browser's own history is not in what was read"
    assert [text for text in OF_A_CHILD for form in forms_of(text) if form in left] == []
