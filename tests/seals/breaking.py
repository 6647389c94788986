"""A directory whose log breaks off: what its operator and outsiders do then."""

from collections.abc import Callable

from sqlalchemy import select, update

from cp.config import Config
from cp.models import AuditEvent, AuditLeaf
from tests.services.backing_up.conftest import Place
from tests.whole.tables import owning, without_its_triggers

BROKE = (
    "On 23 November 2026 the log {0} broke off: of its {2} entries at most {3} were lost, "
    "and {1} goes on after the first {4}."
)

Outside = Callable[..., tuple[int, list[str]]]


def key_told(place: Place) -> str:
    return place.done("audit", "key", "show").strip()


def origin(vkey: str) -> str:
    return vkey.partition("+")[0]


def lodged(config: Config) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in config.lodge.glob("*-*.jsonl")}


def rewrite(place: Place, position: int) -> None:
    """Entry and leaf together, as somebody does who knows how."""
    place.session.close()
    with owning(place.config.database_url) as owner:
        without_its_triggers(owner)
        other = owner.scalar(select(AuditEvent.leaf).order_by(AuditEvent.id.desc()).limit(1))
        entry = owner.scalar(select(AuditLeaf.entry_id).where(AuditLeaf.position == position - 1))
        owner.execute(update(AuditEvent).where(AuditEvent.id == entry).values(leaf=other))
        owner.execute(update(AuditLeaf).where(AuditLeaf.position == position - 1).values(leaf=other))
