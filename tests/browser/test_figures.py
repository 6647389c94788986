"""The figures of a roll-out by keyboard, on a phone and on paper: the chart is read wherever the page is."""

from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.states.figures import figures
from tests.browser.visitor import WIDE, Visitor

TEXTS = """() => [...document.querySelectorAll('.cp-chart text')].map(text => {
  const box = text.getBoundingClientRect()
  return [parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().d, box.left >= 0 &&
    box.right <= document.documentElement.clientWidth]
})"""
INK = "() => getComputedStyle(document.querySelector('.cp-chart polyline')).stroke"


def test_a_figure_leads_to_what_it_counts_without_a_mouse(visitor: Visitor) -> None:
    figures(visitor)
    keys = Keyboard(visitor.page)

    keys.skip()
    keys.tab("Download as a spreadsheet (CSV)", "Live", "All", "Contacted", "Means agreed", "Supplying")
    visitor.page.keyboard.press("Enter")

    expect(visitor.page).to_have_url(f"{visitor.site.url}/implementation/figures#counts-supplying")
    expect(visitor.page.get_by_text("Those who have sent a file that stands")).to_be_in_viewport()


def test_the_text_of_the_chart_is_as_large_on_a_phone_as_on_a_desk(visitor: Visitor) -> None:
    figures(visitor)

    for width in (WIDE["width"], 320):
        visitor.page.set_viewport_size({"width": width, "height": 768})

        assert set(map(tuple, visitor.page.evaluate(TEXTS))) == {(16, True)}


def test_the_chart_and_its_table_are_on_paper_in_black(visitor: Visitor) -> None:
    figures(visitor)
    visitor.page.emulate_media(media="print")

    expect(visitor.page.get_by_role("img", name="week by week")).to_be_visible()
    expect(visitor.page.get_by_role("table", name="So far, of")).to_be_visible()
    assert visitor.page.evaluate(INK) in ("rgb(11, 12, 12)", "rgb(0, 0, 0)")
    expect(visitor.page.get_by_role("navigation").locator("visible=true")).to_have_count(0)
