"""One entry against itself: its leaf is the hash of what it says, and its columns say the same."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cpverify.reading import Place
from cpverify.tree import leaf_hash

SALT = 16
_IDS = frozenset(
    ("account_id", "authority_id", "object_id", "organisation_id", "principal_id", "request_id", "subject_id")
)
_as_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def fault(place: Place) -> str | None:
    """What is wrong with an entry, as the end of a sentence; None where nothing is, or where nothing is told."""
    if place.own is not None and place.own != place.leaf:
        return "is not what was sealed"
    if place.canonical is None:
        return None
    if place.salt is None or len(place.salt) != SALT or leaf_hash(place.salt + place.canonical) != place.leaf:
        return "does not have the hash of what it says"
    if place.columns is not None and bytes_of(place.columns) != place.canonical:
        return "has other columns than were hashed"
    return None


def bytes_of(columns: dict[str, Any]) -> bytes:
    """The entry's facts as JSON: names sorted, no spaces, nothing where nothing is known, `v` 1."""
    facts: dict[str, Any] = {name: _text(name, value) for name, value in columns.items() if value is not None}
    facts["v"] = 1
    return _as_json(facts).encode()


def _text(name: str, value: Any) -> Any:
    if name == "at":
        return _time(value)
    if name in _IDS:
        return value if isinstance(value, str) and len(value) == 36 else _uuid(value)
    return value


def _uuid(value: Any) -> str:
    if isinstance(value, UUID):
        return str(value)
    text = str(value)
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _time(value: Any) -> str:
    """SQLite keeps a text without a zone, in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{str(value).replace(' ', 'T', 1)}+00:00"
