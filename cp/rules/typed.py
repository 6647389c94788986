"""What a person typed, made plain before any rule reads it."""

import unicodedata
from functools import lru_cache

MOST = 2_000
"""Characters of anything typed that are read: what is longer is refused where it was asked for. To put marks that
combine in their order takes as long as the square of how many stand in a row, and what was read is remembered."""


def plain(text: str | None) -> str:
    """The same thing typed in another way: digits of any script become 0-9, full-width letters become ordinary,
    characters that cannot be seen go, and any run of spaces becomes one.

    Policy: a person is never blamed for how their keyboard or another system writes.
    """
    return _made(text[:MOST]) if text else ""


@lru_cache(8192)
def _made(said: str) -> str:
    if not (said.isascii() and said.isprintable()):
        said = "".join(map(_plain, unicodedata.normalize("NFKC", said)))
    return " ".join(said.split())


def compact(text: str | None) -> str:
    """Letters and digits only, upper case: how every identifier is read, however it was spaced or hyphenated.

    Policy: spaces, hyphens and case are how people read numbers aloud; they carry nothing.
    """
    return "".join(filter(str.isalnum, plain(text))).upper()


def _plain(character: str) -> str:
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.digit(character))
        case "Cf":  # zero-width and direction marks, soft hyphens
            return ""
        case "Cc":
            return " "
    return character
