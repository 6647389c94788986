"""The columns of an entry as the bytes that its leaf is the hash of."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

FACTS = (
    "account_id", "act", "at", "authority_id", "decision", "object_id", "organisation_id", "parts", "principal_id",
    "reason", "request_id", "results", "role", "subject_id",
)  # fmt: skip
_IDS = frozenset(name for name in FACTS if name.endswith("_id"))
_as_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def bytes_of(values: Sequence[Any]) -> bytes:
    """As JSON, what stands in the columns FACTS: names sorted, no spaces, nothing where nothing is known, `v` 1.

    No bytes at all where a column holds what no entry has: nothing has their hash.
    """
    told = zip(FACTS, values, strict=True)
    facts: dict[str, Any] = {name: _text(name, value) for name, value in told if value is not None}
    facts["v"] = 1
    try:
        return _as_json(facts).encode()
    except (TypeError, ValueError):
        return b""


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
