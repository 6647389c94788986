"""How the letters of a text file are written: found from its bytes, never asked for."""

import codecs
import re

from cp.feeds.sheet import Unreadable

NOT_TEXT = "That is not a spreadsheet or a Common Transfer File. Choose the export of your pupils"
BROKEN_LETTERS = "Some letters in the file are broken. Save it again as “CSV UTF-8”, or as XLSX, and send that"
OLD_LETTERS = "The file does not say how its letters are written. Look whether names with accents came out right."

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_TWO_BYTES = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
"""A letter with an accent in UTF-8. In Windows-1252 it would be a capital with an accent and then a sign: no word."""
_CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r"})
_FEW = 8
_OFTEN = 10
_STEP = 1 << 20
_GLANCE = 1 << 16


def encoding_of(data: bytes) -> str:
    """The name of the codec that reads the whole file. Unreadable if none does, or if it is no text.

    UTF-8, or UTF-16 and UTF-32 by their mark, or UTF-16 without one where most second bytes are 0; failing those,
    Windows-1252, unless letters of UTF-8 are in it: then it is UTF-8 that was damaged, and every name with an accent
    would be read wrongly.
    """
    encoding = next((codec for mark, codec in _MARKS if data.startswith(mark)), None) or _without_mark(data)
    if _decodes(data, encoding):
        return encoding
    if encoding != "utf-8" or _TWO_BYTES.search(data):
        raise Unreadable(BROKEN_LETTERS)
    if not _decodes(data, "cp1252"):
        raise Unreadable(NOT_TEXT)
    return "cp1252"


def _without_mark(data: bytes) -> str:
    glance = data[: _GLANCE - _GLANCE % 2]
    odd, even = glance[1::2].count(0), glance[::2].count(0)
    most = len(glance) // 4
    if odd > max(most, _OFTEN * even):
        return "utf-16-le"
    if even > max(most, _OFTEN * odd):
        return "utf-16-be"
    controls = len(glance) - len(glance.translate(None, _CONTROLS))
    if 0 in data or controls > _FEW + len(glance) // 100:
        raise Unreadable(NOT_TEXT)
    return "utf-8"


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for place in range(0, len(data), _STEP):
            if "\0" in decoder.decode(data[place : place + _STEP]):
                raise Unreadable(NOT_TEXT)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
