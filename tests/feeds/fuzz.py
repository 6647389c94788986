"""A process that gives a reader whatever it can think of: `python -m tests.feeds.fuzz READER FOLDER RUNS SECONDS SEED`.

Guided by which lines of ours a file reaches, by atheris; where that is not to be had (it is for Linux and not yet for
every Python), by Hypothesis. FOLDER holds the files to begin with. It ends with an error at the first file from which
anything but a Sheet or Unreadable comes, and leaves that file in FOLDER.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress
from io import BytesIO
from pathlib import Path

try:
    import atheris
except ImportError:
    atheris = None

with atheris.instrument_imports(include=["cp.feeds"]) if atheris else nullcontext():
    from cp.feeds import workbook
    from cp.feeds.archive import Refused, form_of
    from cp.feeds.cells import Cells
    from cp.feeds.reading import read
    from cp.feeds.recognising import is_zip
    from cp.feeds.sheet import LONGEST_CELL, Sheet, Unreadable

from tests.feeds.confined import Confined
from tests.feeds.files import LONGEST, MUTABLE, zipped

FALLBACK_RUNS = 20_000
confined = Confined()
cells = Cells()


def sound(sheet: Sheet) -> None:
    """What every Sheet promises to those who take it on."""
    width = len(sheet.headings)
    assert sheet.rows
    for row in sheet.rows:
        assert len(row.cells) == width
        assert all(type(cell) is str and len(cell) <= LONGEST_CELL for cell in row.cells)
        assert all(cells.plain(cell) == cell for cell in row.cells)


def text(data: bytes) -> None:
    """CSV and Common Transfer Files, and whatever else begins otherwise than a zip."""
    if not is_zip(data):
        with suppress(Unreadable):
            sound(read(data, "pupils"))


def archive(kind: str) -> Callable[[bytes], None]:
    """The first byte says which part of a good file the others stand in for; 0 is the whole file."""
    parts, names = MUTABLE[kind]

    def check(data: bytes) -> None:
        if data:
            name = (None, *names)[data[0] % (len(names) + 1)]
            spreadsheet(data[1:] if name is None else zipped({**parts, name: data[1:]}, packed=False))

    return check


def spreadsheet(data: bytes) -> None:
    with suppress(Refused):
        form_of(data)
    if not hasattr(os, "fork"):
        with suppress(Unreadable):
            sound(read(data, "pupils"))
        return
    said = confined.ask(data)
    assert not said.startswith(b"!"), said
    with suppress(Unreadable):
        sound(workbook.sheet_of(BytesIO(said)))


CHECKS: dict[str, Callable[[bytes], None]] = {
    "csv": text,
    "ctf": text,
    "xlsx": archive("xlsx"),
    "ods": archive("ods"),
}


def by_atheris(reader: str, folder: str, runs: int, seconds: int, seed: int) -> None:
    size = f"-max_len={LONGEST[reader]}"
    limits = [f"-runs={runs}", f"-max_total_time={seconds}", size, "-rss_limit_mb=1024", "-timeout=60"]
    quiet = ["-print_final_stats=1", f"-artifact_prefix={folder}/crash-", f"-seed={seed}", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *limits, *quiet, folder], CHECKS[reader])
    atheris.Fuzz()


def by_hypothesis(reader: str, folder: str, runs: int, seed: int) -> None:
    """Bytes of any kind, and the files to begin with, cut and joined with them."""
    import hypothesis
    from hypothesis import strategies as st

    known = [path.read_bytes() for path in sorted(Path(folder).iterdir())]
    places = st.integers(0, LONGEST[reader])
    pieces = st.tuples(st.sampled_from(known), places, st.binary(max_size=100), places)
    count = min(runs, FALLBACK_RUNS)

    @hypothesis.seed(seed)
    @hypothesis.settings(max_examples=count, deadline=None, database=None)
    @hypothesis.given(pieces)
    def fuzz(piece: tuple[bytes, int, bytes, int]) -> None:
        data, end, between, begin = piece
        CHECKS[reader](data[:end] + between + data[begin:])

    fuzz()
    print(json.dumps({"runs": count}))  # noqa: T201 - its answer


def main(reader: str, folder: str, runs: int, seconds: int, seed: int) -> None:
    if atheris:
        by_atheris(reader, folder, runs, seconds, seed)
    else:
        by_hypothesis(reader, folder, runs, seed)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))
