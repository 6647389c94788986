"""Households: brothers and sisters, where they live, who looks after them, what is particular about them."""

from datetime import date
from typing import NamedTuple

from bench import names, stories
from bench.carers import carers
from bench.communities import Community
from bench.draw import Draw, Table
from bench.names import Family
from bench.places import Place, Stretch
from bench.shapes import Address, Carer, Location
from bench.tails import lists

SIZES = Table((1, 2, 3, 4, 5), (44, 39, 12, 4, 1))
SHORTEST_GAP, GAPS = 330, 1400
"""Days between births of brothers and sisters who are not twins."""
FIRST_OF_JANUARY = 0.004
"""The share of children whose birth date is not known and was written as the first of January."""
MANY = {stories.TWINS: 2, stories.TRIPLETS: 3}
ABROAD = tuple(thing.split("|") for thing in lists("places.txt")["abroad"])
"""House, town, country, and which range of telephone numbers is kept for fiction there."""


class Born(NamedTuple):
    day: int
    """Proleptic day number, as `date.toordinal` gives it."""
    gender: str


class Household(NamedTuple):
    story: str
    family: Family
    born: list[Born]
    quarter: int
    locations: tuple[Location, ...]
    earlier: tuple[Location, ...]
    """What a source that has not heard of the newest move still says."""
    carers: tuple[Carer, ...]
    changed: int
    """The day on which they moved or left; 0 for most."""


class Calendar(NamedTuple):
    """The days that count, as day numbers: the first birthday of a child under 18 today, and today."""

    first: int
    today: int

    @classmethod
    def of(cls, today: date) -> "Calendar":
        """Who was born on `first` turns 18 tomorrow."""
        year = today.year - 18
        try:
            grown = today.replace(year=year)
        except ValueError:  # 29 February
            grown = date(year, 2, 28)
        return cls(grown.toordinal() + 1, today.toordinal())


class Settled(NamedTuple):
    """What households of one authority are made from."""

    place: Place
    mix: Table[Community]
    council: str
    boarding: tuple[Address, ...]
    calendar: Calendar


def household(draw: Draw, settled: Settled, story: str, most: int, own: Family | None = None) -> Household:
    """One with at most so many children; `own` is their name, if it is not left to chance."""
    own = own or names.family(draw, settled.mix.pick(draw))
    stretch = draw.pick(settled.place.stretches)
    changed = settled.calendar.today - 20 - draw.below(330) if story in CHANGED else 0
    away = draw.pick(ABROAD) if story == stories.ABROAD else None
    locations, earlier = _locations(draw, settled, story, stretch, changed)
    if away:
        locations = earlier = _boarding(draw, settled, away)
    return Household(
        story,
        own,
        _births(draw, settled.calendar, story, changed)[:most],
        stretch.quarter,
        locations,
        earlier,
        carers(draw, story, own, settled.council, int(away[3]) if away else 0),
        changed,
    )


CHANGED = (stories.MOVED, stories.LAST_KNOWN, stories.TWO_HOMES, *stories.LEFT)


def _locations(
    draw: Draw, settled: Settled, story: str, stretch: Stretch, changed: int
) -> tuple[tuple[Location, ...], tuple[Location, ...]]:
    """Where they are, and where a source says that has not heard of it."""
    home = settled.place.address(draw, stretch)
    day = date.fromordinal(changed) if changed else None
    here = (Location("current", home, None, None, None),)
    if story == stories.MOVED:
        before = settled.place.address(draw, draw.pick(settled.place.stretches))
        return (Location("current", home, day, None, None),), (Location("current", before, None, None, None),)
    if story == stories.TWO_HOMES:
        second = settled.place.address(draw, draw.pick(settled.place.stretches))
        return (*here, Location("current", second, day, None, None)), here
    if story == stories.NO_ADDRESS:
        none = (Location("none_known", None, None, None, None),)
        return none, none
    if story == stories.LAST_KNOWN:
        last = (Location("last_known", home, None, day, None),)
        return last, last
    if story in stories.LEFT:
        gone = (Location("left_area", None, day, None, stories.LEFT[story]),)
        return gone, gone
    return here, here


def _boarding(draw: Draw, settled: Settled, away: list[str]) -> tuple[Location, ...]:
    """At home abroad, and at school."""
    house, town, country, _ = away
    home = Address((house,), f"{town}, {country}", "")
    return tuple(Location("current", at, None, None, None) for at in (home, draw.pick(settled.boarding)))


def _births(draw: Draw, calendar: Calendar, story: str, changed: int) -> list[Born]:
    newest = changed - 60 if story in stories.LEFT else calendar.today
    size = 1 if story in (stories.ABROAD, stories.SAME_NAME) else SIZES.pick(draw)
    first = _first_birth(draw, calendar, story)
    days = _spaced(draw, first, newest, size) if first else _family(draw, calendar.first, newest, size)
    if story in MANY:
        days = [days[0]] * MANY[story] + days[1:]
    return [Born(day, _gender(draw)) for day in days]


def _family(draw: Draw, first: int, newest: int, size: int) -> list[int]:
    """Those of a family who are children today. The eldest may be grown up, so that every age is as common."""
    before = size * GAPS
    while True:
        eldest = first - before + draw.below(newest - first + before + 1)
        days = [day for day in _spaced(draw, eldest, newest, size) if day >= first]
        if days:
            if draw.random() < FIRST_OF_JANUARY * len(days):
                days[0] = max(first, date.fromordinal(days[0]).replace(month=1, day=1).toordinal())
            return days


def _spaced(draw: Draw, eldest: int, newest: int, size: int) -> list[int]:
    """Birthdays one after another, as far as today."""
    days = [eldest]
    while len(days) < size and (day := days[-1] + SHORTEST_GAP + draw.below(GAPS)) <= newest:
        days.append(day)
    return days


def _first_birth(draw: Draw, calendar: Calendar, story: str) -> int:
    """The eldest's, where the story says something of their age; else 0."""
    match story:
        case stories.ALMOST_GROWN:
            return calendar.first + draw.below(14)
        case stories.ABROAD:
            return calendar.today - round(365.25 * (9 + 8.5 * draw.random()))
        case stories.NO_SCHOOL:
            return calendar.today - round(365.25 * (6 + 9 * draw.random()))
        case stories.DIED:
            return calendar.first + draw.below(calendar.today - calendar.first - 100)
    return 0


def _gender(draw: Draw) -> str:
    at = draw.random()
    return "not_specified" if at < 0.003 else "male" if at < 0.514 else "female"
