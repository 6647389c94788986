"""Children for the tests of finding: made with the facts that a test names, and indexed."""

from typing import Any

from sqlalchemy.orm import Session

from cp.models.child import Child
from cp.services import find
from tests import build
from tests.build import World


class Made:
    """Make a child, with `others` and `postcodes` if given, and index it."""

    def __init__(self, session: Session, world: World) -> None:
        self.session, self.world = session, world

    def __call__(
        self, *, others: tuple[dict[str, Any], ...] = (), postcodes: tuple[str, ...] = (), **given: Any
    ) -> Child:
        child = build.child(self.session, self.world, **given)
        self.tell(child, others, postcodes)
        return child

    def tell(self, child: Child, others: tuple[dict[str, Any], ...] = (), postcodes: tuple[str, ...] = ()) -> None:
        """More that is known of a child."""
        for other in others:
            build.other_name(self.session, child, **other)
        for postcode in postcodes:
            build.address(self.session, child, postcode)
        find.reindex(self.session, child.id)
