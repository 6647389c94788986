"""What a row of the register of schools states besides: who runs it, where it is, who heads it, how many go there."""

from typing import Any

from cp.feeds.registers.table import Line
from cp.rules.postcodes import normalise
from cp.terms import Region, SchoolType

GROUP, TYPE = "EstablishmentTypeGroup (code)", "TypeOfEstablishment (code)"
BOARDERS, PUPILS, REGION, POSTCODE = "Boarders (name)", "NumberOfPupils", "GOR (name)", "Postcode"
ADDRESS = ("Street", "Locality", "Address3", "Town", "County (name)")
HEAD = ("HeadTitle (name)", "HeadFirstName", "HeadLastName")
COLUMNS = (BOARDERS, PUPILS, REGION, POSTCODE, *ADDRESS, *HEAD)
LONGEST_ADDRESS, LONGEST_HEAD, MOST_PUPILS = 300, 200, 20_000
UNSAID = {"", "not applicable", "not recorded", "unknown"}
_OF_GROUP = {
    "1": SchoolType.COLLEGE, "3": SchoolType.INDEPENDENT, "4": SchoolType.MAINTAINED, "10": SchoolType.ACADEMY,
    "11": SchoolType.ACADEMY, "13": SchoolType.INDEPENDENT,
}  # fmt: skip
_OF_TYPE = {
    "7": SchoolType.MAINTAINED, "12": SchoolType.MAINTAINED, "8": SchoolType.NON_MAINTAINED_SPECIAL,
    "10": SchoolType.INDEPENDENT,
}  # fmt: skip
"""The special schools, which are a group of their own whoever runs them."""
_BOARDS = {
    "no boarders": False, "boarding school": True, "children's home (boarding school)": True,
    "college / fe residential accommodation": True,
}  # fmt: skip
REGIONS = {
    "north east": Region.NORTH_EAST, "north west": Region.NORTH_WEST, "yorkshire and the humber": Region.YORKSHIRE,
    "east midlands": Region.EAST_MIDLANDS, "west midlands": Region.WEST_MIDLANDS, "east of england": Region.EAST,
    "london": Region.LONDON, "south east": Region.SOUTH_EAST, "south west": Region.SOUTH_WEST,
}  # fmt: skip


def facts(line: Line) -> dict[str, Any]:
    """By the names of Establishment; None for what is not stated, or cannot be right, which is noted."""
    return {
        "school_type": _school_type(line), "boards": _BOARDS.get(_said(line, BOARDERS).replace("’", "'")),
        "pupils": _pupils(line), "head_name": _head(line), "address": _address(line), "postcode": _postcode(line),
        "region": REGIONS.get(_said(line, REGION)),
    }  # fmt: skip


def _school_type(line: Line) -> SchoolType | None:
    group, type_of = (line.text(column).lstrip("0") for column in (GROUP, TYPE))
    return _OF_TYPE.get(type_of) or _OF_GROUP.get(group, SchoolType.OTHER if group else None)


def _said(line: Line, column: str) -> str:
    return line.text(column).casefold()


def _stated(line: Line, columns: tuple[str, ...]) -> list[str]:
    """What these cells hold, without those that say nothing and what was said already."""
    return list(dict.fromkeys(line.text(column) for column in columns if _said(line, column) not in UNSAID))


def _pupils(line: Line) -> int | None:
    written = line.text(PUPILS)
    if written.isascii() and written.isdigit() and len(written) < 6 and int(written) <= MOST_PUPILS:
        return int(written)
    if written:
        line.note(PUPILS, f"The number of pupils is not a number up to {MOST_PUPILS:,}: none was taken.")
    return None


def _head(line: Line) -> str | None:
    return _short(line, HEAD[-1], " ".join(_stated(line, HEAD)), LONGEST_HEAD) if line.text(HEAD[-1]) else None


def _address(line: Line) -> str | None:
    """For an envelope, without the postcode."""
    return _short(line, ADDRESS[0], "\n".join(_stated(line, ADDRESS)), LONGEST_ADDRESS)


def _short(line: Line, column: str, found: str, longest: int) -> str | None:
    if len(found) > longest:
        line.note(column, f"It is longer than {longest} characters: it was not taken.")
        return None
    return found or None


def _postcode(line: Line) -> str | None:
    written = line.text(POSTCODE)
    found = normalise(written)
    if written and found is None:
        line.note(POSTCODE, "The postcode is not shaped like one: none was taken.")
    return found
