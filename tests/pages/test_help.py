"""Help speaks of the work of whoever reads it."""

from sqlalchemy.orm import Session

from cp.views.help import MENU_SAYS
from cp.views.homes import MENUS
from tests.build import World
from tests.web import Browser


def test_every_item_of_every_menu_is_explained() -> None:
    items = {to for menu in MENUS.values() for to, _ in menu}

    assert set(MENU_SAYS) == items - {"searches.home", "help.index"}


def test_each_role_reads_of_its_own_menu_and_of_nothing_it_cannot_do(
    browser: Browser, session: Session, world: World
) -> None:
    heads = {}
    for person in (world.sam, world.max, world.una):
        browser.become(session, person)
        page = browser.get("/help")
        heads[person.account.name] = page.texts("main h2")
        menu = page.texts("nav[aria-label=Menu] a")
        assert [words for words in page.texts("main li:has(> a) > a") if words in menu] == [
            words for words in menu if words not in ("Find a child", "Help")
        ]

    assert heads == {
        "Sam Okafor": ["In your menu", "Find a child", "Record your involvement", "More"],
        "Max Adeyemi": ["In your menu", "Find a child", "More"],
        "Una Kowalski": ["In your menu", "More"],
    }


def test_a_stranger_reads_how_children_are_found(browser: Browser) -> None:
    assert browser.get("/help").texts("main h2") == ["Find a child", "Record your involvement", "More"]
