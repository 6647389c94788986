"""The same facts as people and their programs write them: untidy, and no mistake."""

from collections.abc import Callable
from datetime import date

from bench.draw import Draw
from cp.terms import Column

C = Column
Cells = dict[Column, str]

DATES: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d-%m-%y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day.day} {day:%B %Y}",
    lambda day: f"{day:%d-%b-%Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y-%m-%d} 00:00:00",
    lambda day: f"{day:%d/%m/%Y} 00:00",
    lambda day: str((day - date(1899, 12, 30)).days),
)
GENDERS = {"F": ("F", "Female", "girl", "2"), "M": ("M", "MALE", "Boy", "1"), "U": ("U", "Not known", "9", "X")}
EMPTY = ("", "", "", "N/A", "-", "not known")


def untidy(draw: Draw, row: Cells) -> Cells:
    """What becomes of the cells of a row."""
    born = _day(row[C.BORN_ON])
    shouts = draw.chance(0.2)
    names = {column: row[column].upper() if shouts else f" {row[column]} " for column in (C.FAMILY_NAME, C.GIVEN_NAMES)}
    return {
        **names,
        C.BORN_ON: draw.pick(DATES)(born),
        C.GENDER: draw.pick(GENDERS[row[C.GENDER]]),
        C.POSTCODE: _postcode(draw, row[C.POSTCODE]),
        C.CARER_1_PHONE: _phone(draw, row.get(C.CARER_1_PHONE, "")),
        C.UPN: row[C.UPN].lower() if draw.chance(0.1) else row[C.UPN],
        C.FORMER_FAMILY_NAME: row[C.FORMER_FAMILY_NAME] or draw.pick(EMPTY),
        C.MIDDLE_NAMES: row[C.MIDDLE_NAMES] or draw.pick(EMPTY),
    }


def _day(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def _postcode(draw: Draw, text: str) -> str:
    return draw.pick((text, text, text.lower(), text.replace(" ", ""), text.replace(" ", "  ")))


def _phone(draw: Draw, text: str) -> str:
    """A nought that a spreadsheet took away, another number behind it, a word beside it."""
    if not text.startswith("0"):
        return text
    bare = text.replace(" ", "")
    return draw.pick((text, bare, bare[1:], f"+44 {bare[1:]}", f"{text} / 0161 496 0001", f"{text} (work)"))
