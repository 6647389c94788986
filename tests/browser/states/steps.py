"""What the states have in common."""

from cp.models.child import Child
from tests.browser.directory import Children
from tests.browser.visitor import Visit, Visitor


def state(visit: Visit) -> Visit:
    """This function leads to a state that is to be checked."""
    visit.is_state = True  # type: ignore[attr-defined]
    return visit


def sees(visitor: Visitor, *texts: str) -> None:
    """The state is the one that was meant."""
    for text in texts:
        visitor.page.get_by_text(text).first.wait_for(timeout=5000)


def sam(visitor: Visitor) -> Visitor:
    return visitor.become(visitor.site.directory.world.sam)


def children(visitor: Visitor) -> Children:
    return visitor.site.directory.children


def opened(visitor: Visitor, child: Child) -> None:
    """Sam has this record on the screen."""
    sam(visitor).open(child)
