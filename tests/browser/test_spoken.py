"""What a screen reader meets, in its order: the accessibility trees of results and record, held as text.

What a page changes on purpose is copied into `spoken/` from what the failure shows.
"""

import re
from pathlib import Path

import pytest

from cp import clock
from cp.rules.days import LONDON
from cp.rules.number import shown
from cp.views.words import day
from tests.browser.directory import aged
from tests.browser.people import ago
from tests.browser.states.finding import results, results_none, results_too_many
from tests.browser.states.record import record, record_shielded, recording_in_place
from tests.browser.visitor import Visit, Visitor

HELD = Path(__file__).parent / "spoken"


def spoken(visitor: Visitor) -> str:
    """The tree of the content, with what differs from run to run named instead of said."""
    tree = visitor.page.locator("#content").aria_snapshot()
    children = visitor.site.directory.children
    today = clock.now().astimezone(LONDON).date()
    for changing, name in (
        (day(aged(10)), "BORN"), (day(aged(8)), "BORN"), (day(aged(9, 100)), "BORN"), (day(ago(160)), "ENDED"),
        (day(ago(90)), "ENDED"), (day(today), "TODAY"), (shown(children.amira.number), "NUMBER"),
        (shown(children.shielded.number), "NUMBER"),
    ):  # fmt: skip
        tree = tree.replace(changing, name)
    tree = re.sub(r'"\w+ Abernathy"', '"ONE Abernathy"', tree)  # who match equally well stand in no fixed order
    tree = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID", tree)
    tree = re.sub(r"TODAY at \d\d:\d\d", "TODAY at NOW", tree)
    return re.sub(r'(textbox "(?:Day|Month|Year)": )"?\d+"?', r"\1TODAY", tree) + "\n"


@pytest.mark.parametrize(
    "visit", [results, results_too_many, results_none, record, record_shielded, recording_in_place],
    ids=lambda visit: visit.__name__.replace("_", "-"),
)  # fmt: skip
def test_a_page_is_spoken_in_its_order(visitor: Visitor, visit: Visit) -> None:
    visit(visitor)

    held = (HELD / f"{visit.__name__.replace('_', '-')}.yaml").read_text("utf-8")

    assert spoken(visitor) == held
