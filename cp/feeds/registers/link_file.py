"""The links file of Get Information About Schools: `links_edubasealldata<yyyymmdd>.csv`, about 34,000 rows."""

from typing import NamedTuple

from cp.feeds.registers.table import Line, Problem, Register, Spoilt, lines

URN, OTHER, TYPE = "URN", "LinkURN", "LinkType"
COLUMNS = (URN, OTHER, TYPE)
PATTERN, WANTED = "[1-9][0-9]{5}", "a unique reference number in the links file: six digits"


class Link(NamedTuple):
    """Two unique reference numbers: the pupils of `before` went on to `after`."""

    before: str
    after: str


def links(data: bytes) -> Register[Link]:
    """Who came after whom, each pair once; links of any other kind, as of sixth forms, are left out.

    Raises Unreadable where this is not the links file.
    """
    pairs: dict[Link, None] = {}
    problems: list[Problem] = []
    left_out = 0
    for line in lines(data, COLUMNS):
        found = _pairs(line) if line.cells else []
        left_out += bool(line.cells) and not found and not line.problems
        pairs |= dict.fromkeys(found)
        problems += line.problems
    return Register(tuple(pairs), tuple(problems), left_out)


def _pairs(line: Line) -> list[Link]:
    """Merged, amalgamated and split schools say so behind the same word."""
    kind = line.text(TYPE).casefold()
    try:
        if kind.startswith("successor"):
            return [_link(line, URN, OTHER)]
        if kind.startswith("predecessor"):
            return [_link(line, OTHER, URN)]
        if kind == "result of amalgamation":  # of which of the two, their days say
            return [_link(line, URN, OTHER), _link(line, OTHER, URN)]
    except Spoilt as spoilt:
        line.problems.append(spoilt.problem)
    return []


def _link(line: Line, before: str, after: str) -> Link:
    return Link(line.matching(before, PATTERN, WANTED), line.matching(after, PATTERN, WANTED))
