"""One cell of a supplier's file, as text that can be shown, compared and sealed."""

import re
import unicodedata

from cp.feeds.sheet import LONGEST_CELL

_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
"""Controls, marks of direction, spaces without width and halves of characters. The joiners U+200C and U+200D stay:
names in Persian and in the scripts of India are spelt with them."""
_KNOWN = 100_000
_SHORT = 100


class Cells:
    """Makes cells plain, remembers what was done to them, and holds a text that comes again only once.

    Characters that nobody can see are taken out and not refused: a school cannot find them to put them right, and
    without them what is kept is what is shown, so no name can pretend to be another by them.
    """

    def __init__(self) -> None:
        self.unseen = False
        """Whether something was taken out."""
        self.long = False
        """Whether a cell was emptied because nothing that we keep is so long."""
        self._known: dict[str, str] = {}

    def plain(self, written: str) -> str:
        """The cell in normal form C, without outer space, every break of line as one kind."""
        known = self._known.get(written)
        if known is not None:
            return known
        made = written.strip() if written.isascii() and written.isprintable() else self._seen(written)
        made = self._fitting(made)
        if len(self._known) < _KNOWN and len(written) <= _SHORT:
            self._known[written] = made
        return made

    def _seen(self, written: str) -> str:
        broken = _BREAK.sub("\n", written).replace("\t", " ")
        made, gone = _UNSEEN.subn("", broken)
        self.unseen = self.unseen or gone > 0
        return unicodedata.normalize("NFC", self._fitting(made.strip())).strip()

    def _fitting(self, made: str) -> str:
        """Before it is put into its form, too: for marks that combine that takes the square of how many there are."""
        self.long = self.long or len(made) > LONGEST_CELL
        return made if len(made) <= LONGEST_CELL else ""
