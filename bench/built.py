"""How long a load worked at the children's rows, and how long at the search index, which is made meanwhile."""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy.orm import Session

from cp.services import find
from cp.services.find import Entry

_bulk_index, _after_bulk = find.bulk_index, find.after_bulk


class Built:
    """Seconds of both; kept beside a directory that is kept, so that a load may go on in parts."""

    def __init__(self, file: Path | None) -> None:
        self.file, self.rows, self.index = file, 0.0, 0.0
        if file and file.exists():
            self.rows, self.index = json.loads(file.read_text())

    def bulk_index(self, session: Session, entries: Iterable[Entry]) -> int:
        begun, before = time.perf_counter(), self.rows
        count = _bulk_index(session, self._made(iter(entries)))
        self._add(time.perf_counter() - begun - (self.rows - before))
        return count

    def after_bulk(self, session: Session) -> None:
        begun = time.perf_counter()
        _after_bulk(session)
        self._add(time.perf_counter() - begun)

    def _made(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Each once its child has been made and written."""
        while True:
            begun = time.perf_counter()
            entry = next(entries, None)
            self.rows += time.perf_counter() - begun
            if entry is None:
                return
            yield entry

    def _add(self, seconds: float) -> None:
        self.index += seconds
        if self.file:
            self.file.write_text(json.dumps([self.rows, self.index]))


last: list[Built] = []
"""Of the directory that this run measures."""


@contextmanager
def clocked(kept: Path | None) -> Iterator[None]:
    built = Built(kept / "built.json" if kept else None)
    last[:] = [built]
    with patch.object(find, "bulk_index", built.bulk_index), patch.object(find, "after_bulk", built.after_bulk):
        yield
