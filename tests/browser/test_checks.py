"""The checks themselves: each finds the fault that it is there for."""

from playwright.sync_api import expect

from tests.browser import checks
from tests.browser.checker import Check
from tests.browser.visitor import Visitor

FAULTY = """<!DOCTYPE html><html lang="en"><head><title>Faulty</title><style>
.small { width: 12px; height: 12px; padding: 0 } .same:focus { outline: none } .wide { width: 900px }
</style></head><body><main><h1>Faulty</h1>
<img src="data:,"><p class="wide">Too wide</p>
<button class="small">a</button><button class="small">b</button><a class="same" href="#there">Invisible</a>
</main></body></html>"""


def test_each_check_finds_its_fault(visitor: Visitor) -> None:
    visitor.page.set_content(FAULTY)

    assert [found.partition(":")[0] for found in checks.violations(visitor.page)] == ["image-alt", "target-size"]
    assert checks.unmarked(visitor.page) == ['<a class="same" href="#there">Invisible</a>']
    assert [found.partition(":")[0] for found in checks.small_targets(visitor.page)] == ["12 x 12", "12 x 12"]
    assert checks.too_wide(visitor.page, 320) == ["the page scrolls sideways", '<p class="wide">Too wide</p>']


def test_the_html_checker_finds_what_a_browser_forgives(html_problems: Check) -> None:
    assert html_problems('<p id="a"class="b">Text</p>') == ["line 1: No space between attributes."]
    assert html_problems("<ul><p>Not an item</p></ul>") == [
        "line 1: Element “p” not allowed as child of element “ul” in this context. "
        "(Suppressing further errors from this subtree.)"
    ]


def test_what_the_policy_forbids_is_heard_of(visitor: Visitor) -> None:
    visitor.go("/sign-in")

    visitor.page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")

    expect(visitor.page.get_by_role("heading", level=1)).not_to_have_css("color", "rgb(255, 0, 0)")
    assert any("Content Security Policy" in said for said in visitor.said)
