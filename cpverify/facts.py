"""The columns of an entry as the bytes that its leaf is the hash of."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

FACTS = (
    "account_id", "act", "at", "authority_id", "decision", "object_id", "organisation_id", "parts", "principal_id",
    "reason", "request_id", "results", "role", "subject_id",
)  # fmt: skip
_IDS = frozenset(name for name in FACTS if name.endswith("_id"))
_HEX = re.compile("[0-9a-f]{32}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}", re.ASCII)
_as_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def bytes_of(values: Sequence[Any]) -> bytes:
    """As JSON, what stands in the columns FACTS: names sorted, no spaces, nothing where nothing is known, `v` 1.

    No bytes at all where a column holds what nobody wrote there: the same id or moment in another writing is found by
    no query that asks for it.
    """
    told = zip(FACTS, values, strict=True)
    try:
        facts: dict[str, Any] = {name: _text(name, value) for name, value in told if value is not None}
        return _as_json(facts | {"v": 1}).encode()
    except (TypeError, ValueError):
        return b""


def _text(name: str, value: Any) -> Any:
    if name == "at":
        return _time(value)
    if name in _IDS:
        return _uuid(value)
    return value


def _uuid(value: Any) -> str:
    """SQLite keeps 32 digits. Raises TypeError or ValueError, as `_time` does."""
    if isinstance(value, UUID):
        return str(value)
    if not _HEX.fullmatch(value):
        raise ValueError
    return str(UUID(value))


def _time(value: Any) -> str:
    """SQLite keeps a text without a zone, in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if not _MOMENT.fullmatch(value):
        raise ValueError
    return f"{value.replace(' ', 'T')}+00:00"
