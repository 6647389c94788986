"""Every hostile file by its name: how it is made, and what must come of it."""

from collections.abc import Callable
from itertools import repeat

from tests.feeds.files import HEADINGS, PUPIL, ctf, ods, ods_content, text
from tests.feeds.hostile_packed import PACKED_FILES, REPEAT, TOO_MANY_ROWS, TOO_MUCH, bomb, shared
from tests.feeds.hostile_text import NOT_TEXT, TEXTS, no_end
from tests.feeds.hostile_xml import BROKEN, XMLS, attributes
from tests.feeds.verdicts import Hostile

MB = 1 << 20
TOO_LARGE = "The file has more than 64 MB. Send it in two parts, or without the columns not needed"
TOO_MANY_CELLS = "There are more than 12,000,000 cells in the file. Leave out the columns that are not needed"

HOSTILE = (*TEXTS, *PACKED_FILES, *XMLS)


def rows(count: int) -> Callable[[], bytes]:
    return lambda: (",".join(HEADINGS) + "\n" + "".join(f"P{n},Ada,2015-03-01\n" for n in range(count))).encode()


def wide(count: int) -> Callable[[], bytes]:
    """So many rows of one cell under 500 headings."""
    return lambda: text([["A"] * 500, *repeat(["1"], count)]).encode()


LARGE = (
    Hostile("400,000 rows", rows(400_000), 400_000),
    Hostile("64 MB of separators", lambda: b"," * (64 * MB), no_end(1)),
    Hostile("XML: 58 MB of one tag", lambda: attributes(4_500_000), BROKEN, "pupils.xml"),
    Hostile("400,001 rows", rows(400_001), TOO_MANY_ROWS),
    Hostile("a byte more than 64 MB", lambda: bytes(64 * MB + 1), TOO_LARGE),
    Hostile("64 MB of nothing", lambda: bytes(64 * MB), NOT_TEXT),
    Hostile("64 MB of ends of lines", lambda: b"\n" * (64 * MB), TOO_MANY_ROWS),
    Hostile("64 MB of quotation marks", lambda: b'"' * (64 * MB), no_end(1)),
    Hostile("500 columns and 24,001 short rows", wide(24_001), TOO_MANY_CELLS),
    Hostile("XML: 8,000,000 empty pupils", lambda: ctf("<Pupil/>" * 8_000_000).encode(), TOO_MANY_ROWS, "pupils.xml"),
    Hostile("XML: a name of 60 MB", lambda: ctf(PUPIL.replace("Ada", "A" * (60 * MB))).encode(), 1, "pupils.xml"),
    Hostile("a shared text asked for 100,000 times", lambda: shared(5_000), TOO_MUCH),
    Hostile("a row to the end of the sheet", lambda: ods(ods_content(more=REPEAT.format(MB, 1))), TOO_MANY_ROWS),
    Hostile("a bomb of 1.5 GB", lambda: bomb(1_500), TOO_MUCH, "pupils.xlsx"),
)
"""Those that take a second or more; each is judged in a process of its own, the first three every day."""
