"""The stylesheet and scripts: only what pages use, under names that change with their content, and light."""

import gzip
import hashlib
import json
import re

import brotli
import pytest

from tools.steps import ROOT

DIST = ROOT / "static/dist"
COMPONENTS = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
NAMES: dict[str, str] = json.loads((DIST / "manifest.json").read_text())

AT_MOST = 38 * 1024
"""Bytes of styles and scripts together, compressed: what the budget of a first visit leaves for the page itself."""


@pytest.fixture(scope="module")
def markup() -> str:
    """All that can put a class on a page."""
    sources = [path for ending in ("html", "py", "js") for path in (ROOT / "cp").rglob(f"*.{ending}")]
    return "\n".join(path.read_text() for path in [*sources, ROOT / "static/src/app.js"])


def test_the_stylesheet_holds_the_parts_of_govuk_frontend_that_pages_use_and_no_other(markup: str) -> None:
    every = [path.name for path in COMPONENTS.iterdir() if path.is_dir()]
    used = [part for part in every if re.search(rf"govuk-{part}(?![a-z]|-[a-z])", markup)]

    taken = re.findall(
        r'@use "govuk-frontend/dist/govuk/components/([a-z-]+)"', (ROOT / "static/src/app.scss").read_text()
    )

    assert taken == sorted(used)


def test_our_own_classes_are_styled_if_used_and_used_if_styled(markup: str) -> None:
    used = set(re.findall(r"\bcp-[a-z]+(?:--[a-z0-9]+)?", markup))

    ours = "".join(one.read_text() for one in sorted((ROOT / "static/src").glob("_*.scss")))
    styled = set(re.findall(r"\.(cp-[a-z]+(?:--[a-z0-9]+)?)", ours))

    assert styled == used


def test_no_style_asks_for_a_font_a_picture_or_another_host() -> None:
    styles = (DIST / NAMES["app.css"]).read_text()

    assert re.findall(r"url\([^)]*\)|@import|@font-face|GDS Transport|crown", styles) == []
    assert "max-width:1020px" in styles


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_name_holds_the_hash_of_what_it_names_and_its_compressed_twins_are_the_same(name: str) -> None:
    content = (DIST / NAMES[name]).read_bytes()

    assert hashlib.sha256(content).hexdigest()[:12] in NAMES[name]
    assert brotli.decompress((DIST / f"{NAMES[name]}.br").read_bytes()) == content
    assert gzip.decompress((DIST / f"{NAMES[name]}.gz").read_bytes()) == content


def test_styles_and_scripts_together_are_light() -> None:
    assert sum((DIST / f"{hashed}.br").stat().st_size for hashed in NAMES.values()) <= AT_MOST
