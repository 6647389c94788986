"""How a record says that one of its facts is disputed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from cp.rules.derive import Value
from cp.terms import Disputable


@dataclass(frozen=True, slots=True)
class Mark:
    """Since when it is disputed, and by when that is answered."""

    since: date
    due_on: date
    late: bool


Conflicts: TypeAlias = Mapping[Disputable, tuple[tuple[str, Value], ...]]
"""By fact, where sources of now say different things: each one's name, and what it says."""
Marks: TypeAlias = Mapping[tuple[Disputable, Value], Mark]
"""By the fact and what the record says of it, for the facts that its reader is shown."""
