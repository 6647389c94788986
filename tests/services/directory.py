"""Children for the tests of finding: made with the facts that a test names, and indexed."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from cp import engines
from cp.models.child import Child
from cp.services import find
from cp.services.find import Entry
from tests import build
from tests.build import World


class Made:
    """Make a child, with `others` and `postcodes` if given, and index it."""

    def __init__(self, session: Session, world: World) -> None:
        self.session, self.world = session, world

    def __call__(
        self, *, others: tuple[dict[str, Any], ...] = (), postcodes: tuple[str, ...] = (), carers: tuple[str, ...] = (),
        **given: Any,
    ) -> Child:  # fmt: skip
        child = build.child(self.session, self.world, **given)
        self.tell(child, others, postcodes, carers)
        return child

    def tell(
        self, child: Child, others: tuple[dict[str, Any], ...] = (), postcodes: tuple[str, ...] = (),
        carers: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """More that is known of a child."""
        for carer in carers:
            build.carer(self.session, child, carer)
        for other in others:
            build.other_name(self.session, child, **other)
        for postcode in postcodes:
            build.address(self.session, child, postcode)
        find.reindex(self.session, child.id)


def in_bulk(url: str, entries: Iterable[Entry]) -> int:
    """Index as a loader does, who owns the tables."""
    owner = engines.make_engine(url, owner=True)
    with Session(owner) as session, session.begin():
        find.before_bulk(session)
        count = find.bulk_index(session, entries)
        find.after_bulk(session)
    owner.dispose()
    return count


def executed(session: Session, work: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements that some work sends, with their parameters."""
    sent: list[tuple[str, Any]] = []
    engine = session.get_bind()

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    work()
    event.remove(engine, "before_cursor_execute", note)
    return sent
