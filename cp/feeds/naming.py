"""The names of a row: taken apart, cleared of what is no name, and put into ordinary letters."""

import re
import unicodedata
from collections.abc import Iterable

from cp.feeds.columns import called
from cp.feeds.supplied import Reading, fact, quoted
from cp.matching.names import PARTICLES, fold, parts
from cp.rules.derive import OtherName
from cp.terms import Column, NameKind

LONGEST = 100
"""Characters of a name."""

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "master", "rev", "revd", "prof", "sir", "lady"})

_NOBODY = frozenset({
    "test", "tester", "testing", "pupil", "student", "child", "dummy", "sample", "example", "a", "n", "an", "other",
    "another", "null", "delete", "deleted", "temp", "temporary", "placeholder", "duplicate", "record",
})  # fmt: skip
"""Words of which the name of nobody is made: `Test Pupil`, `A N Other`. One of them alone may be a name."""

_IN_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_ONLY_X = re.compile("x{2,}", re.IGNORECASE)
_MARKS = " -'\u2018\u2019`\u00b4.,\u02bc\u2010\u2011\u00b7/"
_SHORTEST_SHOUTED = 3
"""Letters: two capitals alone may be initials that a child is called by."""


def names_of(row: Reading) -> tuple[str, str] | None:
    """Given names and family name, or None where there is no name. A single name is a given name alone."""
    if (said := _said(row)) is None:
        return None
    given, family = (_cleared(row, column, text) for column, text in zip(_columns(row), said, strict=True))
    if not given and not family:
        row.wrong(_columns(row)[0], "is empty", "Add the name")
        return None
    if _is_nobody(given, family):
        row.wrong(_columns(row)[0], f"{quoted(f'{given} {family}'.strip())} is nobody’s name", "Take the row out")
        return None
    if max(len(given), len(family)) > LONGEST:
        row.wrong(_columns(row)[len(family) > LONGEST], "is too long for a name", "Leave only the name")
        return None
    given, family = _single(row, given, family)
    _look_closer(row, given, family)
    return _ordinary(given, family)


def other_names_of(row: Reading, given: str, family: str) -> tuple[OtherName, ...]:
    """Preferred and former names, each part only where it differs from the name itself."""
    found = ((kind, _differing(row, columns, given, family)) for kind, columns in _OTHERS.items())
    return tuple(OtherName(kind, *own) for kind, own in found if any(own))


_OTHERS = {
    NameKind.PREFERRED: (Column.PREFERRED_GIVEN_NAMES, Column.PREFERRED_FAMILY_NAME),
    NameKind.FORMER: (Column.FORMER_GIVEN_NAMES, Column.FORMER_FAMILY_NAME),
}


def without_title(name: str) -> tuple[str, str]:
    """The title, in small letters and without its dot, and the name behind it: `Mrs J. Ash` is `mrs`, `J. Ash`."""
    first, _, rest = name.partition(" ")
    title = first.rstrip(".").casefold()
    return (title, rest.strip()) if title in TITLES and rest.strip() else ("", name)


def in_ordinary_letters(name: str) -> str:
    """`O'BRIEN-MCKAY` as `O'Brien-McKay`. Only where the capitals can be had back, so that nothing is lost."""
    made = re.sub(r"\bMc([a-z])", lambda found: f"Mc{found[1].upper()}", name.title())
    return made if made.upper() == name.upper() else name


def scripts(text: str) -> set[str]:
    """The scripts that the letters belong to: `LATIN`, `CYRILLIC`, `GREEK`. Those that are written together are one."""
    if text.isascii():
        return {"LATIN"} if any(map(str.isalpha, text)) else set()
    found = {unicodedata.name(letter, "UNKNOWN").split(" ")[0] for letter in text if letter.isalpha()}
    return {_WRITTEN_TOGETHER.get(script, script) for script in found} - {"MODIFIER"}


_WRITTEN_TOGETHER = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}


def split(name: str) -> tuple[str, str, bool]:
    """Given names, family name, and whether there is no doubt: `SMITH, John`, `John SMITH` and `John Smith` leave none.

    Of more words the last is the family name, with its particles; who knows better must say so.
    """
    before, comma, after = (part.strip() for part in name.partition(","))
    if comma:
        return (without_title(after)[1], before, bool(before and after))
    name = without_title(name)[1]
    if loud := _by_capitals(name.split()):
        return (*loud, True)
    pieces = parts(name, of_compounds=False)
    if len(pieces) < 2:
        return (name, "", False)
    at = name.rindex(pieces[-1].text)
    return (name[:at].strip(), name[at:], len(pieces) == 2)


def _by_capitals(words: list[str]) -> tuple[str, str] | None:
    """`John Paul SMITH`, `SMITH John Paul`: the words in capitals are the family name, with its particles before."""
    loud = [len(word) >= _SHORTEST_SHOUTED and word.isupper() for word in words]
    if all(loud) or not any(loud):
        return None
    first, count = loud.index(True), sum(loud)
    if not all(loud[first : first + count]) or (first and first + count < len(words)):
        return None
    start = first
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    family = [in_ordinary_letters(word) if word.isupper() else word for word in words[start : first + count]]
    return " ".join(words[:start] + words[first + count :]), " ".join(family)


def _columns(row: Reading) -> tuple[Column, Column]:
    """Where the given names and the family name stand."""
    apart = Column.GIVEN_NAMES in row.headings or Column.FAMILY_NAME in row.headings
    return (Column.GIVEN_NAMES, Column.FAMILY_NAME) if apart else (Column.WHOLE_NAME, Column.WHOLE_NAME)


def _said(row: Reading) -> tuple[str, str] | None:
    given, family, whole = _given(row), _cell(row, Column.FAMILY_NAME), _cell(row, Column.WHOLE_NAME)
    if given or family or not whole:
        return _told(row, given, family)
    given, family, sure = split(_IN_BRACKETS.sub("", whole).strip())
    if not sure and family:
        read = f"{quoted(whole)} was read as {given}, family name {family}"
        row.odd(Column.WHOLE_NAME, read, "Leave it if that is right, or put the family name first with a comma")
    return given, family


def _told(row: Reading, given: str, family: str) -> tuple[str, str] | None:
    """As they stand, unless a cell that stands for nothing is all there is."""
    if given or family:
        return given, family
    for column in (Column.GIVEN_NAMES, Column.FAMILY_NAME, Column.WHOLE_NAME):
        if row.cells.get(column):
            row.wrong(column, f"{quoted(row.cells[column])} is not a name", "Add the name")
            return None
    return given, family


def _given(row: Reading) -> str:
    """First and middle names; a middle name that stands in both cells counts once."""
    given, middle = _cell(row, Column.GIVEN_NAMES), _cell(row, Column.MIDDLE_NAMES)
    return given if f" {given}".endswith(f" {middle}") else f"{given} {middle}".strip()


def _cell(row: Reading, column: Column) -> str:
    """A name, or "" where crosses stand for one."""
    text = row.cell(column)
    return "" if _ONLY_X.fullmatch(text) else text


def _cleared(row: Reading, column: Column, text: str) -> str:
    """Without what stands in brackets: a name has none, and remarks are how case notes leak in."""
    for found in _IN_BRACKETS.findall(text):
        row.left_out(column, f"{quoted(found)} is not part of a name", "name")
    return fact(_IN_BRACKETS.sub(" ", text)).strip(" ,;")


def _is_nobody(given: str, family: str) -> bool:
    words = re.findall(r"\w+", f"{given} {family}".casefold())
    return len(words) > 1 and _NOBODY.issuperset(words)


def _single(row: Reading, given: str, family: str) -> tuple[str, str]:
    empty = Column.FAMILY_NAME if not family else Column.GIVEN_NAMES if not given else None
    if empty is None:
        return given, family
    column = empty if empty in row.headings else _columns(row)[0]
    saw = "is empty" if empty in row.headings else f"{quoted(given or family)} is a single name"
    row.odd(column, saw, f"Add the {called(empty)}, or leave it if the {row.children.one} has only one name")
    return given or family, ""


def _look_closer(row: Reading, given: str, family: str) -> None:
    for column, name in zip(_columns(row), (given, family), strict=True):
        if len(scripts(name)) > 1:
            row.odd(column, f"{quoted(name)} mixes letters of two alphabets", "Type the name again")
        elif odd := _not_of_names(name):
            row.odd(column, f"{quoted(name)} has {' and '.join(odd)} in it", "Check the spelling")


def _not_of_names(name: str) -> list[str]:
    if name.isalpha():
        return []
    return sorted({mark for mark in name if mark not in _MARKS and unicodedata.category(mark)[0] not in "LM"})


def _ordinary(given: str, family: str) -> tuple[str, str]:
    """All capitals or all small letters are how a system writes, not how a name is written."""
    whole = given + family
    if whole.isupper() or whole.islower():
        return in_ordinary_letters(given), in_ordinary_letters(family)
    return _unshouted(given), _unshouted(family)


def _unshouted(name: str) -> str:
    return in_ordinary_letters(name) if name.isupper() and len(name) >= _SHORTEST_SHOUTED else name


def _differing(row: Reading, columns: Iterable[Column], given: str, family: str) -> tuple[str, str]:
    own_given, own_family = (_unshouted(_cleared(row, column, _cell(row, column))) for column in columns)
    known = {fold(given), fold(given.split(" ")[0])}
    return "" if fold(own_given) in known else own_given, "" if fold(own_family) == fold(family) else own_family
